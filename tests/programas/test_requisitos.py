"""Qué le falta a una regla: cada exigencia mira lo suyo, rige en sus fechas y dice su norma."""

from __future__ import annotations

import datetime

import pytest

from programas.consultas.secciones import secciones_de
from programas.forms import ExigenciaForm
from programas.models import ReglaOperacion
from programas.requisitos import COMPROBACIONES, Faltante, faltantes
from tests.fabricas import programas as f

pytestmark = pytest.mark.django_db

DIA = datetime.date(2025, 1, 31)
AVISO = {"clase_de_version": "aviso_modificatorio", "version": 2}
# De cada exigencia: con qué se cumple. Lo que no está aquí, la regla vacía no lo cumple.
CUMPLE = {
    "resumen": {"resumen": "Da dinero."},
    "a_quien": {"a_quien": "A quien estudia."},
    "objetivo": {"objetivo": "Que estudie."},
    "responsable": {"unidad_responsable": "Dirección de Becas"},
    "poblacion_objetivo": {"poblaciones": [{"clase": "objetivo", "total": 5}]},
    "meta_fisica": {"metas": [{}]},
    "presupuesto": {"presupuesto_aprobado": 0},
    "apoyos": {"apoyos": [{}]},
    "requisitos": {"requisitos": [{}]},
    "residencia": {"residencia": "ninguna"},
    "queja": {"queja": "En la contraloría."},
    "apartados": {},
    "fechas": {"programa__accion": True, "fecha_inicio": DIA, "fecha_fin": DIA},
    "razon_de_la_version": {"razon_de_la_version": "Sube el monto.", **AVISO},
    "vigente_desde": {"vigente_desde": DIA, **AVISO},
    "gaceta": {"gaceta_numero": "1", "gaceta_fecha": DIA},
    "coplade": {"coplade_acuerdo": "COPLADE/1"},
    "leyenda": {},
}
# Lo que hace falta para que se exija.
SE_EXIGE_A = {"razon_de_la_version": AVISO, "vigente_desde": AVISO}
# Lo que se parece y no basta.
NO_BASTA = {
    "poblacion_objetivo": [
        {"poblaciones": [{"clase": "potencial", "total": 5}]},
        {"poblaciones": [{"clase": "objetivo", "total": None}]},
    ],
    "requisitos": [{"requisitos": [{"documento": True}]}],
    "fechas": [{"fecha_inicio": DIA}, {"fecha_fin": DIA}],
    "gaceta": [{"gaceta_numero": "1"}, {"gaceta_fecha": DIA}],
}


def claves(regla: ReglaOperacion, momento: str = "enviar", **cuando: datetime.date) -> list[str]:
    return [x.clave for x in faltantes(regla, momento, **cuando)]


@pytest.mark.parametrize("clave", sorted(COMPROBACIONES))
def test_sin_el_dato_falta_y_con_el_ya_no(clave):
    f.ExigenciaFactory(clave=clave)
    capitulo = f.ApartadoFactory(numeral="1") if clave == "apartados" else None
    assert claves(f.ReglaFactory(**SE_EXIGE_A.get(clave, {}))) == [clave]

    if clave == "leyenda":
        f.LeyendaFactory()
    textos = {"textos": [{"apartado": capitulo}]} if capitulo else {}
    assert claves(f.ReglaFactory(**CUMPLE[clave], **textos)) == []


@pytest.mark.parametrize(
    ("clave", "valores"), [(c, v) for c, lista in NO_BASTA.items() for v in lista], ids=str
)
def test_lo_que_se_parece_no_basta(clave, valores):
    f.ExigenciaFactory(clave=clave)

    assert claves(f.ReglaFactory(**valores)) == [clave]


def test_se_dice_la_oracion_la_norma_y_donde_se_arregla():
    f.ExigenciaFactory(clave="queja", nombre="Falta la queja.", norma="LDBIS", articulo="art. 9")
    regla = f.ReglaFactory()

    url = f"/panel/programas/reglaoperacion/{regla.pk}/seccion/acceso/#campo-queja"
    assert faltantes(regla, "enviar") == [
        Faltante("queja", "Falta la queja.", "LDBIS, art. 9", "acceso", "queja", url)
    ]


@pytest.mark.parametrize("clave", ["razon_de_la_version", "vigente_desde"])
def test_a_las_reglas_originales_no_se_les_pide_decir_que_modifican(clave):
    f.ExigenciaFactory(clave=clave)

    assert claves(f.ReglaFactory()) == []


@pytest.mark.parametrize("accion", [False, True])
def test_todo_lo_que_falta_al_enviar_lleva_a_un_campo_que_existe(accion):
    """El enlace abre una sección que esa regla tiene, en un campo que esa sección tiene."""
    f.ApartadoFactory(numeral="1", aplica_a="ambos")
    for clave in COMPROBACIONES:
        f.ExigenciaFactory(clave=clave)
    regla = f.ReglaFactory(programa__accion=accion, **AVISO)
    suyas = {s.clave: s for s in secciones_de(regla)}

    con_pagina = [x for x in faltantes(regla, "enviar") if x.url and x.clave != "fechas"]
    assert len(con_pagina) > 10
    for falta in con_pagina:
        assert falta.campo in suyas[falta.seccion].campos
        assert falta.url.endswith(f"/{falta.seccion}/#campo-{falta.campo}")


