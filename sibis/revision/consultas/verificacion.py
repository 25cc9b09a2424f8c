"""Comprobar que un PDF es un dictamen nuestro: su huella dice cuál; su firma, que no ha cambiado."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from sibis.archivos import servicios as archivos
from sibis.documentos import firma
from sibis.documentos.firma import Comprobacion
from sibis.revision.models import Dictamen


@dataclass(frozen=True, slots=True)
class Cotejado:
    """El resultado de comparar un archivo con el guardado."""

    sha256: str
    es_el_mismo: bool
    firma: Comprobacion


def comparar(dictamen: Dictamen, trozos: Iterable[bytes]) -> Cotejado:
    """Solo se lee por dentro lo que ya se sabe nuestro: un PDF ajeno nunca se interpreta aquí."""
    suma = hashlib.sha256()
    for trozo in trozos:
        suma.update(trozo)
    sha256 = suma.hexdigest()
    archivo = dictamen.archivo
    if archivo is None or archivo.sha256 != sha256:
        return Cotejado(sha256, False, Comprobacion())
    with archivos.abrir(archivo) as guardado:
        return Cotejado(sha256, True, firma.comprobar(guardado.read()))


def por_huella(sha256: str) -> Dictamen | None:
    """El dictamen cuyo archivo es exactamente ese."""
    return (
        Dictamen.objects.select_related("expediente", "organo", "emitido_por", "archivo")
        .filter(archivo__sha256=sha256)
        .first()
    )
