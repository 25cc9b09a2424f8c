"""La página del archivo histórico: línea de tiempo, renglones y filtros listos para la plantilla."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from programas.consultas import redaccion
from programas.consultas.busqueda_historico import (
    ABRE,
    CIERRA,
    Acierto,
    Hallazgos,
    aciertos,
    buscar,
)
from programas.consultas.filtros_historico import (
    FACETAS,
    ORDENES,
    POR_PAGINA,
    FiltrosDeHistorico,
)
from programas.consultas.resultados import Faceta, OpcionDeFaceta, Paginas
from programas.models import ClaseDeDocumento, Documento
from programas.models.documento import DocumentoQuerySet
from sibis.nucleo.normalizacion import clave_comparable

ANTES_DE = 2019
_CLASES = {c.value: c.label for c in ClaseDeDocumento}
SIN_INDICES = ("vector", "vector_ficha")


@dataclass(frozen=True, slots=True)
class RenglonDeDocumento:
    """Un documento como se lee en una lista."""

    titulo: str
    url: str
    clase: str
    ejercicio: int
    publicado: str
    dependencia: str
    programa: str
    resumen: str
    hay_copia: bool
    pagina: int | None
    trozo: SafeString
    demostracion: bool


@dataclass(frozen=True, slots=True)
class AnioDeLinea:
    """Una columna de la línea de tiempo; `alto` va de 1 a 100."""

    anio: int
    total: int
    alto: int
    url: str
    marcado: bool

    @property
    def inicio(self) -> int:
        """Dónde empieza la barra: los dibujos cuentan desde arriba."""
        return 100 - self.alto


@dataclass(frozen=True, slots=True)
class PaginaDeHistorico:
    texto: str
    total: int
    documentos: tuple[RenglonDeDocumento, ...]
    anios: tuple[AnioDeLinea, ...]
    anteriores: int
    facetas: tuple[Faceta, ...]
    filtros_activos: tuple[tuple[str, str], ...]
    orden: str
    ordenes: tuple[tuple[str, str, str], ...]
    paginas: Paginas
    corregida: str | None
    aproximada: bool
    filtros: FiltrosDeHistorico


def pagina_de_historico(filtros: FiltrosDeHistorico) -> PaginaDeHistorico:
    """Todo lo que muestra /historico/. Levanta ValueError si la página pedida no existe."""
    ruta = reverse("programas:historico")
    hallazgos = buscar(filtros)
    paginas = _paginas(filtros, hallazgos.total, ruta)
    if filtros.pagina > paginas.total:
        raise ValueError(_("La lista tiene %(n)s páginas.") % {"n": paginas.total})
    anios = _linea(hallazgos, filtros, ruta)
    consulta = hallazgos.consulta
    return PaginaDeHistorico(
        texto=filtros.q,
        total=hallazgos.total,
        documentos=_renglones(hallazgos, filtros.q),
        anios=anios,
        anteriores=sum(a.total for a in anios if a.anio < ANTES_DE),
        facetas=_facetas(hallazgos, filtros, ruta),
        filtros_activos=_activos(hallazgos, filtros, ruta),
        orden=filtros.orden_efectivo,
        ordenes=tuple(
            (o, str(n), filtros.url(ruta, orden=o))
            for o, n in ORDENES.items()
            if filtros.q or o != "relevancia"
        ),
        paginas=paginas,
        corregida=consulta.corregido if consulta else None,
        aproximada=bool(consulta and consulta.aproximada and hallazgos.total),
        filtros=filtros,
    )


def para_leer() -> DocumentoQuerySet:
    """Los visibles con lo que una página nombra, sin arrastrar sus índices."""
    return (
        Documento.objects.visibles()
        .select_related("programa", "dependencia", "archivo")
        .defer(*SIN_INDICES)
    )


def _renglones(hallazgos: Hallazgos, q: str) -> tuple[RenglonDeDocumento, ...]:
    documentos = {d.pk: d for d in para_leer().filter(pk__in=hallazgos.documentos)}
    donde = aciertos(hallazgos.documentos, hallazgos.consulta)
    return tuple(
        renglon(documentos[pk], donde.get(pk, [None])[0], q)
        for pk in hallazgos.documentos
        if pk in documentos
    )


def renglon(
    documento: Documento, acierto: Acierto | None = None, q: str = ""
) -> RenglonDeDocumento:
    url = documento.get_absolute_url()
    if acierto is not None:  # quien llega por el texto sigue viendo en qué páginas está
        url = FiltrosDeHistorico(q=q).url(url)
    return RenglonDeDocumento(
        titulo=documento.titulo,
        url=url,
        clase=str(documento.get_clase_display()),
        ejercicio=documento.ejercicio,
        publicado=publicado(documento),
        dependencia=documento.dependencia.nombre_actual if documento.dependencia else "",
        programa=documento.programa.nombre if documento.programa else "",
        resumen=documento.resumen,
        hay_copia=documento.archivo_id is not None,
        pagina=acierto.pagina if acierto else None,
        trozo=con_marcas(acierto.trozo) if acierto else SafeString(""),
        demostracion=documento.es_demostracion,
    )


def publicado(documento: Documento) -> str:
    """«31 de enero de 2018» o, si solo se sabe el año, «2018»; vacío si no se sabe."""
    if documento.fecha is not None:
        return redaccion.fecha_larga(documento.fecha)
    return str(documento.anio_publicacion or "")


def con_marcas(trozo: str) -> SafeString:
    """El texto de una página con <mark> en lo hallado; todo lo demás se escapa."""
    partes = [parte.partition(CIERRA) for parte in f"{CIERRA}{trozo}".split(ABRE)]
    return format_html_join(
        "",
        "{}{}",
        ((format_html("<mark>{}</mark>", m) if m else "", resto) for m, _corte, resto in partes),
    )


def _linea(hallazgos: Hallazgos, filtros: FiltrosDeHistorico, ruta: str) -> tuple[AnioDeLinea, ...]:
    """Un lugar por año con documentos, del más viejo al más nuevo; el que más tiene llega arriba."""
    cuentas = {int(anio): total for anio, total in hallazgos.facetas["ejercicio"].items()}
    tope = max(cuentas.values(), default=1)
    marcados = filtros.de("ejercicio")
    return tuple(
        AnioDeLinea(
            anio=anio,
            total=total,
            alto=max(4, round(100 * total / tope)),
            url=filtros.url(ruta, valores=filtros.solo("ejercicio", str(anio))),
            marcado=str(anio) in marcados,
        )
        for anio, total in sorted(cuentas.items())
    )


def _nombre(hallazgos: Hallazgos, faceta: str, valor: str) -> str:
    if faceta == "clase":
        return str(_CLASES.get(valor, valor))
    return hallazgos.nombres[faceta].get(valor, valor)


def _facetas(hallazgos: Hallazgos, filtros: FiltrosDeHistorico, ruta: str) -> tuple[Faceta, ...]:
    facetas = []
    for parametro, titulo in FACETAS.items():
        cuentas, marcadas = hallazgos.facetas[parametro], filtros.de(parametro)
        opciones = [
            OpcionDeFaceta(
                valor=valor,
                nombre=_nombre(hallazgos, parametro, valor),
                total=cuentas.get(valor, 0),
                marcada=valor in marcadas,
                url_quitar=filtros.url(ruta, valores=filtros.sin(parametro, valor))
                if valor in marcadas
                else "",
            )
            for valor in {*cuentas, *marcadas}
        ]
        if opciones:
            facetas.append(Faceta(str(titulo), parametro, _ordenadas(parametro, opciones)))
    return tuple(facetas)


def _ordenadas(parametro: str, opciones: list[OpcionDeFaceta]) -> tuple[OpcionDeFaceta, ...]:
    if parametro == "ejercicio":
        return tuple(sorted(opciones, key=lambda o: o.valor, reverse=True))
    return tuple(sorted(opciones, key=lambda o: (-o.total, clave_comparable(o.nombre))))


def _activos(
    hallazgos: Hallazgos, filtros: FiltrosDeHistorico, ruta: str
) -> tuple[tuple[str, str], ...]:
    return tuple(
        (
            _nombre(hallazgos, faceta, valor),
            filtros.url(ruta, valores=filtros.sin(faceta, valor)),
        )
        for faceta in FACETAS
        for valor in filtros.de(faceta)
    )


def _paginas(filtros: FiltrosDeHistorico, total: int, ruta: str) -> Paginas:
    ultima = max(1, -(-total // POR_PAGINA))
    actual = filtros.pagina
    return Paginas(
        actual,
        ultima,
        filtros.url(ruta, pagina=actual - 1) if actual > 1 else None,
        filtros.url(ruta, pagina=actual + 1) if actual < ultima else None,
    )
