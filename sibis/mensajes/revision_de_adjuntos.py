"""Volver a preguntar por lo que el antivirus no contestó. Mientras, no se entrega."""

from __future__ import annotations

from django.db import transaction

from sibis.archivos import servicios as archivos
from sibis.archivos.antivirus import Veredicto, revisar
from sibis.archivos.servicios import ArchivoPerdido
from sibis.bitacora.registro import registrar
from sibis.mensajes.models import Adjunto, EstadoDeAdjunto

POR_VUELTA = 50
_RESUELTO = {
    Veredicto.LIMPIO: (EstadoDeAdjunto.DISPONIBLE, "adjunto.liberado"),
    Veredicto.INFECTADO: (EstadoDeAdjunto.RECHAZADO, "adjunto.rechazado"),
}


def revisar_pendientes() -> int:
    """Cuántos se resolvieron. Si el antivirus sigue caído se deja de insistir hasta la otra vuelta."""
    resueltos = 0
    pendientes = Adjunto.objects.filter(estado=EstadoDeAdjunto.EN_REVISION).order_by("pk")
    for llave in list(pendientes.values_list("pk", flat=True)[:POR_VUELTA]):
        veredicto = _resolver(llave)
        if veredicto is Veredicto.SIN_RESPUESTA:
            break
        resueltos += veredicto in _RESUELTO
    return resueltos


@transaction.atomic
def _resolver(llave: int) -> Veredicto | None:
    """Dos procesos no toman el mismo; el que otro tiene se salta."""
    adjunto = (
        Adjunto.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("archivo", "mensaje__hilo")
        .filter(pk=llave, estado=EstadoDeAdjunto.EN_REVISION)
        .first()
    )
    if adjunto is None:
        return None
    try:
        with archivos.abrir(adjunto.archivo) as contenido:
            veredicto = revisar(contenido.file)
    except ArchivoPerdido:
        return None
    if veredicto in _RESUELTO:
        adjunto.estado, hecho = _RESUELTO[veredicto]
        adjunto.save(update_fields=["estado"])
        registrar(hecho, adjunto.mensaje.hilo, por=None, sha256=adjunto.archivo.sha256)
    return veredicto
