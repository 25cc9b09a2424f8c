"""Una hoja de cálculo como CSV, leída en un proceso aparte: si el archivo lo tira, el sitio sigue.

    python -m sibis.nucleo.libro '{"entrada": …, "carpeta": …, "hoja": …, "memoria": …, "segundos": …}'

Un libro de 4 kB puede declarar un renglón en cada orilla de la hoja y pedir gigas al leerse: por eso
antes se mira su directorio y se lee con límites de memoria y de tiempo. Nunca corre macros, ni sigue
vínculos, ni resuelve entidades: de una fórmula se toma el valor que el libro guarda.
"""

from __future__ import annotations

import csv
import json
import signal
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import python_calamine

from sibis.nucleo import celdas_con_error
from sibis.nucleo.celdas import FUERA_DE_DIGITOS, a_texto
from sibis.nucleo.errores import ArchivoIlegible

try:
    import resource
except (
    ImportError
):  # en Windows no hay límites por proceso: queda el de tiempo, que pone quien espera
    resource = None  # type: ignore[assignment]

ZIP = b"PK\x03\x04"
SIN_LIBRO, CON_CONTRASENA, DANADO, SIN_ESPACIO = 10, 11, 12, 13
COMBINADAS_QUE_SE_NOMBRAN = 20
# No todos los sistemas tienen todas las señales.
_SENALES = ("SIGABRT", "SIGKILL", "SIGXCPU", "SIGSEGV")
_LO_MATO_UN_LIMITE = {-getattr(signal, s) for s in _SENALES if hasattr(signal, s)}


@dataclass(frozen=True, slots=True)
class LimitesDeLibro:
    """Hasta dónde se abre un libro; quien carga padrones los sube."""

    memoria: int = 1024**3
    segundos: int = 20
    abierto: int = 200_000_000
    miembros: int = 500
    razon: int = 200


@dataclass(frozen=True, slots=True)
class Hoja:
    """Una hoja ya escrita como CSV, con sus renglones en su número."""

    nombre: str
    visible: bool
    filas: int
    columnas: int
    csv: str
    sin_digitos: str
    combinadas: tuple[str, ...]
    cuantas_combinadas: int


def a_csv(entrada: Path, salida: Path) -> None:
    """La primera hoja. Levanta ArchivoIlegible con qué hacer."""
    if not hojas(entrada, salida.parent, hoja=1, como=salida.name):
        raise ArchivoIlegible(
            "La primera hoja del libro es una gráfica o una macro, no una tabla. No se cargó nada."
        )


def hojas(
    entrada: Path,
    carpeta: Path,
    *,
    hoja: str | int | None = None,
    limites: LimitesDeLibro | None = None,
    como: str = "",
) -> list[Hoja]:
    """Cada hoja (o solo la pedida, por nombre o por número desde 1) como CSV en `carpeta`."""
    limites = limites or LimitesDeLibro()
    exigir_que_es_razonable(entrada, limites)
    pedido = {
        "entrada": str(entrada.resolve()),
        "carpeta": str(carpeta.resolve()),
        "hoja": hoja,
        "como": como,
        "memoria": limites.memoria,
        "segundos": limites.segundos,
    }
    orden = [sys.executable, "-m", "sibis.nucleo.libro", json.dumps(pedido)]
    raiz = Path(__file__).resolve().parents[2]
    try:
        dicho = subprocess.run(  # noqa: S603  (las rutas las ponemos nosotros)
            orden, check=True, timeout=2 * limites.segundos + 10, capture_output=True, cwd=raiz
        )
    except (subprocess.SubprocessError, OSError) as error:
        raise ArchivoIlegible(_que_paso(error, hoja)) from error
    return [Hoja(**{**h, "combinadas": tuple(h["combinadas"])}) for h in json.loads(dicho.stdout)]


def _que_paso(error: subprocess.SubprocessError | OSError, hoja: str | int | None) -> str:
    codigo = getattr(error, "returncode", None)
    if codigo == CON_CONTRASENA:
        return (
            "El libro tiene contraseña y no se puede leer. Ábrelo, quítale la contraseña, guárdalo y "
            "vuelve a intentar. No se cargó nada."
        )
    if codigo == SIN_LIBRO:
        return (
            f"El libro no tiene la hoja «{hoja}». Revisa su nombre o su número. No se cargó nada."
        )
    if codigo == SIN_ESPACIO:
        return "No queda espacio en disco para leer la hoja de cálculo. Avisa a quien opera el sistema. No se cargó nada."
    if isinstance(error, subprocess.TimeoutExpired) or codigo in _LO_MATO_UN_LIMITE:
        return (
            "La hoja de cálculo pide más memoria o más tiempo del permitido: suele pasar cuando hay algo "
            "escrito muy lejos de la tabla. Copia solo la tabla a un libro nuevo, o guárdala como CSV "
            "(UTF-8), y vuelve a intentar. No se cargó nada."
        )
    return (
        "La hoja de cálculo no se pudo leer: está dañada, tiene contraseña o es demasiado grande. "
        "Ábrela, guárdala otra vez como .xlsx o como CSV (UTF-8) y vuelve a intentar. "
        "No se cargó nada."
    )


