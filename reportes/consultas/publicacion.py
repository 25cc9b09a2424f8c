"""Lo que la página de datos abiertos y el catálogo DCAT dicen de cada conjunto."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reportes.consultas.conjuntos import CONJUNTOS, Conjunto
from reportes.consultas.versiones import Version, version_de

# De cada formato: cómo se llama para la gente, su tipo de medio y para qué sirve.
FORMATOS = {
    "csv": ("CSV", "text/csv", gettext_lazy("Abre en cualquier hoja de cálculo")),
    "xlsx": (
        "Excel",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        gettext_lazy("Con fechas y números ya como tales"),
    ),
    "parquet": (
        "Parquet",
        "application/vnd.apache.parquet",
        gettext_lazy("Para analizar con R, Python o DuckDB"),
    ),
    "geojson": ("GeoJSON", "application/geo+json", gettext_lazy("Para mapas, con sus límites")),
}
CARPETA = "datos-abiertos"


@dataclass(frozen=True, slots=True)
class Distribucion:
    formato: str
    nombre: str
    medio: str
    para_que: str
    url: str
    tamano: int | None


@dataclass(frozen=True, slots=True)
class Publicado:
    """Un conjunto como se enseña. `fecha` vacía: los datos no dicen hasta cuándo son ciertos."""

    conjunto: Conjunto
    version: Version
    renglones: int
    fecha: datetime.date | None
    distribuciones: tuple[Distribucion, ...]
    url: str
    cita: str


def version_del_conjunto(conjunto: Conjunto) -> Version:
    """Cambia con los datos y también cuando cambia cómo se escriben."""
    forma = f"{conjunto.consulta(sin_formulas=True)}{[c.tipo for c in conjunto.columnas]}"
    return version_de(conjunto.tablas, ademas=hashlib.sha256(forma.encode()).hexdigest())


def ruta_guardada(conjunto: Conjunto, formato: str, version: Version) -> str:
    """Dónde se guarda en el almacén un archivo de esa versión."""
    return f"{CARPETA}/{conjunto.clave}/{version.corta}.{formato}"


def anotar_tamano(version: Version, formato: str, tamano: int, marca: bool = True) -> None:
    """Lo que pesó al descargarse entero; se sabe desde entonces y hasta que cambie."""
    if marca:
        cache.set(_llave_del_tamano(version, formato), tamano, None)


def _llave_del_tamano(version: Version, formato: str) -> str:
    return f"datos:tamano:{version.corta}:{formato}"


def _tamano(conjunto: Conjunto, formato: str, version: Version) -> int | None:
    if formato in {"csv", "geojson"}:
        anotado = cache.get(_llave_del_tamano(version, formato))
        return None if anotado is None else int(anotado)
    ruta = ruta_guardada(conjunto, formato, version)
    return default_storage.size(ruta) if default_storage.exists(ruta) else None


def _fecha(conjunto: Conjunto) -> datetime.date | None:
    if not conjunto.fecha:
        return None
    with connection.cursor() as cursor:
        cursor.execute(conjunto.fecha)
        dia = cursor.fetchone()[0]
    return dia if dia is None else datetime.date(dia.year, dia.month, dia.day)


def publicado(conjunto: Conjunto) -> Publicado:
    version = version_del_conjunto(conjunto)
    fecha = _fecha(conjunto)
    url = reverse("reportes:conjunto", args=[conjunto.clave])
    return Publicado(
        conjunto=conjunto,
        version=version,
        renglones=conjunto.renglones(),
        fecha=fecha,
        distribuciones=tuple(_distribucion(conjunto, f, version) for f in conjunto.formatos),
        url=url,
        cita=_cita(conjunto, version, url),
    )


def _distribucion(conjunto: Conjunto, formato: str, version: Version) -> Distribucion:
    nombre, medio, para_que = FORMATOS[formato]
    return Distribucion(
        formato=formato,
        nombre=nombre,
        medio=medio,
        para_que=str(para_que),
        url=reverse("reportes:archivo", args=[conjunto.clave, formato]),
        tamano=_tamano(conjunto, formato, version),
    )


def _cita(conjunto: Conjunto, version: Version, url: str) -> str:
    """Con la versión: quien la lea puede saber si los datos siguen siendo los mismos."""
    return _("%(sitio)s. «%(titulo)s» [conjunto de datos], versión %(version)s. %(url)s") % {
        "sitio": settings.SIBIS_NOMBRE,
        "titulo": conjunto.titulo,
        "version": version.corta,
        "url": f"{settings.URL_PUBLICA}{url}",
    }


def publicados() -> tuple[Publicado, ...]:
    return tuple(publicado(conjunto) for conjunto in CONJUNTOS.values())
