"""Cómo se escribe y cómo se lee cada clase de campo en una celda. Lo que se escribe se vuelve a leer igual."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext as _
from import_export.widgets import Widget

from sibis.nucleo.normalizacion import clave_comparable
from sibis.panel.textos import corto, en_texto

_SI = frozenset({"si", "s", "x", "1", "verdadero", "true"})
_NO = frozenset({"no", "n", "0", "falso", "false", ""})
_DIA_PRIMERO = re.compile(r"^(\d{1,2})/(\d{1,2})/(\d{4})$")


def sin_comilla(celda: str) -> str:
    """Quita el apóstrofo que la descarga puso a lo que parecía fórmula: lo que se baja se sube igual."""
    limpia = celda.strip()
    if limpia[:1] == "'" and limpia[1:2] in {"@", "+", "-", "=", "|", "%"}:
        return limpia[1:].replace("\\|", "|")
    return limpia


def escritor(campo: models.Field) -> Callable[[Any], str]:
    """Recibe el objeto y da la celda. De una llave ajena, la clave de lo que cita."""

    def escribir(objeto: Any) -> str:
        valor = getattr(objeto, campo.name)
        if campo.choices:
            return str(dict(campo.flatchoices).get(valor, valor or ""))  # type: ignore[attr-defined]
        if isinstance(campo, models.ForeignKey):
            return str(getattr(valor, "clave", "")) if valor else ""
        return en_texto(valor)

    return escribir


def lector(campo: models.Field) -> Widget:
    """El que entiende ese campo. Sus errores dicen qué se esperaba."""
    if campo.choices:
        return _DeOpciones(campo)
    if isinstance(campo, models.ForeignKey):
        return _DeClave(campo)
    for clase, hacer in _LECTORES:
        if isinstance(campo, clase):
            return hacer(campo)
    return _DeTexto(campo)


def de_archivo(modelo: type[models.Model]) -> tuple[str, ...]:
    """Los campos de un catálogo que caben en una celda: primero de qué renglón se trata, al final cuándo rige."""
    caben = [
        c.name
        for c in modelo._meta.concrete_fields
        if c.editable and not c.primary_key and not isinstance(c, models.JSONField) and _se_cita(c)
    ]
    return tuple(sorted(caben, key=_lugar))


def _lugar(nombre: str) -> int:
    return {"clave": 0, "nombre": 1, "vigente_desde": 3, "vigente_hasta": 4}.get(nombre, 2)


def _se_cita(campo: models.Field) -> bool:
    """Una llave ajena se escribe con la clave de lo que cita: si no tiene, no cabe."""
    if not isinstance(campo, models.ForeignKey):
        return True
    return any(c.name == "clave" for c in campo.related_model._meta.concrete_fields)  # type: ignore[union-attr]


class _Celda(Widget):
    """Sin escribir nada hacia fuera: de eso se encarga `escritor`."""

    def __init__(self, campo: models.Field) -> None:
        super().__init__()
        self.campo = campo

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        texto = str(value or "").strip()
        if not texto:
            return self.vacio()
        try:
            return self.leer(texto)
        except ValueError as error:
            dicho = _("dice «%(texto)s»; %(que)s") % {
                "texto": corto(texto, 40),
                "que": self.que_se_espera(),
            }
            raise ValueError(dicho) from error

    def vacio(self) -> Any:
        return None if self.campo.null else self.campo.get_default()

    def leer(self, texto: str) -> Any:
        raise NotImplementedError

    def que_se_espera(self) -> str:
        raise NotImplementedError


class _DeTexto(_Celda):
    def leer(self, texto: str) -> str:
        return texto

    def vacio(self) -> Any:
        return None if self.campo.null else ""


class _DeFecha(_Celda):
    def leer(self, texto: str) -> datetime.date:
        if hallada := _DIA_PRIMERO.match(texto):
            dia, mes, anio = (int(n) for n in hallada.groups())
            return datetime.date(anio, mes, dia)
        return datetime.date.fromisoformat(texto[:10])

    def que_se_espera(self) -> str:
        return _("escribe la fecha como 2026-01-31 o 31/01/2026.")


class _DeEntero(_Celda):
    def leer(self, texto: str) -> int:
        return int(texto.replace(",", ""))

    def que_se_espera(self) -> str:
        return _("escribe un número entero.")


class _DeDecimal(_Celda):
    def leer(self, texto: str) -> Decimal:
        try:
            numero = Decimal(texto.replace(",", "").removeprefix("$"))
        except InvalidOperation as error:
            raise ValueError(texto) from error
        if not numero.is_finite():
            raise ValueError(texto)
        return numero

    def que_se_espera(self) -> str:
        return _("escribe un número, por ejemplo 1234.50.")


class _DeSiONo(_Celda):
    def leer(self, texto: str) -> bool:
        dicho = clave_comparable(texto)
        if dicho not in _SI | _NO:
            raise ValueError(texto)
        return dicho in _SI

    def que_se_espera(self) -> str:
        return _("escribe «sí» o «no».")


class _DeLista(_Celda):
    def leer(self, texto: str) -> list[str]:
        return [parte.strip() for parte in texto.split(";") if parte.strip()]

    def vacio(self) -> list[str]:
        return []

    def que_se_espera(self) -> str:
        return _("separa con punto y coma.")


class _DeOpciones(_Celda):
    def leer(self, texto: str) -> Any:
        opciones: Any = self.campo.flatchoices  # type: ignore[attr-defined]
        for valor, nombre in opciones:
            if clave_comparable(texto) in {
                clave_comparable(str(valor)),
                clave_comparable(str(nombre)),
            }:
                return valor
        raise ValueError(texto)

    def que_se_espera(self) -> str:
        nombres = "; ".join(str(nombre) for _valor, nombre in self.campo.flatchoices if nombre)  # type: ignore[attr-defined]
        return _("escribe una de estas: %(opciones)s.") % {"opciones": nombres}


class _DeClave(_Celda):
    """Las claves se leen una sola vez por archivo, no una por renglón."""

    def __init__(self, campo: models.Field) -> None:
        super().__init__(campo)
        self._por_clave: dict[str, Any] | None = None

    def leer(self, texto: str) -> Any:
        if self._por_clave is None:
            modelo: Any = self.campo.related_model
            self._por_clave = {o.clave: o for o in modelo._default_manager.all()}
        if texto not in self._por_clave:
            raise ValueError(texto)
        return self._por_clave[texto]

    def que_se_espera(self) -> str:
        return _("no hay ninguna con esa clave.")


_LECTORES: tuple[tuple[type[models.Field], type[_Celda]], ...] = (
    (models.BooleanField, _DeSiONo),
    (models.DateField, _DeFecha),
    (models.DecimalField, _DeDecimal),
    (models.IntegerField, _DeEntero),
    (ArrayField, _DeLista),
)