def exigir_que_es_razonable(entrada: Path, limites: LimitesDeLibro) -> None:
    """Mira el directorio del ZIP antes de abrirlo; un .xls no es un ZIP y no tiene directorio."""
    try:
        with entrada.open("rb") as archivo:
            if archivo.read(4) == b"\xd0\xcf\x11\xe0":
                return
        with zipfile.ZipFile(entrada) as libro:
            miembros = libro.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise ArchivoIlegible(
            "El archivo dice ser una hoja de cálculo y no se puede abrir. No se cargó nada."
        ) from error
    pesa, cabe = sum(m.file_size for m in miembros), sum(m.compress_size for m in miembros)
    if (
        len(miembros) > limites.miembros
        or pesa > limites.abierto
        or pesa > limites.razon * max(cabe, 1)
    ):
        raise ArchivoIlegible(
            "La hoja de cálculo abierta pesa demasiado. Deja solo la hoja con los datos y vuelve a "
            "intentar. No se cargó nada."
        )


def _elegidas(libro: python_calamine.CalamineWorkbook, hoja: str | int | None) -> list[int]:
    nombres = libro.sheet_names
    if hoja is None:
        return list(range(len(nombres)))
    if hoja in nombres:
        return [nombres.index(str(hoja))]
    numero = int(hoja) if str(hoja).isdecimal() else 0
    if not 1 <= numero <= len(nombres):
        sys.exit(SIN_LIBRO)
    return [numero - 1]


def _escribir(
    hoja: python_calamine.CalamineSheet,
    errores: Mapping[int, Mapping[int, str]],
    destino: Path,
    sin_digitos: Path,
) -> int:
    """Los renglones desde el 1, aunque los primeros estén vacíos; los vacíos del final no se escriben."""
    vacios = escritas = 0
    with (
        destino.open("w", encoding="utf-8", newline="") as archivo,
        sin_digitos.open("w", encoding="utf-8", newline="") as avisos,
    ):
        escritor = csv.writer(archivo, lineterminator="\n")
        avisar = csv.writer(avisos, lineterminator="\n")
        for numero, renglon in enumerate(hoja.iter_rows(), start=1):
            celdas = [valor if type(valor) is str else a_texto(valor) for valor in renglon]
            for lugar, texto in errores.get(numero, {}).items():
                if lugar < len(celdas):
                    celdas[lugar] = texto
            if not any(celdas):
                vacios += 1
                continue
            archivo.write("\n" * vacios)
            vacios, escritas = 0, numero
            escritor.writerow(celdas)
            for lugar, valor in enumerate(renglon):
                if type(valor) is float and abs(valor) >= FUERA_DE_DIGITOS:
                    avisar.writerow((numero, lugar))
    return escritas


def _describir(
    libro: python_calamine.CalamineWorkbook, lugar: int, carpeta: Path, como: str
) -> Hoja | None:
    dato = libro.sheets_metadata[lugar]
    if dato.typ is not python_calamine.SheetTypeEnum.WorkSheet:
        return None
    hoja = libro.get_sheet_by_index(lugar)
    destino = carpeta / (como or f"hoja-{lugar + 1}.csv")
    sin_digitos = carpeta / f"hoja-{lugar + 1}-sin-digitos.csv"
    errores = celdas_con_error.hallar(Path(libro.path or ""), lugar) if libro.path else {}
    filas = _escribir(hoja, errores, destino, sin_digitos)
    rangos = hoja.merged_cell_ranges or []
    return Hoja(
        nombre=dato.name,
        visible=dato.visible is python_calamine.SheetVisibleEnum.Visible,
        filas=filas,
        columnas=hoja.total_width,
        csv=str(destino),
        sin_digitos=str(sin_digitos),
        combinadas=tuple(str(r[0][0] + 1) for r in rangos[:COMBINADAS_QUE_SE_NOMBRAN]),
        cuantas_combinadas=len(rangos),
    )


def _limitar(memoria: int, segundos: int) -> None:
    if resource is None:
        return
    if sys.platform != "darwin":  # macOS no admite acotar el espacio de direcciones
        resource.setrlimit(resource.RLIMIT_AS, (memoria, memoria))
    resource.setrlimit(resource.RLIMIT_CPU, (segundos, segundos))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _convertir(pedido: dict[str, Any]) -> list[dict[str, Any]]:
    _limitar(pedido["memoria"], pedido["segundos"])
    try:
        libro = python_calamine.CalamineWorkbook.from_path(pedido["entrada"])
        halladas = [
            _describir(libro, lugar, Path(pedido["carpeta"]), pedido["como"])
            for lugar in _elegidas(libro, pedido["hoja"])
        ]
    except python_calamine.PasswordError:
        sys.exit(CON_CONTRASENA)
    except python_calamine.CalamineError:
        sys.exit(DANADO)
    except OSError:
        sys.exit(SIN_ESPACIO)
    return [asdict(hoja) for hoja in halladas if hoja]


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_convertir(json.loads(sys.argv[1]))))
