"""La página de resultados: renglones, facetas y avisos listos para la plantilla."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.urls import reverse

from programas.consultas.busqueda import Hallazgos, buscar
from programas.consultas.filtros import FACETAS, ORDENES, POR_PAGINA, Filtros, Opciones, opciones
from programas.consultas.interpretacion import RELLENO, Interpretacion, palabras_cercanas
from programas.consultas.lista import Resultado, resaltar, resultados_de, url_de_programa
from programas.consultas.ventanas import Ventana, ventanas_de
from programas.consultas.vocablos import vocablo
from programas.estados import EstadoConvocatoria
from sibis.nucleo.normalizacion import clave_comparable

__all__ = ["PaginaDeBusqueda", "Resultado", "Ventana", "pagina_de_busqueda", "resaltar", "resultados_de",
           "url_de_programa", "ventanas_de"]  # fmt: skip

CUANTAS_ALTERNATIVAS = 6
A_LA_VISTA = 6


@dataclass(frozen=True, slots=True)
class OpcionDeFaceta:
    valor: str
    nombre: str
    total: int
    marcada: bool
    url_quitar: str


@dataclass(frozen=True, slots=True)
class Faceta:
    nombre: str
    parametro: str
    opciones: tuple[OpcionDeFaceta, ...]

    @property
    def resto_abierto(self) -> bool:
        """Si hay algo marcado más allá de las primeras, se muestran todas."""
        return any(o.marcada for o in self.opciones[A_LA_VISTA:])


@dataclass(frozen=True, slots=True)
class Correccion:
    """Lo que quizá se quiso decir, y cómo pedir lo tecleado tal cual."""

    texto: str
    url: str
    aplicada: bool
    url_literal: str


@dataclass(frozen=True, slots=True)
class Alternativa:
    """A dónde seguir desde una página vacía; `total` solo si se sabe cuántos hay."""

    nombre: str
    url: str
    total: int | None = None


@dataclass(frozen=True, slots=True)
class Paginas:
    actual: int
    total: int
    anterior_url: str | None
    siguiente_url: str | None


@dataclass(frozen=True, slots=True)
class PaginaDeBusqueda:
    texto: str
    total: int
    resultados: tuple[Resultado, ...]
    facetas: tuple[Faceta, ...]
    filtros_activos: tuple[tuple[str, str], ...]
    orden: str
    ordenes: tuple[tuple[str, str, str], ...]
    paginas: Paginas
    correccion: Correccion | None
    aproximada: bool
    url_csv: str
    alternativas: tuple[Alternativa, ...]
    desconocidas: tuple[str, ...]
    sin_filtros: int
    url_sin_filtros: str
    filtros: Filtros


def _facetas(
    hallazgos: Hallazgos, filtros: Filtros, nombres: Opciones, ruta: str
) -> tuple[Faceta, ...]:
    facetas = []
    for parametro, titulo in FACETAS.items():
        cuentas, marcadas = hallazgos.facetas[parametro], filtros.de(parametro)
        valores = set(cuentas) | set(marcadas)
        lista = tuple(
            OpcionDeFaceta(
                valor=valor,
                nombre=nombres.nombre(parametro, valor),
                total=cuentas.get(valor, 0),
                marcada=valor in marcadas,
                url_quitar=_sin_ella(filtros, parametro, valor, ruta),
            )
            for valor in valores
        )
        if lista:
            facetas.append(Faceta(str(titulo), parametro, _ordenadas(parametro, lista)))
    return tuple(facetas)


def _sin_ella(filtros: Filtros, parametro: str, valor: str, ruta: str) -> str:
    """La búsqueda sin esa opción; vacía si no está marcada."""
    if valor not in filtros.de(parametro):
        return ""
    return filtros.url(ruta, valores=filtros.sin(parametro, valor))


_ESTADOS = EstadoConvocatoria.values


@lru_cache(maxsize=2048)
def _comparable(nombre: str) -> str:
    return clave_comparable(nombre)


def _ordenadas(parametro: str, lista: tuple[OpcionDeFaceta, ...]) -> tuple[OpcionDeFaceta, ...]:
    """Lo abierto primero, los años del último al primero, las alcaldías por nombre, lo demás por cuántos."""
    if parametro == "estado":
        return tuple(sorted(lista, key=lambda o: _ESTADOS.index(o.valor)))
    if parametro == "ejercicio":
        return tuple(sorted(lista, key=lambda o: o.valor, reverse=True))
    if parametro == "alcaldia":
        return tuple(sorted(lista, key=lambda o: _comparable(o.nombre)))
    return tuple(sorted(lista, key=lambda o: (-o.total, _comparable(o.nombre))))


def _activos(filtros: Filtros, nombres: Opciones, ruta: str) -> tuple[tuple[str, str], ...]:
    return tuple(
        (
            vocablo(nombres.nombre(faceta, valor)),
            filtros.url(ruta, valores=filtros.sin(faceta, valor)),
        )
        for faceta in FACETAS
        for valor in filtros.de(faceta)
    )


def _ordenes(filtros: Filtros, ruta: str) -> tuple[tuple[str, str, str], ...]:
    """Sin texto no hay a qué parecerse: ese orden solo sale si alguien lo pidió."""
    return tuple(
        (orden, str(nombre), filtros.url(ruta, orden=orden))
        for orden, nombre in ORDENES.items()
        if orden != "relevancia" or filtros.q.strip() or filtros.orden == orden
    )


def _paginas(filtros: Filtros, total: int, ruta: str) -> Paginas:
    ultima = max(1, -(-total // POR_PAGINA))
    actual = filtros.pagina
    return Paginas(
        actual,
        ultima,
        filtros.url(ruta, pagina=actual - 1) if actual > 1 else None,
        filtros.url(ruta, pagina=actual + 1) if actual < ultima else None,
    )


def _alternativas(hallazgos: Hallazgos, nombres: Opciones, ruta: str) -> tuple[Alternativa, ...]:
    """Para no dejar a nadie en una página vacía: lo más cercano a lo que buscó, que sí existe."""
    if hallazgos.total:
        return ()
    palabras = palabras_cercanas(hallazgos.interpretacion, nombres.version_vocabulario)
    cercanas = [Alternativa(p, Filtros(q=p).url(ruta)) for p in palabras]
    derechos = buscar(Filtros(), nombres=nombres, cuantas=0).facetas["derecho"]
    por_total = sorted(derechos.items(), key=lambda par: (-par[1], par[0]))
    return tuple(cercanas) + tuple(
        Alternativa(
            nombres.nombre("derecho", clave),
            Filtros(valores={"derecho": (clave,)}).url(ruta),
            total,
        )
        for clave, total in por_total[:CUANTAS_ALTERNATIVAS]
    )


def _correccion(interpretacion: Interpretacion, filtros: Filtros, ruta: str) -> Correccion | None:
    if interpretacion.corregido is None:
        return None
    return Correccion(
        texto=interpretacion.corregido,
        url=filtros.url(ruta, q=interpretacion.corregido, literal=False),
        aplicada=not interpretacion.literal,
        url_literal=filtros.url(ruta, literal=True),
    )


def _url_csv(filtros: Filtros, ruta: str) -> str:
    """Lo que se ve en esta página, también si no es la primera."""
    url = filtros.url(ruta, pagina=filtros.pagina)
    return f"{url}{'&' if '?' in url else '?'}formato=csv"


def pagina_de_busqueda(filtros: Filtros, nombres: Opciones | None = None) -> PaginaDeBusqueda:
    """Todo lo que muestra /programas/. Levanta ValueError si la página pedida no existe."""
    nombres = nombres or opciones()
    ruta = reverse("programas:buscar")
    hallazgos = buscar(filtros, nombres=nombres)
    paginas = _paginas(filtros, hallazgos.total, ruta)
    if filtros.pagina > paginas.total:
        raise ValueError(f"La búsqueda tiene {paginas.total} páginas.")
    interpretacion = hallazgos.interpretacion
    palabras = [p for p in interpretacion.usado.split() if p not in RELLENO]
    return PaginaDeBusqueda(
        texto=filtros.q,
        total=hallazgos.total,
        resultados=resultados_de(hallazgos.reglas, palabras, nombres=nombres),
        facetas=_facetas(hallazgos, filtros, nombres, ruta),
        filtros_activos=_activos(filtros, nombres, ruta),
        orden=filtros.orden_efectivo,
        ordenes=_ordenes(filtros, ruta),
        paginas=paginas,
        correccion=_correccion(interpretacion, filtros, ruta),
        aproximada=bool(filtros.q) and hallazgos.aproximada,
        url_csv=_url_csv(filtros, ruta),
        alternativas=_alternativas(hallazgos, nombres, ruta),
        desconocidas=interpretacion.desconocidas,
        sin_filtros=hallazgos.sin_filtros,
        url_sin_filtros=filtros.url(ruta, valores={}),
        filtros=filtros,
    )
