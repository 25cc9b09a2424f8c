"""Un programa con regla publicada, quien captura y una captura abierta."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse

from padron.models import Captura
from padron.servicios import capturas, capturas_renglones
from padron.servicios.capturas_renglones import Escrito
from sibis.cuentas import roles
from tests.fabricas.cuentas import con_rol, entrar
from tests.fabricas.programas import ReglaFactory
from tests.padron.carga.archivos import personas

# Las de tests/padron/carga/archivos.py, en su orden.
COLUMNAS = (
    *("curp", "nombres", "primer_apellido", "segundo_apellido", "fecha_nacimiento"),
    *("sexo", "alcaldia", "folio", "monto"),
)


@pytest.fixture(autouse=True)
def _carpeta_de_trabajo(settings, tmp_path):
    settings.PADRON_TRABAJO = tmp_path / "trabajo"


@pytest.fixture
def casa(db) -> SimpleNamespace:
    regla = ReglaFactory(publicada=True)
    return SimpleNamespace(
        regla=regla,
        programa=regla.programa,
        dependencia=regla.dependencia,
        enlace=con_rol(roles.EnlaceDeDependencia, en=regla.dependencia),
        colega=con_rol(roles.EnlaceDeDependencia, en=regla.dependencia),
        titular=con_rol(roles.TitularQueFirma, en=regla.dependencia),
    )


@pytest.fixture
def captura(casa) -> Captura:
    return capturas.empezar(
        programa=casa.programa, ejercicio=casa.regla.ejercicio, periodo="anual", por=casa.enlace
    )


@pytest.fixture
def como() -> Callable[..., Client]:
    def abrir(usuario) -> Client:
        cliente = Client()
        entrar(cliente, usuario)
        return cliente

    return abrir


def celdas_de(cuantas: int, *, semilla: int = 1, malas: int = 0) -> list[dict[str, str]]:
    return [
        dict(zip(COLUMNAS, fila, strict=True))
        for fila in personas(cuantas, semilla=semilla, malas=malas)
    ]


def escribir(captura: Captura, cuantas: int, *, por, malas: int = 0, semilla: int = 1) -> list:
    """Renglones nuevos, como los manda la página; devuelve sus claves."""
    escritos = [
        Escrito(uuid.uuid4(), celdas) for celdas in celdas_de(cuantas, semilla=semilla, malas=malas)
    ]
    capturas_renglones.guardar(captura, escritos, columnas=COLUMNAS, por=por)
    return [e.clave for e in escritos]


def direccion(captura: Captura, que: str = "hoja") -> str:
    return reverse(f"admin:padron_captura_{que}", args=[captura.pk])


def formulario(captura: Captura, *renglones: tuple, **mas: str) -> dict[str, str]:
    """(clave, celdas, edicion, huella) de cada uno, como van en el POST."""
    datos = {"accion": "guardar", "columnas_vistas": ",".join(COLUMNAS), **mas}
    for clave, celdas, *resto in renglones:
        edicion, huella = [*resto, 0, ""][:2]
        datos |= {f"c-{clave}-{c}": v for c, v in celdas.items()}
        datos |= {f"e-{clave}": str(edicion), f"h-{clave}": huella}
    return datos
