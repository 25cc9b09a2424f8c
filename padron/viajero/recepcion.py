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
CORTADO = "El archivo no llegó entero. Elígelo otra vez."


class Peticion:
    """El cuerpo de una petición, sin leer nunca más de lo que dijo que traía."""

    def __init__(self, entrada: BufferedIOBase, largo: int) -> None:
        self.entrada, self.falta = entrada, largo

    def leer(self, cuanto: int) -> bytes:
        return self._contado(self.entrada.read(min(cuanto, self.falta)))

    def renglon(self, tope: int) -> bytes:
        return self._contado(self.entrada.readline(min(tope, self.falta)))

    def tirar(self) -> None:
        while self.falta and self.leer(TROZO):
            pass

    def _contado(self, leido: bytes) -> bytes:
        self.falta -= len(leido)
        return leido


def recibir(entrada: BufferedIOBase, *, tipo: str, largo: int, carpeta: Path) -> Path:
    """El archivo, con su nombre, en `carpeta`. El formulario trae un solo campo.

    Levanta ArchivoIlegible si no se eligió nada, si pesa demasiado o si llega cortado.
    """
    peticion = Peticion(entrada, largo)
    try:
        return _guardar(peticion, tipo, carpeta)
    finally:
        peticion.tirar()  # si no se lee entera, el navegador no enseña por qué se negó


def _guardar(entrada: Peticion, tipo: str, carpeta: Path) -> Path:
    tope = Limites().archivo
    if entrada.falta > tope + CABEZA:
        raise ArchivoIlegible(f"El archivo pesa más de {tope / 1e9:,.0f} GB. Divídelo en partes.")
    frontera = _FRONTERA.match(tipo)
    if frontera is None:
        raise ArchivoIlegible(CORTADO)
    cabeza = _cabeza(entrada)
    cola = b"\r\n--" + frontera[1].encode() + b"--\r\n"
    pesa = entrada.falta - len(cola)
    nombre = _NOMBRE.search(cabeza)
    if nombre is None or pesa < 0:
        raise ArchivoIlegible(CORTADO)
    if not nombre[1]:
        raise ArchivoIlegible("No elegiste ningún archivo. Elige el padrón y vuelve a intentar.")
    destino = carpeta / nombre_seguro(nombre[1].decode("utf-8", "replace"))
    _copiar(entrada, destino, pesa)
    if entrada.leer(len(cola)) != cola:
        raise ArchivoIlegible(CORTADO)
    return destino


def nombre_seguro(nombre: str) -> str:
    """Solo el nombre, sin carpetas ni signos que el sistema no admite."""
    ultimo = re.split(r"[/\\]", nombre)[-1]
    limpio = _NO_SIRVE.sub("_", ultimo).strip(". ")
    base, punto, extension = limpio.rpartition(".")
    return f"{base[:100]}{punto}{extension[:10]}" if base else limpio[:100] or "padron"


def _cabeza(entrada: Peticion) -> bytes:
    """Los renglones de antes del archivo, hasta el vacío."""
    leido = b""
    while not leido.endswith(b"\r\n\r\n"):
        renglon = entrada.renglon(CABEZA)
        leido += renglon
        if not renglon or len(leido) > CABEZA:
            raise ArchivoIlegible(CORTADO)
    return leido


def _copiar(entrada: Peticion, destino: Path, pesa: int) -> None:
    with destino.open("wb") as archivo:
        while pesa:
            trozo = entrada.leer(min(TROZO, pesa))
            if not trozo:
                raise ArchivoIlegible(CORTADO)
            archivo.write(trozo)
            pesa -= len(trozo)
