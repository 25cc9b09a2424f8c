"""El texto que llegó, en UTF-8, y lo que una sola pasada por él alcanza a ver."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from padron.lectura import letras
from sibis.nucleo import codificacion
from sibis.nucleo.errores import ArchivoIlegible

BLOQUE = 8 << 20
_DE_UTF_8 = ("utf-8", "utf-8-sig")

# Cómo empieza lo que quizá es un total, una nota o una firma: nada más dice «mira este renglón con calma».
_DE_CUIDADO = (
    r"sub\s*-?\s*total|gran total|total|suma\b|elabor|fuente\s*:|nota\b|autoriz|revis|valid[oó]|vo\s*\.|"
    r"firma|p(?:a|á|Á)gina|\*|corte al|fecha de (?:corte|elab|actual)"
)
# Letras que una expresión de bytes ve como parte de un espacio duro.
_HUECO = rb"[ \t\v\f\r\"\xa0\xc2"


@dataclass(frozen=True, slots=True)
class Texto:
    """Un archivo de texto en UTF-8; `codificacion` es la de antes."""

    ruta: Path
    codificacion: str


@dataclass(slots=True)
class Vista:
    """Lo que se vio al pasar por todo el texto, sin separarlo en celdas."""

    fin: bytes = b""
    renglones: int = 0
    parejo: bool = True
    con_nulos: bool = False
    con_rotas: bool = False
    con_perdidas: bool = False
    con_partidas: bool = False

    @property
    def con_letras_malas(self) -> bool:
        return self.con_rotas or self.con_perdidas or self.con_partidas


def en_utf_8(ruta: Path, trabajo: Path) -> Texto:
    """Reconoce la letra leyendo todo; si no era UTF-8, lo escribe otra vez, por bloques."""
    letra = codificacion.detectar(ruta)
    nombre = "utf-16" if letra.startswith("utf-16") else letra
    if letra in _DE_UTF_8:
        return Texto(ruta, nombre)
    destino = trabajo / "en-utf-8.csv"
    with (
        ruta.open(encoding=letra, newline="") as dentro,
        destino.open("w", encoding="utf-8", newline="") as fuera,
    ):
        while bloque := dentro.read(BLOQUE):
            fuera.write(bloque)
    return Texto(destino, nombre)


def mirar(ruta: Path, *, separador: str, encabezado: Sequence[str], renglones_antes: int) -> Vista:
    """Una pasada por bloques enteros, nunca renglón por renglón.

    Dice si el archivo parece parejo: un solo fin de línea, ningún renglón vacío ni con pinta de total,
    de nota o de encabezado repetido, y comillas pegadas a su separador. Que todos los renglones tengan
    las mismas celdas lo dice después DuckDB.
    """
    vista = Vista()
    sospecha = _sospecha(separador, encabezado)
    for bloque in _bloques(ruta):
        texto = bloque.decode("utf-8")
        if not vista.fin and not vista.renglones:
            vista.con_partidas = letras.trae_partidas(texto[: letras.MUESTRA])
        vista.con_rotas = vista.con_rotas or letras.trae_rotas(texto)
        vista.con_perdidas = vista.con_perdidas or letras.trae_perdidas(texto)
        vista.con_nulos = vista.con_nulos or b"\0" in bloque
        vista.renglones += (saltos := bloque.count(b"\n"))
        _fin_de_linea(bloque, saltos, vista)
        if not vista.parejo:
            continue
        datos, renglones_antes = _saltar(bloque, renglones_antes)
        vista.parejo = not (
            sospecha.search(b"\n" + datos) or _comillas_despegadas(datos, separador.encode())
        )
    return vista


def _comillas_despegadas(datos: bytes, separador: bytes) -> bool:
    """Un espacio entre las comillas y el separador: DuckDB lo quita y aquí se conserva."""
    if b' "' in datos and any(d in datos for d in (separador + b' "', b'\n "', b'  "')):
        return True
    return b'" ' in datos and any(d in datos for d in (b'" ' + separador, b'" \n', b'" \r', b'"  '))


def _sospecha(separador: str, encabezado: Sequence[str]) -> re.Pattern[bytes]:
    """El renglón que la vía rápida no debe tocar; empieza con «\\n» para hallarlo pronto."""
    corte = re.escape(separador.encode())
    nombre = next((t.strip() for t in encabezado if t.strip()), "")
    nombres = rb"|".join(re.escape(n.encode()) for n in (nombre, nombre.upper(), nombre.lower()))
    repetido = rb"(?:" + nombres + rb")\s*\"?\s*(?:" + corte + rb"|\n)"
    cuidado = rb"(?i:" + _DE_CUIDADO.encode() + (rb"|" + repetido if nombre else b"") + rb")"
    return re.compile(rb"\n" + _HUECO + corte + rb"]*(?:\n|" + cuidado + rb")")


def _bloques(ruta: Path) -> Iterator[bytes]:
    """Trozos que terminan en fin de línea; el último lo lleva aunque el archivo no."""
    resto, fin = b"", b"\n"
    with ruta.open("rb") as archivo:
        while leido := archivo.read(BLOQUE):
            bloque = resto + leido
            corte = (bloque.rfind(b"\n") + 1) or (bloque.rfind(b"\r", 0, -1) + 1)
            if not corte and len(bloque) > 2 * BLOQUE:
                raise ArchivoIlegible(
                    "El archivo tiene un renglón de más de 16 MB: está dañado o no es una tabla. No se cargó nada."
                )
            resto = bloque[corte:]
            if corte:
                yield bloque[:corte]
                fin = b"\r\n" if bloque[:corte].endswith(b"\r\n") else b"\n"
    if resto:
        yield resto if resto.endswith(b"\r") else resto + fin


def _fin_de_linea(bloque: bytes, saltos: int, vista: Vista) -> None:
    retornos = bloque.count(b"\r")
    if retornos and not (saltos == retornos == bloque.count(b"\r\n")):
        vista.parejo = False
        return
    fin = b"\r\n" if retornos else b"\n"
    vista.parejo = vista.parejo and vista.fin in (b"", fin)
    vista.fin = fin


def _saltar(bloque: bytes, cuantos: int) -> tuple[bytes, int]:
    """El bloque sin los renglones de antes de los datos, y cuántos falta saltar."""
    lugar = 0
    while cuantos and lugar < len(bloque):
        lugar = bloque.find(b"\n", lugar) + 1 or len(bloque)
        cuantos -= 1
    return (bloque[lugar:] if lugar else bloque), cuantos
