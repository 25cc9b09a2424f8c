"""El nombre de una persona: en qué orden viene, qué le sobra y cómo se parte. Puro.

Nunca se corrige lo escrito: «MA. DEL CARMEN» se guarda así, y solo al comparar es «maria del carmen».
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sibis.nucleo.frecuentes import APELLIDOS, NOMBRES
from sibis.nucleo.listas import de_frases, de_palabras
from sibis.nucleo.normalizacion import clave_comparable


class Orden(StrEnum):
    COMA = "apellidos_coma_nombres"
    APELLIDOS_PRIMERO = "apellidos_nombres"
    NOMBRES_PRIMERO = "nombres_apellidos"


@dataclass(frozen=True, slots=True)
class NombrePartido:
    """`dudoso`: se partió por costumbre, no porque solo se pudiera así."""

    nombres: str
    primer_apellido: str
    segundo_apellido: str
    dudoso: bool = False


_ABREVIATURAS = {
    "ma": "maria",
    "m": "maria",
    "j": "jose",
    "gpe": "guadalupe",
    "fco": "francisco",
    "fca": "francisca",
    "sta": "santa",
    "hdez": "hernandez",
    "fdez": "fernandez",
    "glez": "gonzalez",
    "gzlez": "gonzalez",
    "mtz": "martinez",
    "mtnez": "martinez",
    "rdz": "rodriguez",
    "rguez": "rodriguez",
    "dguez": "dominguez",
    "vzqz": "vazquez",
    "gtz": "gutierrez",
    "jmz": "jimenez",
    "lpz": "lopez",
    "prz": "perez",
    "rmz": "ramirez",
    "sgo": "santiago",
}
# Antes de un apellido van con él; entre dos palabras, «y» las une.
_ANTEPUESTAS = frozenset(
    de_palabras("da das de del der di die dd el la las le les los mac mc san santa santo van von")
)
# María lleva estas advocaciones como nombre; solas son apellido («de Jesús», «de la Paz»).
_ADVOCACIONES = frozenset(
    de_frases(
        "de jesus|de guadalupe|de lourdes|de los angeles|de la luz|de la paz|de la concepcion|de "
        "la asuncion|de las mercedes|de los dolores|de las nieves|de los remedios|de la salud|de "
        "fatima|de san juan|del carmen|del rosario|del pilar|del socorro|del refugio|del "
        "consuelo|del rocio|del sagrario|del mar|del sol|del transito|de la cruz"
    )
)
_MARIAS = frozenset(("maria", "ma"))
_TRATAMIENTOS = (
    "c|cc|lic|licda|lcda|ing|arq|dr|dra|prof|profa|profr|profra|mtro|mtra|sr|sra|srita|srta|don|"
    "doña|biol|psic|cp|c\\.\\s?p"
)
_TRATAMIENTO = re.compile(rf"^\s*(?:(?:{_TRATAMIENTOS})(?:\.\s*|\s+))+(?=\S)", re.IGNORECASE)
_SOLO_INICIAL = re.compile(r"^\s*[A-ZÑ]\.?\s*$", re.IGNORECASE)
_RELLENO = re.compile(
    r"^(?:[sn] ?[nda]|n ?a ?n|sin(?: \w+){1,2}|sin(?:nombre|datos?)|no (?:aplica|tiene|hay|se sabe|disponible|proporciono)"
    r"|(?:primer |segundo )?(?:nombres?|apellidos?)(?: (?:completo|paterno|materno))?"
    r"|(?:persona )?(?:beneficiari[oa]|titular)(?: \d+)?|prueba(?: \d+)?|pruebas|test|ejemplo|demo"
    r"|asdf\w*|qwert\w*|abc(?:d\w*)?|null|none|nulo|ningun[oa]?|vaci[oa]|vacante|desconocid[oa]"
    r"|pendiente|por (?:definir|asignar|confirmar)|anonim[oa]|dato|fulan[oa](?: de tal)?"
    r"|x|0|(\w)(?: ?\1)+)$"
)
_SIGNOS = re.compile(r"^[\W_]+$")
_SEPARADORES = re.compile(r"[/|*;]+")


def comparable(texto: str) -> str:
    """Minúsculas sin acentos ni signos, y las abreviaturas por entero: «MA. Glez» → «maria gonzalez»."""
    return " ".join(_ABREVIATURAS.get(p, p) for p in clave_comparable(texto).split())


def sin_tratamiento(texto: str) -> str:
    """«C. LIC. ROSA LUNA» → «ROSA LUNA». «MA. ROSA» se queda: no es tratamiento."""
    resto = _TRATAMIENTO.sub("", texto, count=1).strip()
    # Lo que queda en una sola letra no era un nombre con tratamiento.
    return texto.strip() if not resto or _SOLO_INICIAL.match(resto) else resto


def tiene_tratamiento(texto: str) -> bool:
    return sin_tratamiento(texto) != texto.strip()


def es_relleno(texto: str) -> bool:
    """Se escribió algo para no dejar vacío: «S/N», «NOMBRE», «0». Lo vacío no es relleno."""
    if not texto.strip():
        return False
    return bool(_SIGNOS.match(texto.strip()) or _RELLENO.match(clave_comparable(texto)))


def partir(nombre_completo: str, orden: Orden) -> NombrePartido:
    """En nombres y apellidos, con las palabras tal como vienen escritas y sin el tratamiento."""
    limpio = sin_tratamiento(" ".join(nombre_completo.split()))
    if orden is Orden.COMA and "," in limpio:
        apellidos, _, nombres = limpio.partition(",")
        return _con_coma(_grupos(apellidos), " ".join(nombres.replace(",", " ").split()))
    grupos = _grupos(_SEPARADORES.sub(" ", limpio).replace(",", " "))
    if orden is Orden.NOMBRES_PRIMERO:
        return _nombres_primero(grupos)
    return _apellidos_primero(grupos)


def adivinar_orden(muestra: Iterable[str]) -> Orden | None:
    """Por las palabras frecuentes de las orillas. None si la muestra no inclina la balanza."""
    con_coma = cuantos = nombres_primero = apellidos_primero = 0
    for texto in muestra:
        palabras = comparable(sin_tratamiento(texto)).split()
        if len(palabras) < 2:
            continue
        cuantos += 1
        con_coma += "," in texto
        primera, ultima = palabras[0], palabras[-1]
        nombres_primero += _es_nombre(primera) + _es_apellido(ultima)
        apellidos_primero += _es_apellido(primera) + _es_nombre(ultima)
    if cuantos and con_coma * 2 > cuantos:
        return Orden.COMA
    mayor, menor = sorted((nombres_primero, apellidos_primero), reverse=True)
    if mayor < 2 * menor + 1 or mayor * 2 < cuantos:
        return None
    return Orden.NOMBRES_PRIMERO if mayor == nombres_primero else Orden.APELLIDOS_PRIMERO


def _es_nombre(palabra: str) -> bool:
    return palabra in NOMBRES and palabra not in APELLIDOS


def _es_apellido(palabra: str) -> bool:
    return palabra in APELLIDOS and palabra not in NOMBRES


def _grupos(texto: str) -> list[str]:
    """Las palabras que no se separan: «DE LA CRUZ», «ORTEGA Y GASSET», «MARÍA DEL CARMEN»."""
    grupos: list[str] = []
    pendientes: list[str] = []
    une = False
    for palabra in texto.split():
        llana = clave_comparable(palabra)
        if llana == "y" and grupos and not pendientes:
            une = True
            pendientes.append(palabra)
        elif llana in _ANTEPUESTAS:
            pendientes.append(palabra)
        else:
            _juntar(grupos, " ".join([*pendientes, palabra]), une=une)
            pendientes, une = [], False
    if pendientes:
        _juntar(grupos, " ".join(pendientes), une=une)
    return grupos


def _juntar(grupos: list[str], nuevo: str, *, une: bool) -> None:
    es_advocacion = (
        bool(grupos)
        and clave_comparable(grupos[-1]).split()[-1:] in ([m] for m in _MARIAS)
        and clave_comparable(nuevo) in _ADVOCACIONES
    )
    if grupos and (une or es_advocacion):
        grupos[-1] += f" {nuevo}"
    else:
        grupos.append(nuevo)


def _con_coma(apellidos: list[str], nombres: str) -> NombrePartido:
    """De tres grupos o más, el que empieza con partícula va con el anterior: «PÉREZ DE LEÓN»."""
    juntos: list[str] = []
    for grupo in apellidos:
        empieza = clave_comparable(grupo).split()[:1]
        if juntos and len(apellidos) > 2 and empieza and empieza[0] in {"de", "del"}:
            juntos[-1] += f" {grupo}"
        else:
            juntos.append(grupo)
    primero, segundo = (juntos[0] if juntos else ""), " ".join(juntos[1:])
    return NombrePartido(nombres, primero, segundo, dudoso=len(apellidos) > 2)


def _apellidos_primero(grupos: Sequence[str]) -> NombrePartido:
    if len(grupos) < 3:
        primero = grupos[0] if len(grupos) == 2 else ""
        return NombrePartido(" ".join(grupos[-1:]), primero, "", dudoso=True)
    dudoso = len(grupos) > 4 or _es_nombre(comparable(grupos[1]))
    return NombrePartido(" ".join(grupos[2:]), grupos[0], grupos[1], dudoso=dudoso)


def _nombres_primero(grupos: Sequence[str]) -> NombrePartido:
    if len(grupos) < 3:
        primero = grupos[1] if len(grupos) == 2 else ""
        return NombrePartido(" ".join(grupos[:1]), primero, "", dudoso=True)
    dudoso = len(grupos) > 4 or _es_nombre(comparable(grupos[-2]))
    return NombrePartido(" ".join(grupos[:-2]), grupos[-2], grupos[-1], dudoso=dudoso)
