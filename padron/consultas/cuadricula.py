"""La cuadrícula de filas por corregir: cincuenta a la vez, con lo que tienen y quién las cambió."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from padron.consultas.filas import Cambio, Contexto, FilaDeCarga, como_estan
from padron.models import Descarte, FilaEnEspera, Hallazgo, Severidad
from padron.validacion.codigos import CODIGOS, Familia
from padron.validacion.filas import HallazgoDeFila
from padron.validacion.informe import oracion
from padron.validacion.patrones import titulo_de

POR_PAGINA = 50
_SE_VEN_CON_LAS_DEMAS = frozenset((Familia.ENTRE_FILAS, Familia.CON_LA_BASE))
_PESO = {Severidad.BLOQUEA.value: 0, Severidad.AVISA.value: 1, Severidad.INFORMA.value: 2}


@dataclass(frozen=True, slots=True)
class Filtro:
    """Qué filas se ven. `desde` y `hasta` son orillas: se avanza por el número de fila, sin contar páginas."""

    ver: str = ""
    patron: tuple[str, str] | None = None
    fila: int | None = None
    desde: int = 0
    hasta: int | None = None


@dataclass(frozen=True, slots=True)
class Columna:
    lugar: int
    identificador: str
    titulo: str
    encabezado: str
    es_personal: bool


@dataclass(frozen=True, slots=True)
class CeldaDeFila:
    columna: Columna
    fila: int
    valor: str
    cambio: Cambio | None
    crudo: str
    hallazgos: tuple[HallazgoDeFila, ...]
    editable: bool
    tecleado: str | None = None  # lo que alguien escribió y no se guardó

    @property
    def id(self) -> str:
        return f"c-{self.fila}-{self.columna.lugar}"

    @property
    def es_de_varios_renglones(self) -> bool:
        """En una caja de un renglón el navegador los juntaría, y parecería que alguien la cambió."""
        return "\n" in self.valor

    @property
    def bloquea(self) -> bool:
        return any(h.severidad == Severidad.BLOQUEA for h in self.hallazgos)


@dataclass(frozen=True, slots=True)
class FilaALaVista:
    fila: FilaDeCarga
    celdas: tuple[CeldaDeFila, ...]
    hallazgos: tuple[HallazgoDeFila, ...]  # los que no son de una columna a la vista
    mensaje: str = ""
    guardada: bool = False

    @property
    def bloquea(self) -> bool:
        return any(h.severidad == Severidad.BLOQUEA for h in self.hallazgos) or any(
            c.bloquea for c in self.celdas
        )

    @property
    def ya_esta_bien(self) -> bool:
        return self.fila.sin_revisar and not self.bloquea


@dataclass(frozen=True, slots=True)
class Respuesta:
    """Qué pasó con una fila al guardarla."""

    mensaje: str = ""
    guardada: bool = False
    tecleado: Mapping[int, str] | None = None


@dataclass(frozen=True)
class Pagina:
    filas: list[FilaALaVista]
    columnas: list[Columna]
    anterior: int | None  # la orilla de la página de antes
    siguiente: int | None

    @property
    def orden(self) -> str:
        """En el que se ven las columnas, para que la respuesta de una fila venga igual."""
        return "-".join(str(c.lugar) for c in self.columnas)


def columnas_de(contexto: Contexto) -> list[Columna]:
    """Las que se reconocieron, en el orden del archivo."""
    return [
        Columna(
            lugar,
            columna,
            titulo_de(columna),
            contexto.encabezado[lugar] if lugar < len(contexto.encabezado) else "",
            contexto.es_personal(lugar),
        )
        for columna, lugar in sorted(contexto.mapeo.items(), key=lambda par: par[1])
    ]


def _ordenadas(
    columnas: list[Columna],
    hallados: Mapping[int, list[HallazgoDeFila]],
    orden: Sequence[int],
) -> list[Columna]:
    """Lo que hay que corregir, junto al número de fila: nadie lo busca moviéndose de lado.

    Con `orden`, el de la página que ya se está viendo: al guardar, ninguna columna se mueve.
    """
    if sorted(orden) == sorted(c.lugar for c in columnas):
        return sorted(columnas, key=lambda c: orden.index(c.lugar))
    con_algo = {
        h.columna for hs in hallados.values() for h in hs if h.severidad != Severidad.INFORMA
    }
    return sorted(columnas, key=lambda c: c.identificador not in con_algo)


def pagina_de(
    contexto: Contexto,
    filtro: Filtro,
    *,
    con_datos: bool,
    editable: bool,
    respuestas: Mapping[int, Respuesta] | None = None,
    orden: Sequence[int] = (),
) -> Pagina:
    """El mismo número de consultas con una fila que con cincuenta."""
    crudas, hay_antes, hay_despues = _tomar(contexto, filtro)
    filas = como_estan(contexto.carga, crudas)
    hallados = hallazgos_de(contexto, filas)
    columnas = _ordenadas(columnas_de(contexto), hallados, orden)
    vistas = [
        _a_la_vista(
            contexto,
            fila,
            columnas,
            hallados.get(fila.fila, []),
            con_datos=con_datos,
            editable=editable,
            respuesta=(respuestas or {}).get(fila.fila, Respuesta()),
        )
        for fila in filas
    ]
    return Pagina(
        vistas,
        columnas,
        filas[0].fila if filas and hay_antes else None,
        filas[-1].fila if filas and hay_despues else None,
    )


def _tomar(contexto: Contexto, filtro: Filtro) -> tuple[list[tuple[int, list[str]]], bool, bool]:
    """Una de más, para saber si sigue otra página."""
    filas = _filtradas(contexto, filtro)
    hacia_atras = filtro.hasta is not None
    if hacia_atras:
        tomadas = list(filas.filter(fila__lt=filtro.hasta).order_by("-fila")[: POR_PAGINA + 1])
    else:
        tomadas = list(filas.filter(fila__gt=filtro.desde).order_by("fila")[: POR_PAGINA + 1])
    sobra = len(tomadas) > POR_PAGINA
    pagina = tomadas[:POR_PAGINA]
    if hacia_atras:
        return pagina[::-1], sobra, bool(pagina)
    return pagina, filtro.desde > 0 and bool(pagina), sobra


def _filtradas(contexto: Contexto, filtro: Filtro) -> QuerySet:
    filas = FilaEnEspera.objects.filter(pasada=contexto.pasada)
    if filtro.fila is not None:
        filas = filas.filter(fila=filtro.fila)
    if filtro.ver == Severidad.BLOQUEA:
        filas = filas.filter(bloqueada=True)
    elif filtro.ver == Severidad.AVISA:
        filas = filas.filter(fila__in=_con(contexto, severidad=Severidad.AVISA))
    elif filtro.ver == "fuera":
        ultimos = Descarte.objects.filter(carga=contexto.carga).ultimos().values("pk")
        filas = filas.filter(
            fila__in=Descarte.objects.filter(pk__in=ultimos, fuera=True).values("fila")
        )
    if filtro.patron is not None:
        codigo, columna = filtro.patron
        filas = filas.filter(fila__in=_con(contexto, codigo=codigo, columna=columna))
    return filas.values_list("fila", "celdas")


def _con(contexto: Contexto, **que: str) -> QuerySet:
    return Hallazgo.objects.filter(pasada=contexto.pasada, **que).values("fila")


def hallazgos_de(contexto: Contexto, filas: list[FilaDeCarga]) -> dict[int, list[HallazgoDeFila]]:
    """Los de la revisión; los de una fila corregida después, como queda ahora.

    Lo que solo se ve comparando con las demás filas sigue hasta que se revise todo de nuevo.
    """
    guardados = _guardados(contexto, [f.fila for f in filas])
    tocadas = [f for f in filas if f.sin_revisar]
    if not tocadas:
        return guardados
    for fila, nuevos in contexto.revisar(tocadas).items():
        de_conjunto = [
            h for h in guardados.get(fila, []) if CODIGOS[h.codigo].familia in _SE_VEN_CON_LAS_DEMAS
        ]
        vistos = {(h.columna, h.codigo) for h in nuevos}
        guardados[fila] = nuevos + [h for h in de_conjunto if (h.columna, h.codigo) not in vistos]
    return guardados


def _guardados(contexto: Contexto, numeros: list[int]) -> dict[int, list[HallazgoDeFila]]:
    por_fila: defaultdict[int, list[HallazgoDeFila]] = defaultdict(list)
    guardados = Hallazgo.objects.filter(pasada=contexto.pasada, fila__in=numeros).values_list(
        "fila", "columna", "codigo", "severidad", "detalle"
    )
    for fila, columna, codigo, severidad, detalle in guardados:
        mensaje = oracion(codigo, columna, contexto.regla, detalle)
        por_fila[fila].append(HallazgoDeFila(columna, codigo, severidad, mensaje))
    for suyos in por_fila.values():
        suyos.sort(key=lambda h: (_PESO[h.severidad], h.columna, h.codigo))
    return dict(por_fila)


def _a_la_vista(
    contexto: Contexto,
    fila: FilaDeCarga,
    columnas: list[Columna],
    hallados: list[HallazgoDeFila],
    *,
    con_datos: bool,
    editable: bool,
    respuesta: Respuesta,
) -> FilaALaVista:
    de_columna: defaultdict[str, list[HallazgoDeFila]] = defaultdict(list)
    nombres = {c.identificador for c in columnas}
    sueltos = []
    for hallazgo in hallados:
        if hallazgo.columna in nombres:
            de_columna[hallazgo.columna].append(hallazgo)
        else:
            sueltos.append(hallazgo)
    celdas = tuple(
        CeldaDeFila(
            columna=c,
            fila=fila.fila,
            valor=contexto.a_la_vista(c.lugar, fila.celda(c.lugar), con_datos=con_datos),
            cambio=fila.cambios.get(c.lugar),
            crudo=contexto.a_la_vista(c.lugar, fila.crudo(c.lugar), con_datos=con_datos),
            hallazgos=tuple(de_columna[c.identificador]),
            editable=editable and not fila.fuera and (con_datos or not c.es_personal),
            tecleado=(respuesta.tecleado or {}).get(c.lugar),
        )
        for c in columnas
    )
    return FilaALaVista(fila, celdas, tuple(sueltos), respuesta.mensaje, respuesta.guardada)


def patrones_para_filtrar(contexto: Contexto) -> list[tuple[str, str]]:
    """Los errores de la carga, sin repetir: salen del resumen, sin contar otra vez."""
    vistos: dict[str, str] = {}
    for patron in contexto.pasada.resumen.get("patrones", ()):
        columna = patron["columna"] or ""
        vistos.setdefault(f"{patron['codigo']}|{columna}", patron["mensaje"])
    return list(vistos.items())
