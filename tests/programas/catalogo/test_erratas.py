"""Con el catálogo que se distribuye: un dedazo vuelve a la palabra que se quiso, nueve de cada diez."""

from __future__ import annotations

import pytest

from bench._erratas import CLASES, Cuenta, medir
from programas.consultas.interpretacion import lexico

# De cada clase, cuántas al menos: la palabra exacta, y una de su raíz, que halla lo mismo. Quitar
# una letra es lo más ambiguo: de «becas» queda «beca», y en palabras de cuatro quedan tres.
MINIMOS = {
    "tecla vecina": (0.95, 0.95),
    "letra al azar": (0.92, 0.94),
    "letra de más": (0.95, 0.96),
    "letra de menos": (0.80, 0.90),
    "letras volteadas": (0.95, 0.96),
    "como suena": (0.94, 0.95),
    "acento o eñe": (1.0, 1.0),
    "todas": (0.94, 0.96),
}


@pytest.fixture(scope="module")
def cuentas() -> dict[str, Cuenta]:
    return medir(lexico(), por_clase=300, semilla=20261122)


def test_se_mide_toda_clase_de_errata_y_casi_ninguna_se_deja_fuera(cuentas):
    assert set(MINIMOS) == {*CLASES, "todas"}
    assert all(cuentas[clase].medidas >= 270 for clase in CLASES)


@pytest.mark.parametrize("clase", MINIMOS)
def test_vuelve_a_la_palabra_que_se_quiso(clase, cuentas):
    exactas, por_raiz = MINIMOS[clase]
    cuenta = cuentas[clase]

    assert cuenta.tasa >= exactas, cuenta.fallas[:20]
    assert cuenta.tasa_por_raiz >= por_raiz, cuenta.fallas[:20]
