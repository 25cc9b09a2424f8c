"""Hacer el PDF de un dictamen, firmarlo y guardarlo por su huella."""

from __future__ import annotations

import io

from django.db import transaction

from sibis.archivos import servicios as archivos
from sibis.archivos.tipos import PDF
from sibis.bitacora.registro import Via, por_via, registrar
from sibis.documentos.firmados import LIMITE, pdf_firmado
from sibis.revision.consultas.dictamen import escrito
from sibis.revision.materias import materia_de
from sibis.revision.models import Dictamen

POR_VUELTA = 100


def dictamenes_pendientes() -> list[int]:
    """Los emitidos que aún no tienen su documento, los más viejos primero."""
    return list(
        Dictamen.objects.filter(archivo__isnull=True)
        .order_by("pk")
        .values_list("pk", flat=True)[:POR_VUELTA]
    )


@transaction.atomic
def producir_dictamen(dictamen: int) -> None:
    """Lo hace si no lo tiene y nadie más lo está haciendo. Se puede repetir.

    Si muere a la mitad no queda nada apuntado, y el reloj lo vuelve a pedir; el contenido suelto que
    hubiera quedado en el almacén lo quita `depurar_archivos`.
    """
    suyo = (
        Dictamen.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("expediente__dependencia", "remision", "organo", "emitido_por")
        .filter(pk=dictamen, archivo__isnull=True)
        .first()
    )
    if suyo is None:
        return
    pdf = pdf_firmado(
        "revision/dictamen.html", lambda: {"d": escrito(suyo)}, razon=f"Dictamen {suyo.folio}"
    )
    suyo.archivo = archivos.guardar(io.BytesIO(pdf), por=None, limite=LIMITE, tipos={PDF})
    suyo.save(update_fields=["archivo"])
    _dejar_constancia(suyo)


def _dejar_constancia(dictamen: Dictamen) -> None:
    materia = materia_de(dictamen.expediente)
    with por_via(Via.TAREA):
        registrar(
            "dictamen.firmado",
            materia.de(dictamen.expediente) if materia else dictamen,
            por=None,
            dependencia=dictamen.expediente.dependencia,
            folio=dictamen.folio,
            sha256=dictamen.archivo.sha256,  # type: ignore[union-attr]
        )
