"""Enviar, observar, validar y retirar: quién puede, qué falta y qué queda escrito."""

from __future__ import annotations

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from programas.estados import EstadoRegla as E
from programas.materia import REGLA
from programas.models import ReglaOperacion
from programas.servicios import publicacion, revision
from sibis.bitacora.models import Evento
from sibis.cuentas import roles
from sibis.nucleo.errores import ErrorDeNegocio, SinPermiso, TransicionInvalida
from sibis.revision.models import Observacion
from sibis.revision.servicios.expediente import expediente_de
from tests.fabricas import programas as f
from tests.fabricas.cuentas import AdscripcionFactory, con_rol
from tests.fabricas.revision import RemisionFactory
from tests.programas import camino

pytestmark = pytest.mark.django_db


@pytest.fixture
def regla(dependencia):
    return f.ReglaFactory(completa=True, programa__dependencia=dependencia)


@pytest.fixture
def en_revision(dependencia):
    return f.ReglaFactory(completa=True, en_revision=True, programa__dependencia=dependencia)


def en_la_base(regla) -> ReglaOperacion:
    return ReglaOperacion.objects.get(pk=regla.pk)


class TestEnviar:
    def test_completa_queda_en_revision_con_su_firma(self, regla, titular):
        revision.enviar(regla, por=titular)

        guardada = en_la_base(regla)
        assert (guardada.estado, guardada.enviado_por) == (E.ENVIADO, titular)
        assert timezone.now() - guardada.enviado_en < datetime.timedelta(minutes=1)

    def test_incompleta_dice_todo_lo_que_falta_de_una_vez_y_no_cambia(self, dependencia, titular):
        for clave in ("resumen", "a-quien", "objetivo", "queja"):
            f.ExigenciaFactory(clave=clave)
        regla = f.ReglaFactory(programa__dependencia=dependencia, objetivo="Sí lo tiene.")

        with pytest.raises(ErrorDeNegocio, match="faltan 3 cosas.*No se cambió nada") as error:
            revision.enviar(regla, por=titular)

        assert set(error.value.detalles) == {"Falta resumen.", "Falta a-quien.", "Falta queja."}
        assert en_la_base(regla).estado == E.BORRADOR
        assert not Evento.objects.exists()

    def test_una_observada_y_corregida_vuelve_a_revision(self, dependencia, titular):
        regla = f.ReglaFactory(completa=True, observada=True, programa__dependencia=dependencia)

        assert revision.atender(regla, por=titular).estado == E.EN_REVISION

    @pytest.mark.parametrize("dato", ["GARC800101HDFRRL09", "012180001234567897"])
    def test_unas_reglas_con_la_curp_o_la_clabe_de_alguien_no_se_envian(self, regla, titular, dato):
        ReglaOperacion.objects.filter(pk=regla.pk).update(como_solicitar=f"Pregunta por {dato}.")

        with pytest.raises(ErrorDeNegocio) as error:
            revision.enviar(regla, por=titular)
        assert "parece traer una" in error.value.detalles[0]
        assert dato not in str(error.value.detalles)

    def test_el_correo_de_atencion_si_puede_ir(self, regla, titular):
        ReglaOperacion.objects.filter(pk=regla.pk).update(queja="quejas@ejemplo.cdmx.gob.mx")

        assert revision.enviar(regla, por=titular).estado == E.ENVIADO

    def test_quien_captura_no_firma(self, regla, enlace):
        with pytest.raises(SinPermiso, match="no permite enviar"):
            revision.enviar(regla, por=enlace)


