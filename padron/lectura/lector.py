"""`leer`: reconoce, elige la vía y deja un CSV en UTF-8 listo para revisarse."""

from __future__ import annotations

import csv
import errno
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from padron.lectura import hojas, lenta, llegada, texto
from padron.lectura.crudo import guardar_parejo
from padron.lectura.encabezado import TODOS, Encabezado, hallar
from padron.lectura.liga import ligar
from padron.lectura.modelo import DIGITOS_PERDIDOS, AvisoDeArchivo, Lectura, Limites, Reconocer
from padron.lectura.renglones import recorrer
from sibis.nucleo.errores import ArchivoIlegible

CARACTERES_DE_MUESTRA = 1 << 21
HALLAZGOS = "hallazgos.csv"
CRUDO = "crudo.duckdb"


@dataclass(frozen=True, slots=True)
class _Tabla:
    """Lo que ya es texto en UTF-8, venga de un CSV o de una hoja."""

    ruta: Path
    formato: str
    codificacion: str
    encabezado: Encabezado
    hoja: str | None = None
    hojas: tuple[str, ...] = ()
    avisos: tuple[AvisoDeArchivo, ...] = ()
    sin_digitos: Path | None = None


@dataclass(frozen=True, slots=True)
class _Via:
    """Por dónde se fue y qué dejó."""

    csv: Path
    numerado: bool
    primera: int
    filas: int
    hallazgos: int


def leer(
    ruta: Path,
    *,
    trabajo: Path,
    cuantas_reconoce: Reconocer,
    hoja: str | None = None,
    limites: Limites | None = None,
    sha256: str = "",
) -> Lectura:
    """Lee lo que llegó. Levanta ArchivoIlegible, con qué pasó, qué se conservó y qué hacer.

    `sha256` es su huella si quien llama ya la tomó. `trabajo` es una carpeta de esta lectura y de nadie más; ahí queda lo que se escribe.
    """
    limites = limites or Limites()
    try:
        trabajo.mkdir(parents=True, exist_ok=True)
        llego = llegada.recibir(ruta, trabajo, limites)
        leer_tabla = _de_texto if llego.formato == "csv" else _de_libro
        tabla = leer_tabla(llego, trabajo, hoja, cuantas_reconoce, limites)
        if len(tabla.encabezado.nombres) > limites.columnas:
            raise ArchivoIlegible(
                f"La tabla tiene {len(tabla.encabezado.nombres):,} columnas y el máximo es "
                f"{limites.columnas}. Deja solo las del padrón. No se cargó nada."
            )
        return _por_su_via(ruta, tabla, trabajo, limites, sha256 or llegada.huella(ruta))
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise ArchivoIlegible(
                "No queda espacio en disco para leer el archivo. Avisa a quien opera el sistema y "
                "vuelve a intentar. No se cargó nada."
            ) from error
        raise


def _de_texto(
    llego: llegada.Llegada,
    trabajo: Path,
    hoja: str | None,
    cuantas_reconoce: Reconocer,
    limites: Limites,
) -> _Tabla:
    """Un texto no tiene hojas: si se pidió una, no hay nada que elegir."""
    en_utf_8 = texto.en_utf_8(llego.ruta, trabajo)
    with en_utf_8.ruta.open(encoding="utf-8-sig", newline="") as archivo:
        muestra = archivo.read(CARACTERES_DE_MUESTRA)
    encabezado = hallar(
        muestra, separadores=TODOS, cuantas_reconoce=cuantas_reconoce, limites=limites
    )
    return _Tabla(en_utf_8.ruta, "csv", en_utf_8.codificacion, encabezado)


def _de_libro(
    llego: llegada.Llegada,
    trabajo: Path,
    hoja: str | None,
    cuantas_reconoce: Reconocer,
    limites: Limites,
) -> _Tabla:
    elegida = hojas.elegir(
        llego, trabajo, hoja=hoja, cuantas_reconoce=cuantas_reconoce, limites=limites
    )
    return _Tabla(
        ruta=Path(elegida.hoja.csv),
        formato=llego.formato,
        codificacion="",
        encabezado=elegida.encabezado,
        hoja=elegida.hoja.nombre,
        hojas=elegida.nombres,
        avisos=elegida.avisos,
        sin_digitos=Path(elegida.hoja.sin_digitos),
    )


