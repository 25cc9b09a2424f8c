"""Las columnas de un archivo de centros: cómo se llaman, cómo se limpian y qué decir si están mal."""

from __future__ import annotations

import datetime
import re

from sibis.nucleo.columnas import Columna, Plantilla

_NUMERO = re.compile(r"[+-]?\d{1,8}(?:[.,]\d{1,20})?")
_FECHAS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y")
LARGO_DE_SERVICIO = 120


def grados(texto: str) -> float:
    """«19.3956» o «19,3956»; no grados, minutos y segundos."""
    limpio = texto.strip().replace("\u2212", "-").removesuffix("°")
    if not _NUMERO.fullmatch(limpio):
        raise ValueError(limpio)
    return float(limpio.replace(",", "."))


def entero_positivo(texto: str) -> int:
    """«120», «1,200» o «120.0» como lo deja Excel."""
    limpio = texto.strip().removesuffix(".0").replace(",", "")
    if not re.fullmatch(r"[0-9]{1,9}", limpio) or not int(limpio):
        raise ValueError(texto)
    return int(limpio)


def fecha(texto: str) -> datetime.date:
    for forma in _FECHAS:
        try:
            return datetime.datetime.strptime(texto.strip(), forma).date()  # noqa: DTZ007  (sin hora)
        except ValueError:
            continue
    raise ValueError(texto)


def enlace(texto: str) -> str:
    """Solo http y https: lo que se publica no puede ser «javascript:»."""
    if not re.fullmatch(r"https?://[^\s<>\"']+", texto.strip()):
        raise ValueError(texto)
    return texto.strip()


def correo(texto: str) -> str:
    if not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+", texto.strip()):
        raise ValueError(texto)
    return texto.strip().lower()


def lista(texto: str) -> list[str]:
    """Servicios separados por punto y coma, barra o renglón."""
    partes = [" ".join(p.split()) for p in re.split(r"[;|\n]+", texto)]
    if any(len(p) > LARGO_DE_SERVICIO for p in partes):
        raise ValueError(texto)
    return list(dict.fromkeys(p for p in partes if p))


PLANTILLA = Plantilla(
    (
        Columna("clave", "Clave", sinonimos=("id", "cve", "clave_centro", "folio", "id_centro")),
        Columna(
            "nombre",
            "Nombre",
            sinonimos=("nombre_centro", "nombre del centro", "centro", "nom", "inmueble", "sede"),
            obligatoria=True,
        ),
        Columna(
            "direccion",
            "Dirección",
            sinonimos=("domicilio", "calle", "ubicación", "calle y número"),
        ),
        Columna("colonia", "Colonia", sinonimos=("nom_colonia", "nombre_colonia", "nom_col")),
        Columna(
            "alcaldia",
            "Alcaldía",
            sinonimos=(
                "alcaldia_texto",
                "nom_alc",
                "delegación",
                "demarcación",
                "municipio",
                "alc",
            ),
        ),
        Columna(
            "latitud",
            "Latitud",
            limpiar=grados,
            sinonimos=("lat", "y", "latitude", "coord_y"),
            obligatoria=True,
            mensaje="no es un número en grados",
            ejemplo="19.39561",
        ),
        Columna(
            "longitud",
            "Longitud",
            limpiar=grados,
            sinonimos=("lon", "lng", "long", "x", "longitude", "coord_x"),
            obligatoria=True,
            mensaje="no es un número en grados",
            ejemplo="-99.21223",
        ),
        Columna("horario", "Horario", sinonimos=("horarios", "días y horas", "hora")),
        Columna("telefono", "Teléfono", sinonimos=("tel", "teléfonos", "telefono_1")),
        Columna(
            "correo",
            "Correo",
            limpiar=correo,
            sinonimos=("email", "e-mail", "correo electrónico"),
            mensaje="no es un correo",
            ejemplo="centro@ejemplo.mx",
        ),
        Columna(
            "servicios",
            "Servicios",
            limpiar=lista,
            sinonimos=("actividades", "servicio"),
            mensaje=f"tiene un servicio de más de {LARGO_DE_SERVICIO} letras; sepáralos con punto y coma",
            ejemplo="comida caliente; lavandería",
        ),
        Columna("accesibilidad", "Accesibilidad", sinonimos=("accesible",)),
        Columna(
            "capacidad",
            "Capacidad",
            limpiar=entero_positivo,
            sinonimos=("cupo", "aforo"),
            mensaje="no es un número de personas",
            ejemplo="120",
        ),
        Columna("fuente", "Fuente", sinonimos=("origen",)),
        Columna(
            "fuente_url",
            "Enlace de la fuente",
            limpiar=enlace,
            sinonimos=("url", "enlace", "liga"),
            mensaje="no es una dirección http o https",
            ejemplo="https://datos.cdmx.gob.mx/",
        ),
        Columna(
            "fecha_corte",
            "Fecha de corte",
            limpiar=fecha,
            sinonimos=("corte", "actualizado", "fecha de actualización"),
            mensaje="no es una fecha",
            ejemplo="2025-03-31",
        ),
        Columna(
            "vigente_hasta",
            "Vigente hasta",
            limpiar=fecha,
            sinonimos=("fecha de cierre", "cerró"),
            mensaje="no es una fecha",
            ejemplo="2025-12-31",
        ),
    )
)
