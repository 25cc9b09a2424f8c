"""Observar, contestar y cerrar: quién lo ve, quién puede y qué queda."""

from __future__ import annotations

import pytest

from programas.estados import EstadoRegla as E
from programas.materia import REGLA
from programas.servicios import revision
from sibis.bitacora.models import Evento
from sibis.cuentas import roles
from sibis.nucleo.errores import ErrorDeNegocio, SinPermiso, TransicionInvalida
from sibis.revision.consultas.hilos import visibles
from sibis.revision.models import Observacion, Respuesta
from sibis.revision.servicios import observaciones
from tests.fabricas.cuentas import con_rol
from tests.fabricas.revision import ObservacionFactory
from tests.programas import camino

pytestmark = pytest.mark.django_db


@pytest.fixture
def observacion(regla, validadora):
    return observaciones.observar(
        REGLA, regla, por=validadora, campo="resumen", texto="Di cuánto se da."
    )


def pagina(visitante, regla, consulta: str = "") -> str:
    respuesta = visitante.get(f"/panel/revision/{regla.expediente_id}/{consulta}")
    assert respuesta.status_code == 200
    return respuesta.content.decode()


class TestQuienLaVe:
    def test_antes_de_notificarse_solo_su_organo(self, regla, observacion, enlace, como):
        assert "Di cuánto se da." not in pagina(como(enlace), regla)
        assert not visibles(regla.expediente, enlace).exists()

    def test_notificada_la_ve_la_dependencia_en_su_campo(
        self, regla, observacion, enlace, validadora, como
    ):
        revision.observar(regla, por=validadora)

        html = pagina(como(enlace), regla)
        assert "Di cuánto se da." in html[html.index('id="campo-resumen"') :][:4000]

    def test_un_comentario_interno_no_sale_de_su_organo(self, regla, enlace, titular, validadora):
        observaciones.observar(
            REGLA, regla, por=enlace, campo="resumen", texto="¿Así está bien?", clase="comentario"
        )
        assert visibles(regla.expediente, titular).count() == 1
        assert not visibles(regla.expediente, validadora).exists()

    def test_quien_no_ve_el_asunto_no_la_contesta_ni_adivina(self, observacion, ajena, como):
        for acto in ("responder", "resolver", "corregir"):
            ruta = f"/panel/revision/observacion/{observacion.pk}/{acto}/"
            assert como(ajena).post(ruta, {"texto": "x"}).status_code == 404


class TestEscribirla:
    def test_en_un_campo_que_no_es_del_documento_se_rechaza(self, regla, validadora):
        with pytest.raises(ErrorDeNegocio, match="no es de este documento"):
            observaciones.observar(REGLA, regla, por=validadora, campo="inventado", texto="x")

    @pytest.mark.parametrize("texto", ["", "   ", "x" * 4001])
    def test_vacia_o_enorme_se_rechaza_y_lo_escrito_sigue_en_la_pagina(
        self, regla, validadora, como, texto
    ):
        respuesta = como(validadora).post(
            f"/panel/revision/{regla.expediente_id}/observar/",
            {"campo": "resumen", "clase": "observacion", "texto": texto},
        )
        assert respuesta.status_code == 422
        assert texto.strip()[:50] in respuesta.content.decode()
        assert not Observacion.objects.exists()

    def test_quien_presenta_no_se_observa_a_si_misma(self, regla, titular):
        with pytest.raises(SinPermiso, match="tu función no observa"):
            observaciones.observar(REGLA, regla, por=titular, campo="resumen", texto="x")

    def test_evalua_no_observa_mientras_revisa_la_secretaria(self, regla, evaluadora):
        with pytest.raises(SinPermiso):
            observaciones.observar(REGLA, regla, por=evaluadora, campo="resumen", texto="x")

    def test_lo_que_se_escribe_no_se_ejecuta(self, regla, validadora, como):
        observaciones.observar(
            REGLA, regla, por=validadora, campo="resumen", texto="<script>alert(1)</script>"
        )
        assert "<script>alert(1)" not in pagina(como(validadora), regla)

    def test_un_nulo_en_el_texto_se_dice_y_no_rompe(self, regla, validadora, como):
        respuesta = como(validadora).post(
            f"/panel/revision/{regla.expediente_id}/observar/",
            {"campo": "resumen", "clase": "observacion", "texto": "a\x00b"},
        )
        assert respuesta.status_code == 422

    def test_un_doble_clic_no_es_otra_observacion(self, regla, observacion, validadora, como):
        for _vez in range(2):
            como(validadora).post(
                f"/panel/revision/{regla.expediente_id}/observar/",
                {"campo": "resumen", "clase": "observacion", "texto": " Di cuánto se da. "},
            )
        assert Observacion.objects.get() == observacion
        assert Evento.objects.filter(tipo="observacion.observada").count() == 1

    def test_lo_mismo_en_otro_campo_o_despues_de_cerrarla_si_es_otra(
        self, regla, observacion, validadora
    ):
        def observar(campo: str) -> None:
            observaciones.observar(
                REGLA, regla, por=validadora, campo=campo, texto="Di cuánto se da."
            )

        observar("objetivo")
        observaciones.mover(REGLA, observacion, "descartar", por=validadora)
        observar("resumen")

        assert Observacion.objects.count() == 3

    def test_una_respuesta_repetida_de_inmediato_es_la_misma(self, observacion, validadora):
        for texto in ("Ya quedó.", "Ya quedó.", "Falta algo.", "Ya quedó."):
            observaciones.responder(REGLA, observacion, por=validadora, texto=texto)

        assert [r.texto for r in Respuesta.objects.order_by("pk")] == [
            "Ya quedó.",
            "Falta algo.",
            "Ya quedó.",
        ]

    def test_se_corrige_mientras_nadie_la_recibio_y_despues_no(
        self, regla, observacion, validadora
    ):
        observaciones.corregir(observacion, por=validadora, texto="Di cuánto y cuándo.")
        revision.observar(regla, por=validadora)

        with pytest.raises(ErrorDeNegocio, match="no se reescribe"):
            observaciones.corregir(observacion, por=validadora, texto="Otra cosa.")
        assert Observacion.objects.get().texto == "Di cuánto y cuándo."


