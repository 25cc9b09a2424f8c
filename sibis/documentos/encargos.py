"""Qué documento se quiere, de qué datos y con qué nombre: la huella de todo lo que dirá."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.utils import translation

from sibis.documentos import almacen
from sibis.documentos.tipos import TipoDeDocumento, tipo

Argumentos = dict[str, int | str]


@dataclass(frozen=True, slots=True)
class Encargo:
    """Un documento exacto. Dos encargos con la misma huella son el mismo documento."""

    tipo: TipoDeDocumento
    argumentos: Argumentos
    idioma: str
    contenido: str
    huella: str

    @property
    def ruta(self) -> str:
        return almacen.ruta(self.huella, self.tipo.extension)

    @property
    def esta_hecho(self) -> bool:
        return almacen.existe(self.ruta)


@lru_cache(maxsize=32)
def _de_estaticos(nombres: tuple[str, ...]) -> bytes:
    """La letra y el estilo también son el documento."""
    suma = hashlib.sha256()
    for nombre in nombres:
        suma.update((settings.RAIZ / "static" / nombre).read_bytes())
    return suma.digest()


def encargo(clave: str, argumentos: Argumentos, *, idioma: str) -> Encargo:
    """Lee los datos y arma el encargo. Los argumentos son pocos y nunca datos de una persona."""
    su_tipo = tipo(clave)
    with translation.override(idioma):
        contenido = su_tipo.contenido(**argumentos)
    suma = hashlib.sha256(_de_estaticos(su_tipo.estaticos))
    suma.update(f"{clave}\0{su_tipo.productor}\0{idioma}\0{contenido}".encode())
    return Encargo(su_tipo, argumentos, idioma, contenido, suma.hexdigest())
