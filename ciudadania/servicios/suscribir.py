"""Pedir avisos por correo, confirmar que la dirección es de quien los pidió, y darse de baja.

Quien llama no sabe si la dirección ya estaba: `pedir` hace lo mismo por fuera en todos los casos, y
lo que cambia se dice solo en el correo, a su dueña.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from ciudadania import cifrado, tasks
from ciudadania.estados import FLUJO_SUSCRIPCION, ClaseDeEnvio, EstadoSuscripcion
from ciudadania.models import Envio, Suscripcion
from ciudadania.models.suscripcion import huella_de_alcance
from programas.models import Programa
from sibis.bitacora.registro import Persona, Via, por_via, registrar
from sibis.correo.estados import FLUJO_ENVIO, EstadoEnvio

VIGENCIA = timedelta(hours=48)
_UN_DIA = timedelta(days=1)
E = EstadoSuscripcion


class Respuesta(StrEnum):
    """Qué pasó con el enlace."""

    LISTO = "listo"
    YA_ESTABA = "ya_estaba"
    VENCIDO = "vencido"
    DESCONOCIDO = "desconocido"


@transaction.atomic
def pedir(
    *,
    correo: str,
    programa: Programa | None,
    perfil: Mapping[str, list[str]],
    motivos: list[str],
    por: Persona | None = None,
) -> None:
    """Anota el pedido y le escribe a la dirección; pasado su tope del día, calla."""
    indices = cifrado.indices(correo)
    if _ya_se_le_escribio(indices):
        return
    alcance = {"programa": programa, "perfil": dict(perfil)}
    suscripcion = _la_suya(indices, alcance) or _nueva(correo, alcance, motivos)
    if suscripcion is None:
        return  # otra petición igual acaba de anotarla, y ya le escribe
    if suscripcion.estado == E.CONFIRMADA:
        _abrir_envio(suscripcion, ClaseDeEnvio.YA_SUSCRITA)
    else:
        suscripcion.motivos = motivos
        suscripcion.idioma = translation.get_language() or settings.LANGUAGE_CODE
        _pedir_confirmacion(suscripcion)
    transaction.on_commit(tasks.repartir_avisos.delay, robust=True)


def _ya_se_le_escribio(indices: list[str]) -> bool:
    recientes = Envio.objects.filter(
        destino_indice__in=indices, creado_en__gt=timezone.now() - _UN_DIA
    ).exclude(clase=ClaseDeEnvio.AVISOS)
    return recientes.count() >= settings.AVISOS_POR_DIRECCION


def _la_suya(indices: list[str], alcance: dict) -> Suscripcion | None:
    programa = alcance["programa"]
    huella = huella_de_alcance(programa.pk if programa else None, alcance["perfil"])
    vivas = Suscripcion.objects.vivas().select_for_update()
    return vivas.filter(correo_indice__in=indices, huella_alcance=huella).first()


def _nueva(correo: str, alcance: dict, motivos: list[str]) -> Suscripcion | None:
    llave = cifrado.llave_nueva()
    try:
        with transaction.atomic():
            return Suscripcion.objects.create(
                correo_cifrado=cifrado.cifrar(correo),
                correo_indice=cifrado.indice(correo),
                huella_llave=cifrado.huella(llave),
                llave_cifrada=cifrado.cifrar(llave),
                motivos=motivos,
                **alcance,
            )
    except IntegrityError:
        return None


def _pedir_confirmacion(suscripcion: Suscripcion) -> None:
    """Un enlace nuevo cada vez: el anterior deja de servir."""
    llave = cifrado.llave_nueva()
    suscripcion.huella_confirmar = cifrado.huella(llave)
    suscripcion.confirmar_hasta = timezone.now() + VIGENCIA
    suscripcion.save()
    suscripcion.envios.filter(estado=EstadoEnvio.PENDIENTE).update(
        estado=EstadoEnvio.CANCELADO, secreto=""
    )
    _abrir_envio(suscripcion, ClaseDeEnvio.CONFIRMACION, secreto=cifrado.cifrar(llave))


def _abrir_envio(suscripcion: Suscripcion, clase: ClaseDeEnvio, *, secreto: str = "") -> None:
    Envio.objects.create(
        clase=clase,
        suscripcion=suscripcion,
        destino_indice=suscripcion.correo_indice,
        dia=timezone.localdate(),
        secreto=secreto,
    )


@transaction.atomic
def confirmar(*, llave: str, por: Persona | None = None) -> Respuesta:
    """La dirección es de quien pidió los avisos: lo prueba haber leído el correo."""
    suscripcion = _con(huella_confirmar=cifrado.huella(llave))
    if suscripcion is None or suscripcion.estado == E.BAJA:
        return Respuesta.DESCONOCIDO
    if suscripcion.estado == E.CONFIRMADA:
        return Respuesta.YA_ESTABA
    if suscripcion.confirmar_hasta is None or suscripcion.confirmar_hasta < timezone.now():
        return Respuesta.VENCIDO
    suscripcion.estado = FLUJO_SUSCRIPCION.exigir("confirmar", estado=suscripcion.estado).hacia
    suscripcion.confirmada_en = timezone.now()
    suscripcion.save()
    _dejar_constancia("avisos.confirmada", suscripcion, por)
    return Respuesta.LISTO


@transaction.atomic
def dar_de_baja(*, llave: str, toda: bool = False, por: Persona | None = None) -> Respuesta:
    """Borra la dirección en el acto. `toda`: de todo lo que esa dirección había pedido."""
    suscripcion = _con(huella_llave=cifrado.huella(llave))
    if suscripcion is None:
        return Respuesta.DESCONOCIDO
    if suscripcion.estado == E.BAJA:
        return Respuesta.YA_ESTABA
    vivas = Suscripcion.objects.vivas().select_for_update()
    suyas = vivas.filter(correo_indice__in=cifrado.indices(suscripcion.correo))
    for una in suyas if toda else [suscripcion]:
        _borrar_direccion(una)
        _dejar_constancia("avisos.baja", una, por)
    return Respuesta.LISTO


def _borrar_direccion(suscripcion: Suscripcion) -> None:
    suscripcion.estado = FLUJO_SUSCRIPCION.exigir("dar de baja", estado=suscripcion.estado).hacia
    suscripcion.baja_en = timezone.now()
    suscripcion.correo_cifrado = suscripcion.correo_indice = suscripcion.llave_cifrada = ""
    suscripcion.huella_calendario = ""
    suscripcion.save()
    cancelado = FLUJO_ENVIO.exigir("cancelar", estado=EstadoEnvio.PENDIENTE).hacia
    # El correo del día puede traer avisos de otra suscripción de la misma persona: ese no.
    suscripcion.envios.filter(estado=EstadoEnvio.PENDIENTE).exclude(
        clase=ClaseDeEnvio.AVISOS
    ).update(estado=cancelado, secreto="")


@transaction.atomic
def abrir_calendario(*, llave: str, por: Persona | None = None) -> str | None:
    """Dirección secreta para suscribir un calendario; la anterior deja de servir. Se dice una vez."""
    suscripcion = _con(huella_llave=cifrado.huella(llave))
    if suscripcion is None or suscripcion.estado != E.CONFIRMADA:
        return None
    nueva = cifrado.llave_nueva()
    suscripcion.huella_calendario = cifrado.huella(nueva)
    suscripcion.save()
    return nueva


@transaction.atomic
def cerrar_calendario(*, llave: str, por: Persona | None = None) -> bool:
    suscripcion = _con(huella_llave=cifrado.huella(llave))
    if suscripcion is None or not suscripcion.huella_calendario:
        return False
    suscripcion.huella_calendario = ""
    suscripcion.save()
    return True


def _con(**huella: str) -> Suscripcion | None:
    """La de esa llave, tomada para cambiarla. Una llave vacía no es la de nadie."""
    return Suscripcion.objects.select_for_update(of=("self",)).filter(**huella).first()


def _dejar_constancia(tipo: str, suscripcion: Suscripcion, por: Persona | None) -> None:
    """Que pasó y cuándo; de quién era no se escribe en ningún lado."""
    with por_via(Via.PORTAL):
        registrar(tipo, suscripcion, por=por)