class TestObservar:
    def test_regresa_la_regla_con_lo_observado_ya_a_la_vista(self, en_revision, validadora):
        camino.observar(en_revision, por=validadora, texto="  Falta el total.  ")

        assert en_la_base(en_revision).estado == E.OBSERVADO
        observacion = Observacion.objects.get()
        assert (observacion.texto, observacion.campo) == ("Falta el total.", "resumen")
        assert observacion.notificada_en is not None

    def test_sin_ninguna_observacion_no_se_regresa(self, en_revision, validadora):
        with pytest.raises(ErrorDeNegocio) as error:
            revision.observar(en_revision, por=validadora)

        assert "al menos una observación" in error.value.detalles[0]
        assert en_la_base(en_revision).estado == E.EN_REVISION

    def test_evalua_no_decide_lo_que_le_toca_a_la_secretaria(self, en_revision):
        for paso in (revision.validar, revision.observar):
            with pytest.raises(SinPermiso, match="la dependencia que coordina"):
                paso(en_revision, por=camino.evaluadora())

    @pytest.mark.parametrize(
        "texto", ["La CURP GARC800101HDFRRL09 no va.", "Escribe a ana@ejemplo.mx"]
    )
    def test_un_texto_con_datos_personales_se_devuelve_con_palabras(
        self, en_revision, validadora, texto
    ):
        with pytest.raises(ErrorDeNegocio, match="CURP") as error:
            camino.observar(en_revision, por=validadora, texto=texto)

        assert not any(p in str(error.value) for p in ("GARC", "ana@"))
        assert en_la_base(en_revision).estado == E.EN_REVISION
        assert not Observacion.objects.exists()


class TestValidar:
    def test_queda_validada_con_quien_y_cuando(self, en_revision, validadora):
        revision.validar(en_revision, por=validadora)

        guardada = en_la_base(en_revision)
        assert (guardada.estado, guardada.validado_por) == (E.VALIDADO, validadora)
        assert guardada.validado_en is not None

    def test_una_que_dejo_de_estar_completa_no_se_valida(self, dependencia, validadora):
        """La norma pudo cambiar entre el envío y la revisión."""
        en_revision = f.ReglaFactory(en_revision=True, programa__dependencia=dependencia)
        f.ExigenciaFactory(clave="queja")

        with pytest.raises(ErrorDeNegocio) as error:
            revision.validar(en_revision, por=validadora)
        assert error.value.detalles == ("Falta queja.",)

    @pytest.mark.parametrize("papel", ["capturado_por", "enviado_por"])
    def test_quien_la_capturo_o_envio_no_la_valida_aunque_hoy_tenga_la_funcion(
        self, papel, dependencia, validadora
    ):
        regla = f.ReglaFactory(
            en_revision=True, programa__dependencia=dependencia, **{papel: validadora}
        )

        with pytest.raises(SinPermiso, match="la debe decidir otra persona"):
            revision.validar(regla, por=validadora)
        assert en_la_base(regla).estado == E.EN_REVISION

    def test_quien_valida_no_puede_ser_de_la_misma_dependencia(self, dependencia, en_revision):
        de_casa = con_rol(roles.ValidacionSIBISO, en=dependencia)

        with pytest.raises(SinPermiso, match="tu propia dependencia"):
            revision.validar(en_revision, por=de_casa)

    def test_con_otra_adscripcion_que_no_da_la_facultad_sigue_siendo_juez_y_parte(
        self, dependencia, rectora, en_revision
    ):
        de_casa = con_rol(roles.ValidacionSIBISO, en=dependencia)
        AdscripcionFactory(usuario=de_casa, dependencia=rectora, rol=roles.Analista.clave)

        with pytest.raises(SinPermiso, match="tu propia dependencia"):
            revision.validar(en_revision, por=de_casa)

    @pytest.mark.parametrize("papel", ["capturado_por", "enviado_por"])
    def test_quien_la_capturo_tampoco_la_observa_ni_la_publica(
        self, papel, dependencia, validadora
    ):
        de_la_misma = {"programa__dependencia": dependencia, papel: validadora}
        en_revision = f.ReglaFactory(en_revision=True, **de_la_misma)
        aprobada = f.ReglaFactory(aprobada=True, **de_la_misma)

        with pytest.raises(SinPermiso):
            revision.observar(en_revision, por=validadora)
        with pytest.raises(SinPermiso):
            publicacion.publicar(aprobada, por=validadora, **camino.GACETA)


