"""Los conjuntos de datos abiertos: sus columnas, lo que traen y lo que no dejan pasar."""

from __future__ import annotations

import csv
import io
import re

import pytest
from django.db import connection

from reportes.consultas.conjuntos import CONJUNTOS, Columna, Tipo
from reportes.consultas.publicacion import version_del_conjunto
from reportes.consultas.versiones import version_de
from reportes.exportacion.copia import csv_de
from tests.fabricas import programas as f
from tests.fabricas.territorio import CentroFactory, ColoniaFactory

pytestmark = pytest.mark.django_db


def leer(clave: str, *, sin_formulas: bool = True) -> list[dict[str, str]]:
    texto = b"".join(csv_de(CONJUNTOS[clave].consulta(sin_formulas=sin_formulas))).decode()
    return list(csv.DictReader(io.StringIO(texto)))


@pytest.mark.parametrize("clave", CONJUNTOS)
def test_toda_columna_se_describe_y_se_llama_como_se_debe(clave):
    nombres = [columna.nombre for columna in CONJUNTOS[clave].columnas]

    assert len(nombres) == len(set(nombres))
    for columna in CONJUNTOS[clave].columnas:
        assert re.fullmatch(r"[a-z][a-z0-9_]*", columna.nombre)
        assert str(columna.descripcion).endswith((".", "…")), columna.nombre
        assert columna.tipo is not Tipo.DECIMAL or columna.unidad or clave == "indicadores"


@pytest.mark.parametrize("clave", CONJUNTOS)
def test_todo_conjunto_se_lee_y_nombra_todas_sus_tablas(clave):
    """Una tabla sin nombrar es un archivo guardado que no se entera de que cambió."""
    conjunto = CONJUNTOS[clave]

    assert leer(clave) == []
    leidas = set(
        re.findall(r"(?:FROM|JOIN)\s+\(?([a-z]+_[a-z_]+)", conjunto.consulta(sin_formulas=True))
    )
    assert leidas - set(conjunto.tablas) == set()


@pytest.mark.parametrize("clave", CONJUNTOS)
def test_los_tipos_que_dice_son_los_que_da_la_base(clave):
    de_la_base = {
        Tipo.TEXTO: {"text", "varchar", "bpchar"},
        Tipo.ENTERO: {"int2", "int4", "int8"},
        Tipo.DECIMAL: {"numeric"},
        Tipo.REAL: {"numeric", "float8"},
        Tipo.FECHA: {"date"},
        Tipo.FECHA_HORA: {"text"},
        Tipo.BOOLEANO: {"text"},
    }
    with connection.cursor() as cursor:
        cursor.execute(CONJUNTOS[clave].consulta(sin_formulas=False) + " LIMIT 0")
        tipos = {
            c.name: connection.connection.adapters.types[c.type_code].name
            for c in cursor.description
        }
    for columna in CONJUNTOS[clave].columnas:
        assert tipos[columna.nombre] in de_la_base[columna.tipo], columna.nombre


def test_solo_sale_lo_publicado():
    f.en_portal(nombre="A la vista", completa=True)
    borrador = f.ReglaFactory(nombre="Borrador", completa=True)
    f.ConvocatoriaFactory(programa=borrador.programa)

    for clave in ("programas", "reglas", "apoyos", "requisitos"):
        assert {fila["nombre"] for fila in leer(clave)} == {"A la vista"}, clave
    assert leer("convocatorias") == []


def test_una_regla_sustituida_no_se_cuenta_dos_veces():
    f.en_portal(ejercicio=2025)
    f.ReglaFactory(sustituida=True, ejercicio=2025)

    assert len(leer("reglas")) == 1


def test_los_centros_que_cerraron_no_salen():
    CentroFactory(clave="abierto")
    CentroFactory(cerrado=True)

    assert [fila["centro"] for fila in leer("centros")] == ["abierto"]


def test_las_colonias_traen_su_alcaldia():
    colonia = ColoniaFactory()

    fila = leer("colonias")[0]
    assert (fila["clave"], fila["alcaldia"]) == (colonia.clave, colonia.alcaldia.clave)
    assert float(fila["superficie_km2"]) > 0


@pytest.mark.parametrize("principio", ["=", "+", "-", "@", "\t", "\r", "＝", "＋"])
def test_un_texto_que_parece_formula_lleva_apostrofo(principio):
    f.en_portal(nombre=f"{principio}HYPERLINK(1)", completa=True)

    assert leer("programas")[0]["nombre"] == f"'{principio}HYPERLINK(1)"
    assert leer("programas", sin_formulas=False)[0]["nombre"] == f"{principio}HYPERLINK(1)"


def test_un_numero_negativo_sigue_siendo_numero():
    columna = Columna("x", "-5", "Cinco menos.", Tipo.ENTERO)

    assert columna.sin_formulas == columna.tal_cual


def test_comillas_saltos_y_acentos_llegan_enteros():
    texto = 'Dice «hola», "adiós";\ny 😀 otra línea'
    f.en_portal(completa=True, a_quien=texto)

    assert leer("programas")[0]["a_quien"] == texto


@pytest.mark.django_db(transaction=True)
def test_la_version_cambia_al_escribir_y_solo_entonces():
    regla = f.en_portal(completa=True)
    antes = version_del_conjunto(CONJUNTOS["programas"])

    assert version_del_conjunto(CONJUNTOS["programas"]) == antes
    with connection.cursor() as cursor:  # también por SQL a mano
        cursor.execute(
            "UPDATE programas_programa SET palabras_clave = '{x}' WHERE id = %s",
            [regla.programa_id],
        )
    despues = version_del_conjunto(CONJUNTOS["programas"])
    assert despues.huella != antes.huella
    assert despues.modificado >= antes.modificado


def test_la_version_cambia_al_borrar():
    CentroFactory()
    antes = version_de(["territorio_centro"])
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM territorio_centro")

    assert version_de(["territorio_centro"]).huella != antes.huella


def test_la_version_cambia_cuando_abre_una_convocatoria(django_assert_num_queries):
    convocatoria = f.ConvocatoriaFactory()
    antes = version_de(["programas_convocatoria"])
    with connection.cursor() as cursor:
        # Lo mismo que esperar: el plazo que estaba en el futuro ya pasó.
        cursor.execute("SELECT count(*) FILTER (WHERE abre <= now()) FROM programas_convocatoria")
        assert cursor.fetchone()[0] == 1
    type(convocatoria).objects.update(abre="2090-01-01T00:00Z", cierra=None)

    assert version_de(["programas_convocatoria"]).huella != antes.huella
    with django_assert_num_queries(1):
        version_de(["programas_convocatoria", "territorio_centro", "programas_programa"])