def _por_su_via(ruta: Path, tabla: _Tabla, trabajo: Path, limites: Limites, sha256: str) -> Lectura:
    encabezado = tabla.encabezado
    via = _recorrer(tabla, trabajo, limites)
    if not via.filas:
        raise ArchivoIlegible(
            f"{ruta.name} no trae ninguna fila de datos debajo de su encabezado. No se cargó nada."
        )
    hallazgos = trabajo / HALLAZGOS
    hubo = via.hallazgos + _sumar_sin_digitos(tabla, hallazgos)
    return Lectura(
        archivo=ruta.name,
        sha256=sha256,
        formato=tabla.formato,
        hoja=tabla.hoja,
        hojas=tabla.hojas,
        codificacion=tabla.codificacion,
        separador=encabezado.separador if tabla.formato == "csv" else "",
        fila_encabezado=encabezado.fila,
        encabezado=encabezado.nombres,
        csv=via.csv,
        csv_separador="," if via.numerado else encabezado.separador,
        numerado=via.numerado,
        primera_fila=via.primera,
        filas=via.filas,
        avisos=(*tabla.avisos, *encabezado.avisos),
        hallazgos=hallazgos if hubo else None,
        crudo=None if via.numerado else trabajo / CRUDO,
    )


def _recorrer(tabla: _Tabla, trabajo: Path, limites: Limites) -> _Via:
    """Por la vía rápida si se puede probar que el archivo es parejo; si no, por la lenta.

    DuckDB lo va leyendo mientras aquí se mira: si al final no era parejo, lo suyo se tira.
    """
    with ThreadPoolExecutor(1) as hilo:
        guardado = hilo.submit(_guardar, tabla, trabajo) if _quiza_parejo(tabla) else None
        vista = _mirar(tabla)
        filas = vista.renglones - tabla.encabezado.fila
        parejo = (
            guardado is not None
            and _se_ve_parejo(vista)
            and filas > 0
            and vista.renglones <= limites.filas
            and guardado.result() == filas
        )
    if not parejo:
        (trabajo / CRUDO).unlink(missing_ok=True)
        return _lenta(tabla, vista, trabajo, limites)
    (trabajo / HALLAZGOS).write_text(lenta.TITULOS, encoding="utf-8")
    return _Via(
        csv=_sin_comodines(tabla.ruta, trabajo),
        numerado=False,
        primera=tabla.encabezado.fila + 1,
        filas=filas,
        hallazgos=0,
    )


def _mirar(tabla: _Tabla) -> texto.Vista:
    encabezado = tabla.encabezado
    return texto.mirar(
        tabla.ruta,
        separador=encabezado.separador,
        encabezado=encabezado.crudas[-1] if encabezado.crudas else (),
        renglones_antes=encabezado.fila,
    )


def _guardar(tabla: _Tabla, trabajo: Path) -> int | None:
    return guardar_parejo(
        _sin_comodines(tabla.ruta, trabajo),
        trabajo / CRUDO,
        ancho=tabla.encabezado.ancho,
        separador=tabla.encabezado.separador,
        saltar=tabla.encabezado.fila,
    )


def _lenta(tabla: _Tabla, vista: texto.Vista, trabajo: Path, limites: Limites) -> _Via:
    destino = trabajo / "numerado.csv"
    with tabla.ruta.open(encoding="utf-8-sig", newline="") as archivo:
        copia = lenta.copiar(
            recorrer(archivo, tabla.encabezado.separador, limites),
            tabla.encabezado,
            vista,
            limites,
            destino=destino,
            hallazgos=trabajo / HALLAZGOS,
        )
    return _Via(destino, True, copia.primera, copia.filas, copia.hallazgos)


def _quiza_parejo(tabla: _Tabla) -> bool:
    """Lo que el encabezado deja ver, antes de mirar el resto."""
    encabezado = tabla.encabezado
    return (
        encabezado.sencillo
        and encabezado.desde == encabezado.fila + 1
        and encabezado.ancho == len(encabezado.nombres)
    )


def _se_ve_parejo(vista: texto.Vista) -> bool:
    return vista.parejo and not vista.con_nulos and not vista.con_letras_malas


def _sin_comodines(ruta: Path, trabajo: Path) -> Path:
    """DuckDB expande «*» y «[…]» en el nombre: a un archivo que los lleva se le llama de otro modo."""
    if not any(c in str(ruta) for c in "*?[]{}"):
        return ruta
    return ligar(ruta, trabajo / "original.csv")


def _sumar_sin_digitos(tabla: _Tabla, hallazgos: Path) -> int:
    """Los números que la hoja ya no guardaba enteros, de las filas de datos."""
    if tabla.sin_digitos is None or not tabla.sin_digitos.stat().st_size:
        return 0
    cuantos = 0
    with (
        tabla.sin_digitos.open(encoding="utf-8", newline="") as dichos,
        hallazgos.open("a", encoding="utf-8", newline="") as avisos,
    ):
        avisar = csv.writer(avisos, lineterminator="\n")
        for fila, lugar in csv.reader(dichos):
            if int(fila) > tabla.encabezado.fila and int(lugar) < len(tabla.encabezado.nombres):
                avisar.writerow((fila, lugar, DIGITOS_PERDIDOS, ""))
                cuantos += 1
    return cuantos
