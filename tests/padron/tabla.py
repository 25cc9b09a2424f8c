"""Una tabla pequeña revisada de principio a fin con el motor de verdad: escribir, leer, mapear, revisar."""

from __future__ import annotations

import csv
import dataclasses
import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from padron.lectura import leer
from padron.validacion.mapeo import adivinar, cuantas_reconoce, muestra_de
from padron.validacion.motor import Pedido, Resultado, revisar
from padron.validacion.regla import ApoyoDeRegla, Regla
from padron.validacion.salida import COLUMNAS_DE_REGISTRO
from sibis.nucleo.identificadores import formar_curp

REGLA = Regla(
    "programa-de-prueba",
    "Programa de prueba",
    2025,
    edad_min_meses=18 * 12,
    edad_max_meses=65 * 12 - 1,
    apoyos=(
        ApoyoDeRegla(
            "Apoyo mensual", minimo=Decimal(1200), maximo=Decimal(1200), ministraciones=12
        ),
    ),
    hoy="2025-11-29",
)
# Nadie: nombre, fecha y lugar inventados para las pruebas.
BUENA = {
    "FOLIO": "F-1",
    "CURP": "",
    "NOMBRE(S)": "Rosa Elena",
    "PRIMER APELLIDO": "Luna",
    "SEGUNDO APELLIDO": "Vega",
    "FECHA DE NACIMIENTO": "15/03/1980",
    "SEXO": "M",
    "ENTIDAD DE NACIMIENTO": "Ciudad de México",
    "ALCALDÍA": "Iztapalapa",
    "COLONIA": "Barrio San Lucas",
    "CÓDIGO POSTAL": "09000",
    "TELÉFONO": "5512345678",
    "CLABE": "",
    "MODALIDAD": "Apoyo mensual",
    "MONTO": "1,200.00",
    "FECHA DE ENTREGA": "10/03/2025",
}


def curp_de(fila: Mapping[str, str], homoclave: str = "0") -> str:
    """La que le toca a la fila, con su fecha en dd/mm/aaaa."""
    dia, mes, anio = map(int, fila["FECHA DE NACIMIENTO"].split("/"))
    return formar_curp(
        nombres=fila["NOMBRE(S)"],
        primer_apellido=fila["PRIMER APELLIDO"],
        segundo_apellido=fila["SEGUNDO APELLIDO"],
        nacimiento=datetime.date(anio, mes, dia),
        sexo=fila["SEXO"],
        entidad="DF",
        homoclave=homoclave,
    )


def fila(**cambios: str) -> dict[str, str]:
    """Una fila buena con su CURP, y después los cambios: así cada prueba toca una sola cosa."""
    propios = {k: v for k, v in cambios.items() if k in ("NOMBRES", "PRIMERO", "FOLIO")}
    base = dict(BUENA)
    base["NOMBRE(S)"] = propios.get("NOMBRES", base["NOMBRE(S)"])
    base["PRIMER APELLIDO"] = propios.get("PRIMERO", base["PRIMER APELLIDO"])
    base["CURP"] = curp_de(base)
    return {**base, **{k: v for k, v in cambios.items() if k in base}}


@dataclasses.dataclass(frozen=True)
class Revisada:
    resultado: Resultado
    hallazgos: list[tuple[int, str, str, str]]
    registros: list[dict[str, str]]
    detalles: dict[tuple[int, str], str]

    def codigos(self, fila: int) -> set[str]:
        return {codigo for f, _columna, codigo, _severidad in self.hallazgos if f == fila}

    def del_archivo(self) -> set[str]:
        return self.codigos(0)


def revisar_tabla(
    carpeta: Path, filas: Sequence[Mapping[str, str]], *, regla: Regla = REGLA, **pedido: Any
) -> Revisada:
    """La primera fila de datos es la 2, como en la hoja de cálculo."""
    archivo = carpeta / "padron.csv"
    with archivo.open("w", encoding="utf-8", newline="") as destino:
        escritor = csv.DictWriter(destino, list(filas[0]))
        escritor.writeheader()
        escritor.writerows(filas)
    return revisar_archivo(carpeta, archivo, regla=regla, **pedido)


def revisar_archivo(
    carpeta: Path, archivo: Path, *, regla: Regla = REGLA, **pedido: Any
) -> Revisada:
    lectura = leer(archivo, trabajo=carpeta, cuantas_reconoce=cuantas_reconoce)
    mapeo = adivinar(lectura.encabezado, muestra_de(lectura), regla)
    resultado = revisar(
        Pedido(lectura=lectura, mapeo=mapeo.lugares, regla=regla, trabajo=carpeta, **pedido)
    )
    hallados = [r for parte in resultado.hallazgos for r in _renglones(parte)]
    registros = [r for parte in resultado.registros for r in _renglones(parte)]
    return Revisada(
        resultado,
        sorted(
            (int(f), columna, codigo, severidad) for f, columna, codigo, severidad, *_ in hallados
        ),
        sorted(
            (dict(zip(COLUMNAS_DE_REGISTRO, r, strict=True)) for r in registros),
            key=lambda r: int(r["fila"]),
        ),
        {(int(f), codigo): detalle for f, _c, codigo, _s, detalle, _forma in hallados},
    )


def _renglones(parte: Path) -> list[list[str]]:
    with parte.open(encoding="utf-8", newline="") as archivo:
        return list(csv.reader(archivo))
