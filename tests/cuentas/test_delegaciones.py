"""Delegar una función por un tiempo: quién puede, en quién, hasta cuándo, y que no abre atajos."""

from __future__ import annotations

import datetime

import pytest
from django.db import IntegrityError, transaction

from sibis.avisos.models import Aviso
from sibis.bitacora.models import Evento
from sibis.bitacora.presentadores import frase
from sibis.cuentas import roles
from sibis.cuentas.delegaciones import dias_maximos
from sibis.cuentas.models import Adscripcion
from sibis.cuentas.permisos import Permiso, puede
from sibis.cuentas.servicios import adscripciones
from sibis.cuentas.servicios.delegaciones import revocar
from sibis.nucleo.errores import ErrorDeNegocio, SinPermiso
from tests.cuentas.delegar import dentro_de, fresca, otorgar
from tests.fabricas.cuentas import AdscripcionFactory, con_rol

pytestmark = pytest.mark.django_db


class TestDelegar:
    def test_la_otra_persona_ejerce_la_funcion_desde_ese_dia(self, validadora, suplente):
        delegada = otorgar(validadora, suplente)

        assert puede(fresca(suplente), Permiso.REGLA_VALIDAR)
        assert (delegada.delegada_por, delegada.oficio) == (validadora, "SEBIEN/017/2026")
        assert puede(fresca(validadora), Permiso.REGLA_VALIDAR)  # no la pierde quien delega

    def test_empieza_y_vence_sola(self, validadora, suplente):
        otorgar(validadora, suplente, desde=dentro_de(2), hasta=dentro_de(4))

        vale = [
            puede(fresca(suplente), Permiso.REGLA_VALIDAR, fecha=dentro_de(n)) for n in range(6)
        ]
        assert vale == [False, False, True, True, True, False]

    def test_queda_en_la_bitacora_y_se_le_avisa(self, validadora, suplente):
        otorgar(validadora, suplente)

        evento = Evento.objects.get(tipo="adscripcion.delegada")
        assert frase(evento) == (
            f"{validadora} delegó en {suplente} la función «Validación de la Secretaría de "
            "Bienestar» en SEBIEN, con el oficio SEBIEN/017/2026"
        )
        aviso = Aviso.objects.get(para=suplente)
        assert str(validadora) in aviso.titulo
        assert "SEBIEN/017/2026" in aviso.texto

    def test_lo_delegado_no_se_vuelve_a_delegar(self, validadora, suplente, rectora):
        delegada = otorgar(validadora, suplente)
        tercera = con_rol(roles.Analista, en=rectora)

        assert not puede(fresca(suplente), Permiso.FUNCION_DELEGAR)
        with pytest.raises(SinPermiso, match="no se puede volver a delegar"):
            otorgar(suplente, tercera, funcion=delegada, por=fresca(suplente))

    def test_nadie_delega_la_funcion_de_otra_persona(self, validadora, suplente, rectora):
        otra = con_rol(roles.ValidacionSIBISO, en=rectora)

        with pytest.raises(SinPermiso, match="propia"):
            otorgar(validadora, suplente, por=otra)

    def test_una_funcion_que_no_se_delega_no_se_delega(self, rectora, suplente):
        enlace = con_rol(roles.EnlaceDeDependencia, en=rectora)

        with pytest.raises(SinPermiso, match="no se puede delegar"):
            otorgar(enlace, suplente)

    def test_una_funcion_retirada_ya_no_se_delega(self, validadora, suplente):
        funcion = validadora.adscripciones.get()
        adscripciones.dar_de_baja(funcion, por=None, motivo="Cambio de área.")

        with pytest.raises(SinPermiso, match="en vigor"):
            otorgar(validadora, suplente)

    @pytest.mark.parametrize("caso", ["otra_dependencia", "suspendida", "ella_misma", "de_paso"])
    def test_solo_en_otra_cuenta_activa_de_la_misma_dependencia(self, validadora, rectora, caso):
        ajena = con_rol(roles.Analista)
        en = {
            "otra_dependencia": ajena,
            "suspendida": con_rol(roles.Analista, en=rectora, is_active=False),
            "ella_misma": validadora,
            "de_paso": con_rol(roles.Analista),
        }[caso]
        if caso == "de_paso":  # está ahí solo porque otra persona le delegó
            AdscripcionFactory(
                usuario=en,
                dependencia=rectora,
                rol=roles.Finanzas.clave,
                delegada_por=ajena,
                oficio="1",
                vigente_hasta=dentro_de(5),
            )
        with pytest.raises(ErrorDeNegocio):
            otorgar(validadora, en)
        assert not Adscripcion.objects.filter(delegada_por=validadora).exists()

    @pytest.mark.parametrize(
        ("desde", "hasta", "motivo"),
        [
            (-1, 5, "empieza hoy o después"),
            (3, 2, "termina después de empezar"),
            (0, 90, "a lo más 90 días"),
        ],
    )
    def test_el_periodo_imposible_se_dice(self, validadora, suplente, desde, hasta, motivo):
        with pytest.raises(ErrorDeNegocio, match=motivo):
            otorgar(validadora, suplente, desde=dentro_de(desde), hasta=dentro_de(hasta))

    def test_noventa_dias_justos_si(self, validadora, suplente):
        assert otorgar(validadora, suplente, hasta=dentro_de(89)).pk

    def test_el_tope_es_el_que_vale_ese_dia(self, settings):
        settings.DELEGACION_MAXIMA = [("2019-01-01", 90), ("2027-01-01", 30)]

        assert dias_maximos(datetime.date(2026, 12, 31)) == 90
        assert dias_maximos(datetime.date(2027, 1, 1)) == 30

    def test_no_dura_mas_que_la_funcion_de_quien_delega(self, rectora, suplente):
        temporal = AdscripcionFactory(
            dependencia=rectora, rol=roles.ValidacionSIBISO.clave, vigente_hasta=dentro_de(5)
        ).usuario

        with pytest.raises(ErrorDeNegocio, match="Tu función termina"):
            otorgar(temporal, suplente)

    @pytest.mark.parametrize(
        ("oficio", "motivo"), [("  ", "número del oficio"), ("GARC800101HDFRRL09", "CURP")]
    )
    def test_el_oficio_es_obligatorio_y_no_trae_datos_de_nadie(
        self, validadora, suplente, oficio, motivo
    ):
        with pytest.raises(ErrorDeNegocio, match=motivo):
            otorgar(validadora, suplente, oficio=oficio)

    def test_las_incompatibles_tampoco_por_delegacion(self, validadora, rectora):
        """Quien presenta no decide, aunque se lo deleguen."""
        enlace = con_rol(roles.EnlaceDeDependencia, en=rectora)

        with pytest.raises(ErrorDeNegocio, match="no puede decidir sobre él"):
            otorgar(validadora, enlace)

    def test_dos_veces_en_las_mismas_fechas_no(self, validadora, suplente):
        otorgar(validadora, suplente)

        with pytest.raises(ErrorDeNegocio, match="ya tiene esa función"):
            otorgar(validadora, suplente)


