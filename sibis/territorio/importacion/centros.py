"""Centros desde CSV o GeoJSON: las filas buenas entran, cada mala se nombra con su motivo."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, count
from pathlib import Path
from typing import Any

from django.db import transaction

from sibis.nucleo import tabular
from sibis.nucleo.columnas import Lectura
from sibis.nucleo.errores import ErrorDeNegocio
from sibis.nucleo.normalizacion import clave_comparable
from sibis.territorio.importacion import geojson
from sibis.territorio.importacion.geometrias import punto
from sibis.territorio.importacion.guardado import guardar
from sibis.territorio.importacion.plantilla_centros import PLANTILLA
from sibis.territorio.importacion.ubicacion import HOLGURA_M, Ubicador
from sibis.territorio.models import Alcaldia, Centro, TipoDeCentro
from sibis.vigencia.carga import InformeDeCarga, leer_json, upsert

TIPOS = Path(__file__).parents[1] / "datos" / "tipos_de_centro.json"
_TEXTOS = ("direccion", "colonia", "horario", "telefono", "correo", "accesibilidad")


@dataclass(frozen=True, slots=True)
class Procedencia:
    """De dónde sale el archivo; cada fila puede decir otra cosa en sus columnas."""

    fuente: str
    url: str = ""
    fecha_corte: datetime.date | None = None

    def valores(self) -> dict[str, Any]:
        dichos = {"fuente": self.fuente, "fuente_url": self.url, "fecha_corte": self.fecha_corte}
        return {campo: valor for campo, valor in dichos.items() if valor}


@dataclass(slots=True)
class _Carga:
    """Lo que se recuerda mientras se recorre un archivo."""

    tipo: TipoDeCentro
    procedencia: Procedencia
    ubicador: Ubicador
    existentes: Mapping[str, Centro]
    slugs: set[str]
    vistas: dict[str, tuple[int, str]] = field(default_factory=dict)


def cargar_tipos_de_centro(ruta: Path = TIPOS) -> InformeDeCarga:
    """El catálogo de tipos que trae SIBIS, por clave."""
    informe = InformeDeCarga("Tipos de centro")
    filas = enumerate(leer_json(ruta), start=1)
    upsert(TipoDeCentro, filas, informe=informe)
    return informe


def cargar_centros(
    ruta: Path, *, tipo: str, procedencia: Procedencia | None = None
) -> InformeDeCarga:
    """Alta o cambio por clave. Lo que ya no viene en el archivo se conserva y se dice cuánto es.

    Levanta ArchivoIlegible (nada entró) o ErrorDeNegocio si el tipo no existe.
    """
    lecturas, notas = _leer(ruta)
    carga = _Carga(
        tipo=_tipo(tipo),
        procedencia=procedencia or Procedencia(f"Archivo {ruta.name}"),
        ubicador=Ubicador(Alcaldia.objects.all()),
        existentes={c.clave: c for c in Centro.objects.filter(tipo__clave=tipo)},
        slugs=set(Centro.objects.values_list("slug", flat=True)),
    )
    informe = InformeDeCarga(f"Centros ({carga.tipo})", notas=notas)
    with transaction.atomic():
        for lectura in lecturas:
            try:
                _guardar_fila(lectura, carga, informe)
            except ValueError as error:
                informe.rechazar(lectura.numero, str(error))
    if ausentes := _ausentes(carga):
        informe.notas.append(
            f"{ausentes} de la misma fuente no vienen en este archivo: se conservan como estaban. "
            "Si alguno cerró, ponle fecha en «vigente hasta»."
        )
    return informe


def _ausentes(carga: _Carga) -> int:
    fuente = carga.procedencia.fuente
    return sum(
        c.fuente == fuente for clave, c in carga.existentes.items() if clave not in carga.vistas
    )


def _leer(ruta: Path) -> tuple[list[Lectura], list[str]]:
    """Todas las filas antes de escribir ninguna: un archivo mal formado no entra a medias."""
    if ruta.suffix.lower() in (".geojson", ".json"):
        return list(_de_geojson(ruta)), []
    tabla = tabular.abrir(ruta, cuantas_reconoce=PLANTILLA.cuantas_reconoce)
    mapeo = PLANTILLA.mapear(tabla.informe.encabezado)
    notas = [tabla.informe.en_palabras()]
    if mapeo.ignoradas:
        notas.append(f"Columnas que no se usaron: {', '.join(mapeo.ignoradas)}.")
    return [mapeo.leer(fila) for fila in tabla], notas


def _de_geojson(ruta: Path) -> Iterator[Lectura]:
    """Las propiedades son las columnas; el punto del rasgo manda sobre las que digan latitud."""
    coleccion = geojson.leer(ruta)
    propias = [
        "" if PLANTILLA.identificador(p) in ("latitud", "longitud") else p
        for p in coleccion.encabezado
    ]
    mapeo = PLANTILLA.mapear([*propias, "latitud", "longitud"])
    for rasgo, fila in coleccion.filas():
        try:
            lon, lat = _coordenadas(rasgo)
        except ValueError as error:
            yield Lectura(rasgo.numero, {}, (str(error),))
            continue
        yield mapeo.leer(tabular.Fila(fila.numero, (*fila.valores, lat, lon)))


def _coordenadas(rasgo: geojson.Rasgo) -> tuple[str, str]:
    if rasgo.geometria is None:
        raise ValueError("No trae geometría.")
    posicion = rasgo.geometria.get("coordinates")
    if (
        rasgo.geometria.get("type") != "Point"
        or not isinstance(posicion, list)
        or len(posicion) < 2
    ):
        raise ValueError(f"Su geometría es «{rasgo.geometria.get('type')}» y se espera un Point.")
    return str(posicion[0]), str(posicion[1])


def _tipo(clave: str) -> TipoDeCentro:
    tipo = TipoDeCentro.objects.filter(clave=clave).first()
    if tipo is None:
        conocidos = ", ".join(TipoDeCentro.objects.values_list("clave", flat=True))
        raise ErrorDeNegocio(
            f"No hay un tipo de centro «{clave}». Hay: {conocidos or 'ninguno; corre cargar_catalogos'}."
        )
    return tipo


def _guardar_fila(lectura: Lectura, carga: _Carga, informe: InformeDeCarga) -> None:
    if lectura.errores:
        raise ValueError(" ".join(lectura.errores))
    dichos = lectura.valores
    lon, lat = dichos["longitud"], dichos["latitud"]
    lugar = punto(lon, lat)
    alcaldia, aviso = _alcaldia(dichos.get("alcaldia"), lon, lat, carga.ubicador)
    clave = _clave(dichos, carga, alcaldia)
    if antes := carga.vistas.get(clave):
        raise ValueError(_repetida(antes, con_clave=bool(dichos.get("clave"))))
    existente = carga.existentes.get(clave)
    valores = {
        **carga.procedencia.valores(),
        **_presentes(dichos),
        "clave": clave,
        "tipo_id": carga.tipo.pk,
        "alcaldia_id": alcaldia.pk,
        "punto": lugar,
        "es_demostracion": False,
    }
    if existente is None:
        valores["slug"] = _slug_libre(dichos["nombre"], carga, alcaldia)
    resultado = guardar(existente, modelo=Centro, valores=valores)
    carga.vistas[clave] = (lectura.numero, dichos["nombre"])
    carga.slugs.add(valores.get("slug", ""))
    informe.contar(resultado)
    if aviso:
        informe.avisar(lectura.numero, f"{dichos['nombre']}: {aviso}")


def _presentes(dichos: Mapping[str, Any]) -> dict[str, Any]:
    """Lo que el archivo trae; una celda vacía borra el dato, una columna ausente no."""
    ajenas = {"clave", "alcaldia", "latitud", "longitud"}
    valores = {c: v for c, v in dichos.items() if c not in ajenas}
    for campo in _TEXTOS:
        if campo in valores:
            valores[campo] = valores[campo] or ""
    if "servicios" in valores:
        valores["servicios"] = valores["servicios"] or []
    return {
        c: v for c, v in valores.items() if v is not None or c in ("capacidad", "vigente_hasta")
    }


def _alcaldia(
    dicha: str | None, lon: float, lat: float, ubicador: Ubicador
) -> tuple[Alcaldia, str]:
    """Manda lo que dice la fuente; si el punto la contradice, se avisa nombrando a las dos."""
    cerca = ubicador.por_punto(lon, lat)
    if cerca.metros > HOLGURA_M:
        raise ValueError(
            f"Cae fuera de la Ciudad de México, a {cerca.metros:,.0f} m de {cerca.alcaldia}: "
            f"latitud {lat:.8g}, longitud {lon:.8g}."
        )
    if not dicha:
        return cerca.alcaldia, ""
    nombrada = ubicador.por_texto(dicha)
    if nombrada is None:
        return (
            cerca.alcaldia,
            f"«{dicha}» no es una alcaldía; se tomó {cerca.alcaldia}, donde cae el punto.",
        )
    if ubicador.metros_a(nombrada, lon, lat) <= HOLGURA_M:
        return nombrada, ""
    return (
        nombrada,
        f"dice {nombrada}, pero el punto cae en {cerca.alcaldia}; se dejó {nombrada}. Revisa las coordenadas.",
    )


def _clave(dichos: Mapping[str, Any], carga: _Carga, alcaldia: Alcaldia) -> str:
    """La de la fuente o, si no la da, tipo + nombre + alcaldía: la misma en cada carga."""
    tipo = carga.tipo.clave
    if propia := _guiones(dichos.get("clave") or ""):
        return propia if propia.startswith(f"{tipo}-") else f"{tipo}-{propia}"
    nombre = _guiones(dichos["nombre"])
    if not nombre:
        raise ValueError(f"El nombre «{dichos['nombre']}» no tiene letras ni números.")
    return f"{tipo}-{nombre}-{alcaldia.clave}"


def _slug_libre(nombre: str, carga: _Carga, alcaldia: Alcaldia) -> str:
    """«pilares-jalalpa»; si ya es de otro, con la alcaldía y luego con número."""
    tipo, propio = carga.tipo.clave, _guiones(nombre)
    corto = (propio if f"{propio}-".startswith(f"{tipo}-") else f"{tipo}-{propio}").rstrip("-")
    largo = f"{corto}-{_guiones(alcaldia.nombre)}"
    candidatos = chain([corto, largo], (f"{largo}-{n}" for n in count(2)))
    return next(c for c in candidatos if c not in carga.slugs)


def _guiones(texto: str) -> str:
    return clave_comparable(texto).replace(" ", "-")


def _repetida(antes: tuple[int, str], *, con_clave: bool) -> str:
    fila, nombre = antes
    if con_clave:
        return f"Repite la clave de «{nombre}», en la fila {fila}."
    return (
        f"Repite a «{nombre}» de la fila {fila}: mismo nombre y alcaldía. "
        "Si son dos lugares, dale a cada uno su clave."
    )
