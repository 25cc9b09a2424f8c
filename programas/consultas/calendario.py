"""Las fechas de los programas: cuándo abre, cuál es el último día y cuándo se entrega.

De aquí salen todos los calendarios: la página `/calendario/`, el público `/calendario.ics`, el de una
suscripción y el de un programa. Para el de un programa en un año:

    archivo = calendario_ics([(programa.pk, ejercicio)], nombre=regla.nombre)
    HttpResponse(archivo, content_type=TIPO_ICS)          # y `ETag: etiqueta(archivo)`

Con los mismos datos da los mismos bytes: nada sale del reloj, así que sirve para ETag.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings
from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from icalendar import Event

from programas.models import Convocatoria, FechaDeEntrega, Programa
from sibis.formatos.icalendario import TIPO_ICS as TIPO_ICS
from sibis.formatos.icalendario import calendario_nuevo, etiqueta, suceso_nuevo, todo_el_dia

_PRODID = "-//SIBIS//Calendario de programas sociales//ES"
LIMITE = 2_000  # fechas en un calendario: más no cabe en el teléfono de nadie
Par = tuple[int, int]  # (programa, ejercicio)


class Clase(StrEnum):
    """Qué pasa ese día."""

    ABRE = "abre"
    CIERRA = "cierra"
    ENTREGA = "entrega"

    @property
    def nombre(self) -> Promise:
        return _NOMBRES[self]


_NOMBRES = {
    Clase.ABRE: gettext_lazy("Abre"),
    Clase.CIERRA: gettext_lazy("Último día"),
    Clase.ENTREGA: gettext_lazy("Entrega"),
}


@dataclass(frozen=True, slots=True)
class Suceso:
    """Algo con fecha. `llave` es estable: la misma fecha tiene la misma aunque cambie de día."""

    clase: Clase
    llave: str
    programa: Programa
    ejercicio: int
    que: str  # el nombre de la convocatoria, o qué se entrega
    dia: datetime.date
    hasta: datetime.date | None = None
    hora: datetime.datetime | None = None
    lugar: str = ""
    como: str = ""
    modo: str = Convocatoria.Modo.NORMAL
    demostracion: bool = False
    escrito: datetime.datetime | None = None  # cuándo se anotó por última vez
    veces: int = 1  # cuántas veces se ha escrito: cada cambio es otra edición del suceso

    @property
    def titulo(self) -> str:
        """«Abre: Mi Beca», «Último día: Mi Beca», «Entrega: Mi Beca»; dice si es lista de espera."""
        if self.clase == Clase.ABRE and self.modo == Convocatoria.Modo.LISTA_DE_ESPERA:
            return _("Abre la lista de espera: %(programa)s") % {"programa": self.programa.nombre}
        if self.clase != Clase.ENTREGA and self.modo == Convocatoria.Modo.PAUSADA:
            return _("En pausa: %(programa)s") % {"programa": self.programa.nombre}
        return f"{self.clase.nombre}: {self.programa.nombre}"

    @property
    def url(self) -> str:
        return f"{settings.URL_PUBLICA}{self.programa.get_absolute_url()}"


def sucesos(
    pares: Iterable[Par] | None,
    *,
    desde: datetime.date | None = None,
    hasta: datetime.date | None = None,
    limite: int = LIMITE,
) -> list[Suceso]:
    """Las fechas de esos programas y años, en orden; `None` son todos. Dos consultas, siempre.

    Sin `desde` ni `hasta`, todas las que haya.
    """
    lista = None if pares is None else sorted(set(pares))
    ventanas = _de(Convocatoria.objects.all(), lista)
    entregas = _de(FechaDeEntrega.objects.all(), lista)
    if desde:
        primero = timezone.make_aware(datetime.datetime.combine(desde, datetime.time.min))
        ventanas = ventanas.filter(Q(abre__gte=primero) | Q(cierra__gte=primero))
        entregas = entregas.filter(Q(desde__gte=desde) | Q(hasta__gte=desde))
    if hasta:
        fin = timezone.make_aware(datetime.datetime.combine(hasta, datetime.time.max))
        ventanas = ventanas.filter(abre__lte=fin)
        entregas = entregas.filter(desde__lte=hasta)
    hallados = [s for c in ventanas[:limite] for s in _de_ventana(c)]
    hallados += [_de_entrega(e) for e in entregas[:limite]]
    hallados = [s for s in hallados if _entre(s, desde, hasta)]
    hallados.sort(key=lambda s: (s.dia, s.clase, s.programa.nombre, s.llave))
    return hallados[:limite]


def _de(consulta: QuerySet, pares: list[Par] | None) -> QuerySet:
    consulta = consulta.select_related("programa").annotate(
        escrito=Max("events__pgh_created_at"), veces=Count("events")
    )
    if pares is None:
        return consulta
    propios = Q(pk__in=[])
    por_anio: dict[int, list[int]] = {}
    for programa, ejercicio in pares:
        por_anio.setdefault(ejercicio, []).append(programa)
    for ejercicio, programas in por_anio.items():
        propios |= Q(ejercicio=ejercicio, programa__in=programas)
    return consulta.filter(propios)


def _entre(suceso: Suceso, desde: datetime.date | None, hasta: datetime.date | None) -> bool:
    """Una ventana entra si la toca el periodo; cada una de sus dos fechas, solo si cae en él."""
    ultimo = suceso.hasta or suceso.dia
    return (desde is None or ultimo >= desde) and (hasta is None or suceso.dia <= hasta)


def _de_ventana(convocatoria: Convocatoria) -> Iterator[Suceso]:
    comun = {
        "programa": convocatoria.programa,
        "ejercicio": convocatoria.ejercicio,
        "que": convocatoria.nombre,
        "como": convocatoria.como,
        "modo": convocatoria.modo,
        "demostracion": convocatoria.es_demostracion,
        "escrito": convocatoria.escrito,  # type: ignore[attr-defined]
        "veces": convocatoria.veces,  # type: ignore[attr-defined]
    }
    raiz = f"convocatoria-{convocatoria.pk}"
    abre = timezone.localtime(convocatoria.abre)
    yield Suceso(Clase.ABRE, f"{raiz}-abre", dia=abre.date(), hora=abre, **comun)
    if convocatoria.cierra:
        cierra = timezone.localtime(convocatoria.cierra)
        yield Suceso(Clase.CIERRA, f"{raiz}-cierra", dia=_ultimo_dia(cierra), hora=cierra, **comun)


def _ultimo_dia(cierra: datetime.datetime) -> datetime.date:
    """Lo que cierra a las 00:00 del día 5 se pide hasta el 4."""
    return (cierra - datetime.timedelta(seconds=1)).date()


def _de_entrega(entrega: FechaDeEntrega) -> Suceso:
    return Suceso(
        Clase.ENTREGA,
        f"entrega-{entrega.pk}",
        programa=entrega.programa,
        ejercicio=entrega.ejercicio,
        que=entrega.concepto,
        dia=entrega.desde,
        hasta=entrega.hasta,
        lugar=entrega.lugar,
        demostracion=entrega.es_demostracion,
        escrito=entrega.escrito,  # type: ignore[attr-defined]
        veces=entrega.veces,  # type: ignore[attr-defined]
    )


def calendario_ics(
    pares: Iterable[Par] | None, *, nombre: str, desde: datetime.date | None = None
) -> bytes:
    """El calendario (RFC 5545) de esos programas y años, o de todos si es `None`."""
    return en_ics(sucesos(pares, desde=desde), nombre=nombre)


def en_ics(fechas: Iterable[Suceso], *, nombre: str) -> bytes:
    """Esas fechas, en un archivo que entiende cualquier calendario."""
    archivo = calendario_nuevo(nombre=nombre, prodid=_PRODID)
    for suceso in fechas:
        archivo.add_component(_evento(suceso))
    return archivo.to_ical()


def _evento(suceso: Suceso) -> Event:
    evento = suceso_nuevo(
        llave=suceso.llave,
        escrito=suceso.escrito or _mediodia(suceso.dia),
        veces=suceso.veces,
        titulo=suceso.titulo,
    )
    if suceso.clase == Clase.ABRE and suceso.hora:
        evento.add("dtstart", suceso.hora)
    else:
        todo_el_dia(evento, suceso.dia, suceso.hasta)
    evento.add("description", "\n\n".join(_lineas(suceso)))
    if suceso.lugar:
        evento.add("location", suceso.lugar)
    evento.add("url", suceso.url)
    return evento


def _lineas(suceso: Suceso) -> Iterator[str]:
    yield suceso.que
    if suceso.clase == Clase.CIERRA and suceso.hora:
        yield _("Cierra a las %(hora)s.") % {"hora": suceso.hora.strftime("%H:%M")}
    if suceso.como:
        yield suceso.como
    if suceso.demostracion:
        yield _("Fecha inventada para la demostración.")
    yield suceso.url


def _mediodia(dia: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(dia, datetime.time(12)))


_DE_LA_ETIQUETA = (
    "llave",
    "que",
    "dia",
    "hasta",
    "hora",
    "lugar",
    "como",
    "demostracion",
    "escrito",
)


def etiqueta_de(fechas: Iterable[Suceso], *, nombre: str) -> str:
    """La misma garantía sin escribir el archivo, que cuesta mil veces más que leer las fechas."""
    partes = [(s.titulo, s.url, *(getattr(s, campo) for campo in _DE_LA_ETIQUETA)) for s in fechas]
    return etiqueta(repr((settings.URL_PUBLICA, nombre, partes)).encode())
