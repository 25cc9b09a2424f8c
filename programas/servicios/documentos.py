"""Guardar un documento del archivo histórico: su ficha y, si lo trae, su archivo."""

from __future__ import annotations

from typing import BinaryIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from programas import tasks
from programas.importacion.texto_de_documentos import indexar, olvidar
from programas.models import Documento
from programas.models.documento import TIPOS_ADMITIDOS
from sibis.archivos import servicios as archivos
from sibis.archivos.servicios import TipoNoAdmitido
from sibis.bitacora.registro import registrar
from sibis.cuentas.models import Usuario
from sibis.cuentas.permisos import Permiso, ambito
from sibis.nucleo.errores import ErrorDeNegocio, SinPermiso
from sibis.vigencia.carga import en_palabras
from sibis.vigencia.restricciones import con_mensajes


def exigir_edicion(dependencia: int | None, *, por: Usuario) -> None:
    """Lo de una dependencia lo guarda ella; lo de toda la ciudad, quien la tiene a su cargo."""
    donde = ambito(por, Permiso.DOCUMENTO_EDITAR)
    if not (donde.todas or (dependencia is not None and donde.incluye(dependencia))):
        raise SinPermiso(_("Solo puedes guardar documentos de tu dependencia."))


@transaction.atomic
def guardar(documento: Documento, *, contenido: BinaryIO | None, por: Usuario) -> Documento:
    """Alta o cambio. Levanta SinPermiso o ErrorDeNegocio, y entonces no cambia nada."""
    documento.clean()
    exigir_edicion(documento.dependencia_id, por=por)
    es_nuevo = documento.pk is None
    if not es_nuevo:
        antes = Documento.objects.select_for_update().get(pk=documento.pk)
        exigir_edicion(antes.dependencia_id, por=por)
    if contenido is not None:
        _poner_archivo(documento, contenido, por=por)
    documento.origen = Documento.Origen.PANEL
    try:
        with con_mensajes(), transaction.atomic():
            documento.save()
    except ValidationError as error:
        raise ErrorDeNegocio(en_palabras(error)) from error
    indexar([documento.pk])
    registrar(
        "documento.agregado" if es_nuevo else "documento.corregido",
        documento,
        por=por,
        dependencia=documento.dependencia,
        documento=documento.clave,
        ejercicio=documento.ejercicio,
    )
    return documento


def _poner_archivo(documento: Documento, contenido: BinaryIO, *, por: Usuario) -> None:
    try:
        archivo = archivos.guardar(
            contenido, por=por, limite=settings.HISTORICO_LIMITE, tipos=TIPOS_ADMITIDOS
        )
    except TipoNoAdmitido as error:
        raise ErrorDeNegocio(
            _(
                "%(que)s Se reciben PDF, Word, Excel, OpenDocument, texto e imágenes; se mira el "
                "contenido, no el nombre."
            )
            % {"que": error.mensaje}
        ) from error
    if documento.archivo_id == archivo.pk:
        return
    documento.cambiar_archivo(archivo)
    if documento.pk is not None:
        olvidar(documento)
    transaction.on_commit(tasks.avisar_que_hay_textos)
