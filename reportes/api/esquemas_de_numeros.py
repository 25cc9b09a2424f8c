"""Qué contesta la API de dinero, indicadores, cifras y catálogos."""

from __future__ import annotations

import datetime
from decimal import Decimal

from ninja import Schema
from pydantic import Field


class Monto(Schema):
    """Lo que un corte de egresos le da a un programa social, y qué tan seguro es el enlace."""

    programa: str
    programa_nombre: str
    ejercicio: int
    momento: str = Field(description="aprobado, t1 a t4 (acumulado) o cp (Cuenta Pública).")
    aprobado: Decimal | None
    modificado: Decimal | None
    ejercido: Decimal | None
    certeza: str = Field(description="segura, probable o dudosa.")
    confirmado: bool
    claves: str = Field(description="Claves de Finanzas de donde sale.")
    corte: datetime.date
    fuente: str
    fuente_url: str
    es_demostracion: bool


class Medicion(Schema):
    desde: datetime.date
    hasta: datetime.date
    valor: Decimal
    fuente: str
    es_demostracion: bool


class Indicador(Schema):
    """Un renglón de la Matriz de Indicadores para Resultados."""

    id: int
    programa: str
    ejercicio: int
    nivel: str
    objetivo: str
    nombre: str
    formula: str
    unidad: str
    sentido: str
    frecuencia: str
    linea_base: Decimal | None
    meta: Decimal | None
    mediciones: list[Medicion]
    fuente: str
    es_demostracion: bool


class FilaDeCifra(Schema):
    clave: str
    nombre: str
    valor: int | Decimal | None = Field(description="null: la fuente no lo dice; no es cero.")


class Origen(Schema):
    nombre: str
    url: str


class DefinicionDeCifra(Schema):
    clave: str
    nombre: str
    unidad: str
    descripcion: str
    dimensiones: list[str] = Field(description="Por las que se agrupa: `;por=…`.")
    filtros: list[str] = Field(description="Por los que se filtra: `;filtro=valor`.")
    version: int
    api: str


class Cifra(Schema):
    """Un número que se puede citar: con su pregunta, su versión, su corte y su huella."""

    id: str
    clave: str
    nombre: str
    unidad: str
    descripcion: str
    version: int = Field(description="Sube cuando cambia cómo se cuenta.")
    ejercicio: int | None
    por: str
    filtros: dict[str, str]
    valor: int | Decimal | None = Field(description="Si no se agrupa.")
    filas: list[FilaDeCifra]
    corte: datetime.date | None = Field(description="Hasta cuándo es cierto.")
    origenes: list[Origen]
    nota: str
    sha256: str = Field(description="De la pregunta, la versión, el corte y la respuesta.")
    api: str


class Opcion(Schema):
    clave: str
    nombre: str


class Catalogo(Schema):
    nombre: str
    parametro: str = Field(description="Con qué filtro de `programas` o `centros` se usa.")
    titulo: str
    api: str
