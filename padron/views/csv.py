"""La lista de padrones para hoja de cálculo, sin fórmulas que se ejecuten al abrirla."""

from __future__ import annotations

from defusedcsv import csv
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from padron.consultas.padrones import Filtros, Padron, padron_de, vigentes

COLUMNAS = (
    "ejercicio",
    "periodo",
    "clave",
    "programa",
    "dependencia",
    "registros",
    "personas",
    "monto",
    "aplicado_en",
    "recibo",
    "sha256_archivo",
    "sha256_registros",
    "url",
)


def respuesta_csv(request: HttpRequest, filtros: Filtros) -> HttpResponse:
    respuesta = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    respuesta["Content-Disposition"] = 'attachment; filename="padrones.csv"'
    escritor = csv.writer(respuesta)
    escritor.writerow(COLUMNAS)
    for recibo in vigentes(filtros).iterator(1_000):
        escritor.writerow(_fila(padron_de(recibo)))
    return respuesta


def _fila(padron: Padron) -> tuple[object, ...]:
    """Donde son muy pocas personas se lee «menos de 5», y el monto va vacío."""
    cifras = padron.cifras
    tapada = cifras.en_lugar_de_la_cuenta
    return (
        padron.ejercicio,
        padron.clave_del_periodo,
        padron.clave,
        padron.programa,
        padron.dependencia,
        tapada if cifras.inscritos is None else cifras.inscritos,
        tapada if cifras.personas is None else cifras.personas,
        cifras.monto or "",
        timezone.localtime(padron.aplicado_en).isoformat(timespec="seconds"),
        padron.recibo,
        padron.sha256_del_archivo,
        padron.sha256_de_registros,
        settings.URL_PUBLICA + reverse("padron:recibo", args=[padron.recibo]),
    )
