"""Lo que ya no hace falta se borra solo: guardar menos es cuidar mejor."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from ciudadania.cifrado import cifrar, descifrar, indice, recifrar
from ciudadania.estados import EstadoSuscripcion
from ciudadania.models import Envio, Suscripcion, SuscripcionPush
from sibis.correo.estados import EstadoEnvio

SIN_CONFIRMAR = timedelta(days=7)
TRAS_LA_BAJA = timedelta(days=30)  # para contestar «ya estabas de baja» a quien repite el enlace
TRAS_EL_ENVIO = timedelta(days=30)  # con su índice se cuenta cuántas confirmaciones lleva alguien


def limpiar() -> int:
    """Pedidos sin confirmar, bajas viejas y envíos viejos (con sus avisos). Devuelve cuántos."""
    ahora = timezone.now()
    viejos = (
        Suscripcion.objects.filter(
            estado=EstadoSuscripcion.PENDIENTE, creada_en__lt=ahora - SIN_CONFIRMAR
        ),
        Suscripcion.objects.filter(estado=EstadoSuscripcion.BAJA, baja_en__lt=ahora - TRAS_LA_BAJA),
        Envio.objects.exclude(estado=EstadoEnvio.PENDIENTE).filter(
            creado_en__lt=ahora - TRAS_EL_ENVIO
        ),
    )
    return sum(consulta.delete()[0] for consulta in viejos)


def recifrar_todo() -> int:
    """Tras rotar SECRET_KEY: lo cifrado y sus índices, con la de hoy. Repetirla no daña nada."""
    suscripciones, navegadores = Suscripcion.objects.vivas(), SuscripcionPush.objects.all()
    for suscripcion in suscripciones.iterator():
        correo = suscripcion.correo
        suscripciones.filter(pk=suscripcion.pk).update(
            correo_cifrado=cifrar(correo),
            correo_indice=indice(correo),
            llave_cifrada=recifrar(suscripcion.llave_cifrada),
        )
    for navegador in navegadores.iterator():
        destino = descifrar(navegador.destino_cifrado)
        navegadores.filter(pk=navegador.pk).update(
            destino_cifrado=cifrar(destino),
            destino_indice=indice(destino),
            claves_cifradas=recifrar(navegador.claves_cifradas),
        )
    for envio in Envio.objects.exclude(secreto="").iterator():
        Envio.objects.filter(pk=envio.pk).update(secreto=recifrar(envio.secreto))
    return suscripciones.count() + navegadores.count()