class TestCerrarla:
    def test_la_cierra_el_organo_que_la_escribio_y_no_quien_la_recibio(
        self, regla, observacion, titular, validadora, evaluadora
    ):
        revision.observar(regla, por=validadora)
        for quien in (titular, evaluadora):
            with pytest.raises(SinPermiso):
                observaciones.mover(REGLA, observacion, "resolver", por=quien)

        observaciones.mover(REGLA, observacion, "resolver", por=validadora)
        assert Observacion.objects.get().resuelta_por == validadora

    def test_otra_persona_de_la_misma_instancia_tambien_la_cierra(self, observacion, rectora):
        otra = con_rol(roles.ValidacionSIBISO, en=rectora)
        assert observaciones.mover(REGLA, observacion, "resolver", por=otra).estado == "resuelta"

    def test_reabierta_vuelve_a_frenar(self, regla, observacion, validadora):
        observaciones.mover(REGLA, observacion, "resolver", por=validadora)
        observaciones.mover(REGLA, observacion, "reabrir", por=validadora)

        with pytest.raises(ErrorDeNegocio):
            revision.validar(regla, por=validadora)
        assert Observacion.objects.get().resuelta_en is None

    def test_resolver_dos_veces_se_dice(self, observacion, validadora):
        observaciones.mover(REGLA, observacion, "resolver", por=validadora)
        with pytest.raises(TransicionInvalida):
            observaciones.mover(REGLA, observacion, "resolver", por=validadora)

    def test_una_cerrada_no_se_contesta(self, regla, observacion, enlace, validadora):
        revision.observar(regla, por=validadora)
        observaciones.mover(REGLA, observacion, "resolver", por=validadora)

        with pytest.raises(ErrorDeNegocio, match="ya está cerrada"):
            observaciones.responder(REGLA, observacion, por=enlace, texto="Va.")
        assert not Respuesta.objects.exists()


class TestMuchas:
    def test_mil_observaciones_caben_en_la_pagina_con_las_mismas_consultas(
        self, regla, validadora, como, django_assert_max_num_queries
    ):
        organo = validadora.adscripciones.get().dependencia
        comun = {"expediente": regla.expediente, "organo": organo, "autor": validadora}
        ObservacionFactory.create_batch(3, **comun)
        visitante = como(validadora)
        with django_assert_max_num_queries(80) as pocas:
            pagina(visitante, regla)
        Observacion.objects.bulk_create(ObservacionFactory.build_batch(1_000, **comun))
        with django_assert_max_num_queries(len(pocas)):
            html = pagina(visitante, regla)

        assert html.count('class="hilo ') == 20
        assert "Ver 983 observaciones más de este campo" in html
        assert pagina(visitante, regla, "?campo=resumen").count('class="hilo ') == 200

    def test_al_regresarla_se_notifican_todas_de_una_vez(self, regla, validadora):
        organo = validadora.adscripciones.get().dependencia
        comun = {"expediente": regla.expediente, "organo": organo, "autor": validadora}
        ObservacionFactory.create_batch(30, **comun)

        assert revision.observar(regla, por=validadora).estado == E.OBSERVADO
        assert Observacion.objects.notificadas().count() == 30


def test_camino_contestar_y_resolver_dejan_el_hilo_entero(regla, titular, validadora, como):
    camino.observar(regla, por=validadora)
    camino.contestar(regla, por=titular)
    revision.atender(regla, por=titular)
    camino.resolver(regla, por=validadora)

    html = pagina(como(validadora), regla, "?cerradas=on")
    assert "Corregido." in html
    assert "La dio por resuelta" in html
