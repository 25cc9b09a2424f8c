"""Lo tecleado de una sección, tal cual: nombre de la casilla → sus valores. Sin base de datos.

Es lo que se guarda como borrador, lo que se compara cuando dos personas guardan, y sobre lo que se
agregan, quitan y mueven renglones sin necesidad de JavaScript.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

Crudo = dict[str, list[str]]

LARGO = 400_000  # letras de una sección entera
_NO_SE_GUARDA = re.compile(
    r"csrfmiddlewaretoken|firma_de_pagina|accion|base_edicion|visto|pestana|conflicto|elegir-.*"
    r"|comentario-.*|respuesta-.*"
)


def limpiar(datos: QueryDict) -> Crudo:
    """Lo que es de la sección, sin lo que lleva y trae la página, ni ceros que la base no admite."""
    return {
        nombre.replace("\x00", ""): [valor.replace("\x00", "") for valor in valores]
        for nombre, valores in datos.lists()
        if not _NO_SE_GUARDA.fullmatch(nombre)
    }


def largo(crudo: Crudo) -> int:
    return sum(len(v) for valores in crudo.values() for v in valores)


def como_datos(crudo: Crudo) -> MultiValueDict:
    return MultiValueDict(crudo)


def cuantos(crudo: Crudo, lista: str, *, tope: int) -> int:
    """Renglones de una lista; un número imposible cuenta como ninguno."""
    texto = (crudo.get(f"{lista}-total") or ["0"])[-1]
    return min(int(texto), tope) if re.fullmatch(r"[0-9]{1,4}", texto) else 0


def _renglones(crudo: Crudo, lista: str) -> list[Crudo]:
    """Cada renglón con los nombres de sus casillas, sin el número."""
    total = cuantos(crudo, lista, tope=9999)
    patron = re.compile(rf"{re.escape(lista)}-([0-9]{{1,4}})-(.+)")
    renglones: list[Crudo] = [{} for _n in range(total)]
    for nombre, valores in crudo.items():
        hallado = patron.fullmatch(nombre)
        if hallado and int(hallado[1]) < total:
            renglones[int(hallado[1])][hallado[2]] = valores
    return renglones


def _con_renglones(crudo: Crudo, lista: str, renglones: list[Crudo]) -> Crudo:
    demas = {n: v for n, v in crudo.items() if not es_de_lista(n, lista)}
    suyos = {
        f"{lista}-{i}-{campo}": valores
        for i, renglon in enumerate(renglones)
        for campo, valores in renglon.items()
    }
    return {**demas, f"{lista}-total": [str(len(renglones))], **suyos}


def es_de_lista(nombre: str, lista: str) -> bool:
    return nombre.startswith(f"{lista}-")


def agregar(crudo: Crudo, lista: str) -> Crudo:
    return _con_renglones(crudo, lista, [*_renglones(crudo, lista), {}])


def quitar(crudo: Crudo, lista: str, lugar: int) -> Crudo:
    renglones = _renglones(crudo, lista)
    return _con_renglones(crudo, lista, renglones[:lugar] + renglones[lugar + 1 :])


def mover(crudo: Crudo, lista: str, lugar: int, pasos: int) -> Crudo:
    """Lo cambia de lugar con su vecino; en la orilla se queda."""
    renglones = _renglones(crudo, lista)
    destino = lugar + pasos
    if 0 <= lugar < len(renglones) and 0 <= destino < len(renglones):
        renglones[lugar], renglones[destino] = renglones[destino], renglones[lugar]
    return _con_renglones(crudo, lista, renglones)


def de_controles(controles: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """(nombre, valor) de lo que mandaría el navegador si nadie tocara nada."""
    for control in controles:
        if "subwidgets" in control:
            yield from de_controles(control["subwidgets"])
        elif "optgroups" in control:
            for _grupo, opciones, _indice in control["optgroups"]:
                for opcion in opciones:
                    if opcion["selected"]:
                        yield control["name"], str(opcion["value"])
        else:
            valor = control["value"]
            yield control["name"], "" if valor is None else str(valor)
