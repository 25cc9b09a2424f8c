"""Abrir, escribir, enviar, aprobar y corregir un informe trimestral."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest
from django.utils import timezone

from presupuesto.consultas.fechas_de_informe import en_curso
from presupuesto.models import InformeDeAvance
from presupuesto.servicios import evidencias, informes, revision_de_informes
from sibis.archivos.servicios import ArchivoMuyGrande, TipoNoAdmitido
from sibis.bitacora.models import Evento
from sibis.cuentas import roles
from sibis.nucleo.errores import (
    EdicionConcurrente,
    ErrorDeNegocio,
    SinPermiso,
    TransicionInvalida,
)
from sibis.revision.models import Paso, Remision
from tests.fabricas import programas as f
from tests.fabricas.cuentas import con_rol
from tests.fabricas.informes import PDF, InformeDeAvanceFactory
from tests.presupuesto.informes import aprobar, cotejar_todo, escribir

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("criterios")]


def test_se_abre_con_las_metas_y_el_presupuesto_de_la_regla_publicada(abierto, regla):
    assert abierto.regla == regla
    assert abierto.presupuesto_original == Decimal(1000)
    assert [(r.unidad, r.meta_original) for r in abierto.renglones.all()] == [
        ("personas", 100),
        ("talleres", 8),
    ]
    assert abierto.expediente.titulo == "Mi Beca, 4.º trimestre de 2025"
    assert Evento.objects.filter(tipo="informe.abierto").count() == 1


def test_sin_regla_publicada_no_hay_informe(dependencia, enlace):
    regla = f.ReglaFactory(programa__dependencia=dependencia, ejercicio=2025)
    with pytest.raises(ErrorDeNegocio, match="no tiene reglas publicadas"):
        informes.abrir(regla.programa, ejercicio=2025, trimestre=4, por=enlace)


def test_lo_abre_el_enlace_de_esa_dependencia_y_nadie_mas(regla, titular, revisora):
    for quien in (titular, revisora, con_rol(roles.EnlaceDeDependencia), con_rol(roles.Finanzas)):
        with pytest.raises(SinPermiso):
            informes.abrir(regla.programa, ejercicio=2025, trimestre=4, por=quien)
    assert not InformeDeAvance.objects.exists()


def test_el_trimestre_que_corre_se_escribe_y_se_envia_cuando_termina(regla, enlace, titular):
    ejercicio, trimestre = en_curso(timezone.localdate())
    de_este_anio = f.ReglaFactory(
        publicada=True, completa=True, programa=regla.programa, ejercicio=ejercicio
    )
    corre = informes.abrir(
        de_este_anio.programa, ejercicio=ejercicio, trimestre=trimestre, por=enlace
    )
    escribir(corre, por=enlace)
    with pytest.raises(ErrorDeNegocio) as error:
        revision_de_informes.enviar(corre, por=titular)
    assert any("se envía después" in d for d in error.value.detalles)


def test_el_que_no_empieza_no_se_abre(regla, enlace):
    que_viene = timezone.localdate().year + 1
    f.ReglaFactory(publicada=True, programa=regla.programa, ejercicio=que_viene)
    with pytest.raises(ErrorDeNegocio, match="todavía no empieza"):
        informes.abrir(regla.programa, ejercicio=que_viene, trimestre=1, por=enlace)


def test_uno_en_trabajo_o_aprobado_no_deja_abrir_otro(abierto, regla, enlace, titular, revisora):
    with pytest.raises(ErrorDeNegocio, match="ya está en trabajo"):
        informes.abrir(regla.programa, ejercicio=2025, trimestre=4, por=enlace)
    aprobar(escribir(abierto, por=enlace), titular=titular, revisora=revisora)
    with pytest.raises(ErrorDeNegocio, match="ya se aprobó"):
        informes.abrir(regla.programa, ejercicio=2025, trimestre=4, por=enlace)


def test_trae_del_trimestre_anterior_lo_que_no_es_avance(regla, enlace):
    antes = informes.abrir(regla.programa, ejercicio=2025, trimestre=3, por=enlace)
    antes.renglones.filter(orden=1).update(
        meta_modificada=120,
        motivo_de_modificacion="Creció la demanda.",
        fuente_de_modificacion="Oficio 12",
        alcanzada=70,
    )
    InformeDeAvance.objects.filter(pk=antes.pk).update(presupuesto_modificado=1100)

    copiado = informes.abrir(regla.programa, ejercicio=2025, trimestre=4, por=enlace)

    primera = copiado.renglones.get(orden=1)
    assert (primera.meta_modificada, primera.fuente_de_modificacion) == (120, "Oficio 12")
    assert primera.alcanzada is None
    assert copiado.presupuesto_modificado == 1100


def test_dos_que_guardan_a_la_vez_no_se_enciman(abierto, enlace):
    def nada() -> None:
        raise AssertionError("No debió escribir.")

    informes.guardar(abierto, edicion=abierto.edicion, por=enlace, escribir=lambda: None)
    with pytest.raises(EdicionConcurrente):
        informes.guardar(abierto, edicion=abierto.edicion, por=enlace, escribir=nada)


def test_lo_que_falta_se_dice_todo_a_la_vez_y_no_cambia_nada(abierto, titular):
    with pytest.raises(ErrorDeNegocio) as error:
        revision_de_informes.enviar(abierto, por=titular)
    assert len(error.value.detalles) == 2 * 2 + 4  # dos metas sin sus dos cifras; cuatro importes
    abierto.refresh_from_db()
    assert (abierto.estado, abierto.enviado_en) == ("borrador", None)
    assert not Remision.objects.exists()


def test_el_camino_completo_deja_quien_y_cuando(abierto, enlace, titular, revisora):
    hecho = aprobar(escribir(abierto, por=enlace), titular=titular, revisora=revisora)

    assert (hecho.estado, hecho.enviado_por, hecho.aprobado_por) == ("aprobado", titular, revisora)
    assert [p.nombre for p in Paso.objects.filter(expediente=hecho.expediente)] == [
        "enviar",
        "tomar",
        "aprobar",
    ]
    detalle = Evento.objects.get(tipo="informe.aprobar").detalle
    assert (detalle["ejercicio"], detalle["trimestre"]) == (2025, 4)


def test_sin_la_lista_de_cotejo_no_se_aprueba(abierto, enlace, titular, revisora):
    revision_de_informes.enviar(escribir(abierto, por=enlace), por=titular)
    tomado = revision_de_informes.tomar(abierto, por=revisora)
    with pytest.raises(ErrorDeNegocio) as error:
        revision_de_informes.aprobar(tomado, por=revisora)
    assert any("lista de cotejo" in d for d in error.value.detalles)


def test_una_correccion_aprobada_sustituye_y_la_de_antes_se_conserva_igual(
    abierto, enlace, titular, revisora
):
    primera = aprobar(escribir(abierto, por=enlace), titular=titular, revisora=revisora)
    with pytest.raises(ErrorDeNegocio, match="por qué"):
        informes.corregir(primera, razon="  ", por=enlace)

    segunda = informes.corregir(primera, razon="Se contó dos veces una sede.", por=enlace)
    assert segunda.version == 2
    assert [r.alcanzada for r in segunda.renglones.all()] == [100, 8]
    assert segunda.evidencias.count() == primera.evidencias.count() == 2
    segunda.renglones.filter(orden=1).update(alcanzada=95)
    InformeDeAvance.objects.filter(pk=primera.pk).get()  # sigue siendo el aprobado
    assert InformeDeAvance.objects.aprobados().get() == primera

    aprobar(segunda, titular=titular, revisora=revisora)

    primera.refresh_from_db()
    assert primera.estado == "sustituido"
    assert primera.renglones.get(orden=1).alcanzada == 100
    assert InformeDeAvance.objects.aprobados().get() == segunda


def test_solo_se_corrige_lo_aprobado_y_lo_corrige_su_enlace(abierto, enlace, titular, revisora):
    with pytest.raises(TransicionInvalida):
        informes.corregir(abierto, razon="Por algo.", por=enlace)
    hecho = aprobar(escribir(abierto, por=enlace), titular=titular, revisora=revisora)
    for quien in (titular, revisora, con_rol(roles.EnlaceDeDependencia)):
        with pytest.raises(SinPermiso):
            informes.corregir(hecho, razon="Por algo.", por=quien)


def test_lo_aprobado_y_lo_enviado_no_se_edita(abierto, enlace, titular):
    enviado = revision_de_informes.enviar(escribir(abierto, por=enlace), por=titular)
    with pytest.raises(TransicionInvalida, match="no se edita"):
        informes.guardar(enviado, edicion=enviado.edicion, por=enlace, escribir=lambda: None)
    with pytest.raises(TransicionInvalida):
        evidencias.adjuntar(enviado, contenido=io.BytesIO(PDF), descripcion="Otra", por=enlace)


def test_lo_de_la_rectora_lo_revisa_evalua_y_lo_demas_no(revisora, dependencia):
    evalua = con_rol(roles.DictamenEVALUA)
    rectora = revisora.adscripciones_vigentes()[0].dependencia
    de_ella = InformeDeAvanceFactory(enviado=True, dependencia=rectora)
    de_otra = InformeDeAvanceFactory(enviado=True, dependencia=dependencia)

    with pytest.raises(SinPermiso, match="propia dependencia"):
        revision_de_informes.tomar(de_ella, por=revisora)
    assert revision_de_informes.tomar(de_ella, por=evalua).estado == "en_revision"
    with pytest.raises(SinPermiso, match="coordina la política"):
        revision_de_informes.tomar(de_otra, por=evalua)


def test_la_evidencia_se_mira_por_dentro_y_tiene_limite(abierto, enlace, settings):
    for contenido, nombre in (
        (b"MZ\x90\x00\x03programa", "acta.pdf"),
        (b"<html><script>", "a.txt"),
    ):
        with pytest.raises(TipoNoAdmitido):
            evidencias.adjuntar(
                abierto, contenido=io.BytesIO(contenido), descripcion=nombre, por=enlace
            )
    settings.EVIDENCIA_LIMITE = 10
    with pytest.raises(ArchivoMuyGrande):
        evidencias.adjuntar(abierto, contenido=io.BytesIO(PDF), descripcion="Acta", por=enlace)
    assert not abierto.evidencias.exists()


def test_la_misma_evidencia_no_se_adjunta_dos_veces_y_se_puede_quitar(abierto, enlace):
    dada = evidencias.adjuntar(abierto, contenido=io.BytesIO(PDF), descripcion="Acta", por=enlace)
    with pytest.raises(ErrorDeNegocio, match="ya está adjunto"):
        evidencias.adjuntar(abierto, contenido=io.BytesIO(PDF), descripcion="Otra", por=enlace)
    evidencias.quitar(dada, por=enlace)
    assert not abierto.evidencias.exists()
    assert Evento.objects.filter(tipo="informe.evidencia_quitada").exists()


def test_lo_escrito_no_lleva_datos_de_nadie(abierto, enlace):
    with pytest.raises(ErrorDeNegocio, match="CURP"):
        evidencias.adjuntar(
            abierto,
            contenido=io.BytesIO(PDF),
            descripcion="Recibo de GARC800101HDFXXX09",
            por=enlace,
        )


def test_quien_la_tomo_coteja_y_otra_dependencia_no(abierto, enlace, titular, revisora):
    revision_de_informes.enviar(escribir(abierto, por=enlace), por=titular)
    tomado = revision_de_informes.tomar(abierto, por=revisora)
    with pytest.raises(SinPermiso):
        cotejar_todo(tomado, por=titular)
