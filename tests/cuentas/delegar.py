"""Quien delega, quien recibe y cómo se hace, para las pruebas de delegación."""

from __future__ import annotations

import datetime

from django.utils import timezone

from sibis.cuentas.models import Adscripcion, Usuario
from sibis.cuentas.servicios.delegaciones import delegar


def dentro_de(dias: int) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=dias)


def otorgar(de: Usuario, en: Usuario, **cambios) -> Adscripcion:
    datos = {
        "funcion": de.adscripciones.get(delegada_por__isnull=True),
        "desde": dentro_de(0),
        "hasta": dentro_de(10),
        "oficio": "SEBIEN/017/2026",
        "por": de,
    }
    return delegar(**{**datos, "en": en, **cambios})


def fresca(cuenta: Usuario) -> Usuario:
    return Usuario.objects.get(pk=cuenta.pk)