class TestLoDeLaRectora:
    """La Secretaría que valida a las demás también opera programas: sobre ellos decide EVALÚA."""

    @pytest.fixture
    def suya(self, rectora):
        regla = f.ReglaFactory(completa=True, en_revision=True, programa__dependencia=rectora)
        RemisionFactory(expediente=expediente_de(REGLA, regla))
        return regla

    def test_no_decide_sobre_lo_suyo(self, suya, validadora):
        with pytest.raises(SinPermiso, match="tu propia dependencia"):
            revision.validar(suya, por=validadora)

    def test_lo_valida_dictamina_y_publica_evalua_con_dos_personas(self, suya):
        una, otra = camino.evaluadora(), camino.evaluadora()
        revision.validar(suya, por=una)
        with pytest.raises(SinPermiso, match="Validaste esta regla"):
            revision.tomar_dictamen(suya, por=una)
        revision.tomar_dictamen(suya, por=otra)
        revision.aprobar(suya, por=otra)

        assert publicacion.publicar(suya, por=una, **camino.GACETA).estado == E.PUBLICADO


class TestQuienNoPuede:
    def test_una_funcion_vencida_ya_no_vale(self, en_revision, rectora):
        ayer = timezone.localdate() - datetime.timedelta(days=1)
        fue = AdscripcionFactory(
            dependencia=rectora,
            rol=roles.ValidacionSIBISO.clave,
            vigente_desde=ayer,
            vigente_hasta=ayer,
        ).usuario

        with pytest.raises(SinPermiso):
            revision.validar(en_revision, por=fue)

    def test_una_funcion_que_empieza_manana_todavia_no_vale(self, en_revision, rectora):
        manana = timezone.localdate() + datetime.timedelta(days=1)
        sera = AdscripcionFactory(
            dependencia=rectora, rol=roles.ValidacionSIBISO.clave, vigente_desde=manana
        ).usuario

        with pytest.raises(SinPermiso):
            revision.validar(en_revision, por=sera)

    def test_una_cuenta_suspendida_no_puede_nada(self, en_revision, validadora):
        validadora.is_active = False

        with pytest.raises(SinPermiso):
            revision.validar(en_revision, por=validadora)

    def test_quien_no_ha_entrado_no_puede_nada(self, en_revision):
        with pytest.raises(SinPermiso):
            revision.validar(en_revision, por=AnonymousUser())

    def test_encender_is_superuser_no_abre_nada(self, en_revision, enlace):
        with pytest.raises(AttributeError):
            enlace.is_superuser = True
        with pytest.raises(SinPermiso):
            revision.validar(en_revision, por=enlace)


class TestCopiaVieja:
    """Quien llama trae la regla como la abrió hace una hora; manda la que está en la base."""

    def test_si_ya_la_atendieron_se_dice_y_no_se_encima(self, en_revision, validadora):
        vieja = en_la_base(en_revision)
        camino.observar(en_revision, por=validadora)

        with pytest.raises(TransicionInvalida, match="quizá alguien lo atendió antes"):
            revision.validar(vieja, por=validadora)
        assert en_la_base(en_revision).estado == E.OBSERVADO

    def test_mentir_sobre_el_estado_en_memoria_no_sirve(self, regla, validadora):
        regla.estado = E.EN_REVISION

        with pytest.raises(TransicionInvalida):
            revision.validar(regla, por=validadora)

    def test_lo_cambiado_en_memoria_no_se_cuela_con_la_transicion(self, en_revision, validadora):
        en_revision.resumen, en_revision.dependencia = (
            "Colado.",
            validadora.adscripciones.get().dependencia,
        )
        revision.validar(en_revision, por=validadora)

        guardada = en_la_base(en_revision)
        assert guardada.resumen != "Colado."
        assert guardada.dependencia == guardada.programa.dependencia


def test_retirar_la_deja_guardada_y_fuera_de_la_cola(regla, titular):
    revision.retirar(regla, por=titular, motivo="El programa se fusiona.")

    assert en_la_base(regla).estado == E.RETIRADO
    assert not ReglaOperacion.objects.en_curso().exists()
