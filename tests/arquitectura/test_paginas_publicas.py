"""Toda página pública, con la base vacía y con datos: contesta, no escribe, y no trae nada de fuera."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin

import pytest
from django.contrib.staticfiles import finders

from padron.importacion.recibo import producir_recibo
from sibis.cuentas.roles import EnlaceDeDependencia
from sibis.revision.importacion.dictamen import producir_dictamen
from tests.arquitectura.direcciones import todas
from tests.conftest import Visitante
from tests.fabricas import programas as f
from tests.fabricas.agenda import LlaveDeAgendaFactory
from tests.fabricas.ciudadania import SuscripcionFactory
from tests.fabricas.cuentas import con_rol
from tests.fabricas.historico import DocumentoFactory
from tests.fabricas.recibos import ReciboFactory
from tests.fabricas.revision import DictamenFactory
from tests.fabricas.territorio import CentroFactory

pytestmark = pytest.mark.django_db

# Lo que con la base vacía no existe; y lo que sin haber empezado a entrar manda a la entrada.
CON_DATOS = {"<slug:slug>"}
DE_ENTRADA = {"/cuenta/codigo/", "/cuenta/salir/", "/panel/login/", "/favicon.ico"}
NO_SON_PAGINAS = re.compile(
    r"\.(csv|jsonld|parquet|xlsx|geojson|txt|ico|xml|pdf|docx|ics|json|mvt|js)(\?|$)"
    r"|/archivo/$|^/salud/|^/api/v1/|^/avisos/navegador$"
)
# Lo que la API contesta a cualquier otra dirección suya.
NUNCA_EXISTE = "/api/v1/no-existe"
# Un archivo que se hace al pedirlo: al revisar ligas basta saber que está.
SE_HACE_AL_PEDIRLO = re.compile(r"^/datos/.*\.(parquet|xlsx)$")
# Del sitio anterior: con datos llevan para siempre a otra dirección; sin ellos, no constan.
DE_ANTES = {"/detalle_publico/resumen/programa/565/002_35C001_A", "/descarga-word/565"}
# Lo público que recibe algo: lo que llega sin llave o mal hecho lo prueba tests/ciudadania.
CON_FORMULARIO = {
    "/avisos/",
    "/avisos/confirmar/",
    "/avisos/baja/",
    "/avisos/administrar/",
    "/avisos/navegador",
    "/dictamenes/EVALUA/2026/0001/",  # tests/revision/test_dictamen_publico.py
    "/padron/verificar/",  # tests/padron/recibo/test_verificar.py
}
AJENAS_AL_MAPA = {"/mapa/"}


class Lectura(HTMLParser):
    """Lo que importa de una página: qué trae, qué identificadores usa y a dónde enlaza."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.en_linea: list[str] = []
        self.identificadores: list[str] = []
        self.enlaces: list[str] = []
        self.trae: list[str] = []
        self.hojas: list[str] = []
        self.etiquetas: Counter[str] = Counter()
        self.dibujos_abiertos = 0
        self.lengua = ""
        self.sin_nombre: list[str] = []
        self.feed(html)

    def handle_starttag(self, etiqueta: str, pares: list[tuple[str, str | None]]) -> None:
        atributos = {nombre: valor or "" for nombre, valor in pares}
        self.dibujos_abiertos += etiqueta == "svg"
        # El <title> de un dibujo nombra una de sus partes, no a la página.
        self.etiquetas["svg title" if self._nombra_un_dibujo(etiqueta) else etiqueta] += 1
        self.en_linea += [n for n in atributos if n == "style" or n.startswith("on")]
        datos = atributos.get("type") in {"application/json", "application/ld+json"}
        if etiqueta == "style" or (etiqueta == "script" and "src" not in atributos and not datos):
            self.en_linea.append(etiqueta)
        if "id" in atributos:
            self.identificadores.append(atributos["id"])
        if etiqueta == "html":
            self.lengua = atributos.get("lang", "")
        if etiqueta == "a":
            self.enlaces.append(atributos.get("href", ""))
        elif "javascript:" in atributos.get("href", ""):
            self.en_linea.append("javascript:")
        if etiqueta == "link" and atributos.get("rel") == "stylesheet":
            self.hojas.append(atributos["href"])
        if etiqueta == "link" and atributos.get("rel") not in {"canonical", "alternate"}:
            self.trae.append(atributos.get("href", ""))
        self.trae += [atributos[n] for n in ("src", "srcset", "action", "poster") if n in atributos]
        if etiqueta == "img" and "alt" not in atributos:
            self.sin_nombre.append("img sin alt")

    def handle_endtag(self, etiqueta: str) -> None:
        self.dibujos_abiertos -= etiqueta == "svg"

    def _nombra_un_dibujo(self, etiqueta: str) -> bool:
        return etiqueta == "title" and self.dibujos_abiertos > 0


