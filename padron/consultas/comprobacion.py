"""¿Esto es nuestro? Se contesta con la huella: un archivo ajeno nunca se interpreta ni se guarda."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum

from padron.consultas.recibo_publico import por_folio
from padron.models import Recibo
from sibis.archivos import servicios as archivos
from sibis.documentos import firma
from sibis.documentos.firma import Comprobacion

HUELLA = re.compile(r"[0-9a-f]{64}")
# La razón de la firma está a la vista en los bytes de un recibo; se busca sin leer el PDF, donde un
# guion también se escribe «\\055».
_DICE_SER = re.compile(rb"Recibo R(?:-|\\055)(\d{4})(?:-|\\055)(\d{6,12})\b")
_TRASLAPE = 40


class Que(StrEnum):
    RECIBO = "recibo"  # es un recibo, tal como se firmó
    SIN_FIRMA = "sin_firma"  # es el guardado, y su firma no se pudo comprobar
    PADRON = "padron"  # es el archivo que entregó una dependencia
    ALTERADO = "alterado"  # dice ser un recibo nuestro y no es el que se firmó
    AJENO = "ajeno"  # no lo conocemos


@dataclass(frozen=True, slots=True)
class Veredicto:
    que: Que
    sha256: str
    recibos: tuple[Recibo, ...] = ()
    firma: Comprobacion | None = None

    @property
    def es_bueno(self) -> bool:
        return self.que in {Que.RECIBO, Que.PADRON}


@dataclass(frozen=True, slots=True)
class Huella:
    """Lo único que queda de un archivo después de leerlo: su huella y el folio que dice tener."""

    sha256: str
    dice_ser: str
    bytes: int


class Lector:
    """Recibe un archivo a trozos y no guarda ninguno."""

    def __init__(self) -> None:
        self._suma, self._cola, self._cuantos, self._dice = hashlib.sha256(), b"", 0, ""

    def recibir(self, trozo: bytes) -> None:
        self._suma.update(trozo)
        self._cuantos += len(trozo)
        mirado = self._cola + trozo
        for hallado in _DICE_SER.finditer(mirado):
            self._dice = f"R-{hallado[1].decode()}-{hallado[2].decode()}"
        self._cola = mirado[-_TRASLAPE:]

    def huella(self) -> Huella:
        return Huella(self._suma.hexdigest(), self._dice, self._cuantos)


def por_huella(sha256: str) -> Recibo | None:
    """El recibo cuyo documento es exactamente ese."""
    return (
        Recibo.objects.select_related("carga__dependencia", "archivo")
        .filter(archivo__sha256=sha256)
        .first()
    )


def juzgar(sha256: str, *, dice_ser: str = "") -> Veredicto:
    """Para quien no tiene sesión: solo cuenta lo de programas que están en el portal."""
    publicos = Recibo.objects.de_programas_publicados().select_related("carga", "archivo")
    recibo = publicos.filter(archivo__sha256=sha256).first()
    if recibo is not None:
        comprobada = _firma_de(recibo)
        que = Que.RECIBO if comprobada.es_valida else Que.SIN_FIRMA
        return Veredicto(que, sha256, (recibo,), comprobada)
    entregados = tuple(publicos.filter(carga__archivo__sha256=sha256).order_by("pk"))
    if entregados:
        return Veredicto(Que.PADRON, sha256, entregados)
    dicho = por_folio(dice_ser) if dice_ser else None
    return Veredicto(Que.ALTERADO, sha256, (dicho,)) if dicho else Veredicto(Que.AJENO, sha256)


def _firma_de(recibo: Recibo) -> Comprobacion:
    """Se lee el guardado, que es idéntico: lo que mandó alguien de fuera no se abre."""
    try:
        with archivos.abrir(recibo.archivo) as guardado:  # type: ignore[arg-type]
            return firma.comprobar(guardado.read())
    except archivos.ArchivoPerdido:
        return Comprobacion()
