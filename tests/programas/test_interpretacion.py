"""De lo tecleado a lo que se busca: corrige, amplía, pesa, y no falla con nada."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from programas.consultas.busqueda import buscar
from programas.consultas.filtros import Filtros
from programas.consultas.interpretacion import (
    MAXIMO_DE_PALABRAS,
    RELLENO,
    Lexico,
    interpretar,
    lexico,
)
from programas.models import Vocabulario
from programas.proyeccion import rehacer_vocabulario
from tests.fabricas import programas as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def lex():
    """Un catálogo de diez programas, contado en palabras."""
    palabras = {"beca": 6, "becas": 4, "madres": 2, "solteras": 2, "despensa": 1, "veces": 9}
    raices = {"beca": "bec", "becas": "bec", "madres": "madr", "solteras": "solter"}
    return Lexico(
        Vocabulario(
            version=1,
            documentos=10,
            palabras={p: [raices.get(p, p), usos] for p, usos in palabras.items()},
            sinonimos={
                "madre soltera": ["jefas de familia", "madres solteras"],
                "madre": ["mama"],
                "abuelita": ["persona mayor"],
            },
        )
    )


def formas(texto, lex) -> list[tuple[str, ...]]:
    return [g.formas for g in interpretar(texto, lex).grupos]


def test_una_falta_se_corrige_y_se_dice(lex):
    leida = interpretar("veca y despenza", lex)

    assert leida.corregido == "beca y despensa"
    assert leida.texto == "veca y despenza"


@pytest.mark.parametrize("texto", ["beca", "Becas", "BECA!", "de la", "una beca para mi"])
def test_lo_bien_escrito_no_se_corrige(texto, lex):
    assert interpretar(texto, lex).corregido is None


def test_un_sinonimo_de_varias_palabras_gana_al_de_una(lex):
    assert formas("soy madre soltera", lex)[-1] == (
        "madre soltera",
        "jefas de familia",
        "madres solteras",
    )


def test_un_sinonimo_se_busca_como_frase(lex):
    grupo = interpretar("madre soltera", lex).grupos[0]

    assert grupo.consulta == "(madre <-> soltera | jefas <-> de <-> familia | madres <-> solteras)"


def test_las_palabras_de_relleno_acompanan_pero_no_excluyen(lex):
    grupos = interpretar("necesito una beca por favor", lex).grupos

    indispensables = [g.formas[0] for g in grupos if g.indispensable]
    assert "beca" in indispensables
    assert not set(indispensables) & RELLENO


def test_si_todo_es_relleno_todo_cuenta(lex):
    assert all(g.indispensable for g in interpretar("dinero para mi", lex).grupos)


def test_una_palabra_rara_pesa_mas_que_una_comun(lex):
    rara, comun = interpretar("despensa veces", lex).grupos

    assert rara.peso > comun.peso


@pytest.mark.parametrize("texto", ["", "   ", "¿?¡!", "🍎🍎", "\x00", "--", "'\"", "& | ! <-> ()"])
def test_lo_que_no_tiene_letras_no_busca_nada(texto, lex):
    assert interpretar(texto, lex).grupos == ()


def test_una_busqueda_larguisima_se_acota(lex):
    assert len(interpretar("beca " * 5_000, lex).grupos) <= MAXIMO_DE_PALABRAS


@pytest.mark.parametrize(
    ("palabra", "otra"), [("mujer", "mujeres"), ("mujeres", "mujer"), ("beca", None)]
)
def test_singular_y_plural_se_buscan_juntos_si_la_raiz_los_separa(palabra, otra):
    palabras = {
        "mujer": ["muj", 1],
        "mujeres": ["mujer", 1],
        "beca": ["bec", 1],
        "becas": ["bec", 1],
    }
    lex = Lexico(Vocabulario(version=1, documentos=4, palabras=palabras, sinonimos={}))

    assert lex.otro_numero(palabra) == ([otra] if otra else [])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=80)
@given(st.text(max_size=60) | st.from_regex(r"[&|!<>()'\":*\\ a-zñ0-9-]{0,40}", fullmatch=True))
def test_ningun_texto_hace_fallar_la_busqueda(db, texto):
    """La consulta llega a PostgreSQL de verdad: sus operadores nunca pasan como operadores."""
    assert buscar(Filtros(q=texto.replace("\x00", " "))).total == 0


class TestLexico:
    def test_se_rehace_cuando_cambia_la_version_y_no_antes(self, django_assert_num_queries):
        f.en_portal(nombre="Beca de prueba")
        primero = lexico()
        with django_assert_num_queries(1):
            assert lexico() is primero

        f.SinonimoFactory(termino="colegiatura", equivale_a=["beca"])
        rehacer_vocabulario()

        assert lexico() is not primero
        assert lexico().sinonimos == {"colegiatura": ["beca"]}

    def test_sin_catalogo_existe_y_esta_vacio(self):
        vacio = lexico()

        assert (vacio.version, vacio.frecuencias) == (0, {})
        assert vacio.peso("beca") == 1.0

    def test_el_vocabulario_cuenta_programas_y_no_apariciones(self):
        programa = f.ProgramaFactory(nombre="Beca")
        f.ReglaFactory(publicada=True, programa=programa, ejercicio=2024, resumen="Beca, beca.")
        f.en_portal(programa=programa, resumen="Otra beca.")

        assert lexico().frecuencias["beca"] == 1
        assert lexico().documentos == 1
