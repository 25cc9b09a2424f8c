"""Las columnas de un manifiesto del archivo histórico: cómo se llaman, cómo se limpian, qué decir si están mal."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, replace

from programas.models import ClaseDeDocumento
from programas.models.documento import ANIO_MAXIMO, ANIO_MINIMO
from sibis.nucleo.columnas import Columna, Plantilla
from sibis.nucleo.normalizacion import clave_comparable, limpiar_texto

_FECHAS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y")
_NO_HAY = {"", "nd", "n d", "na", "n a", "s d", "sd", "no disponible", "sin enlace", "ninguno"}
_ANIO = re.compile(r"(1[89]|20|21)\d\d(\.0)?")

_CLASES = {
    **{clave_comparable(c.value): c.value for c in ClaseDeDocumento},
    **{clave_comparable(str(c.label)): c.value for c in ClaseDeDocumento},
    "reglas": ClaseDeDocumento.REGLA.value,
    "rop": ClaseDeDocumento.REGLA.value,
    "lineamientos": ClaseDeDocumento.REGLA.value,
    "padron de beneficiarios": ClaseDeDocumento.PADRON.value,
    "evaluacion": ClaseDeDocumento.EVALUACION_INTERNA.value,
}


@dataclass(frozen=True, slots=True)
class Publicacion:
    """El día, o solo el año si no se sabe el día."""

    fecha: datetime.date | None
    anio: int


def anio(texto: str) -> int:
    limpio = texto.strip()
    if not _ANIO.fullmatch(limpio) or not ANIO_MINIMO <= int(limpio[:4]) <= ANIO_MAXIMO:
        raise ValueError(texto)
    return int(limpio[:4])


def publicacion(texto: str) -> Publicacion:
    """«2018-01-31», «31/01/2018» o «2018»."""
    if _ANIO.fullmatch(texto.strip()):
        return Publicacion(None, anio(texto))
    for forma in _FECHAS:
        try:
            dia = datetime.datetime.strptime(texto.strip(), forma).date()  # noqa: DTZ007  (sin hora)
        except ValueError:
            continue
        return Publicacion(dia, anio(str(dia.year)))
    raise ValueError(texto)


def clase(texto: str) -> str:
    try:
        return str(_CLASES[clave_comparable(texto)])
    except KeyError as error:
        raise ValueError(texto) from error


def hasta(largo: int):  # type: ignore[no-untyped-def]
    """Un texto que cabe en su columna."""

    def limpiar(texto: str) -> str:
        limpio = limpiar_texto(texto)
        if len(limpio) > largo:
            raise ValueError(texto)
        return limpio

    return limpiar


def enlace(texto: str) -> str:
    """Solo http y https: lo que se publica no puede ser «javascript:». «ND» es que no hay."""
    limpio = texto.strip()
    if clave_comparable(limpio) in _NO_HAY:
        return ""
    if not re.fullmatch(r"https?://[^\s<>\"'\\]{4,990}", limpio):
        raise ValueError(texto)
    return limpio


PLANTILLA = Plantilla(
    (
        Columna("clave", "Clave", limpiar=hasta(120), sinonimos=("id", "folio")),
        Columna(
            "titulo",
            "Título",
            limpiar=hasta(300),
            sinonimos=("nombre", "documento"),
            obligatoria=True,
            mensaje="pasa de 300 letras",
        ),
        Columna(
            "clase",
            "Clase",
            limpiar=clase,
            sinonimos=("tipo", "clase de documento", "tipo de documento"),
            obligatoria=True,
            mensaje="no es una clase de documento",
            ejemplo=", ".join(c.value for c in ClaseDeDocumento),
        ),
        Columna(
            "ejercicio",
            "Ejercicio",
            limpiar=anio,
            sinonimos=("año", "anio", "agno", "año del que habla"),
            mensaje=f"no es un año de {ANIO_MINIMO} a {ANIO_MAXIMO}",
            ejemplo="2016",
        ),
        Columna(
            "fecha",
            "Fecha",
            limpiar=publicacion,
            sinonimos=("fecha de publicación", "fecha_publicacion", "publicado"),
            mensaje="no es una fecha ni un año",
            ejemplo="2016-06-30",
        ),
        Columna("programa", "Programa", sinonimos=("clave del programa", "slug")),
        Columna(
            "dependencia",
            "Dependencia",
            sinonimos=("clave de la dependencia", "siglas", "entidad"),
        ),
        Columna("archivo", "Archivo", limpiar=str.strip, sinonimos=("ruta", "fichero", "pdf")),
        Columna(
            "enlace",
            "Enlace",
            limpiar=enlace,
            sinonimos=("url", "liga", "enlace original", "link_publicacion"),
            mensaje="no es una dirección http o https",
            ejemplo="https://data.consejeria.cdmx.gob.mx/",
        ),
        Columna(
            "fuente",
            "Fuente",
            limpiar=hasta(300),
            sinonimos=("quién lo publicó", "publicó"),
            mensaje="pasa de 300 letras",
        ),
        Columna(
            "resumen",
            "Resumen",
            limpiar=hasta(2000),
            sinonimos=("descripción",),
            mensaje="pasa de 2,000 letras",
        ),
        Columna(
            "gaceta_numero",
            "Número de Gaceta",
            limpiar=hasta(20),
            sinonimos=("gaceta", "número", "gaceta_no"),
            mensaje="pasa de 20 letras",
        ),
    )
)

# Con la clase dicha en la orden, la hoja no tiene que traerla.
PLANTILLA_SIN_CLASE = Plantilla(
    tuple(
        replace(columna, obligatoria=False) if columna.identificador == "clase" else columna
        for columna in PLANTILLA.columnas
    )
)
