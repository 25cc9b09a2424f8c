"""Llevarse un hilo en PDF, con su huella asentada en la bitácora."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sibis.bitacora.registro import registrar
from sibis.cuentas.models import Usuario
from sibis.documentos import servicios as documentos
from sibis.documentos.servicios import Documento
from sibis.mensajes.consultas.impresos import HILO
from sibis.mensajes.consultas.quienes import organo_desde
from sibis.mensajes.models import Hilo
from sibis.mensajes.servicios.requisitos import exigir_que_lo_vea


@dataclass(frozen=True, slots=True)
class Exportado:
    documento: Documento
    sha256: str


def exportar(hilo: Hilo, *, por: Usuario) -> Exportado | None:
    """El documento y su huella; nada si el trabajador no lo hizo a tiempo, y entonces no se asienta."""
    exigir_que_lo_vea(hilo, por=por)
    pedido = documentos.solicitar(HILO, {"hilo": hilo.pk})
    documento = documentos.entregar(pedido)
    if documento is None:
        return None
    suma = hashlib.sha256()
    with documento.abrir() as archivo:
        for trozo in archivo.chunks():
            suma.update(trozo)
    sha256 = suma.hexdigest()
    registrar(
        "hilo.exportado",
        hilo,
        por=por,
        dependencia=organo_desde(hilo, por=por),
        sha256=sha256,
    )
    return Exportado(documento, sha256)
