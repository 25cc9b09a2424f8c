"""Hacer el PDF de un recibo, firmarlo y guardarlo por su huella."""

from __future__ import annotations

import io

from django.db import transaction

from padron.consultas.recibo_escrito import escrito
from padron.models import Recibo
from sibis.archivos import servicios as archivos
from sibis.archivos.tipos import PDF
from sibis.bitacora.registro import Via, por_via, registrar
from sibis.documentos.firmados import LIMITE, pdf_firmado

POR_VUELTA = 100


def recibos_pendientes() -> list[int]:
    """Los emitidos que aún no tienen su documento, los más viejos primero."""
    return list(
        Recibo.objects.filter(archivo__isnull=True)
        .order_by("pk")
        .values_list("pk", flat=True)[:POR_VUELTA]
    )


@transaction.atomic
def producir_recibo(recibo: int) -> None:
    """Lo hace si no lo tiene y nadie más lo está haciendo. Se puede repetir y matar a la mitad."""
    suyo = (
        Recibo.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("carga__dependencia")
        .filter(pk=recibo, archivo__isnull=True)
        .first()
    )
    if suyo is None:
        return
    pdf = pdf_firmado("padron/recibo.html", lambda: {"r": escrito(suyo)}, razon=razon_de(suyo))
    suyo.archivo = archivos.guardar(io.BytesIO(pdf), por=None, limite=LIMITE, tipos={PDF})
    suyo.save(update_fields=["archivo"])
    with por_via(Via.TAREA):
        registrar(
            "recibo.firmado",
            suyo.carga,
            por=None,
            dependencia=suyo.carga.dependencia,
            folio=suyo.folio,
            sha256=suyo.archivo.sha256,
        )


def razon_de(recibo: Recibo) -> str:
    """Va en la firma, a la vista en los bytes del PDF: por ella se sabe cuál dice ser uno alterado."""
    return f"Recibo {recibo.folio}"
