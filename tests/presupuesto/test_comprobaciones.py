"""Lo que se comprueba de un informe: cada cosa se señala en su campo, y lo bueno no se señala."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from presupuesto.consultas.comprobaciones import COMPROBACIONES, faltantes
from presupuesto.consultas.informe import leer
from presupuesto.models import (
    Comprobacion,
    CorteDeEgresos,
    ExigenciaDeInforme,
    InformeDeAvance,
)
from tests.fabricas import programas as f
from tests.fabricas.informes import (
    EvidenciaDeAvanceFactory,
    ExigenciaDeInformeFactory,
    InformeDeAvanceFactory,
)
from tests.fabricas.presupuesto import CorteDeEgresosFactory, MontoDeProgramaFactory

pytestmark = pytest.mark.django_db
META = "meta-1-"


def hallar(informe: InformeDeAvance, comprobacion: str, tolerancia: int = 0) -> dict[str, str]:
    """{campo: oración} de una sola comprobación."""
    mirar = COMPROBACIONES[Comprobacion(comprobacion)]
    return {h.campo: h.texto for h in mirar(leer(informe), Decimal(tolerancia))}


def un(**valores) -> InformeDeAvance:
    renglon = valores.pop("renglon", {})
    return InformeDeAvanceFactory(renglones=[renglon], **valores)


def test_toda_comprobacion_tiene_codigo_y_el_sistema_trae_cada_una(criterios):
    assert set(COMPROBACIONES) == set(Comprobacion)
    assert set(ExigenciaDeInforme.objects.values_list("comprobacion", flat=True)) == set(
        Comprobacion
    )


def test_un_informe_bueno_no_tiene_faltas(criterios):
    informe = un()
    EvidenciaDeAvanceFactory(informe=informe, renglon=informe.renglones.get())
    assert faltantes(leer(informe)) == []


@pytest.mark.parametrize("campo", ["programada", "alcanzada"])
def test_falta_una_cifra_de_la_meta(campo):
    assert set(hallar(un(renglon={campo: None}), "cifras_completas")) == {META + campo}


def test_falta_un_importe_y_el_cero_no_es_falta():
    informe = un(presupuesto_devengado=None, presupuesto_ejercido=Decimal(0))
    assert set(hallar(informe, "cifras_completas")) == {"presupuesto_devengado"}


def test_una_regla_sin_metas_no_se_puede_informar():
    assert "" in hallar(InformeDeAvanceFactory(regla__metas=[]), "cifras_completas")


@pytest.mark.parametrize(
    ("alcanzada", "pide"), [(89, True), (90, False), (110, False), (111, True), (0, True)]
)
def test_la_variacion_se_explica_fuera_de_la_tolerancia_por_arriba_y_por_abajo(alcanzada, pide):
    hallado = hallar(un(renglon={"alcanzada": alcanzada}), "variacion_explicada", 10)
    assert set(hallado) == ({META + "explicacion"} if pide else set())


def test_explicada_o_imposible_de_calcular_no_se_pide():
    dicha = un(renglon={"alcanzada": 1, "explicacion": "Se suspendió."})
    assert not hallar(dicha, "variacion_explicada", 10)
    assert not hallar(un(renglon={"programada": 0, "alcanzada": 0}), "variacion_explicada", 10)


def test_alcanzar_lo_que_no_se_programo_se_explica():
    informe = un(renglon={"programada": 0, "alcanzada": 3})
    assert META + "explicacion" in hallar(informe, "variacion_explicada", 10)


def test_el_gasto_lejos_de_lo_programado_se_explica():
    lejos = un(presupuesto_ejercido=Decimal(500))
    assert "50.00" in hallar(lejos, "gasto_explicado", 10)["explicacion_del_gasto"]
    assert not hallar(un(presupuesto_ejercido=Decimal(950)), "gasto_explicado", 10)
    sin_programa = un(presupuesto_programado=Decimal(0))
    assert "explicacion_del_gasto" in hallar(sin_programa, "gasto_explicado", 10)


def test_una_meta_modificada_dice_por_que_y_donde():
    hallado = hallar(un(renglon={"meta_modificada": 80}), "modificada_con_motivo")
    assert set(hallado) == {META + "motivo_de_modificacion", META + "fuente_de_modificacion"}
    assert not hallar(un(renglon={"meta_modificada": 100}), "modificada_con_motivo")


def _dos_trimestres(antes: dict, ahora: dict, **del_segundo):
    primero = InformeDeAvanceFactory(trimestre=2, renglones=[antes], presupuesto_ejercido=600)
    return InformeDeAvanceFactory(
        regla=primero.regla, trimestre=3, renglones=[ahora], **del_segundo
    )


def test_lo_acumulado_no_baja_sin_explicacion():
    baja = _dos_trimestres({"alcanzada": 60}, {"alcanzada": 50}, presupuesto_ejercido=500)
    assert set(hallar(baja, "acumulado_no_baja")) == {META + "alcanzada", "presupuesto_ejercido"}


def test_lo_acumulado_que_baja_y_se_explica_o_que_sube_pasa():
    explicado = _dos_trimestres(
        {"alcanzada": 60},
        {"alcanzada": 50, "explicacion": "Diez se contaron dos veces."},
        presupuesto_ejercido=500,
        explicacion_del_gasto="Se reintegró.",
    )
    assert not hallar(explicado, "acumulado_no_baja")
    assert not hallar(_dos_trimestres({"alcanzada": 60}, {"alcanzada": 61}), "acumulado_no_baja")


def test_el_retirado_no_cuenta_como_anterior():
    retirado = InformeDeAvanceFactory(trimestre=2, renglones=[{"alcanzada": 90}], estado="retirado")
    informe = InformeDeAvanceFactory(
        regla=retirado.regla, trimestre=3, renglones=[{"alcanzada": 50}]
    )
    assert not hallar(informe, "acumulado_no_baja")


def test_en_el_cuarto_lo_programado_es_la_meta_del_anio():
    assert META + "programada" in hallar(un(renglon={"programada": 75}), "cuarto_programa_todo")
    modificada = un(renglon={"programada": 75, "meta_modificada": 75})
    assert not hallar(modificada, "cuarto_programa_todo")
    assert not hallar(un(trimestre=3, renglon={"programada": 75}), "cuarto_programa_todo")


def test_lo_ejercido_cabe_en_lo_modificado_y_en_lo_devengado():
    informe = un(presupuesto_ejercido=Decimal("1000.01"))
    assert set(hallar(informe, "no_pasa_de_lo_modificado")) == {"presupuesto_ejercido"}
    assert set(hallar(informe, "ejercido_devengado")) == {"presupuesto_ejercido"}
    assert not hallar(un(), "no_pasa_de_lo_modificado")


@pytest.fixture
def con_egresos():
    def hacer(confirmado: bool = True, momento: str = "t4", **informe) -> InformeDeAvance:
        hecho = un(**informe)
        suyo = {"ejercicio": hecho.ejercicio, "momento": momento}
        corte = CorteDeEgresos.objects.filter(**suyo).first() or CorteDeEgresosFactory(
            fecha_corte=datetime.date(2025, 12, 31), **suyo
        )
        MontoDeProgramaFactory(
            programa=hecho.programa,
            corte=corte,
            aprobado=Decimal(1000),
            modificado=Decimal(1000),
            ejercido=Decimal(900),
            confirmado=confirmado,
        )
        return hecho

    return hacer


def test_lo_que_difiere_del_archivo_de_egresos_se_explica(con_egresos):
    texto = hallar(con_egresos(), "cuadra_con_egresos", 1)["explicacion_de_egresos"]
    assert "1,000" in texto
    assert "900" in texto
    assert "31 de diciembre de 2025" in texto


def test_si_se_explica_o_no_esta_confirmado_o_cuadra_no_se_pide(con_egresos):
    assert not hallar(
        con_egresos(explicacion_de_egresos="Una CLC en tránsito."), "cuadra_con_egresos", 1
    )
    assert not hallar(con_egresos(confirmado=False), "cuadra_con_egresos", 1)
    assert not hallar(con_egresos(presupuesto_ejercido=Decimal(901)), "cuadra_con_egresos", 1)
    assert not hallar(con_egresos(momento="t3"), "cuadra_con_egresos", 1)


def test_para_el_cuarto_vale_la_cuenta_publica_si_no_hay_otro(con_egresos):
    assert leer(con_egresos(momento="cp")).oficial.montos.ejercido == 900


def test_la_regla_modificada_despues_avisa():
    informe = un()
    f.m.ReglaOperacion.objects.filter(pk=informe.regla_id).update(estado="sustituido")
    f.ReglaFactory(
        publicada=True,
        programa=informe.programa,
        ejercicio=informe.ejercicio,
        version=2,
        metas=[{"cantidad": 120, "unidad": "personas"}, {"cantidad": 3, "unidad": "sedes"}],
    )
    textos = " ".join(
        h.texto for h in COMPROBACIONES[Comprobacion.METAS_DE_LA_REGLA](leer(informe), Decimal(0))
    )
    assert "120" in textos
    assert "3 sedes" in textos


@pytest.mark.parametrize(
    ("cuentas", "campos"),
    [
        ({}, set()),
        ({"personas": 10, "mujeres": 6, "hombres": 4, "otro_sexo": 0}, set()),
        ({"personas": 10, "mujeres": 6, "hombres": 3, "otro_sexo": 0}, {"personas"}),
        ({"personas": 10, "mujeres": 6}, {"mujeres"}),
        ({"mujeres": 6}, {"personas"}),
    ],
)
def test_las_personas_por_sexo_suman_el_total(cuentas, campos):
    assert set(hallar(un(**cuentas), "personas_por_sexo")) == campos


def test_lo_alcanzado_lleva_evidencia_y_lo_que_no_se_alcanzo_no():
    informe = un()
    assert set(hallar(informe, "evidencia_por_meta")) == {META + "evidencia"}
    EvidenciaDeAvanceFactory(informe=informe)  # la del gasto no sostiene la meta
    assert hallar(informe, "evidencia_por_meta")
    assert not hallar(un(renglon={"alcanzada": 0}), "evidencia_por_meta")


def test_la_exigencia_dice_si_detiene_cuando_rige_y_en_que_trimestre():
    comun = {"comprobacion": "evidencia_por_meta"}
    ExigenciaDeInformeFactory(severidad="avisa", norma="Guía", **comun)
    ExigenciaDeInformeFactory(solo_trimestre=4, **comun)
    ExigenciaDeInformeFactory(
        comprobacion="cifras_completas", vigente_hasta=datetime.date(2024, 12, 31)
    )
    tercero, cuarto = un(trimestre=3, renglon={"alcanzada": 7, "programada": None}), un()

    assert [(h.bloquea, h.norma) for h in faltantes(leer(tercero))] == [(False, "Guía")]
    assert [h.bloquea for h in faltantes(leer(cuarto))] == [True]


def test_leer_y_comprobar_cuesta_lo_mismo_con_el_doble_de_metas(
    criterios, django_assert_max_num_queries
):
    def con(metas: int) -> InformeDeAvance:
        return InformeDeAvanceFactory(
            regla__metas=[{"cantidad": 5, "unidad": f"cosas {n}"} for n in range(metas)]
        )

    pocas, muchas = con(3), con(12)
    for informe in (pocas, muchas):
        with django_assert_max_num_queries(9):
            faltantes(leer(informe))