@pytest.fixture(scope="module")
def publicas() -> list[str]:
    return sorted({d.muestra for d in todas() if d.es_publica})


@pytest.fixture
def con_datos() -> None:
    """Las mismas claves cada vez: los enlaces de las páginas ya leídas siguen valiendo."""
    dictamen = DictamenFactory(folio="EVALUA/2026/0001")
    regla = f.en_portal(
        completa=True,
        expediente=dictamen.expediente,
        nombre="Mi Beca",
        programa__clave="mi-beca",
        programa__dependencia__clave="SEBIEN",
        derechos=[f.DerechoSocialFactory(clave="educacion")],
        grupos=[f.GrupoPrioritarioFactory(clave="ninez")],
        fuentes=[{"url": "https://www.cdmx.gob.mx/"}],
        textos=[{"apartado": f.ApartadoFactory(numeral="1")}],
        presupuesto_trimestres=[1, 2, 3, 4],
        clave_oficial="002_35C001_A",
        enlace="https://tubienestar.example/descarga-word/565",
    )
    producir_dictamen(dictamen.pk)
    centro = CentroFactory(clave="mi-beca", alcaldia__clave="09007")
    sede = f.SedeFactory(programa=regla.programa, centro=centro)
    f.ConvocatoriaFactory(programa=regla.programa)
    DocumentoFactory(titulo="Mi", clave="beca", programa=regla.programa, paginas=["Una página"])
    f.FechaDeEntregaFactory(programa=regla.programa)
    SuscripcionFactory(confirmada=True, programa=regla.programa, calendario="mi-beca")
    producir_recibo(ReciboFactory(carga__regla=regla, carga__consecutivo=1).pk)
    LlaveDeAgendaFactory(usuario=con_rol(EnlaceDeDependencia), llave="mi-beca")
    f.en_portal(programa=regla.programa, ejercicio=2024)
    assert sede.centro.slug == "mi-beca"  # la muestra de <slug:slug> sirve para los dos


def como_contesta(url: str) -> int:
    if url == NUNCA_EXISTE:
        return 404
    if url in DE_ANTES:
        return 301
    return 302 if url in DE_ENTRADA else 200


def no_hay(url: str) -> bool:
    """Con la base vacía."""
    return (
        any(n in url for n in ("mi-beca", "EVALUA", "R-2025"))
        or url in DE_ANTES
        or url == NUNCA_EXISTE
    )


_LEIDAS: dict[str, Lectura] = {}


@pytest.fixture
def paginas(
    visitante: Visitante, publicas: list[str], request: pytest.FixtureRequest
) -> dict[str, Lectura]:
    """Las que son páginas de verdad, con datos. Se leen una vez: son las mismas en cada prueba."""
    if not _LEIDAS:
        request.getfixturevalue("con_datos")
        for url in publicas:
            respuesta = visitante.get(url)
            if respuesta.status_code == 200 and not NO_SON_PAGINAS.search(url):
                _LEIDAS[url] = Lectura(respuesta.content.decode())
    return _LEIDAS


def test_con_la_base_vacia_todas_contestan(visitante, publicas):
    for url in publicas:
        estado = visitante.get(url).status_code
        if url in DE_ENTRADA:
            assert estado == 302, url
        else:
            assert estado == (404 if no_hay(url) else 200), (url, estado)


def test_con_datos_todas_contestan(visitante, publicas, con_datos):
    for url in publicas:
        assert visitante.get(url).status_code == como_contesta(url), url


def test_head_contesta_lo_mismo_sin_cuerpo(visitante, publicas, con_datos):
    for url in publicas:
        respuesta = visitante.head(url)
        assert respuesta.status_code == como_contesta(url), url
        assert b"".join(respuesta) == b"", url


