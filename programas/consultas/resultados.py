"""La página de resultados: renglones, facetas y avisos listos para la plantilla."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from programas.consultas import redaccion
from programas.consultas.busqueda import Hallazgos, buscar
from programas.consultas.filtros import FACETAS, ORDENES, POR_PAGINA, Filtros, Opciones, opciones
from programas.consultas.ventanas import Ventana, ventanas_de
from programas.models import Apoyo, Programa, ReglaOperacion
from sibis.nucleo.normalizacion import clave_comparable

__all__ = ["PaginaDeBusqueda", "Resultado", "Ventana", "pagina_de_busqueda", "resultados_de",
           "url_de_programa", "ventanas_de"]  # fmt: skip

CUANTAS_SUGERENCIAS = 6
A_LA_VISTA = 6


@dataclass(frozen=True, slots=True)
class Resultado:
    """Un programa como se lee en una lista: estado, qué, para quién, quién."""

    clave: str
    nombre: str
    nombre_resaltado: SafeString
    url: str
    tipo: str
    tipo_nombre: str
    estado: str
    estado_texto: str
    que_recibes: str
    para_quien: str
    dependencia: str
    ejercicio: int
    ejercicios: tuple[int, ...]
    demostracion: bool


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
    quisiste_decir: tuple[str, str] | None
    corregida: str | None
    aproximada: bool
    url_csv: str
    sugerencias: tuple[tuple[str, str], ...]
    filtros: Filtros


def resaltar(nombre: str, palabras: Iterable[str]) -> SafeString:
    """El nombre con <mark> en las palabras buscadas, comparadas sin acentos y por su principio."""
    buscadas = [p[:5] for p in palabras if len(p) > 3]
    trozos = []
    for palabra in nombre.split():
        comparable = clave_comparable(palabra)
        toca = any(comparable.startswith(b) for b in buscadas)
        trozos.append((format_html("<mark>{}</mark>", palabra) if toca else palabra,))
    return format_html_join(" ", "{}", trozos)


# Una regla trae más de cuarenta columnas y la ficha su vector: una lista muestra estas.
_COLUMNAS = (
    "nombre",
    "a_quien",
    "ejercicio",
    "programa__clave",
    "programa__slug",
    "programa__tipo",
    "dependencia__clave",
    "dependencia__nombre",
)


def resultados_de(
    reglas: Iterable[int], palabras: Iterable[str] = (), *, nombres: Opciones | None = None
) -> tuple[Resultado, ...]:
    """Renglones de esas reglas, en ese orden, con número fijo de consultas."""
    llaves = list(reglas)
    if not llaves:
        return ()
    nombres = nombres or opciones()
    encontradas = {
        r.pk: r
        for r in ReglaOperacion.objects.filter(pk__in=llaves)
        .select_related("programa", "dependencia")
        .only(*_COLUMNAS)
        .prefetch_related(Prefetch("apoyos", Apoyo.objects.select_related("tipo")))
    }
    palabras = tuple(palabras)
    return tuple(
        _resultado(encontradas[pk], nombres, palabras) for pk in llaves if pk in encontradas
    )


def _resultado(regla: ReglaOperacion, nombres: Opciones, palabras: tuple[str, ...]) -> Resultado:
    programa, indice = regla.programa, nombres.indice
    ventana = indice.ventana((programa.pk, regla.ejercicio), nombres.momento.ahora)
    ejercicios = indice.ejercicios.get(programa.pk, (regla.ejercicio,))
    return Resultado(
        clave=programa.clave,
        nombre=regla.nombre,
        nombre_resaltado=resaltar(regla.nombre, palabras),
        url=url_de_programa(
            programa, None if regla.ejercicio == ejercicios[0] else regla.ejercicio
        ),
        tipo=programa.tipo,
        tipo_nombre=programa.get_tipo_display(),
        estado=ventana.estado,
        estado_texto=ventana.texto,
        que_recibes=redaccion.que_recibes(regla.apoyos.all()),
        para_quien=regla.a_quien,
        dependencia=regla.dependencia.nombre_actual,
        ejercicio=regla.ejercicio,
        ejercicios=ejercicios,
        demostracion=ventana.demostracion,
    )


def url_de_programa(programa: Programa, ejercicio: int | None = None) -> str:
    if ejercicio is None:
        return reverse("programas:programa", args=[programa.slug])
    return reverse("programas:programa_ejercicio", args=[programa.slug, ejercicio])


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


def _ordenadas(parametro: str, lista: tuple[OpcionDeFaceta, ...]) -> tuple[OpcionDeFaceta, ...]:
    """Los años del último al primero, las alcaldías por nombre, lo demás por cuántos hay."""
    if parametro == "ejercicio":
        return tuple(sorted(lista, key=lambda o: o.valor, reverse=True))
    if parametro == "alcaldia":
        return tuple(sorted(lista, key=lambda o: clave_comparable(o.nombre)))
    return tuple(sorted(lista, key=lambda o: (-o.total, clave_comparable(o.nombre))))


def _activos(filtros: Filtros, nombres: Opciones, ruta: str) -> tuple[tuple[str, str], ...]:
    return tuple(
        (nombres.nombre(faceta, valor), filtros.url(ruta, valores=filtros.sin(faceta, valor)))
        for faceta in FACETAS
        for valor in filtros.de(faceta)
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


def _sugerencias(hallazgos: Hallazgos, nombres: Opciones, ruta: str) -> tuple[tuple[str, str], ...]:
    """Para no dejar a nadie en una página vacía: los grupos con más programas."""
    if hallazgos.total:
        return ()
    grupos = list(nombres.nombres["grupo"].items())[:CUANTAS_SUGERENCIAS]
    return tuple(
        (nombre, Filtros(valores={"grupo": (clave,)}).url(ruta)) for clave, nombre in grupos
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
    corregida = interpretacion.corregido
    palabras = (corregida or interpretacion.texto).split()
    return PaginaDeBusqueda(
        texto=filtros.q,
        total=hallazgos.total,
        resultados=resultados_de(hallazgos.reglas, palabras, nombres=nombres),
        facetas=_facetas(hallazgos, filtros, nombres, ruta),
        filtros_activos=_activos(filtros, nombres, ruta),
        orden=filtros.orden_efectivo,
        ordenes=tuple((o, str(n), filtros.url(ruta, orden=o)) for o, n in ORDENES.items()),
        paginas=paginas,
        quisiste_decir=(corregida, filtros.url(ruta, q=corregida)) if corregida else None,
        corregida=corregida,
        aproximada=bool(filtros.q) and hallazgos.aproximada,
        url_csv=_url_csv(filtros, ruta),
        sugerencias=_sugerencias(hallazgos, nombres, ruta),
        filtros=filtros,
    )
