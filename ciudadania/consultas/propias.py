"""Lo que una dirección pidió, visto desde el enlace de su correo."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from ciudadania import cifrado
from ciudadania.consultas.alcance import en_palabras
from ciudadania.estados import EstadoSuscripcion, Motivo
from ciudadania.models import Suscripcion
from programas.consultas.calendario import Par
from programas.consultas.filtros import Opciones, opciones
from programas.models import FichaPublica

E = EstadoSuscripcion


@dataclass(frozen=True, slots=True)
class Pedido:
    """Una suscripción como la lee su dueña."""

    de_que: str
    url: str
    motivos: tuple[str, ...]
    confirmada: bool
    llave: str
    con_calendario: bool


def por_confirmar(llave: str) -> Suscripcion | None:
    return _con(huella_confirmar=cifrado.huella(llave))


def de_llave(llave: str) -> Suscripcion | None:
    """La del enlace de un correo, viva o ya dada de baja."""
    return _con(huella_llave=cifrado.huella(llave))


def de_calendario(llave: str) -> Suscripcion | None:
    suscripcion = _con(huella_calendario=cifrado.huella(llave))
    return suscripcion if suscripcion and suscripcion.estado == E.CONFIRMADA else None


def _con(**huella: str) -> Suscripcion | None:
    return Suscripcion.objects.select_related("programa").filter(**huella).first()


def pedidos_de(suscripcion: Suscripcion) -> list[Pedido]:
    """Todos los de su misma dirección."""
    nombres = opciones()
    suyas = Suscripcion.objects.vivas().filter(
        correo_indice__in=cifrado.indices(suscripcion.correo)
    )
    return [pedido(s, nombres) for s in suyas.select_related("programa").order_by("creada_en")]


def pedido(suscripcion: Suscripcion, nombres: Opciones | None = None) -> Pedido:
    return Pedido(
        de_que=en_palabras(suscripcion, nombres or opciones()),
        url=_url(suscripcion),
        motivos=tuple(str(Motivo(m).label) for m in Motivo.values if m in suscripcion.motivos),
        confirmada=suscripcion.estado == E.CONFIRMADA,
        llave=suscripcion.llave,
        con_calendario=bool(suscripcion.huella_calendario),
    )


def _url(suscripcion: Suscripcion) -> str:
    if suscripcion.programa is not None:
        return suscripcion.programa.get_absolute_url()
    return reverse("programas:buscar")


def pares_de(programa: int | None, perfil: dict[str, list[str]]) -> list[Par]:
    """(programa, ejercicio) de los programas que hoy encuentra el buscador con esos filtros.

    De cada uno, todos sus años: en enero todavía se entrega lo del año anterior.
    """
    fichas = FichaPublica.objects.filter(es_ultima=True)
    if programa is not None:
        fichas = fichas.filter(programa=programa)
    if perfil.get("dependencia"):
        fichas = fichas.filter(dependencia__in=perfil["dependencia"])
    for faceta, campo in (("derecho", "derechos"), ("grupo", "grupos"), ("apoyo", "apoyos")):
        if perfil.get(faceta):
            fichas = fichas.filter(**{f"{campo}__overlap": perfil[faceta]})
    if perfil.get("alcaldia"):
        de_toda_la_ciudad = fichas.filter(alcaldias=[])
        fichas = de_toda_la_ciudad | fichas.filter(alcaldias__overlap=perfil["alcaldia"])
    todas = FichaPublica.objects.filter(programa__in=fichas.values("programa_id"))
    return list(todas.values_list("programa_id", "ejercicio"))
