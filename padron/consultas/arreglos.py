"""Qué le haría un arreglo a las filas de un patrón: las mismas cuentas antes de hacerlo y al hacerlo."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.http import urlencode

from padron.consultas.filas import Contexto, FilaDeCarga, del_patron
from padron.models import Carga, Correccion, Descarte, Receta
from padron.validacion.codigos import CODIGOS, Severidad
from padron.validacion.patrones import titulo_de
from padron.validacion.recetas import POR_IDENTIFICADOR, Caso, Transformacion

EJEMPLOS = 10
# Hasta aquí se cuenta y se vuelve a revisar antes de hacerlo; al hacerlo se miran todas.
SE_MIRAN = 100_000
SE_REVISAN = 2_000


@dataclass(frozen=True, slots=True)
class CambioDeCelda:
    """Lo que un arreglo le hace a una celda, con la fila como quedaría."""

    fila: FilaDeCarga
    lugar: int
    antes: str
    despues: str


@dataclass(frozen=True)
class Arreglo:
    """Un patrón, qué se le hace y con qué parámetros. `caso` dice de qué columnas dispone."""

    caso: Caso
    transformacion: Transformacion
    parametros: Mapping[str, str]

    @property
    def descarta(self) -> bool:
        return self.transformacion.descarta

    def filas(self, contexto: Contexto) -> Iterator[list[FilaDeCarga]]:
        """Las del patrón que siguen dentro."""
        suyas = del_patron(
            contexto, codigo=self.caso.codigo, columna=self.caso.columna, forma=self.caso.forma
        )
        for lote in suyas:
            yield [f for f in lote if not f.fuera]

    def cambios(self, contexto: Contexto) -> Iterator[list[CambioDeCelda]]:
        """Por lotes, todas las del patrón."""
        for lote in self.filas(contexto):
            yield self.en(contexto, lote)

    def en(self, contexto: Contexto, lote: list[FilaDeCarga]) -> list[CambioDeCelda]:
        """Lo que alguien ya corrigió después de la revisión no se encima."""
        columna = self.transformacion.destino(self.caso)
        lugar = contexto.lugar(columna)
        if lugar is None or self.descarta:
            return []
        hallados = []
        for fila in lote:
            if lugar in fila.cambios and fila.cambios[lugar].sin_revisar:
                continue
            antes, renglon = fila.celda(lugar), contexto.renglon(fila.celdas, columna)
            nuevo = self.transformacion.aplicar(antes, renglon, self.parametros)
            if nuevo is not None:
                hallados.append(CambioDeCelda(fila, lugar, antes, nuevo))
        return hallados


@dataclass(frozen=True)
class Previa:
    """`siguen_mal`: de las `revisadas`, cuántas aún no podrían entrar."""

    filas: int
    cambian: int
    ejemplos: list[CambioDeCelda]
    revisadas: int
    siguen_mal: int
    hay_mas: bool

    @property
    def sin_cambio(self) -> int:
        return self.filas - self.cambian


def caso_de(contexto: Contexto, *, codigo: str, columna: str, forma: str) -> Caso | None:
    """None si ese código no existe."""
    if codigo not in CODIGOS:
        return None
    return Caso(codigo, columna, forma, contexto.regla, frozenset(contexto.mapeo))


def previa_de(contexto: Contexto, arreglo: Arreglo) -> Previa:
    """Antes de hacerlo. En un padrón grande mira las primeras, y lo dice."""
    filas = cambian = 0
    ejemplos: list[CambioDeCelda] = []
    por_revisar: list[FilaDeCarga] = []
    for lote in arreglo.filas(contexto):
        hechos = arreglo.en(contexto, lote)
        filas += len(lote)
        cambian += len(lote if arreglo.descarta else hechos)
        ejemplos += hechos[: EJEMPLOS - len(ejemplos)]
        sobran = hechos[: max(0, SE_REVISAN - len(por_revisar))]
        por_revisar += [c.fila.con({c.lugar: c.despues}) for c in sobran]
        if filas >= SE_MIRAN:
            break
    siguen = _siguen_mal(contexto, por_revisar)
    return Previa(filas, cambian, ejemplos, len(por_revisar), siguen, filas >= SE_MIRAN)


def _siguen_mal(contexto: Contexto, filas: list[FilaDeCarga]) -> int:
    bloquea = Severidad.BLOQUEA.value
    hallados = contexto.revisar(filas)
    return sum(any(h.severidad == bloquea for h in suyos) for suyos in hallados.values())


@dataclass(frozen=True, slots=True)
class Recordado:
    """Una receta de la dependencia que le sirve a lo que esta carga trae."""

    receta: Receta
    arreglo: Arreglo
    filas: int
    url: str

    @property
    def titulo(self) -> str:
        return titulo_de(self.receta.columna)

    @property
    def dichos(self) -> list[str]:
        """Lo que se decidió la vez pasada, en palabras."""
        caso, parametros = self.arreglo.caso, self.arreglo.parametros
        return [
            dict(p.opciones(caso))[parametros[p.nombre]]
            for p in self.arreglo.transformacion.parametros
        ]


def recordadas(contexto: Contexto) -> list[Recordado]:
    """Lo que se arregló la vez pasada y viene otra vez igual; de más filas a menos."""
    filas = {_llave(p): p["filas"] for p in contexto.pasada.resumen.get("patrones", ())}
    suyas = Receta.objects.filter(dependencia=contexto.carga.dependencia_id).recordadas()
    halladas = []
    for receta in suyas:
        cuantas = filas.get((receta.codigo, receta.columna, receta.forma))
        arreglo = arreglo_de(contexto, receta) if cuantas else None
        if cuantas and arreglo is not None:
            halladas.append(
                Recordado(receta, arreglo, cuantas, url_de_arreglo(contexto.carga, arreglo))
            )
    return sorted(halladas, key=lambda r: -r.filas)


def filas_recordadas(carga: Carga) -> int:
    """Cuántas filas vienen como otras que la dependencia ya arregló. Una consulta, sin mirar las filas."""
    if carga.pasada is None:
        return 0
    filas = {_llave(p): p["filas"] for p in carga.pasada.resumen.get("patrones", ())}
    suyas = Receta.objects.filter(dependencia=carga.dependencia_id).recordadas()
    llaves = suyas.values_list("codigo", "columna", "forma")
    return sum(filas.get(llave, 0) for llave in llaves) if filas else 0


def arreglo_de(contexto: Contexto, receta: Receta) -> Arreglo | None:
    """None si la receta ya no sirve con esta regla o este archivo."""
    transformacion = POR_IDENTIFICADOR.get(receta.transformacion)
    caso = caso_de(contexto, codigo=receta.codigo, columna=receta.columna, forma=receta.forma)
    if transformacion is None or caso is None or not transformacion.sirve(caso):
        return None
    parametros = transformacion.valida(caso, receta.parametros)
    return None if parametros is None else Arreglo(caso, transformacion, parametros)


def url_de_arreglo(carga: Carga, arreglo: Arreglo) -> str:
    """La página donde se ve qué cambiaría. Ni la forma ni los parámetros son datos de nadie."""
    caso = arreglo.caso
    consulta = {
        "codigo": caso.codigo,
        "columna": caso.columna,
        "forma": caso.forma,
        "receta": arreglo.transformacion.identificador,
        **arreglo.parametros,
    }
    return f"{reverse('admin:padron_arreglar_patron', args=[carga.pk])}?{urlencode(consulta)}"


def _llave(patron: Mapping[str, Any]) -> tuple[str, str, str]:
    ejemplos = patron.get("ejemplos") or [""]
    return patron["codigo"], patron["columna"] or "", ejemplos[0]


@dataclass(frozen=True, slots=True)
class Hecho:
    """Un arreglo de muchas filas que sigue valiendo en esta carga."""

    receta: Receta
    que: Transformacion | None
    celdas: int

    @property
    def titulo(self) -> str:
        return titulo_de(self.receta.columna)


def hechos(carga: Carga) -> list[Hecho]:
    """Los que se pueden deshacer: de cada celda cuenta lo último que se hizo."""
    ultimas = Correccion.objects.filter(carga=carga).ultimas().values("pk")
    ultimos = Descarte.objects.filter(carga=carga).ultimos().values("pk")
    cuentas: Counter[int] = Counter()
    for vigentes in (
        Correccion.objects.filter(pk__in=ultimas, receta__isnull=False),
        Descarte.objects.filter(pk__in=ultimos, receta__isnull=False, fuera=True),
    ):
        por_receta = vigentes.order_by().values_list("receta").annotate(n=Count("pk"))
        cuentas.update(dict(por_receta))
    recetas = Receta.objects.filter(pk__in=cuentas).select_related("creada_por").order_by("pk")
    return [Hecho(r, POR_IDENTIFICADOR.get(r.transformacion), cuentas[r.pk]) for r in recetas]
