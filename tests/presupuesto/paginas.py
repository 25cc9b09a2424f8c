"""Las direcciones de un informe, quién las abre y lo que manda su formulario."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from presupuesto.models import InformeDeAvance
from tests.fabricas.cuentas import entrar


def de(informe: InformeDeAvance) -> str:
    return reverse("admin:presupuesto_informedeavance_change", args=[informe.pk])


def paso_de(informe: InformeDeAvance, nombre: str) -> str:
    return reverse("revision:paso", args=[informe.expediente_id, nombre])


def como(quien) -> Client:
    cliente = Client()
    entrar(cliente, quien)
    return cliente


def lo_que_manda(informe: InformeDeAvance, **cambios: object) -> dict[str, object]:
    """El formulario como lo manda el navegador, con cifras buenas."""
    informe.refresh_from_db()
    renglones = list(informe.renglones.all())
    datos: dict[str, object] = {
        "edicion_abierta": informe.edicion,
        "presupuesto_original": "$1,000.00",
        "presupuesto_modificado": "1000",
        "presupuesto_programado": "1000",
        "presupuesto_devengado": "1000",
        "presupuesto_ejercido": "1,000.00",
        "metas-TOTAL_FORMS": len(renglones),
        "metas-INITIAL_FORMS": len(renglones),
    }
    for lugar, renglon in enumerate(renglones):
        datos |= {
            f"metas-{lugar}-id": renglon.pk,
            f"metas-{lugar}-programada": str(renglon.meta_original),
            f"metas-{lugar}-alcanzada": str(renglon.meta_original),
        }
    return datos | cambios
