"""El servicio de cifras: reúne las de todas las aplicaciones y a cada una le da un nombre citable.

La página, el mapa, el CSV y la API piden aquí; ninguno cuenta por su lado. Ninguna de las de hoy
cuenta personas de un padrón: cuando las haya, `cifra` es el único lugar por donde salen, y ahí irá
el umbral que protege a los grupos pequeños.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from dataclasses import asdict, dataclass
from functools import cache
from urllib.parse import quote, unquote

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from sibis.nucleo.cifras import Calculo, DefinicionDeCifra, Peticion
from sibis.nucleo.errores import ErrorDeNegocio

LARGO_DE_ID = 400


class CifraInexistente(ErrorDeNegocio):
    """No hay una cifra con esa clave, o no se puede pedir así."""


@dataclass(frozen=True, slots=True)
class Cifra:
    """Un número con todo lo que hace falta para citarlo y volver a obtenerlo."""

    id: str
    definicion: DefinicionDeCifra
    peticion: Peticion
    calculo: Calculo
    sha256: str


@cache
def _reunidas(rutas: tuple[str, ...]) -> dict[str, DefinicionDeCifra]:
    reunidas: dict[str, DefinicionDeCifra] = {}
    for ruta in rutas:
        for definicion in import_string(ruta):
            if definicion.clave in reunidas:
                raise ValueError(f"Dos cifras se llaman «{definicion.clave}»; una está en {ruta}.")
            reunidas[definicion.clave] = definicion
    return reunidas


def definiciones() -> dict[str, DefinicionDeCifra]:
    """Todas, por clave y en el orden de `CIFRAS`."""
    return _reunidas(tuple(settings.CIFRAS))


def cifra(clave: str, peticion: Peticion | None = None) -> Cifra:
    """Calcula. Levanta CifraInexistente si la cifra, el grupo o el filtro no existen."""
    peticion = peticion or Peticion()
    definicion = _definicion(clave, peticion)
    calculo = definicion.calcular(peticion)
    # El último ejercicio con datos cambia con los años: lo que se cita lleva el que se usó.
    exacta = Peticion(calculo.ejercicio or peticion.ejercicio, peticion.por, peticion.filtros)
    identidad = id_de(clave, exacta)
    return Cifra(identidad, definicion, exacta, calculo, _huella(identidad, definicion, calculo))


def _definicion(clave: str, peticion: Peticion) -> DefinicionDeCifra:
    definicion = definiciones().get(clave)
    if definicion is None:
        raise CifraInexistente(_("No hay una cifra con la clave «%(c)s».") % {"c": clave[:80]})
    if peticion.por and peticion.por not in definicion.dimensiones:
        raise CifraInexistente(
            _("Esta cifra no se agrupa por «%(por)s». Se agrupa por: %(si)s.")
            % {"por": peticion.por[:80], "si": ", ".join(definicion.dimensiones)}
        )
    for filtro in peticion.filtros:
        if filtro not in definicion.filtros:
            raise CifraInexistente(
                _("Esta cifra no se filtra por «%(filtro)s». Se filtra por: %(si)s.")
                % {"filtro": filtro[:80], "si": ", ".join(definicion.filtros)}
            )
    return definicion


def id_de(clave: str, peticion: Peticion) -> str:
    """`presupuesto_aprobado;2025;por=alcaldia;tipo=programa`: las mismas partes, en el mismo orden."""
    partes = [clave]
    if peticion.ejercicio is not None:
        partes.append(str(peticion.ejercicio))
    if peticion.por:
        partes.append(f"por={peticion.por}")
    partes += [f"{f}={quote(str(v), safe='')}" for f, v in sorted(peticion.filtros.items())]
    return ";".join(partes)


def leer_id(identidad: str) -> tuple[str, Peticion]:
    """Lo contrario de `id_de`. Levanta CifraInexistente si no tiene esa forma."""
    if len(identidad) > LARGO_DE_ID:
        raise CifraInexistente(_("El identificador de la cifra es demasiado largo."))
    clave, *partes = identidad.split(";")
    ejercicio, por, filtros = None, "", {}
    if partes and "=" not in partes[0]:
        ejercicio = _ejercicio(partes.pop(0))
    for parte in partes:
        nombre, igual, valor = parte.partition("=")
        if not igual or not nombre or nombre in filtros or "\0" in unquote(valor):
            raise CifraInexistente(
                _("El identificador se escribe «clave;año;por=grupo;filtro=valor».")
            )
        if nombre == "por":
            por = valor
        else:
            filtros[nombre] = unquote(valor)
    return clave, Peticion(ejercicio, por, filtros)


def _ejercicio(texto: str) -> int:
    if not (texto.isascii() and texto.isdecimal() and len(texto) == 4):
        raise CifraInexistente(_("El ejercicio es un año de cuatro cifras, como 2025."))
    return int(texto)


def _huella(identidad: str, definicion: DefinicionDeCifra, calculo: Calculo) -> str:
    """De la pregunta, la forma de contar y la respuesta: si algo de eso cambia, cambia la huella."""
    contenido = {
        "id": identidad,
        "version": definicion.version,
        "corte": calculo.corte,
        "filas": [asdict(fila) for fila in calculo.filas],
    }
    texto = json.dumps(contenido, sort_keys=True, ensure_ascii=False, default=_en_texto)
    return hashlib.sha256(texto.encode()).hexdigest()


def _en_texto(valor: object) -> str:
    return valor.isoformat() if isinstance(valor, datetime.date) else str(valor)
