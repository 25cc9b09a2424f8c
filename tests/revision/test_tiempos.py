"""Cuántos días hábiles lleva cada quien: fines de semana, inhábiles, pausas y vueltas."""

from __future__ import annotations

import datetime

import pytest

from sibis.revision.tiempos import Movimiento, habiles_por_instancia, reloj, tramos

D = datetime.date
# Febrero de 2026: el 1 es domingo y el lunes 2, inhábil.
INHABIL = {D(2026, 2, 2)}
INSTANCIAS = {
    "enviado": "validacion",
    "en_revision": "validacion",
    "observado": "dependencia",
    "validado": "dictamen",
}


def estancias(*pares):
    return tramos(
        [Movimiento(estado, dia) for estado, dia in pares], lambda e: INSTANCIAS.get(e, "")
    )


def el_reloj(*pares, hoy, limite=5, acumula=True, inhabiles=INHABIL):
    return reloj(estancias(*pares), limite=limite, acumula=acumula, hoy=hoy, inhabiles=inhabiles)


@pytest.mark.parametrize(
    ("hoy", "habiles"),
    [
        (D(2026, 1, 30), 0),  # el viernes en que llegó no cuenta
        (D(2026, 1, 31), 0),
        (D(2026, 2, 1), 0),
        (D(2026, 2, 2), 0),  # inhábil
        (D(2026, 2, 3), 1),
        (D(2026, 2, 6), 4),
        (D(2026, 2, 8), 4),
        (D(2026, 2, 9), 5),
    ],
)
def test_solo_cuentan_los_dias_habiles_despues_de_llegar(hoy, habiles):
    assert el_reloj(("enviado", D(2026, 1, 30)), hoy=hoy).habiles == habiles


def test_vence_el_ultimo_dia_habil_y_al_siguiente_hay_atraso():
    llegada = ("enviado", D(2026, 1, 30))
    en_plazo = el_reloj(llegada, hoy=D(2026, 2, 9))
    tarde = el_reloj(llegada, hoy=D(2026, 2, 10))

    assert (en_plazo.vence, en_plazo.faltan, en_plazo.atraso) == (D(2026, 2, 9), 0, 0)
    assert (tarde.vence, tarde.faltan, tarde.atraso) == (D(2026, 2, 9), -1, 1)


def test_el_reloj_de_quien_revisa_no_corre_mientras_lo_tiene_la_dependencia():
    """Dos días, una semana fuera, y sigue donde iba."""
    camino = (
        ("en_revision", D(2026, 2, 3)),
        ("observado", D(2026, 2, 5)),
        ("en_revision", D(2026, 2, 12)),
    )
    al_volver = el_reloj(*camino, hoy=D(2026, 2, 12))
    despues = el_reloj(*camino, hoy=D(2026, 2, 17))

    assert (al_volver.habiles, al_volver.vence) == (2, D(2026, 2, 17))
    assert (despues.habiles, despues.faltan) == (5, 0)
    assert despues.por_instancia == {"validacion": 5, "dependencia": 5}


def test_cada_devolucion_le_da_a_la_dependencia_su_plazo_entero():
    camino = (
        ("observado", D(2026, 2, 3)),
        ("en_revision", D(2026, 2, 9)),
        ("observado", D(2026, 2, 10)),
    )
    suyo = el_reloj(*camino, hoy=D(2026, 2, 11), acumula=False)

    assert suyo.habiles == 1
    assert suyo.por_instancia["dependencia"] == 4 + 1


def test_si_al_volver_ya_no_quedaba_plazo_vence_ese_mismo_dia():
    camino = (
        ("en_revision", D(2026, 2, 3)),
        ("observado", D(2026, 2, 13)),
        ("en_revision", D(2026, 2, 16)),
    )
    suyo = el_reloj(*camino, hoy=D(2026, 2, 16))

    assert (suyo.vence, suyo.atraso) == (D(2026, 2, 16), 3)


def test_tomarlo_no_es_llegar_a_otra_instancia():
    suyo = el_reloj(("enviado", D(2026, 2, 3)), ("en_revision", D(2026, 2, 5)), hoy=D(2026, 2, 6))

    assert suyo.desde == D(2026, 2, 3)
    assert suyo.habiles == 1  # el plazo es el del estado


def test_sin_plazo_no_hay_vencimiento_ni_atraso():
    suyo = el_reloj(("enviado", D(2026, 1, 5)), hoy=D(2026, 2, 20), limite=None)

    assert (suyo.vence, suyo.faltan, suyo.atraso) == (None, None, 0)


def test_el_tiempo_terminado_no_es_de_nadie():
    """Publicado y luego reabierto: lo de en medio no se le cuenta a ninguna instancia."""
    suma = habiles_por_instancia(
        estancias(
            ("en_revision", D(2026, 2, 3)),
            ("publicado", D(2026, 2, 5)),
            ("en_revision", D(2026, 2, 17)),
        ),
        hoy=D(2026, 2, 18),
        inhabiles=INHABIL,
    )

    assert suma == {"validacion": 3}
