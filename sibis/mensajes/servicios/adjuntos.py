"""Recibir lo que se adjunta, revisarlo y entregarlo a quien puede verlo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from sibis.archivos import antivirus
from sibis.archivos import servicios as archivos
from sibis.archivos.antivirus import Veredicto
from sibis.archivos.macros import trae_macros
from sibis.archivos.models import Archivo
from sibis.archivos.servicios import TipoNoAdmitido
from sibis.archivos.tipos import OFICINA, OLE, PDF, TEXTO, tipo_de
from sibis.bitacora.registro import registrar
from sibis.cuentas.models import Usuario
from sibis.mensajes.models import Adjunto, EstadoDeAdjunto, Mensaje
from sibis.mensajes.servicios.requisitos import aviso_de_dato_personal, exigir_que_lo_vea
from sibis.mensajes.texto import nombre_de_archivo
from sibis.nucleo.errores import ErrorDeNegocio

ADJUNTOS_POR_MENSAJE = 5
# Los formatos de Office de antes de 2007 no dicen por fuera si traen programas: no se reciben.
TIPOS_ADMITIDOS = frozenset({PDF, TEXTO, "image/png", "image/jpeg", *OFICINA}) - {OLE}


@dataclass(frozen=True, slots=True)
class Subido:
    """Lo que llegó del formulario, sin abrir."""

    nombre: str
    bytes: int
    flujo: BinaryIO


def adjuntar(mensaje: Mensaje, subidos: Sequence[Subido], *, por: Usuario) -> list[Adjunto]:
    """Va dentro de la transacción del mensaje: si uno no pasa, no se escribe nada."""
    if len(subidos) > ADJUNTOS_POR_MENSAJE:
        raise ErrorDeNegocio(
            _("Un mensaje lleva hasta %(n)s archivos: manda los demás en otro.")
            % {"n": ADJUNTOS_POR_MENSAJE}
        )
    hechos: dict[int, Adjunto] = {}
    for subido in subidos:
        archivo, estado = _recibir(subido, por=por)
        if archivo.pk not in hechos:  # el mismo contenido dos veces es uno
            nombre = nombre_de_archivo(subido.nombre, archivo.tipo)
            hechos[archivo.pk] = Adjunto(
                mensaje=mensaje, archivo=archivo, nombre=nombre, estado=estado
            )
    return Adjunto.objects.bulk_create(hechos.values())


def _recibir(subido: Subido, *, por: Usuario) -> tuple[Archivo, EstadoDeAdjunto]:
    """Levanta ErrorDeNegocio, con el nombre del archivo, si no se puede recibir."""
    nombre = nombre_de_archivo(subido.nombre, tipo_de(subido.flujo))
    if aviso_de_dato_personal(nombre):
        raise ErrorDeNegocio(
            _(
                "El nombre de un archivo trae lo que parece una CURP, una CLABE o un correo: "
                "cámbiale el nombre y vuelve a adjuntarlo."
            )
        )
    if trae_macros(subido.flujo):
        raise ErrorDeNegocio(
            _("«%(nombre)s» trae macros: guárdalo sin ellas (.docx, .xlsx) y vuelve a adjuntarlo.")
            % {"nombre": nombre}
        )
    veredicto = antivirus.revisar(subido.flujo)
    if veredicto is Veredicto.INFECTADO:
        raise ErrorDeNegocio(
            _("El antivirus no dejó pasar «%(nombre)s». No se guardó.") % {"nombre": nombre}
        )
    estado = (
        EstadoDeAdjunto.EN_REVISION
        if veredicto is Veredicto.SIN_RESPUESTA
        else EstadoDeAdjunto.DISPONIBLE
    )
    try:
        archivo = archivos.guardar(
            subido.flujo, por=por, limite=settings.MENSAJES_LIMITE, tipos=TIPOS_ADMITIDOS
        )
    except TipoNoAdmitido as error:
        raise ErrorDeNegocio(
            _(
                "«%(nombre)s» no se puede adjuntar. Se reciben PDF, Word, Excel y PowerPoint de hoy "
                "(.docx, .xlsx, .pptx), OpenDocument, texto e imágenes; se mira el contenido, no el "
                "nombre."
            )
            % {"nombre": nombre}
        ) from error
    return archivo, estado


@transaction.atomic
def descargar(adjunto: Adjunto, *, por: Usuario) -> Adjunto:
    """Deja constancia y devuelve el adjunto. Levanta SinPermiso o ErrorDeNegocio."""
    exigir_que_lo_vea(adjunto.mensaje.hilo, por=por)
    if adjunto.estado == EstadoDeAdjunto.EN_REVISION:
        raise ErrorDeNegocio(
            _("El archivo está en revisión: se podrá descargar cuando lo vea el antivirus.")
        )
    if adjunto.estado == EstadoDeAdjunto.RECHAZADO:
        raise ErrorDeNegocio(_("El antivirus rechazó este archivo: no se puede descargar."))
    registrar(
        "adjunto.descargado",
        adjunto.mensaje.hilo,
        por=por,
        dependencia=adjunto.mensaje.dependencia,
        adjunto=adjunto.pk,
        sha256=adjunto.archivo.sha256,
    )
    return adjunto
