"""Lo que el catálogo permite saber del archivo histórico, y el índice que se repasa al cargarlo."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.models.expressions import RawSQL
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from programas.importacion import historico_del_catalogo
from programas.importacion.texto_de_documentos import indexar
from programas.models import Documento, Programa
from tests.fabricas import programas as f
from tests.fabricas.historico import DocumentoFactory

pytestmark = pytest.mark.django_db
# Dónde está el renglón en su tabla: si se vuelve a escribir, aunque sea igual, cambia.
CTID = RawSQL("programas_documento.ctid::text", [])


def _regla(**valores):
    return f.ReglaFactory(publicada=True, origen="catalogo", **valores)


def test_cada_regla_con_gaceta_da_su_documento_y_su_gaceta():
    _regla(nombre="Mi Beca", ejercicio=2018)
    historico_del_catalogo.derivar()

    regla, gaceta = Documento.objects.order_by("-clase")
    assert regla.titulo == "Reglas de operación de Mi Beca"
    assert (regla.ejercicio, str(regla.fecha), regla.gaceta_numero) == (
        2018,
        "2018-01-31",
        "1234",
    )
    assert gaceta.clase == "gaceta"
    assert "Mi Beca" in gaceta.resumen
    assert gaceta.dependencia is None


def test_antes_de_2016_la_gaceta_se_llamaba_de_otro_modo():
    _regla(ejercicio=2014)
    historico_del_catalogo.derivar()
    assert Documento.objects.get(clase="gaceta").titulo.startswith(
        "Gaceta Oficial del Distrito Federal"
    )


def test_repetirlo_no_cambia_nada_y_respeta_lo_corregido():
    _regla(nombre="Mi Beca")
    historico_del_catalogo.derivar()
    Documento.objects.filter(clase="regla").update(origen="panel", titulo="Corregido")

    informe = historico_del_catalogo.derivar()
    assert (informe.altas, informe.cambios, informe.iguales) == (0, 0, 2)
    assert Documento.objects.filter(titulo="Corregido").exists()


def test_repetirlo_no_vuelve_a_escribir_los_indices():
    for n in range(3):
        _regla(nombre=f"Programa {n}")
    historico_del_catalogo.derivar()
    lugares = dict(Documento.objects.annotate(lugar=CTID).values_list("pk", "lugar"))

    historico_del_catalogo.derivar()
    assert dict(Documento.objects.annotate(lugar=CTID).values_list("pk", "lugar")) == lugares


def test_las_consultas_no_crecen_con_el_archivo():
    _regla(nombre="Mi Beca")
    historico_del_catalogo.derivar()
    cuantas = []
    for _vez in range(2):
        with CaptureQueriesContext(connection) as consultas:
            historico_del_catalogo.derivar()
        cuantas.append(len(consultas))
        for _n in range(5):
            DocumentoFactory()
    assert cuantas[0] == cuantas[1]


def test_al_cambiar_el_nombre_de_un_programa_solo_se_rehacen_los_suyos():
    suyo = DocumentoFactory(programa=f.ProgramaFactory(nombre="Mi Beca"), paginas=["Una página"])
    DocumentoFactory()
    assert indexar() == 0

    Programa.objects.filter(pk=suyo.programa_id).update(nombre="Beca Leona Vicario")
    assert indexar() == 1
    hallados = Documento.objects.extra(where=["vector @@ to_tsquery('sibis_es', 'leona & pagina')"])
    assert list(hallados) == [suyo]


def test_el_indice_no_depende_del_idioma_de_quien_guarda():
    with override("en"):
        DocumentoFactory(clase="padron")
    assert indexar() == 0


def test_lo_capturado_por_una_dependencia_no_se_deriva():
    f.ReglaFactory(publicada=True)
    historico_del_catalogo.derivar()
    assert not Documento.objects.exists()
