"""Las piezas de las páginas: dinero, fechas, barras, íconos y etiquetas."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils import translation
from django.utils.safestring import SafeString

from sibis.portal.templatetags import componentes


def pintar(fuente: str, **contexto: object) -> str:
    return Template("{% load componentes %}" + fuente).render(Context(contexto))


@pytest.mark.parametrize(
    ("valor", "texto"),
    [
        (6_820_000_000, "$6,820,000,000"),
        (Decimal("3439.46"), "$3,439.46"),
        (Decimal("600.00"), "$600"),
        (0, "$0"),
        (-1500, "−$1,500"),
        (None, ""),
        ("", ""),
        ("hola", ""),
        (Decimal("NaN"), ""),
        (Decimal("Infinity"), ""),
    ],
)
def test_pesos(valor: object, texto: str) -> None:
    assert componentes.pesos(valor) == texto


@pytest.mark.parametrize(
    ("valor", "texto"),
    [
        (6_820_000_000, "$6,820 millones"),
        (Decimal("853044194"), "$853 millones"),
        (12_500_000, "$12.5 millones"),
        (1_000_000, "$1 millón"),
        (999_999, "$999,999"),
        (None, ""),
    ],
)
def test_pesos_cortos(valor: object, texto: str) -> None:
    assert componentes.pesos_cortos(valor) == texto


def test_miles_no_depende_del_ajuste_de_separadores() -> None:
    assert componentes.miles(1_200_000) == "1,200,000"


@pytest.mark.parametrize(
    ("parte", "todo", "texto"),
    [(4_910, 6_820, "72\u00a0%"), (1, 0, ""), (None, 5, ""), (3, None, "")],
)
def test_porcentaje_de(parte: object, todo: object, texto: str) -> None:
    assert componentes.porcentaje_de(parte, todo) == texto


def test_fecha_larga_va_en_minusculas_y_en_la_hora_de_la_ciudad() -> None:
    """Las cinco de la mañana del 1 de diciembre en UTC son las once de la noche del 30 aquí."""
    instante = datetime.datetime(2026, 12, 1, 5, tzinfo=datetime.UTC)
    assert componentes.fecha_larga(instante) == "30 de noviembre de 2026"
    assert componentes.fecha_larga(datetime.date(2025, 2, 28)) == "28 de febrero de 2025"
    assert componentes.fecha_larga(None) == ""


@pytest.mark.parametrize(
    ("valor", "maximo", "ancho"),
    [(72, 100, "72.0"), (150, 100, "100.0"), (-3, 100, "0.0"), (1, 0, "0.0"), (None, 9, "0.0")],
)
def test_barra_nunca_se_sale(valor: object, maximo: object, ancho: str) -> None:
    assert componentes.barra(valor, maximo)["ancho"] == ancho


def test_barra_se_dibuja_con_atributos_y_no_con_estilo_en_linea() -> None:
    dibujo = pintar("{% barra 72 100 %}")
    assert 'width="72.0"' in dibujo
    assert "style=" not in dibujo


def test_icono_no_se_lee_en_voz_alta() -> None:
    dibujo = pintar('{% icono "search" %}')
    assert 'aria-hidden="true"' in dibujo
    assert "<path" in dibujo


@pytest.mark.parametrize("nombre", ["../../manage", "Search", ""])
def test_icono_con_nombre_invalido_no_lee_archivos(nombre: str) -> None:
    with pytest.raises(TemplateSyntaxError):
        componentes.icono(nombre)


@pytest.mark.parametrize(
    ("estado", "clase"),
    [
        ("lista_de_espera", "etiqueta-lista-de-espera"),
        ("", "etiqueta-sin-dato"),
        (None, "etiqueta-sin-dato"),
    ],
)
def test_etiqueta_estado(estado: str | None, clase: str) -> None:
    assert clase in pintar("{% etiqueta_estado estado 'Texto' %}", estado=estado)


def test_etiqueta_estado_escapa_su_texto() -> None:
    assert "<b>" not in pintar("{% etiqueta_estado 'abierto' texto %}", texto="<b>hola</b>")


def test_paginacion_calla_cuando_hay_una_sola() -> None:
    una = SimpleNamespace(actual=1, total=1, anterior_url=None, siguiente_url=None)
    assert pintar("{% paginacion paginas %}", paginas=una).strip() == ""


def test_paginacion_enlaza_a_las_vecinas() -> None:
    media = SimpleNamespace(
        actual=2, total=9, anterior_url="/?pagina=1", siguiente_url="/?pagina=3"
    )
    salida = pintar("{% paginacion paginas 'centros' %}", paginas=media)
    assert 'rel="prev"' in salida
    assert 'href="/?pagina=3"' in salida
    assert "Página 2 de 9" in salida


def test_un_derecho_sin_icono_propio_tambien_se_pinta() -> None:
    assert "<svg" in componentes.icono_de_derecho("algo que no existía")


@pytest.mark.parametrize("tema", ["institucional", "neutro", "veda", "otro", None])
def test_todo_tema_tiene_color_de_navegador(tema: str | None) -> None:
    assert componentes.color_de_tema(tema).startswith("#")


@pytest.mark.parametrize(("idioma", "texto"), [("es-mx", "72\u00a0%"), ("en", "72%")])
def test_por_ciento_se_escribe_como_en_cada_idioma(idioma: str, texto: str) -> None:
    with translation.override(idioma):
        assert componentes.por_ciento(Decimal("72.4")) == texto
        assert componentes.por_ciento(None) == ""


@dataclass(frozen=True)
class Muestra:
    nombre: str
    que_recibes: str = ""
    estado: str = "abierto"
    estado_texto: str = "Abierto"
    url: str = "/programas/x/"


def pieza(muestra: Muestra, **otros: object) -> str:
    return componentes.pieza("componentes/tarjeta_programa.html", resultado=muestra, **otros)


def test_una_pieza_con_los_mismos_datos_ya_esta_escrita() -> None:
    componentes._pieza.cache_clear()
    assert pieza(Muestra("Beca <b>")) == pieza(Muestra("Beca <b>"))
    assert componentes._pieza.cache_info().hits == 1
    assert "Beca &lt;b&gt;" in pieza(Muestra("Beca <b>"))


def test_una_pieza_cambia_con_cualquiera_de_sus_datos_y_con_el_idioma() -> None:
    escritas = {pieza(Muestra("Beca")), pieza(Muestra("Beca", estado="cerrado"))}
    escritas.add(pieza(Muestra("Beca"), en_espanol=SafeString(' lang="es-MX"')))
    with translation.override("en"):
        escritas.add(pieza(Muestra("Beca")))

    assert len(escritas) == 4


def test_mientras_se_programa_la_pieza_se_escribe_cada_vez(settings) -> None:
    settings.DEBUG = True
    componentes._pieza.cache_clear()
    pieza(Muestra("Beca"))

    assert componentes._pieza.cache_info().currsize == 0
