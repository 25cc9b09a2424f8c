"""Reglas distintas con que se prueba lo que viaja: de todos, de menores, de mujeres, de colectivos."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from padron.validacion.regla import (
    FECHA_DEL_APOYO,
    RECEPCION,
    ApoyoDeRegla,
    ColumnaPedida,
    Regla,
)

GENERAL = Regla("general", "Para toda la gente", 2025, hoy="2026-04-01")
MENORES = replace(
    GENERAL,
    clave="menores",
    nombre="Beca de primaria y secundaria",
    edad_min_meses=6 * 12,
    edad_max_meses=15 * 12 - 1,
    alcaldias=("09003", "09014"),
    apoyos=(
        ApoyoDeRegla("Beca mensual", minimo=Decimal(500), maximo=Decimal(600), ministraciones=10),
    ),
    tipos_admitidos=("menor", "persona"),
    columnas=(
        ColumnaPedida("domicilio", "Calle y número", True, "Lineamientos de 2025, numeral 4"),
        ColumnaPedida("escolaridad", "Escolaridad", False, "Lineamientos de 2025, numeral 5"),
        ColumnaPedida("ocupacion", "A qué se dedica", False),
    ),
    colonias=(("09003", "del carmen"), ("09014", "narvarte oriente")),
)
MUJERES = replace(
    GENERAL,
    clave="mujeres",
    nombre="Mujeres de 60 a 64",
    sexo="M",
    edad_min_meses=60 * 12,
    edad_max_meses=65 * 12 - 1,
    fecha_de_la_edad=RECEPCION,
    admite_parcial=False,
)
HOMBRES = replace(GENERAL, clave="hombres", sexo="H", fecha_de_la_edad=FECHA_DEL_APOYO)
MAYORES = replace(GENERAL, clave="mayores", edad_min_meses=68 * 12)
COLECTIVOS = replace(
    GENERAL,
    clave="colectivos",
    apoyos=(ApoyoDeRegla("Apoyo a comités", para="colectivo", maximo=Decimal(50_000)),),
    tipos_admitidos=("colectivo", "empresa"),
)
FACILITADORAS = replace(
    GENERAL,
    clave="facilitadoras",
    apoyos=(
        ApoyoDeRegla("Taller", para="facilitadora", maximo=Decimal(9000), ministraciones=3),
        ApoyoDeRegla("Apoyo en especie"),
    ),
    tipos_admitidos=("facilitadora", "persona"),
)
TODAS = (GENERAL, MENORES, MUJERES, HOMBRES, MAYORES, COLECTIVOS, FACILITADORAS)
