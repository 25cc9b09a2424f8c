"""La página de un documento del archivo: de dónde sale, cómo se comprueba y cómo se cita."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import override

from programas.consultas.apartados import Apartado
from programas.consultas.busqueda_historico import aciertos, niveles
from programas.consultas.filtros_historico import FiltrosDeHistorico
from programas.consultas.historico import con_marcas, para_leer, publicado, renglon
from programas.consultas.redaccion import fecha_larga
from programas.consultas.resultados import url_de_programa
from programas.models import Documento, Enlace, EstadoDeTexto, ReglaOperacion
from sibis.archivos.tipos import PDF, TERMINACIONES

PAGINAS_HALLADAS = 20
EN_LA_FICHA = 8
_SE_BUSCA = {EstadoDeTexto.LISTO, EstadoDeTexto.PARCIAL}
_NOMBRES_DE_TIPO = {PDF: "PDF", "text/plain": "TXT"}


@dataclass(frozen=True, slots=True)
class CopiaGuardada:
    """El archivo que se puede bajar y con qué se comprueba que es éste."""

    url: str
    nombre: str
    formato: str
    bytes: int
    sha256: str
    paginas: int | None
    texto: str

    @property
    def orden_en_linux(self) -> str:
        return f"sha256sum {self.nombre}"

    @property
    def orden_en_windows(self) -> str:
        return f"certutil -hashfile {self.nombre} SHA256"


@dataclass(frozen=True, slots=True)
class EnlaceOriginal:
    url: str
    revision: str
    roto: bool


@dataclass(frozen=True, slots=True)
class PaginaDeUnDocumento:
    documento: Documento
    clase: str
    publicado: str
    dependencia: str
    programa: str
    url_programa: str
    url_del_anio: str
    copia: CopiaGuardada | None
    enlace: EnlaceOriginal | None
    cita: str
    permalink: str
    q: str
    halladas: tuple[tuple[int, SafeString], ...]
    se_busca: bool


def por_direccion(direccion: str) -> Documento | None:
    """La clave es lo que sigue al último guion; lo demás puede haber cambiado. También los ocultos."""
    clave = direccion.rpartition("-")[2]
    return (
        Documento.objects.filter(clave=clave)
        .select_related("programa", "dependencia", "archivo")
        .defer("vector", "vector_ficha")
        .first()
    )


def canonica(documento: Documento) -> str:
    """La dirección que se cita, siempre en español: quien la siga halla el documento como se publicó."""
    with override(settings.LANGUAGE_CODE):
        return documento.get_absolute_url()


def pagina_de_un_documento(documento: Documento, *, q: str = "") -> PaginaDeUnDocumento:
    permalink = settings.URL_PUBLICA + canonica(documento)
    programa = documento.programa
    publicadas = _ejercicios_publicados(documento)
    return PaginaDeUnDocumento(
        documento=documento,
        clase=str(documento.get_clase_display()),
        publicado=publicado(documento),
        dependencia=documento.dependencia.nombre_actual if documento.dependencia else "",
        programa=programa.nombre if programa else "",
        url_programa=url_de_programa(programa) if programa and publicadas else "",
        url_del_anio=url_de_programa(programa, documento.ejercicio)
        if programa and documento.ejercicio in publicadas
        else "",
        copia=_copia(documento),
        enlace=_enlace(documento),
        cita=_cita(documento, permalink),
        permalink=permalink,
        q=q,
        halladas=_halladas(documento, q),
        se_busca=documento.texto_estado in _SE_BUSCA,
    )


def _ejercicios_publicados(documento: Documento) -> set[int]:
    if documento.programa_id is None:
        return set()
    reglas = ReglaOperacion.objects.publicadas().filter(programa=documento.programa_id)
    return set(reglas.values_list("ejercicio", flat=True))


def nombre_de_descarga(documento: Documento) -> str:
    """Del título y el año; la terminación, del contenido. Nada de lo que trajo quien lo subió."""
    tipo = documento.archivo.tipo if documento.archivo else ""
    base = slugify(documento.titulo)[:60].strip("-") or documento.clave
    return f"{base}-{documento.ejercicio}.{TERMINACIONES.get(tipo, 'bin')}"


def _copia(documento: Documento) -> CopiaGuardada | None:
    archivo = documento.archivo
    if archivo is None:
        return None
    terminacion = TERMINACIONES.get(archivo.tipo, "bin")
    return CopiaGuardada(
        url=reverse("programas:documento_archivo", args=[documento.direccion]),
        nombre=nombre_de_descarga(documento),
        formato=str(_NOMBRES_DE_TIPO.get(archivo.tipo, terminacion.upper())),
        bytes=archivo.bytes,
        sha256=archivo.sha256,
        paginas=documento.paginas,
        texto=str(documento.get_texto_estado_display()),
    )


def _enlace(documento: Documento) -> EnlaceOriginal | None:
    if not documento.enlace:
        return None
    revisado = Enlace.objects.filter(url=documento.enlace).first()
    roto = revisado is not None and revisado.estado == Enlace.Estado.ROTO
    return EnlaceOriginal(documento.enlace, _revision(revisado), roto)


def _revision(enlace: Enlace | None) -> str:
    """Qué se supo del enlace la última vez, con su fecha."""
    if enlace is None or enlace.revisado_en is None:
        return _("Todavía no lo revisamos.")
    dia = fecha_larga(timezone.localdate(enlace.revisado_en))
    frases = {
        Enlace.Estado.VIGENTE: _("Respondía el %(dia)s."),
        Enlace.Estado.DUDOSO: _("No respondió el %(dia)s; volveremos a probar."),
        Enlace.Estado.ROTO: _("Ya no responde; la última prueba fue el %(dia)s."),
        Enlace.Estado.SIN_REVISAR: _("Lo visitamos el %(dia)s y su sitio no dejó comprobarlo."),
    }
    return frases[Enlace.Estado(enlace.estado)] % {"dia": dia}


def _cita(documento: Documento, permalink: str) -> str:
    """Autor, año, título, publicación y dirección, en ese orden."""
    autor = documento.dependencia.nombre_actual if documento.dependencia else documento.fuente
    numero = (
        _("Gaceta Oficial núm. %(n)s") % {"n": documento.gaceta_numero}
        if documento.gaceta_numero
        else ""
    )
    publicacion = ", ".join(filter(None, [numero, publicado(documento)]))
    partes = [autor, f"({documento.ejercicio})", documento.titulo, publicacion]
    return f"{'. '.join(p.rstrip('.') for p in partes if p)}. {permalink}"


def _halladas(documento: Documento, q: str) -> tuple[tuple[int, SafeString], ...]:
    """Las páginas que traen lo que se busca; primero como se escribió, luego lo parecido."""
    if not q or documento.texto_estado not in _SE_BUSCA:
        return ()
    for consulta in niveles(q):
        hallados = aciertos([documento.pk], consulta, cuantos=PAGINAS_HALLADAS)
        if hallados:
            lista = sorted(hallados[documento.pk], key=lambda a: a.pagina)
            return tuple((a.pagina, con_marcas(a.trozo)) for a in lista)
    return ()


def documentos(regla: ReglaOperacion) -> Apartado | None:
    """El apartado «Documentos» de la página de un programa: los de ese año primero."""
    suyos = (
        para_leer()
        .filter(programa=regla.programa_id)
        .order_by(F("ejercicio").desc(), "titulo", "pk")
    )
    todos = list(suyos[: 5 * EN_LA_FICHA])
    if not todos:
        return None
    todos.sort(key=lambda d: d.ejercicio != regla.ejercicio)
    filtros = FiltrosDeHistorico(valores={"programa": (regla.programa.slug,)})
    return Apartado(
        ancla="documentos-historicos",
        titulo=_("Documentos publicados"),
        plantilla="programas/_ficha_historico.html",
        datos={
            "documentos": tuple(renglon(d) for d in todos[:EN_LA_FICHA]),
            "url_todos": filtros.url(reverse("programas:historico")),
            "hay_mas": len(todos) > EN_LA_FICHA,
        },
    )
