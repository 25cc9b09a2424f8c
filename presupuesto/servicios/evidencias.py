"""Adjuntar y quitar la evidencia de un informe, mientras se escribe."""

from __future__ import annotations

from typing import BinaryIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from presupuesto.materia import INFORME
from presupuesto.models import EvidenciaDeAvance, InformeDeAvance, RenglonDeAvance
from presupuesto.models.evidencia import TIPOS_DE_EVIDENCIA
from presupuesto.servicios.informes import dejar_constancia, exigir_edicion
from sibis.archivos import servicios as archivos
from sibis.archivos.servicios import TipoNoAdmitido
from sibis.cuentas.models import Usuario
from sibis.nucleo.errores import ErrorDeNegocio
from sibis.revision.servicios.pasos import exigir_texto_publicable
from sibis.vigencia.carga import en_palabras
from sibis.vigencia.restricciones import con_mensajes


@transaction.atomic
def adjuntar(
    informe: InformeDeAvance,
    *,
    contenido: BinaryIO,
    descripcion: str,
    por: Usuario,
    renglon: RenglonDeAvance | None = None,
) -> EvidenciaDeAvance:
    """Guarda el archivo por su huella y lo cita. Levanta ErrorDeNegocio, y entonces no queda nada."""
    informe = INFORME.bloquear(informe)
    exigir_edicion(informe, por=por)
    if not descripcion.strip():
        raise ErrorDeNegocio(_("Escribe qué es el archivo. No se guardó."))
    exigir_texto_publicable(descripcion)
    try:
        archivo = archivos.guardar(
            contenido, por=por, limite=settings.EVIDENCIA_LIMITE, tipos=TIPOS_DE_EVIDENCIA
        )
    except TipoNoAdmitido as error:
        raise TipoNoAdmitido(
            _(
                "Por dentro no es un PDF, un documento de oficina, un texto ni una imagen. Se mira el "
                "contenido, no el nombre. No se guardó."
            )
        ) from error
    try:
        with con_mensajes(), transaction.atomic():
            evidencia = EvidenciaDeAvance.objects.create(
                informe=informe,
                renglon=renglon,
                descripcion=descripcion.strip()[:200],
                archivo=archivo,
                adjuntado_por=por,
            )
    except ValidationError as error:
        raise ErrorDeNegocio(en_palabras(error)) from error
    _anotar("informe.evidencia_adjunta", evidencia, por=por)
    return evidencia


@transaction.atomic
def quitar(evidencia: EvidenciaDeAvance, *, por: Usuario) -> None:
    """Deja de citarla. El archivo se depura después, si nadie más lo usa."""
    informe = INFORME.bloquear(evidencia.informe)
    exigir_edicion(informe, por=por)
    _anotar("informe.evidencia_quitada", evidencia, por=por)
    evidencia.delete()


def _anotar(tipo: str, evidencia: EvidenciaDeAvance, *, por: Usuario) -> None:
    dejar_constancia(tipo, evidencia.informe, por=por, sha256=evidencia.archivo.sha256[:16])