class TestRevocar:
    def test_deja_de_valer_ese_mismo_dia_y_termina_sus_sesiones(self, validadora, suplente):
        delegada = otorgar(validadora, suplente)
        sello = fresca(suplente).sello_de_sesion
        revocar(delegada, por=validadora, motivo="Regresé antes.")

        assert not puede(fresca(suplente), Permiso.REGLA_VALIDAR)
        assert fresca(suplente).sello_de_sesion != sello
        assert Aviso.objects.filter(para=suplente).count() == 2
        assert otorgar(validadora, suplente).pk  # y se puede volver a dar

    def test_la_retira_solo_quien_la_dio(self, validadora, suplente, rectora):
        delegada = otorgar(validadora, suplente)

        with pytest.raises(SinPermiso):
            revocar(delegada, por=con_rol(roles.ValidacionSIBISO, en=rectora), motivo="No.")

    @pytest.mark.parametrize("motivo", ["", "  "])
    def test_pide_motivo(self, validadora, suplente, motivo):
        with pytest.raises(ErrorDeNegocio, match="motivo"):
            revocar(otorgar(validadora, suplente), por=validadora, motivo=motivo)

    def test_al_perder_la_funcion_se_acaban_sus_delegaciones(self, validadora, suplente):
        otorgar(validadora, suplente)
        propia = validadora.adscripciones.get()
        adscripciones.dar_de_baja(propia, por=None, motivo="Cambio de área.")

        assert not puede(fresca(suplente), Permiso.REGLA_VALIDAR)
        assert Evento.objects.filter(tipo="adscripcion.delegacion_retirada").exists()


class TestLaBase:
    @pytest.mark.parametrize(
        "datos",
        [
            {"oficio": ""},
            {"vigente_hasta": None},
            {"delegada_por": None},
        ],
    )
    def test_una_delegacion_va_completa(self, validadora, suplente, datos):
        completa = {"delegada_por": validadora, "oficio": "1", "vigente_hasta": dentro_de(3)}

        with pytest.raises(IntegrityError, match="delegada_completa"), transaction.atomic():
            AdscripcionFactory(usuario=suplente, **{**completa, **datos})

    def test_nadie_se_delega_a_si_mismo(self, validadora):
        with pytest.raises(IntegrityError, match="nadie_se_delega"), transaction.atomic():
            AdscripcionFactory(
                usuario=validadora,
                delegada_por=validadora,
                oficio="1",
                vigente_hasta=dentro_de(3),
            )
