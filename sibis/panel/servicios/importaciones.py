"""Recibir un archivo de catálogo y aplicarlo: se conserva tal como llegó y se aplica lo que se previó."""

from __future__ import annotations

from typing import BinaryIO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sibis.archivos import servicios as archivos
from sibis.archivos.servicios import TipoNoAdmitido
from sibis.archivos.tipos import TEXTO
from sibis.bitacora.registro import registrar
from sibis.cuentas.models import Usuario
from sibis.nucleo.errores import ErrorDeNegocio
from sibis.panel.intercambio import LIMITES
from sibis.panel.models import Importacion
from sibis.panel.previa import Previa

HOJA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@transaction.atomic
def recibir(contenido: BinaryIO, *, modelo: str, por: Usuario) -> Importacion:
    """Lo guarda por su huella. Levanta ErrorDeNegocio si no es CSV ni hoja, o si pesa de más."""
    try:
        archivo = archivos.guardar(
            contenido, por=por, limite=LIMITES.tamano, tipos={TEXTO, "text/csv", HOJA}
        )
    except TipoNoAdmitido as error:
        raise ErrorDeNegocio(
            _("Se recibe CSV o una hoja de cálculo .xlsx con algo escrito. Revisa el archivo.")
        ) from error
    return Importacion.objects.create(modelo=modelo, archivo=archivo, usuario=por)


@transaction.atomic
def apartar(importacion: Importacion, *, por: Usuario) -> Importacion:
    """La bloquea para aplicarla una sola vez, aunque se pida dos."""
    apartada = Importacion.objects.select_for_update().get(pk=importacion.pk, usuario=por)
    if apartada.aplicada_en is not None:
        raise ErrorDeNegocio(_("Este archivo ya se aplicó. Para otro cambio, sube otro."))
    return apartada


@transaction.atomic
def asentar(importacion: Importacion, previa: Previa, *, por: Usuario) -> Importacion:
    """Deja dicho cuánto cambió, en la misma transacción en que cambió."""
    importacion.aplicada_en = timezone.now()
    importacion.altas, importacion.cambios = len(previa.altas), len(previa.cambios)
    importacion.iguales = previa.iguales
    importacion.save()
    registrar(
        "catalogo.importado",
        importacion,
        por=por,
        lista=importacion.modelo,
        altas=importacion.altas,
        cambios=importacion.cambios,
        sha256=importacion.archivo.sha256,
    )
    return importacion
