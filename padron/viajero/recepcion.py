"""Recibir el archivo que elige una persona en la página: al disco, por trozos y sin creerle al tamaño."""

from __future__ import annotations

import re
from io import BufferedIOBase
from pathlib import Path

from padron.lectura import Limites
from sibis.nucleo.errores import ArchivoIlegible

TROZO = 1 << 20
CABEZA = 1 << 14
_FRONTERA = re.compile(r'multipart/form-data;.*boundary="?([0-9A-Za-z\'()+_,./:=?-]{1,70})"?', re.I)
_NOMBRE = re.compile(rb'filename="([^"\r\n]*)"')
_NO_SIRVE = re.compile(r'[\x00-\x1f<>:"/\\|?*]')
CORTADO = ArchivoIlegible("El archivo no llegó entero. Elígelo otra vez.")


def recibir(entrada: BufferedIOBase, *, tipo: str, largo: int, carpeta: Path) -> Path:
    """El archivo, con su nombre, en `carpeta`. El formulario trae un solo campo.

    Levanta ArchivoIlegible si no se eligió nada, si pesa demasiado o si llega cortado.
    """
    tope = Limites().archivo
    if largo > tope + CABEZA:
        _tirar(entrada, largo)  # si no se lee, el navegador no enseña por qué se negó
        raise ArchivoIlegible(f"El archivo pesa más de {tope / 1e9:,.0f} GB. Divídelo en partes.")
    frontera = _FRONTERA.match(tipo)
    if frontera is None:
        raise CORTADO
    cabeza = _cabeza(entrada)
    cola = b"\r\n--" + frontera[1].encode() + b"--\r\n"
    pesa = largo - len(cabeza) - len(cola)
    nombre = _NOMBRE.search(cabeza)
    if nombre is None or pesa < 0:
        raise CORTADO
    if not nombre[1]:
        raise ArchivoIlegible("No elegiste ningún archivo. Elige el padrón y vuelve a intentar.")
    destino = carpeta / nombre_seguro(nombre[1].decode("utf-8", "replace"))
    _copiar(entrada, destino, pesa)
    if entrada.read(len(cola)) != cola:
        raise CORTADO
    return destino


def nombre_seguro(nombre: str) -> str:
    """Solo el nombre, sin carpetas ni signos que el sistema no admite."""
    ultimo = re.split(r"[/\\]", nombre)[-1]
    limpio = _NO_SIRVE.sub("_", ultimo).strip(". ")
    base, punto, extension = limpio.rpartition(".")
    return f"{base[:100]}{punto}{extension[:10]}" if base else limpio[:100] or "padron"


def _cabeza(entrada: BufferedIOBase) -> bytes:
    """Los renglones de antes del archivo, hasta el vacío."""
    leido = b""
    while not leido.endswith(b"\r\n\r\n"):
        renglon = entrada.readline(CABEZA)
        leido += renglon
        if not renglon or len(leido) > CABEZA:
            raise CORTADO
    return leido


def _copiar(entrada: BufferedIOBase, destino: Path, pesa: int) -> None:
    with destino.open("wb") as archivo:
        while pesa:
            trozo = entrada.read(min(TROZO, pesa))
            if not trozo:
                raise CORTADO
            archivo.write(trozo)
            pesa -= len(trozo)


def _tirar(entrada: BufferedIOBase, pesa: int) -> None:
    while pesa > 0 and (trozo := entrada.read(min(TROZO, pesa))):
        pesa -= len(trozo)
