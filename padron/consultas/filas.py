"""Las filas que esperan, como están hoy: lo que traía el archivo, lo que alguien cambió y quién."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.utils import timezone

from padron.consultas.regla import hechos_de
from padron.models import Carga, Correccion, Descarte, FilaEnEspera, Hallazgo, Pasada
from padron.validacion.columnas import POR_IDENTIFICADOR
from padron.validacion.evidencias import de_json
from padron.validacion.filas import HallazgoDeFila, revisar_filas
from padron.validacion.piezas import silueta
from padron.validacion.recetas.piezas import Renglon
from padron.validacion.regla import Regla

LOTE = 5_000


@dataclass(frozen=True, slots=True)
class Cambio:
    """El último de una celda. `crudo` es siempre lo que traía el archivo."""

    crudo: str
    nuevo: str
    quien: str
    sin_revisar: bool


@dataclass(frozen=True, slots=True)
class FilaDeCarga:
    """`celdas` son las de hoy; `edicion` cambia cada vez que alguien toca la fila."""

    fila: int
    celdas: tuple[str, ...]
    cambios: Mapping[int, Cambio] = field(default_factory=dict)
    edicion: str = "0-0"
    fuera: bool = False
    motivo: str = ""
    quien_la_dejo_fuera: str = ""

    def crudo(self, lugar: int) -> str:
        return self.cambios[lugar].crudo if lugar in self.cambios else self.celda(lugar)

    def celda(self, lugar: int) -> str:
        return self.celdas[lugar] if lugar < len(self.celdas) else ""

    @property
    def sin_revisar(self) -> bool:
        return any(c.sin_revisar for c in self.cambios.values())

    def con(self, nuevas: Mapping[int, str]) -> FilaDeCarga:
        """Como quedaría con esas celdas."""
        celdas = list(self.celdas)
        for lugar, valor in nuevas.items():
            celdas += [""] * (lugar + 1 - len(celdas))
            celdas[lugar] = valor
        return replace(self, celdas=tuple(celdas))


@dataclass(frozen=True)
class Contexto:
    """Con qué se lee y se revisa una fila de esa carga. Se arma una vez por petición."""

    carga: Carga
    pasada: Pasada
    regla: Regla
    mapeo: dict[str, int]
    encabezado: tuple[str, ...]
    evidencias: dict[str, object]

    def lugar(self, columna: str) -> int | None:
        return self.mapeo.get(columna)

    def columna(self, lugar: int) -> str:
        return next((c for c, suyo in self.mapeo.items() if suyo == lugar), "")

    def es_personal(self, lugar: int) -> bool:
        """Una columna que nadie ha dicho qué es se cuida como si lo fuera."""
        columna = POR_IDENTIFICADOR.get(self.columna(lugar))
        return columna is None or columna.es_personal

    def a_la_vista(self, lugar: int, texto: str, *, con_datos: bool) -> str:
        """El texto, o su silueta si es personal y no se pidió verlo."""
        return texto if con_datos or not self.es_personal(lugar) else silueta(texto)

    def renglon(self, celdas: Sequence[str], columna: str) -> Renglon:
        suyas = {c: celdas[i] if i < len(celdas) else "" for c, i in self.mapeo.items()}
        return Renglon(suyas, self.regla, self.evidencias, columna)

    def revisar(self, filas: Iterable[FilaDeCarga]) -> dict[int, list[HallazgoDeFila]]:
        """Solo esas, con las comprobaciones de la carga y lo que sus columnas dejaron ver."""
        return revisar_filas(
            self.regla,
            self.mapeo,
            self.encabezado,
            [(f.fila, f.celdas) for f in filas],
            evidencias=self.evidencias,
        )


def contexto_de(carga: Carga) -> Contexto | None:
    """None si todavía no tiene un resultado que mirar."""
    pasada = carga.pasada
    if pasada is None:
        return None
    return Contexto(
        carga=carga,
        pasada=pasada,
        regla=hechos_de(pasada.regla, al=timezone.localdate(carga.recibida_en)),
        mapeo={c: int(lugar) for c, lugar in carga.mapeo.items()},
        encabezado=tuple(carga.lectura.get("encabezado", ())),
        evidencias=de_json(pasada.resumen.get("evidencias", {})),
    )


def como_estan(
    carga: Carga, crudas: Sequence[tuple[int, Sequence[str | None]]]
) -> list[FilaDeCarga]:
    """A lo que la pasada guardó se le pone encima lo que alguien cambió. Dos consultas, sean las que sean."""
    numeros = [fila for fila, _celdas in crudas]
    cambios, ultimas = _cambios(carga, numeros)
    descartes = _descartes(carga, numeros)
    return [
        _como_esta(fila, celdas, cambios.get(fila, {}), ultimas.get(fila, 0), descartes.get(fila))
        for fila, celdas in crudas
    ]


def _como_esta(
    fila: int,
    celdas: Sequence[str | None],
    cambios: dict[int, Cambio],
    ultima: int,
    descarte: Descarte | None,
) -> FilaDeCarga:
    guardada = FilaDeCarga(fila, tuple(c or "" for c in celdas))
    return replace(
        guardada.con({lugar: c.nuevo for lugar, c in cambios.items()}),
        cambios=cambios,
        edicion=f"{ultima}-{descarte.pk if descarte else 0}",
        fuera=bool(descarte and descarte.fuera),
        motivo=descarte.motivo if descarte and descarte.fuera else "",
        quien_la_dejo_fuera=str(descarte.por) if descarte and descarte.fuera else "",
    )


def _cambios(
    carga: Carga, numeros: list[int]
) -> tuple[dict[int, dict[int, Cambio]], dict[int, int]]:
    revisadas = carga.pasada.resumen.get("correcciones", 0) if carga.pasada else 0
    por_fila: defaultdict[int, dict[int, Cambio]] = defaultdict(dict)
    ultimas: dict[int, int] = {}
    vigentes = (
        Correccion.objects.filter(carga=carga, fila__in=numeros)
        .ultimas()
        .values_list("pk", "fila", "lugar", "crudo", "nuevo", "por__username")
    )
    for pk, fila, lugar, crudo, nuevo, quien in vigentes:
        por_fila[fila][lugar] = Cambio(crudo, nuevo, quien, sin_revisar=pk > revisadas)
        ultimas[fila] = max(pk, ultimas.get(fila, 0))
    return por_fila, ultimas


def _descartes(carga: Carga, numeros: list[int]) -> dict[int, Descarte]:
    ultimos = Descarte.objects.filter(carga=carga, fila__in=numeros).ultimos()
    return {d.fila: d for d in ultimos.select_related("por")}


def filas_de(contexto: Contexto, numeros: Iterable[int]) -> list[FilaDeCarga]:
    """Esas filas, en orden; las que no esperan no están."""
    guardadas = FilaEnEspera.objects.filter(pasada=contexto.pasada, fila__in=list(numeros))
    crudas = list(guardadas.order_by("fila").values_list("fila", "celdas"))
    return como_estan(contexto.carga, crudas)


def del_patron(
    contexto: Contexto, *, codigo: str, columna: str, forma: str
) -> Iterator[list[FilaDeCarga]]:
    """Todas las filas con ese hallazgo, por lotes y en orden: la memoria es la de un lote."""
    hallazgos = Hallazgo.objects.filter(
        pasada=contexto.pasada, codigo=codigo, columna=columna, forma=forma
    )
    ultima = 0
    while True:
        numeros = list(
            hallazgos.filter(fila__gt=ultima)
            .order_by("fila")
            .values_list("fila", flat=True)
            .distinct()[:LOTE]
        )
        if not numeros:
            return
        yield filas_de(contexto, numeros)
        ultima = numeros[-1]


def hay_sin_revisar(carga: Carga) -> bool:
    """¿Alguien corrigió, o dejó fuera una fila, después de la última revisión?"""
    resumen = carga.pasada.resumen if carga.pasada else {}
    return any(
        modelo.objects.filter(carga=carga, pk__gt=resumen.get(que, 0)).exists()
        for modelo, que in ((Correccion, "correcciones"), (Descarte, "descartes"))
    )
