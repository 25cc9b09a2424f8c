"""La huella de los registros se rehace sin nuestro programa: solo con lo que dice su documentación."""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal

import pytest
from django.db import connection

from padron.consultas.huella_de_registros import CAMPOS, resumir
from padron.models import Carga, Registro
from tests.fabricas.padron import CargaFactory, RegistroFactory
from tests.fabricas.recibos import ReciboFactory

pytestmark = pytest.mark.django_db

TEXTOS_DIFICILES = [
    'comillas "dobles"',
    "barra \\ y / diagonal",
    "tab\ty salto\n",
    "ñ Ñ 😀",
    "\x7f\x1f",
]


def _perfil(valor: dict | None) -> str | None:
    """Las llaves de la más corta a la más larga y, entre iguales, por sus bytes."""
    if valor is None:
        return None
    orden = sorted(valor, key=lambda llave: (len(llave.encode()), llave.encode()))
    return json.dumps({llave: valor[llave] for llave in orden}, ensure_ascii=False)


def a_mano(carga: Carga) -> str:
    """Sin SQL: como lo haría quien recibió los datos en una hoja."""
    suma = hashlib.sha256()
    for registro in Registro.objects.filter(carga=carga).order_by("fila"):
        valores = []
        for campo in CAMPOS:
            valor = getattr(registro, campo)
            if campo == "perfil":
                valor = _perfil(valor)
            elif campo == "monto" and valor is not None:
                valor = f"{valor:.2f}"
            elif hasattr(valor, "isoformat"):
                valor = valor.isoformat()
            valores.append(valor)
        suma.update(hashlib.sha256(json.dumps(valores, ensure_ascii=False).encode()).digest())
    return suma.hexdigest()


def test_se_rehace_a_mano(recibo):
    assert recibo.constancia["registros"]["sha256"] == a_mano(recibo.carga)


@pytest.mark.parametrize("texto", TEXTOS_DIFICILES)
def test_con_cualquier_letra(texto):
    carga = CargaFactory(aplicada=True)
    RegistroFactory(
        carga=carga,
        nombres=texto,
        con_aviso=True,
        edad_meses=480,
        perfil={"largo": texto, "ñ": "", "b": "1"},
    )

    assert resumir(carga).sha256 == a_mano(carga)


def test_no_depende_de_como_escriba_fechas_la_conexion(recibo):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL datestyle = 'SQL, DMY'")
    assert resumir(recibo.carga).sha256 == recibo.constancia["registros"]["sha256"]


@pytest.mark.parametrize(
    "cambio",
    [
        {"nombres": "Otra"},
        {"monto": "1500.01"},
        {"curp": "PEXA800101MDFXXN09"},
        {"con_aviso": True},
    ],
)
def test_un_dato_distinto_da_otra(cambio):
    una, otra = CargaFactory(aplicada=True), CargaFactory(aplicada=True)
    comunes = {"fila": 2, "nombres": "Ana", "monto": "1500.00"}
    RegistroFactory(carga=una, **comunes)
    RegistroFactory(carga=otra, **comunes | cambio)

    assert resumir(una).sha256 != resumir(otra).sha256


def test_los_mismos_datos_en_otra_carga_dan_la_misma():
    una, otra = ReciboFactory(), ReciboFactory()

    assert una.constancia["registros"]["sha256"] == otra.constancia["registros"]["sha256"]
    assert una.sha256 != otra.sha256


def test_un_null_no_es_un_texto_vacio():
    una, otra = CargaFactory(aplicada=True), CargaFactory(aplicada=True)
    RegistroFactory(carga=una, fila=2, colonia=None)
    RegistroFactory(carga=otra, fila=2, colonia="")

    assert resumir(una).sha256 != resumir(otra).sha256


def test_cuenta_personas_y_no_renglones():
    carga = CargaFactory(aplicada=True)
    for fila, curp, folio in (
        (2, "PEXA800101MDFXXN09", "1"),
        (3, "PEXA800101MDFXXN09", "2"),
        (4, None, "7"),
        (5, None, "7"),
        (6, None, None),
    ):
        RegistroFactory(carga=carga, fila=fila, curp=curp, folio=folio, monto="10.50")

    resumen = resumir(carga)
    assert (resumen.registros, resumen.personas, resumen.monto) == (5, 3, Decimal("52.50"))


def test_sin_registros_tambien_hay_huella():
    resumen = resumir(CargaFactory(aplicada=True))

    assert (resumen.registros, resumen.monto) == (0, None)
    assert resumen.sha256 == hashlib.sha256(b"").hexdigest()
