"""Los renglones del presupuesto para hoja de cálculo, sin fórmulas que se ejecuten al abrirlo."""

from __future__ import annotations

from decimal import Decimal

from defusedcsv import csv
from django.http import HttpRequest, HttpResponse

from presupuesto.consultas.panorama import Panorama
from presupuesto.consultas.renglones import Renglon

COLUMNAS = (
    "ejercicio",
    "momento",
    "clave",
    "programa_presupuestario",
    "programas_sociales",
    "certeza",
    "dependencia",
    "aprobado",
    "modificado",
    "ejercido",
    "avance_financiero",
    "aprobado_segun_reglas",
    "meta",
    "unidad",
    "alcanzado",
    "avance_fisico",
    "hasta",
    "demostracion",
    "fuente",
    "fecha_corte",
    "sha256",
    "url",
)


def respuesta_csv(request: HttpRequest, vista: Panorama) -> HttpResponse:
    respuesta = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    respuesta["Content-Disposition"] = 'attachment; filename="presupuesto.csv"'
    escritor = csv.writer(respuesta)
    escritor.writerow(COLUMNAS)
    for renglon in vista.todos:
        fila = _fila(vista, renglon)
        fila["url"] = request.build_absolute_uri(renglon.url) if renglon.url else ""
        escritor.writerow([fila[columna] for columna in COLUMNAS])
    return respuesta


def _fila(vista: Panorama, renglon: Renglon) -> dict[str, str]:
    """Vacío es «no se sabe»; los importes van con punto decimal y sin comas."""
    corte = vista.corte if renglon.clave else None
    meta, montos = renglon.fisico, renglon.montos
    de_reglas = renglon.origen_de_reglas
    fuente = vista.origen if corte else de_reglas
    inventado = (corte is not None and corte.es_demostracion) or (meta and meta.demostracion)
    return {
        "ejercicio": str(vista.ejercicio or ""),
        "momento": corte.momento if corte else "",
        "clave": renglon.clave,
        "programa_presupuestario": renglon.nombre if corte else "",
        "programas_sociales": "; ".join(e.nombre for e in renglon.enlaces),
        "certeza": renglon.certeza if corte else "",
        "dependencia": "; ".join(dict.fromkeys(e.dependencia for e in renglon.enlaces)),
        "aprobado": _numero(montos.aprobado),
        "modificado": _numero(montos.modificado),
        "ejercido": _numero(montos.ejercido),
        "avance_financiero": _numero(montos.avance),
        "aprobado_segun_reglas": _numero(renglon.segun_reglas),
        "meta": _numero(meta.meta if meta else None),
        "unidad": meta.unidad if meta else "",
        "alcanzado": _numero(meta.alcanzado if meta else None),
        "avance_fisico": _numero(meta.avance if meta else None),
        "hasta": meta.hasta if meta else "",
        "demostracion": "sí" if inventado else "",
        "fuente": fuente.nombre if fuente else "",
        "fecha_corte": corte.fecha_corte.isoformat() if corte else "",
        "sha256": corte.sha256 if corte else "",
    }


def _numero(valor: Decimal | None) -> str:
    return "" if valor is None else f"{valor:f}"
