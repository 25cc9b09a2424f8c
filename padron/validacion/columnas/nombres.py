"""Nombres y apellidos, juntos o separados, en cualquier orden, y lo que no es una persona."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

from padron.validacion.piezas import LARGO_MAXIMO, Columna, Contexto, Leido, esta_vacio
from padron.validacion.regla import Regla
from sibis.nucleo import nombres as nucleo
from sibis.nucleo.identificadores import (
    consonante,
    palabra_de_apellido,
    palabra_de_nombres,
    vocal,
)
from sibis.nucleo.normalizacion import clave_comparable, limpiar_texto

_MUESTRA = 2_000
_AJENO = re.compile(r"[0-9@#$%&*_=+<>{}\[\]\\|¿!¡]")
_EMPRESA = re.compile(r"\b(s ?a ?p? ?i? de c ?v|s de r ?l|s a b|s c|sociedad anonima)\b")
_COLECTIVO = re.compile(
    r"\b(a c|i a p|s c l|s p r|cooperativa|colectivo|colectiva|comite|asociacion|grupo|union de|"
    r"escuela|primaria|secundaria|jardin de ninos|unidad habitacional|condominio|fundacion|ejido|"
    r"comunidad|consejo|mesa directiva|organizacion|sindicato)\b"
)
SIN_LETRAS = "X" * 3  # lo que la CURP lleva donde no hay apellido


def _de_la_curp(palabra: str, *, es_nombre: bool = False) -> str:
    """Inicial, vocal y consonante que esa palabra pone en una CURP; equis donde no hay."""
    if not palabra:
        return SIN_LETRAS
    return palabra[0].replace("/", "X") + vocal(palabra) + consonante(palabra)


def _leer_parte(texto: str, contexto: Contexto, *, es_nombre: bool) -> Leido:
    limpio = limpiar_texto(texto).replace("\n", " ")
    if not limpio:
        return Leido((None, None))
    if nucleo.es_relleno(limpio):
        # Sin segundo apellido se escribe «X» o «-»: eso no es un nombre inventado.
        return Leido(
            (None, None), () if esta_vacio(limpio) and not es_nombre else ("nombre_de_relleno",)
        )
    if len(limpio) > LARGO_MAXIMO:
        return Leido((None, None), ("texto_largo",))
    if _AJENO.search(limpio):
        return Leido((None, None), ("nombre_con_cifras",))
    nombre = nucleo.sin_tratamiento(limpio) if es_nombre else limpio
    palabra = palabra_de_nombres(nombre) if es_nombre else palabra_de_apellido(nombre)
    codigos = ("nombre_con_tratamiento",) if nombre != limpio else ()
    return Leido((nombre, _de_la_curp(palabra)), codigos)


def leer_nombres(texto: str, contexto: Contexto) -> Leido:
    return _leer_parte(texto, contexto, es_nombre=True)


def leer_apellido(texto: str, contexto: Contexto) -> Leido:
    return _leer_parte(texto, contexto, es_nombre=False)


def orden_de(textos: Iterable[str], regla: Regla) -> nucleo.Orden:
    """El orden de la columna. Si la muestra no lo dice, el de las listas: apellidos primero."""
    muestra = list(islice(textos, _MUESTRA))
    return nucleo.adivinar_orden(muestra) or nucleo.Orden.APELLIDOS_PRIMERO


def leer_completo(texto: str, contexto: Contexto) -> Leido:
    """Salidas: nombres y apellidos con sus letras de CURP; o, si no es una persona, denominación y tipo."""
    vacio: tuple[str | None, ...] = (None,) * 8
    limpio = limpiar_texto(texto).replace("\n", " ")
    if not limpio:
        return Leido(vacio)
    if len(limpio) > LARGO_MAXIMO:
        return Leido(vacio, ("texto_largo",))
    if tipo := tipo_por_nombre(limpio):
        return Leido((*vacio[:6], limpio, tipo))
    if nucleo.es_relleno(limpio):
        return Leido(vacio, ("nombre_de_relleno",))
    if _AJENO.search(limpio):
        return Leido(vacio, ("nombre_con_cifras",))
    partes = nucleo.partir(limpio, contexto.evidencia)
    if not partes.nombres or not partes.primer_apellido:
        return Leido(vacio, ("nombre_incompleto",))
    codigos = ("nombre_con_tratamiento",) if nucleo.tiene_tratamiento(limpio) else ()
    valores = (
        partes.nombres,
        _de_la_curp(palabra_de_nombres(partes.nombres)),
        partes.primer_apellido,
        _de_la_curp(palabra_de_apellido(partes.primer_apellido)),
        partes.segundo_apellido or None,
        _de_la_curp(palabra_de_apellido(partes.segundo_apellido))
        if partes.segundo_apellido
        else None,
        None,
        None,
    )
    return Leido(valores, codigos)


def tipo_por_nombre(texto: str) -> str:
    """«empresa» o «colectivo» si el nombre lo dice («…, S.A. de C.V.», «Cooperativa …»); si no, vacío."""
    comparable = clave_comparable(texto)
    if "cooperativa" in comparable:  # «S.C. de R.L.» es cómo se constituye, no otra cosa
        return "colectivo"
    if _EMPRESA.search(comparable):
        return "empresa"
    return "colectivo" if _COLECTIVO.search(comparable) else ""


_DE_NOMBRE = ("nombre_de_relleno", "texto_largo", "nombre_con_cifras")

NOMBRES = Columna(
    "nombres",
    "Nombre(s)",
    "María Guadalupe",
    {"nombres": "VARCHAR", "nombres__curp": "VARCHAR"},
    sinonimos=(
        "nombre",
        "nombre de pila",
        "nombre s",
        "nombres de pila",
        "nombre del beneficiario",
        "nombre de la persona beneficiaria",
    ),
    ayuda="Sin tratamientos (C., Lic.). Si viene junto con los apellidos, usa la columna de nombre completo.",
    es_personal=True,
    leer=leer_nombres,
    codigos=(*_DE_NOMBRE, "nombre_con_tratamiento"),
)
PRIMER_APELLIDO = Columna(
    "primer_apellido",
    "Primer apellido",
    "Hernández",
    {"primer_apellido": "VARCHAR", "primer_apellido__curp": "VARCHAR"},
    sinonimos=(
        "apellido paterno",
        "paterno",
        "ap paterno",
        "a paterno",
        "apellido 1",
        "apellido1",
        "primer ap",
        "apellido p",
    ),
    ayuda="Con su partícula si la lleva: «de la Cruz».",
    es_personal=True,
    leer=leer_apellido,
    codigos=_DE_NOMBRE,
)
SEGUNDO_APELLIDO = Columna(
    "segundo_apellido",
    "Segundo apellido",
    "López",
    {"segundo_apellido": "VARCHAR", "segundo_apellido__curp": "VARCHAR"},
    sinonimos=(
        "apellido materno",
        "materno",
        "ap materno",
        "a materno",
        "apellido 2",
        "apellido2",
        "segundo ap",
        "apellido m",
    ),
    ayuda="Vacío si la persona tiene un solo apellido.",
    es_personal=True,
    leer=leer_apellido,
    codigos=_DE_NOMBRE,
)
NOMBRE_COMPLETO = Columna(
    "nombre_completo",
    "Nombre completo",
    "Hernández López María Guadalupe",
    {
        "nombre_completo__nombres": "VARCHAR",
        "nombre_completo__nombres_curp": "VARCHAR",
        "nombre_completo__primero": "VARCHAR",
        "nombre_completo__primero_curp": "VARCHAR",
        "nombre_completo__segundo": "VARCHAR",
        "nombre_completo__segundo_curp": "VARCHAR",
        "nombre_completo__denominacion": "VARCHAR",
        "nombre_completo__tipo": "VARCHAR",
    },
    sinonimos=(
        *(
            "nombre completo del beneficiario",
            "beneficiario",
            "beneficiaria",
            "persona beneficiaria",
        ),
        *("nombre y apellidos", "apellidos y nombre", "apellidos y nombres", "nombre beneficiario"),
        *(
            "nombre completo de la persona beneficiaria",
            "nombre o razon social",
            "titular",
            "productor",
        ),
    ),
    ayuda="Solo si el nombre no viene separado; el orden se reconoce solo.",
    es_personal=True,
    leer=leer_completo,
    preparar=orden_de,
    codigos=(*_DE_NOMBRE, "nombre_incompleto", "nombre_con_tratamiento"),
)
COLUMNAS = (NOMBRES, PRIMER_APELLIDO, SEGUNDO_APELLIDO, NOMBRE_COMPLETO)
