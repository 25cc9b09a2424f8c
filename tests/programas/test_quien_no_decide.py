"""Quien presenta no decide, y quien valida no dictamina: lo dice también la base."""

from __future__ import annotations

import pytest
from django.db import models
from django.utils import timezone

from tests.fabricas import programas as f
from tests.fabricas.cuentas import UsuarioFactory
from tests.programas.negativas import decir, negar

pytestmark = pytest.mark.django_db


def enviada_por_otra_persona() -> models.Model:
    return f.ReglaFactory(enviada=True, capturado_por=UsuarioFactory())


@pytest.mark.parametrize("quien", ["capturado_por", "enviado_por"])
def test_quien_captura_o_envia_no_puede_quedar_como_quien_valida(quien):
    regla = enviada_por_otra_persona()
    cambio = {"validado_por": getattr(regla, quien), "validado_en": timezone.now()}

    negar(regla, "regla_no_valida_quien_captura", **cambio)
    decir(regla, "no puede validar", **cambio)


@pytest.mark.parametrize("quien", ["capturado_por", "enviado_por", "validado_por"])
def test_quien_captura_envia_o_valida_no_queda_como_quien_dictamina(quien):
    regla = f.ReglaFactory(validada=True, capturado_por=UsuarioFactory())
    cambio = {"aprobado_por": getattr(regla, quien), "aprobado_en": timezone.now()}

    negar(regla, "regla_no_dictamina_quien_presenta_ni_valida", **cambio)
    decir(regla, "no puede dictaminar", **cambio)


def test_otra_persona_si_puede_quedar_como_quien_valida():
    regla = enviada_por_otra_persona()
    regla.validado_por, regla.validado_en = UsuarioFactory(), timezone.now()

    regla.full_clean()
    regla.save()
