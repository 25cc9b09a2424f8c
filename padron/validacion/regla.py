"""Lo que una revisión necesita saber de la regla de operación. Se guarda y viaja como JSON."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from sibis.nucleo.edades import en_palabras

INICIO_DEL_EJERCICIO = "inicio_del_ejercicio"
FECHA_DEL_APOYO = "fecha_del_apoyo"
RECEPCION = "recepcion"
TIPOS_DE_PERSONA = ("persona", "menor", "colectivo", "empresa", "facilitadora")


@dataclass(frozen=True, slots=True)
class ApoyoDeRegla:
    """Una modalidad. `maximo` ya es por renglón: si el monto es por ministración, de una sola."""

    nombre: str
    para: str = "persona"  # tipo de beneficiario: persona, facilitadora o colectivo
    minimo: Decimal | None = None
    maximo: Decimal | None = None
    ministraciones: int | None = None


@dataclass(frozen=True, slots=True)
class ColumnaPedida:
    """Una columna del formato del ejercicio. `obligatoria` es del formato; la regla puede exigir más."""

    identificador: str
    titulo: str = ""
    obligatoria: bool = False
    norma: str = ""


@dataclass(frozen=True, slots=True)
class Regla:
    """Edades en meses, montos en pesos, alcaldías con su clave del INEGI. Vacío es «no lo limita»."""

    clave: str
    nombre: str
    ejercicio: int
    version: int = 1
    edad_min_meses: int | None = None
    edad_max_meses: int | None = None
    fecha_de_la_edad: str = INICIO_DEL_EJERCICIO
    sexo: str = ""  # H o M
    alcaldias: tuple[str, ...] = ()
    apoyos: tuple[ApoyoDeRegla, ...] = ()
    tipos_admitidos: tuple[str, ...] = ("persona", "menor", "facilitadora")
    admite_parcial: bool = True
    columnas: tuple[ColumnaPedida, ...] = ()
    colonias: tuple[tuple[str, str], ...] = ()  # (clave de alcaldía, nombre comparable)
    hoy: str = ""  # AAAA-MM-DD: las fechas posteriores todavía no llegan

    @property
    def dia(self) -> datetime.date:
        return datetime.date.fromisoformat(self.hoy)

    @property
    def dia_de_la_edad(self) -> datetime.date | None:
        """El día en que se miden las edades; None si es el de cada apoyo."""
        if self.fecha_de_la_edad == FECHA_DEL_APOYO:
            return None
        if self.fecha_de_la_edad == RECEPCION:
            return self.dia
        return datetime.date(self.ejercicio, 1, 1)

    @property
    def limita_la_edad(self) -> bool:
        return self.edad_min_meses is not None or self.edad_max_meses is not None

    @property
    def es_monetaria(self) -> bool:
        return any(a.maximo is not None or a.minimo is not None for a in self.apoyos)

    @property
    def datos(self) -> dict[str, str]:
        """Lo que los mensajes citan de la regla, en palabras."""
        montos = [a.maximo for a in self.apoyos if a.maximo is not None]
        minimos = [a.minimo for a in self.apoyos if a.minimo is not None]
        return {
            "ejercicio": str(self.ejercicio),
            "edad_minima": en_palabras(self.edad_min_meses or 0),
            "edad_maxima": en_palabras(self.edad_max_meses or 0),
            "sexo_de_la_regla": {"M": "mujeres", "H": "hombres"}.get(self.sexo, ""),
            "monto_maximo": f"${max(montos):,.2f}" if montos else "",
            "monto_minimo": f"${min(minimos):,.2f}" if minimos else "",
        }

    def a_json(self) -> dict[str, Any]:
        return {campo: _sin_decimales(valor) for campo, valor in asdict(self).items()}

    @classmethod
    def de_json(cls, datos: Mapping[str, Any]) -> Regla:
        """Lo inverso de `a_json`. Levanta KeyError o TypeError si no es una regla."""
        partes = dict(datos)
        partes["apoyos"] = tuple(
            ApoyoDeRegla(**{**a, "minimo": _decimal(a["minimo"]), "maximo": _decimal(a["maximo"])})
            for a in datos["apoyos"]
        )
        partes["columnas"] = tuple(ColumnaPedida(**c) for c in datos["columnas"])
        partes["colonias"] = tuple((a, n) for a, n in datos["colonias"])
        for campo in ("alcaldias", "tipos_admitidos"):
            partes[campo] = tuple(datos[campo])
        return cls(**partes)


def _decimal(texto: str | None) -> Decimal | None:
    return None if texto is None else Decimal(texto)


def _sin_decimales(valor: Any) -> Any:
    if isinstance(valor, Decimal):
        return str(valor)
    if isinstance(valor, dict):
        return {c: _sin_decimales(v) for c, v in valor.items()}
    return [_sin_decimales(v) for v in valor] if isinstance(valor, list | tuple) else valor
