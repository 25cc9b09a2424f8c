"""La hoja que se teclea: sus renglones con lo hallado junto a cada celda, y sus totales."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol

from django.utils.translation import gettext_lazy as _

from padron.consultas.columnas_de_captura import ColumnaTecleada
from padron.models import RenglonCapturado
from padron.models.opciones import Severidad
from padron.validacion.columnas import POR_IDENTIFICADOR
from padron.validacion.piezas import Contexto, texto_simple
from padron.validacion.regla import Regla
from sibis.nucleo.identificadores import limpiar

VACIOS = 10
POR_PAGINA = 50  # con todas las columnas no llega a DATA_UPLOAD_MAX_NUMBER_FIELDS
PALABRAS = {
    Severidad.BLOQUEA: _("No deja entrar"),
    Severidad.AVISA: _("Aviso"),
    Severidad.INFORMA: _("Nota"),
}
ICONOS = {Severidad.BLOQUEA: "✕", Severidad.AVISA: "▲", Severidad.INFORMA: "ⓘ"}


class Hallado(Protocol):
    columna: str
    codigo: str
    severidad: str
    mensaje: str


@dataclass(frozen=True, slots=True)
class Dicho:
    """Un hallazgo como se lee. El renglón que lo cita lo trae en su mensaje."""

    columna: str
    severidad: str
    mensaje: str

    @property
    def palabra(self) -> str:
        return str(PALABRAS[Severidad(self.severidad)])

    @property
    def icono(self) -> str:
        return ICONOS[Severidad(self.severidad)]


@dataclass(frozen=True, slots=True)
class Celda:
    columna: ColumnaTecleada
    id: str
    nombre: str
    valor: str
    dichos: tuple[Dicho, ...] = ()
    suyo: str | None = None  # lo que otra persona dejó guardado ahí

    @property
    def bloquea(self) -> bool:
        return any(d.severidad == Severidad.BLOQUEA for d in self.dichos)


@dataclass(frozen=True, slots=True)
class Renglon:
    """`dichos` es lo que no cabe en una celda a la vista."""

    fila: int
    clave: str
    edicion: int
    huella: str
    celdas: tuple[Celda, ...]
    dichos: tuple[Dicho, ...] = ()
    mensaje: str = ""
    quien: str = ""
    por_guardar: bool = False

    @property
    def es_nuevo(self) -> bool:
        return self.edicion == 0

    @property
    def clase(self) -> str:
        todos = [d.severidad for c in self.celdas for d in c.dichos]
        todos += [d.severidad for d in self.dichos]
        if self.mensaje:
            return "choca"
        if self.es_nuevo:
            return "nuevo"
        return next((s for s in (Severidad.BLOQUEA, Severidad.AVISA) if s in todos), "bien")


@dataclass(frozen=True, slots=True)
class Totales:
    renglones: int = 0
    bloquean: int = 0
    avisan: int = 0
    mujeres: int = 0
    hombres: int = 0
    monto: Decimal = field(default_factory=Decimal)

    @property
    def listos(self) -> int:
        return self.renglones - self.bloquean


@dataclass(frozen=True, slots=True)
class Tecleado:
    """Lo que la página mandó de un renglón y no se guardó: se vuelve a pintar tal cual."""

    celdas: Mapping[str, str]
    mensaje: str = ""


def huella_de(celdas: Mapping[str, str], columnas: Sequence[str]) -> str:
    """De lo que se enseñó: si vuelve igual, quien mira no cambió nada."""
    visto = json.dumps([celdas.get(c, "") for c in columnas], ensure_ascii=False)
    return hashlib.sha256(visto.encode()).hexdigest()[:16]


def renglones_de(
    guardados: Sequence[tuple[int, RenglonCapturado]],
    columnas: Sequence[ColumnaTecleada],
    hallazgos: Mapping[int, Sequence[Hallado]],
    *,
    tecleado: Mapping[str, Tecleado] | None = None,
) -> list[Renglon]:
    """`guardados` son (fila, renglón) de la página."""
    return [
        _renglon(
            fila,
            suyo,
            columnas,
            hallazgos.get(fila, ()),
            (tecleado or {}).get(str(suyo.clave)),
        )
        for fila, suyo in guardados
    ]


def _renglon(
    fila: int,
    suyo: RenglonCapturado,
    columnas: Sequence[ColumnaTecleada],
    hallados: Sequence[Hallado],
    tecleado: Tecleado | None,
) -> Renglon:
    clave, a_la_vista = str(suyo.clave), {c.identificador for c in columnas}
    dichos = [Dicho(h.columna, h.severidad, h.mensaje) for h in hallados]
    celdas = []
    for columna in columnas:
        guardado = suyo.celdas.get(columna.identificador, "")
        escrito = tecleado.celdas.get(columna.identificador, guardado) if tecleado else guardado
        celdas.append(
            Celda(
                columna,
                f"{clave}-{columna.identificador}",
                f"c-{clave}-{columna.identificador}",
                escrito,
                tuple(d for d in dichos if d.columna == columna.identificador),
                guardado if tecleado and tecleado.mensaje and escrito != guardado else None,
            )
        )
    return Renglon(
        fila,
        clave,
        suyo.edicion,
        huella_de(suyo.celdas, [c.identificador for c in columnas]),
        tuple(celdas),
        tuple(d for d in dichos if d.columna not in a_la_vista),
        tecleado.mensaje if tecleado else "",
        suyo.editado_por.username,
        por_guardar=tecleado is not None,
    )


def vacios(
    desde: int, columnas: Sequence[ColumnaTecleada], tecleado: Mapping[str, Tecleado]
) -> list[Renglon]:
    """Los que esperan a que alguien escriba; lo mandado y no guardado vuelve en ellos."""
    claves = [*tecleado, *(str(uuid.uuid4()) for _ in range(VACIOS))][: max(VACIOS, len(tecleado))]
    return [
        Renglon(
            desde + n,
            clave,
            0,
            "",
            tuple(
                Celda(
                    c,
                    f"{clave}-{c.identificador}",
                    f"c-{clave}-{c.identificador}",
                    tecleado[clave].celdas.get(c.identificador, "") if clave in tecleado else "",
                )
                for c in columnas
            ),
            mensaje=tecleado[clave].mensaje if clave in tecleado else "",
            por_guardar=clave in tecleado,
        )
        for n, clave in enumerate(claves)
    ]


def totales_de(
    filas: Sequence[tuple[int, Mapping[str, str]]],
    hallazgos: Mapping[int, Sequence[Hallado]],
    regla: Regla | None,
) -> Totales:
    """Con las lecturas de las mismas columnas: lo que no se entiende no suma."""
    if regla is None:
        return Totales(renglones=len(filas))
    sexos = _leidos("sexo", [celdas.get("sexo", "") for _f, celdas in filas], regla)
    for n, (_fila, celdas) in enumerate(filas):
        sexos[n] = sexos[n] or limpiar(celdas.get("curp", ""))[10:11]
    montos = _leidos("monto", [celdas.get("monto", "") for _f, celdas in filas], regla)
    peores = [{h.severidad for h in hallazgos.get(fila, ())} for fila, _celdas in filas]
    return Totales(
        renglones=len(filas),
        bloquean=sum(Severidad.BLOQUEA in p for p in peores),
        avisan=sum(Severidad.AVISA in p and Severidad.BLOQUEA not in p for p in peores),
        mujeres=sexos.count("M"),
        hombres=sexos.count("H"),
        monto=sum((Decimal(m) for m in montos if m), Decimal()),
    )


def _leidos(identificador: str, textos: Sequence[str], regla: Regla) -> list[str]:
    columna = POR_IDENTIFICADOR[identificador]
    leer = columna.leer or texto_simple
    evidencia = columna.preparar(textos, regla) if columna.preparar else None
    contexto = Contexto(regla, evidencia)
    return [leer(texto, contexto).valores[0] or "" if texto else "" for texto in textos]
