"""De un pedido a dos archivos: el padrón como lo mandaría una dependencia y la verdad de cada renglón.

La misma semilla da los mismos bytes. Se trabaja por bloques: la memoria no crece con las filas.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from itertools import chain, count, repeat
from pathlib import Path
from random import Random

from padron.generacion import archivo
from padron.generacion.archivo import Forma, como_viene
from padron.generacion.columnas import ENCABEZADO, ENCABEZADO_AMPLIADO, MONTO
from padron.generacion.defecto import Celdas, Defecto, Mundo
from padron.generacion.dobles import DOBLES
from padron.generacion.moldes import moldes_de
from padron.generacion.personas import Inventor
from padron.generacion.reglamento import NEUTRO, Reglamento
from padron.generacion.salida import Escritor, escritor
from padron.generacion.siembra import Baraja, Bloque, Limpias, Sembrador
from padron.generacion.tabla import DEFECTOS, plantables
from sibis.nucleo.errores import ErrorDeNegocio

BLOQUE = 10_000
# De más no: a cada renglón sucio le hace falta uno limpio del cual copiar.
SUCIO_MAXIMO = 0.8
_CADA_CUANTAS_SE_REPITE_EL_ENCABEZADO = 40_000
_FILAS_PARA_REPETIRLO = 20
ENCABEZADO_DE_LA_VERDAD = ("fila", "id_persona", "defecto")


@dataclass(frozen=True, slots=True)
class Pedido:
    """`patrones`: además de lo sucio, cuántas filas justas de un código. `dobles`: parte de las filas."""

    filas: int
    semilla: int
    salida: Path
    verdad: Path
    sucio: float = 0.15
    solo: frozenset[str] = frozenset()
    patrones: Mapping[str, int] = field(default_factory=dict)
    dobles: float = 0.0
    ampliado: bool = False
    forma: Forma = Forma.NORMAL
    reglamento: Reglamento = NEUTRO
    separador: str = ","
    codificacion: str = "utf-8"

    @property
    def con_lineas_de_mas(self) -> bool:
        return self.sucio > 0 and not self.solo


@dataclass(slots=True)
class Resumen:
    filas: int = 0
    total: Decimal = Decimal(0)
    por_defecto: Counter[str] = field(default_factory=Counter)


def generar(pedido: Pedido, *, avance: Callable[[int], None] = lambda hechas: None) -> Resumen:
    """Escribe los dos archivos. Levanta ErrorDeNegocio si lo pedido no se puede."""
    _exigir(pedido)
    generador = _Generador(pedido)
    with (
        escritor(
            pedido.salida, separador=pedido.separador, codificacion=pedido.codificacion
        ) as padron,
        escritor(pedido.verdad) as verdad,
    ):
        generador.escribir(padron, verdad, avance)
    return generador.resumen


def _exigir(pedido: Pedido) -> None:
    if pedido.filas < 1:
        raise ErrorDeNegocio("Pide al menos una fila.")
    if pedido.salida.resolve() == pedido.verdad.resolve():
        raise ErrorDeNegocio("El padrón y su verdad van en archivos distintos.")
    if min(pedido.sucio, pedido.dobles, *pedido.patrones.values(), 0) < 0:
        raise ErrorDeNegocio("Lo sucio, los dobles y los patrones no pueden ser negativos.")
    ensuciadas = pedido.filas * (pedido.sucio + pedido.dobles) + sum(pedido.patrones.values())
    if ensuciadas > pedido.filas * SUCIO_MAXIMO:
        raise ErrorDeNegocio(f"Se puede ensuciar hasta {SUCIO_MAXIMO:.0%} de las filas.")
    if desconocidos := sorted({*pedido.solo, *pedido.patrones} - set(DEFECTOS)):
        raise ErrorDeNegocio(f"No se sabe plantar: {', '.join(desconocidos)}.")


class _Generador:
    def __init__(self, pedido: Pedido) -> None:
        self.pedido = pedido
        self.resumen = Resumen()
        self._encabezado = ENCABEZADO_AMPLIADO if pedido.ampliado else ENCABEZADO
        self._como_viene = como_viene(pedido.forma)
        moldes = moldes_de(pedido.reglamento)
        self._mundo = Mundo(pedido.reglamento, moldes, pedido.ampliado)
        self._inventor = Inventor(
            pedido.reglamento, moldes, semilla=pedido.semilla, ampliado=pedido.ampliado
        )
        posibles = plantables(self._mundo)
        if faltan := sorted({*pedido.solo, *pedido.patrones} - set(posibles)):
            raise ErrorDeNegocio(f"Con esta regla y estas columnas no cabe: {', '.join(faltan)}.")
        elegidos = {c: d for c, d in posibles.items() if not pedido.solo or c in pedido.solo}
        self._sembrador = Sembrador(
            self._mundo, Baraja(elegidos, self._dado("baraja")), con_segundo=not pedido.solo
        )
        self._de_dobles = Sembrador(self._mundo, Baraja(DOBLES, self._dado("dobles")))
        self._fila = 0
        self._cada = 0
        if pedido.con_lineas_de_mas and pedido.filas >= _FILAS_PARA_REPETIRLO:
            # A media hoja, como quien pegó dos; una vez si son pocas filas.
            self._cada = min(_CADA_CUANTAS_SE_REPITE_EL_ENCABEZADO, pedido.filas // 2 + 1)

    def _dado(self, *asunto: object) -> Random:
        """Uno propio de cada asunto: lo que se tira en un bloque no depende de los demás."""
        return Random("|".join(map(str, (self.pedido.semilla, *asunto))))

    def escribir(self, padron: Escritor, verdad: Escritor, avance: Callable[[int], None]) -> None:
        verdad.escribir([ENCABEZADO_DE_LA_VERDAD])
        self._de_entrada(padron, verdad)
        for inicio in range(0, self.pedido.filas, BLOQUE):
            bloque = self._bloque(inicio)
            verdad.escribir(self._verdad_de(bloque, inicio))
            padron.escribir(self._como_viene(self._con_encabezados(bloque.filas, inicio)))
            self.resumen.filas += len(bloque.filas)
            self._sumar(bloque)
            avance(self.resumen.filas)
        if self.pedido.con_lineas_de_mas:
            self._de_salida(padron, verdad)

    # --- Un bloque

    def _bloque(self, inicio: int) -> Bloque:
        fin = min(inicio + BLOQUE, self.pedido.filas)
        dado = self._dado("bloque", inicio)
        filas = self._inventor.renglones(dado, inicio + 1, fin - inicio)
        bloque = Bloque(filas, list(range(inicio + 1, fin + 1)))
        cuotas = {c: self._parte(n, inicio, fin) for c, n in self.pedido.patrones.items()}
        sucias = self._parte(self.pedido.filas * self.pedido.sucio, inicio, fin)
        dobles = self._parte(self.pedido.filas * self.pedido.dobles, inicio, fin)
        tocadas = sucias + dobles + sum(cuotas.values())
        if not tocadas:
            return bloque
        lugares = dado.sample(range(len(filas)), min(tocadas, len(filas)))
        limpias = Limpias(len(filas), lugares)
        for codigo, cuantas in cuotas.items():
            suyos, lugares = lugares[:cuantas], lugares[cuantas:]
            self._cuota(bloque, suyos, codigo, limpias, dado)
        self._de_dobles.sembrar(bloque, lugares[:dobles], limpias, dado)
        self._sembrador.sembrar(bloque, lugares[dobles:], limpias, dado)
        return bloque

    def _parte(self, total: float, inicio: int, fin: int) -> int:
        """Lo que toca a este bloque, para que entre todos sumen justo lo pedido."""
        return round(total * fin / self.pedido.filas) - round(total * inicio / self.pedido.filas)

    def _cuota(
        self, bloque: Bloque, lugares: list[int], codigo: str, limpias: Limpias, dado: Random
    ) -> None:
        defecto = DEFECTOS[codigo]
        if isinstance(defecto, Defecto):
            for lugar in lugares:
                self._sembrador.plantar(bloque, lugar, defecto, dado)
            return
        for desde in range(0, len(lugares), defecto.cuantos):
            suyos = sorted(lugares[desde : desde + defecto.cuantos])
            completo = len(suyos) == defecto.cuantos
            if completo and (not defecto.original or limpias.hay_antes(suyos[0])):
                self._sembrador.varios(bloque, suyos, defecto, limpias, dado)

    def _sumar(self, bloque: Bloque) -> None:
        for texto, veces in Counter(fila[MONTO] for fila in bloque.filas).items():
            try:
                self.resumen.total += Decimal(texto.replace(",", "").replace("$", "") or 0) * veces
            except InvalidOperation:
                continue

    # --- La verdad, con el número que enseña la hoja de cálculo

    def _verdad_de(self, bloque: Bloque, inicio: int) -> Iterator[tuple[object, object, str]]:
        if not bloque.plantado and not self._cada:
            desde = self._fila + 1
            self._fila += len(bloque.filas)
            yield from zip(count(desde), bloque.personas, repeat(""))
            return
        for lugar, persona in enumerate(bloque.personas):
            if self._cada and self._toca_encabezado(inicio + lugar):
                self._fila += 1
                yield self._anotar("encabezado_repetido")
            self._fila += 1
            for defecto in bloque.plantado.get(lugar, ("",)):
                yield self._fila, persona, defecto
        self.resumen.por_defecto.update(chain.from_iterable(bloque.plantado.values()))

    def _anotar(self, codigo: str, *, fila: int | None = None) -> tuple[object, object, str]:
        self.resumen.por_defecto[codigo] += 1
        return self._fila if fila is None else fila, "", codigo

    def _toca_encabezado(self, numero: int) -> bool:
        return numero > 0 and numero % self._cada == 0

    def _con_encabezados(self, filas: list[Celdas], inicio: int) -> Iterable[Celdas]:
        if not self._cada:
            return filas
        partidas: list[Celdas] = []
        for lugar, celdas in enumerate(filas):
            if self._toca_encabezado(inicio + lugar):
                partidas.append(list(self._encabezado))
            partidas.append(celdas)
        return partidas

    # --- Lo que rodea a los renglones

    def _de_entrada(self, padron: Escritor, verdad: Escritor) -> None:
        forma = self.pedido.forma
        lineas: list[Celdas] = []
        if forma is Forma.TITULOS:
            lineas += archivo.titulos(len(self._encabezado), self.pedido.reglamento.ejercicio)
        if forma is not Forma.SIN_ENCABEZADO:
            lineas.append(list(self._encabezado))
        padron.escribir(self._como_viene(lineas))
        self._fila = len(lineas)
        if forma.defecto:
            verdad.escribir([self._anotar(forma.defecto, fila=0)])

    def _de_salida(self, padron: Escritor, verdad: Escritor) -> None:
        ancho = len(self._encabezado)
        for codigo, linea in (
            ("renglon_de_total", archivo.renglon_de_total(ancho, self.resumen.total)),
            ("nota_al_pie", archivo.nota_al_pie(ancho)),
        ):
            self._fila += 1
            padron.escribir(self._como_viene([linea]))
            verdad.escribir([self._anotar(codigo)])
