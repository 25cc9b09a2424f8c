"""La página de una sección: sus campos, sus listas, lo tecleado, y cómo se escribe en la regla."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.forms import BoundField

from programas.consultas.secciones import SeccionDeCaptura
from programas.forms.captura import crudo as c
from programas.forms.captura.canonico import canonico
from programas.forms.captura.crudo import Crudo
from programas.forms.captura.partes import Campos, Parte, Poblaciones, Renglones
from programas.forms.captura.renglones import LISTAS
from programas.forms.captura.secciones import TextosForm, formulario_de
from programas.models import ReglaOperacion


@dataclass(frozen=True, slots=True)
class Control:
    """Lo que se llena de un campo: una casilla, un grupo de casillas o una lista de renglones."""

    clave: str
    titulo: str
    casilla: BoundField | None = None
    grupo: forms.BaseForm | None = None
    lista: Renglones | None = None

    @property
    def errores(self) -> list[tuple[str, str]]:
        """(ancla, mensaje) de cada error, con el renglón donde está."""
        if self.casilla is not None:
            return [(_ancla(self.casilla), e) for e in self.casilla.errors]
        if self.grupo is not None:
            return _errores_de(self.grupo, self.titulo, f"campo-{self.clave}")
        renglones = self.lista.forms if self.lista is not None else []
        return [
            error
            for n, form in enumerate(renglones, 1)
            for error in _errores_de(form, f"{self.titulo} {n}", f"{self.clave}-{n - 1}")
        ]


def _ancla(casilla: BoundField) -> str:
    return str(casilla.id_for_label or casilla.auto_id)


def _errores_de(form: forms.BaseForm, donde: str, ancla: str) -> list[tuple[str, str]]:
    propios = [(ancla, f"{donde}: {e}") for e in form.non_field_errors()]
    return propios + [
        (_ancla(casilla), f"{donde}, {casilla.label}: {e}")
        for casilla in form
        for e in casilla.errors
    ]


class Pagina:
    """Desde la base; desde lo tecleado (`crudo`); o lo tecleado ya revisado (`revisar=True`)."""

    def __init__(
        self,
        regla: ReglaOperacion,
        seccion: SeccionDeCaptura,
        *,
        crudo: Crudo | None = None,
        revisar: bool = False,
    ) -> None:
        self.regla, self.seccion, self.tecleado = regla, seccion, crudo
        self.revisada = revisar and crudo is not None
        self.partes: list[Parte] = list(self._armar())

    def _armar(self) -> Iterator[Parte]:
        datos = None if self.tecleado is None else c.como_datos(self.tecleado)
        comun: dict[str, Any] = {"datos": datos, "revisar": self.revisada}
        if self.seccion.es_capitulo:
            apartados = self.seccion.apartados
            yield Campos(TextosForm, {"regla": self.regla, "apartados": apartados}, **comun)
            return
        form = formulario_de(self.seccion.clave, es_accion=self.regla.programa.es_accion)
        if form is not None:
            yield Campos(form, {"instance": self.regla}, **comun)
        if self.seccion.clave == "poblaciones":
            yield Poblaciones(self.regla, **comun)
        for clave in self.seccion.campos:
            if clave in LISTAS:
                yield Renglones(self.regla, LISTAS[clave], tecleado=self.tecleado, **comun)

    @cached_property
    def controles(self) -> dict[str, Control]:
        """Por clave del retrato, en el orden de la sección."""
        hechos = {clave: ctl for parte in self.partes for clave, ctl in _controles(parte)}
        return {clave: hechos[clave] for clave in self.seccion.campos if clave in hechos}

    def is_valid(self) -> bool:
        """Revisa todas las partes aunque una falle: los errores se dicen juntos."""
        resultados = [parte.is_valid() for parte in self.partes]
        return all(resultados)

    @property
    def errores(self) -> list[tuple[str, str]]:
        if not self.revisada:
            return []
        sueltos = [("", str(e)) for parte in self.partes for e in parte.errores_sueltos()]
        nombrados = [
            (ancla, mensaje if ctl.casilla is None else f"{ctl.titulo}: {mensaje}")
            for ctl in self.controles.values()
            for ancla, mensaje in ctl.errores
        ]
        return sueltos + nombrados

    def escribir(self) -> None:
        """Guarda cada parte. Lo llama el servicio, dentro de su transacción."""
        for parte in self.partes:
            parte.escribir()

    def valores(self) -> dict[str, Any]:
        """Lo que dice cada campo, comparable: lo tecleado si ya se revisó, o lo de la base."""
        return {clave: canonico(v) for parte in self.partes for clave, v in parte.valores().items()}

    def huellas(self) -> dict[str, str]:
        return {clave: _huella(valor) for clave, valor in self.valores().items()}

    def crudo(self) -> Crudo:
        """Lo que mandaría el navegador con esta página como está."""
        junto: Crudo = {}
        for nombre, valor in (par for parte in self.partes for par in parte.casillas()):
            junto.setdefault(nombre, []).append(valor)
        return junto

    def es_de(self, clave: str, nombre: str) -> bool:
        """¿Esa casilla es de ese campo?"""
        if clave in LISTAS or clave.startswith("poblacion-"):
            return c.es_de_lista(nombre, clave)
        return nombre == clave or nombre.startswith(f"{clave}_")


def _huella(valor: Any) -> str:
    return hashlib.sha256(json.dumps(valor, ensure_ascii=False).encode()).hexdigest()[:16]


def _controles(parte: Parte) -> Iterator[tuple[str, Control]]:
    if isinstance(parte, Renglones):
        yield parte.lista.clave, Control(parte.lista.clave, str(parte.lista.titulo), lista=parte)
    elif isinstance(parte, Poblaciones):
        for clave, form in parte.por_clave.items():
            titulo = str(form.instance.get_clase_display()).capitalize()
            yield clave, Control(clave, titulo, grupo=form)
    elif isinstance(parte, Campos):
        for casilla in parte.form:
            titulo = str(casilla.label)
            yield (
                casilla.name,
                Control(casilla.name, titulo[:1].upper() + titulo[1:], casilla=casilla),
            )


def leer_bases(crudo: Crudo) -> Mapping[str, str]:
    """Las huellas con que se abrió la página. Ilegibles, ninguna: entonces todo se compara."""
    try:
        bases = json.loads((crudo.get("bases") or [""])[-1])
    except ValueError:
        return {}
    return bases if isinstance(bases, dict) else {}