def test_se_dicen_en_el_orden_del_catalogo():
    f.ExigenciaFactory(clave="queja", orden=2)
    f.ExigenciaFactory(clave="resumen", orden=1)

    assert claves(f.ReglaFactory()) == ["resumen", "queja"]


def test_publicar_exige_tambien_lo_de_enviar_y_enviar_no_exige_lo_de_publicar():
    f.ExigenciaFactory(clave="resumen")
    f.ExigenciaFactory(clave="gaceta", al_publicar=True)

    assert claves(f.ReglaFactory(), "enviar") == ["resumen"]
    assert set(claves(f.ReglaFactory(), "publicar")) == {"resumen", "gaceta"}


@pytest.mark.parametrize(
    ("fecha", "rige"),
    [("2024-12-31", False), ("2025-01-01", True), ("2025-12-31", True), ("2026-01-01", False)],
)
def test_una_exigencia_solo_vale_mientras_rige(fecha, rige):
    f.ExigenciaFactory(vigente_desde="2025-01-01", vigente_hasta="2025-12-31")

    dia = datetime.date.fromisoformat(fecha)
    assert bool(claves(f.ReglaFactory(), fecha=dia)) is rige


@pytest.mark.parametrize(
    ("aplica_a", "es_accion", "falta"),
    [
        ("programa", False, True),
        ("programa", True, False),
        ("accion", True, True),
        ("accion", False, False),
        ("ambos", True, True),
        ("ambos", False, True),
    ],
)
def test_una_exigencia_solo_vale_para_su_tipo(aplica_a, es_accion, falta):
    f.ExigenciaFactory(aplica_a=aplica_a)

    assert bool(claves(f.ReglaFactory(programa__accion=es_accion))) is falta


class TestApartados:
    @pytest.fixture(autouse=True)
    def _exigencia(self):
        f.ExigenciaFactory(clave="apartados")
        f.ApartadoFactory(numeral="1", aplica_a="programa")
        f.ApartadoFactory(numeral="2", aplica_a="ambos")
        f.ApartadoFactory(numeral="2.1", aplica_a="ambos")
        f.ApartadoFactory(numeral="3", aplica_a="accion")
        f.ApartadoFactory(numeral="4", cerrado=True)

    def con(self, *numerales: str) -> list[str]:
        textos = [{"apartado": f.ApartadoFactory(numeral=n)} for n in numerales]
        return claves(f.ReglaFactory(textos=textos))

    def test_un_capitulo_se_cumple_con_su_texto_o_con_el_de_un_numeral_suyo(self):
        assert self.con("1", "2") == self.con("1", "2.1") == []

    @pytest.mark.parametrize(("numerales", "faltan"), [((), 2), (("1",), 1), (("2.1",), 1)])
    def test_cada_capitulo_que_aplica_y_no_esta_falta(self, numerales, faltan):
        assert self.con(*numerales) == ["apartados"] * faltan

    def test_se_nombra_el_capitulo_y_se_enlaza(self):
        falta = faltantes(f.ReglaFactory(textos=[{"apartado__numeral": "2"}]), "enviar")[0]

        assert falta.texto.startswith("Falta escribir el capítulo 1 ")
        assert falta.url.endswith("/seccion/capitulo-rop-1/#campo-rop-1")

    def test_un_texto_vacio_no_es_un_texto(self):
        textos = [{"apartado": f.ApartadoFactory(numeral=n), "texto": ""} for n in "12"]

        assert claves(f.ReglaFactory(textos=textos)) == ["apartados"] * 2


def suficiencia(regla: ReglaOperacion, momento: str) -> list[Faltante]:
    """Una comprobación de un app de arriba, como las que nombra settings."""
    return [Faltante("suficiencia", f"Falta {momento}.", "LATRPER", "dinero")]


def test_los_apps_de_arriba_anaden_las_suyas_por_su_ruta(settings):
    settings.REQUISITOS_DE_REGLA = [f"{__name__}.suficiencia"]

    assert claves(f.ReglaFactory()) == ["suficiencia"]


class TestAltaEnElPanel:
    """Una exigencia que el sistema no sabe revisar nunca se exigiría: no se puede dar de alta."""

    DATOS = {"nombre": "Falta algo.", "momento": "enviar", "aplica_a": "ambos", "orden": 1}

    def test_su_clave_se_elige_de_lo_que_se_sabe_comprobar(self):
        f.ExigenciaFactory(clave="queja")
        ofrecidas = {clave for clave, _ in ExigenciaForm().fields["clave"].choices if clave}

        assert ofrecidas == {c.replace("_", "-") for c in COMPROBACIONES} - {"queja"}
        assert ExigenciaForm({**self.DATOS, "clave": "a-quien"}).is_valid()

    def test_una_clave_inventada_se_rechaza_y_se_dice_por_que(self):
        formulario = ExigenciaForm({**self.DATOS, "clave": "firma-del-gato"})

        assert not formulario.is_valid()
        assert "no sabe revisar" in str(formulario.errors["clave"])
