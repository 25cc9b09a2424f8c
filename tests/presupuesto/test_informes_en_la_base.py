"""Lo que la base no deja hacer con un informe aunque se escriba SQL a mano."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from presupuesto.models import ExigenciaDeInforme, InformeDeAvance, RangoDeSemaforo
from tests.fabricas.cuentas import UsuarioFactory
from tests.fabricas.informes import (
    EvidenciaDeAvanceFactory,
    ExigenciaDeInformeFactory,
    InformeDeAvanceFactory,
    RangoDeSemaforoFactory,
    RenglonDeAvanceFactory,
    archivo_pdf,
)
from tests.fabricas.programas import ReglaFactory

pytestmark = pytest.mark.django_db


def negado(cambio, coincide: str) -> None:
    with pytest.raises(IntegrityError, match=coincide), transaction.atomic():
        cambio()


def cambiar(informe: InformeDeAvance, **valores):
    return lambda: InformeDeAvance.objects.filter(pk=informe.pk).update(**valores)


def test_el_estado_solo_se_mueve_por_la_tabla():
    informe = InformeDeAvanceFactory()
    with pytest.raises(Exception, match="transition"), transaction.atomic():
        cambiar(informe, estado="aprobado")()


@pytest.mark.parametrize("estado", ["aprobado", "sustituido"])
def test_lo_aprobado_no_cambia_ni_se_borra(estado):
    informe = InformeDeAvanceFactory(estado=estado)
    negado(cambiar(informe, presupuesto_ejercido=1), "ya se aprobó")
    negado(cambiar(informe, aprobado_por=UsuarioFactory()), "ya se aprobó")


def test_ningun_informe_se_borra():
    informe = InformeDeAvanceFactory(regla__metas=[])
    with pytest.raises(Exception, match="Cannot delete"), transaction.atomic():
        InformeDeAvance.objects.filter(pk=informe.pk).delete()


def test_el_registro_no_se_vacia():
    with connection.cursor() as cursor, pytest.raises(IntegrityError, match="no se vacía"):
        cursor.execute("TRUNCATE presupuesto_informedeavance CASCADE")


@pytest.mark.parametrize("estado", ["enviado", "en_revision", "aprobado", "retirado"])
def test_sus_cifras_y_su_evidencia_solo_cambian_al_escribirlo(estado):
    informe = InformeDeAvanceFactory(estado=estado)
    renglon = informe.renglones.get()
    negado(lambda: informe.renglones.update(alcanzada=1), "ya se envió")
    negado(renglon.delete, "ya se envió")
    negado(lambda: EvidenciaDeAvanceFactory(informe=informe), "ya se envió")


def test_un_renglon_no_se_lleva_a_otro_informe_aprobado():
    aprobado, borrador = InformeDeAvanceFactory(aprobado=True), InformeDeAvanceFactory()
    negado(lambda: borrador.renglones.update(informe=aprobado, orden=9), "ya se envió")


def test_la_regla_es_del_programa_y_del_ejercicio():
    informe = InformeDeAvanceFactory()
    negado(cambiar(informe, regla=ReglaFactory()), "otro programa")
    negado(cambiar(informe, ejercicio=2030), "otro ejercicio")


def test_la_evidencia_es_de_una_meta_de_su_informe():
    ajeno = InformeDeAvanceFactory().renglones.get()
    negado(lambda: EvidenciaDeAvanceFactory(renglon=ajeno), "otro informe")


def test_uno_en_curso_y_uno_aprobado_por_trimestre():
    aprobado = InformeDeAvanceFactory(aprobado=True)
    otra = {"regla": aprobado.regla, "version": 2, "razon": "Se corrige."}
    curso = InformeDeAvanceFactory(**otra)
    negado(lambda: InformeDeAvanceFactory(**otra | {"version": 3}), "informe_uno_en_curso")
    negado(lambda: InformeDeAvanceFactory(**otra, aprobado=True), "informe_")
    revisa = {"aprobado_por": UsuarioFactory(), "aprobado_en": timezone.now()}
    firma = {"enviado_por": UsuarioFactory(), "enviado_en": timezone.now()}
    cambiar(curso, estado="enviado", **firma)()
    cambiar(curso, estado="en_revision")()
    negado(cambiar(curso, estado="aprobado", **revisa), "informe_uno_aprobado")


def test_version_repetida():
    retirado = InformeDeAvanceFactory(estado="retirado")
    negado(lambda: InformeDeAvanceFactory(regla=retirado.regla), "informe_version_unica")


@pytest.mark.parametrize(
    ("cambio", "restriccion"),
    [
        ({"trimestre": 5}, "informe_trimestre_de_1_a_4"),
        ({"version": 2}, "informe_correccion_dice_por_que"),
        ({"enviado_en": timezone.now()}, "informe_enviado_en_y_por_juntos"),
        ({"aprobado_en": timezone.now()}, "informe_aprobado_"),
        *(
            ({f"presupuesto_{m}": Decimal("-0.01")}, f"informe_presupuesto_{m}_no_negativo")
            for m in ("original", "modificado", "programado", "devengado", "ejercido")
        ),
    ],
)
def test_lo_que_no_puede_ser(cambio, restriccion):
    negado(cambiar(InformeDeAvanceFactory(), **cambio), restriccion)


@pytest.mark.parametrize("acto", ["capturado_por", "enviado_por"])
def test_no_lo_aprueba_quien_lo_presenta(acto):
    informe = InformeDeAvanceFactory(en_revision=True)
    firma = {"aprobado_por": getattr(informe, acto), "aprobado_en": timezone.now()}
    negado(cambiar(informe, estado="aprobado", **firma), "no_lo_aprueba_quien_lo_presenta")


def test_aprobado_lleva_fecha_y_lo_demas_no():
    informe = InformeDeAvanceFactory(en_revision=True)
    negado(cambiar(informe, estado="aprobado"), "informe_aprobado_con_fecha")
    firma = {"aprobado_por": UsuarioFactory(), "aprobado_en": timezone.now()}
    negado(cambiar(informe, **firma), "informe_aprobado_con_fecha")


@pytest.mark.parametrize("campo", ["meta_original", "meta_modificada", "programada", "alcanzada"])
def test_ninguna_cantidad_es_negativa(campo):
    renglones = InformeDeAvanceFactory().renglones
    negado(lambda: renglones.update(**{campo: -1}), f"avance_renglon_{campo}_no_negativo")


def test_una_meta_y_un_lugar_por_renglon():
    primero = InformeDeAvanceFactory().renglones.get()
    misma = {"informe": primero.informe, "meta": primero.meta}
    negado(lambda: RenglonDeAvanceFactory(**misma, orden=2), "avance_renglon_uno_por_meta")
    negado(
        lambda: RenglonDeAvanceFactory(informe=primero.informe, orden=1),
        "avance_renglon_uno_por_lugar",
    )


def test_un_archivo_por_lugar_y_dice_que_es():
    dada = EvidenciaDeAvanceFactory()
    misma = {"informe": dada.informe, "archivo": dada.archivo}
    negado(lambda: EvidenciaDeAvanceFactory(**misma), "evidencia_una_por_archivo")
    otra = archivo_pdf(b"%PDF-1.4 otra")
    negado(
        lambda: EvidenciaDeAvanceFactory(informe=dada.informe, archivo=otra, descripcion=""),
        "evidencia_dice_que_es",
    )
    negado(
        lambda: type(dada).objects.filter(pk=dada.pk).update(adjuntado_por=None),
        "adjuntado_por|adjuntado_en_y_por",
    )


def test_los_criterios_son_posibles():
    rango, exigencia = RangoDeSemaforoFactory(), ExigenciaDeInformeFactory()
    suyo = RangoDeSemaforo.objects.filter(pk=rango.pk)
    negado(lambda: suyo.update(desde=9, hasta=1), "rango_en_orden")
    suya = ExigenciaDeInforme.objects.filter(pk=exigencia.pk)
    negado(lambda: suya.update(tolerancia=-1), "tolerancia_no_negativa")
    negado(lambda: suya.update(solo_trimestre=5), "trimestre_de_1_a_4")
    for modelo in (suyo, suya):
        negado(
            lambda modelo=modelo: modelo.update(
                vigente_desde="2025-02-01", vigente_hasta="2025-01-01"
            ),
            "vigencia_en_orden",
        )