@pytest.mark.parametrize("metodo", ["post", "put", "patch", "delete"])
def test_las_de_consulta_solo_se_leen(metodo, visitante, publicas, con_datos):
    for url in publicas:
        if not url.startswith(("/cuenta/", "/panel/")) and url not in CON_FORMULARIO:
            assert getattr(visitante, metodo)(url).status_code == 405, url


def test_ninguna_abre_sesion_ni_deja_galletas(visitante, publicas, con_datos):
    """Lo público se puede guardar en caché y no sigue a nadie."""
    for url in publicas:
        if not url.startswith(("/cuenta/", "/panel/")):
            respuesta = visitante.get(url)
            assert not respuesta.cookies, (url, respuesta.cookies)


def test_nada_en_linea(paginas):
    """La política de contenido lo negaría; y un nombre mal escapado no tendría de dónde agarrarse."""
    assert {url: p.en_linea for url, p in paginas.items() if p.en_linea} == {}


def test_la_politica_de_contenido_no_admite_codigo_en_linea(visitante, con_datos):
    politica = visitante.get("/programas/mi-beca/")["Content-Security-Policy"]

    assert "default-src 'self'" in politica
    assert "unsafe" not in politica


def test_una_sola_hoja_de_estilo_fuera_del_mapa(paginas):
    for url, pagina in paginas.items():
        if url not in AJENAS_AL_MAPA:
            assert len(pagina.hojas) == 1, (url, pagina.hojas)


def test_nada_se_pide_fuera_del_sitio(paginas):
    for url, pagina in paginas.items():
        ajenas = [t for t in pagina.trae if re.match(r"(https?:)?//", t)]
        assert not ajenas, (url, ajenas)


def test_cada_una_tiene_su_lengua_un_titulo_y_un_encabezado(paginas):
    for url, pagina in paginas.items():
        assert pagina.lengua.lower().startswith("es"), url
        assert pagina.etiquetas["title"] == 1, url
        assert pagina.etiquetas["h1"] == 1, url
        assert pagina.etiquetas["main"] == 1, url
        assert not pagina.sin_nombre, url


def test_con_un_navegador_en_ingles_la_pagina_no_se_vuelve_mezcla(visitante, con_datos):
    """Mientras no haya traducción, «2 de January» y lang="en" mienten a quien lee y a su lector."""
    html = visitante.get("/programas/mi-beca/", headers={"accept-language": "en"}).content.decode()

    assert Lectura(html).lengua.lower().startswith("es")
    assert not re.search(r"\b(January|February|April|March|June|July|August)\b", html)


def test_ningun_identificador_se_repite(paginas):
    for url, pagina in paginas.items():
        repetidos = [i for i, veces in Counter(pagina.identificadores).items() if veces > 1]
        assert not repetidos, (url, repetidos)


def test_ningun_enlace_interno_esta_roto(visitante, con_datos, paginas):
    """Toda liga de toda página lleva a algo, y su ancla existe."""
    enlaces = {
        urljoin(url, enlace)
        for url, pagina in paginas.items()
        for enlace in pagina.enlaces
        if not re.match(r"(https?:)?//|tel:|mailto:", enlace)
    }
    assert len(enlaces) > 20
    anclas: dict[str, list[str]] = {}
    for enlace in sorted(enlaces):
        ruta, ancla = urldefrag(enlace)
        if ruta not in anclas:
            pedir = visitante.head if SE_HACE_AL_PEDIRLO.search(ruta) else visitante.get
            respuesta = pedir(ruta)
            assert respuesta.status_code == 200, enlace
            es_pagina = respuesta["Content-Type"].startswith("text/html")
            anclas[ruta] = Lectura(respuesta.content.decode()).identificadores if es_pagina else []
        assert not ancla or ancla in anclas[ruta], enlace


def test_los_estaticos_que_se_piden_existen(paginas):
    pedidos = {t for p in paginas.values() for t in p.trae if t.startswith("/static/")}
    assert pedidos
    for pedido in pedidos:
        assert finders.find(pedido.removeprefix("/static/")), pedido


def test_un_enlace_de_fuera_no_lleva_a_esquemas_raros(paginas):
    for url, pagina in paginas.items():
        raros = [
            e for e in pagina.enlaces if re.match(r"(?!https?:|tel:|mailto:)[a-z-]+:", e, re.I)
        ]
        assert not raros, (url, raros)
