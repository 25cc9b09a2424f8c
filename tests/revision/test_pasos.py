"""Dar un paso: desde una página vieja, dos veces, sin facultad, por quien lo hizo, o como debe ser."""

from __future__ import annotations

import pytest

from programas.estados import EstadoRegla as E
from programas.materia import REGLA
from programas.models import ReglaOperacion
from programas.servicios import revision
from sibis.avisos.models import Aviso
from sibis.bitacora.models import Evento
from sibis.cuentas import roles
from sibis.nucleo.errores import EdicionConcurrente, ErrorDeNegocio, SinPermiso, TransicionInvalida
from sibis.revision.models import Asignacion, Paso, Remision
from sibis.revision.servicios import pasos
from sibis.revision.servicios.asignaciones import reasignar
from tests.fabricas import programas as f
from tests.fabricas.cuentas import con_rol
from tests.programas import camino
from tests.revision.conftest import con_carpeta

pytestmark = pytest.mark.django_db


def url(regla, nombre: str) -> str:
    return f"/panel/revision/{regla.expediente_id}/paso/{nombre}/"


def estado(regla) -> str:
    return ReglaOperacion.objects.values_list("estado", flat=True).get(pk=regla.pk)


class TestPaginaVieja:
    def test_quien_decide_sobre_lo_que_ya_se_movio_se_entera_de_quien_y_que(
        self, regla, validadora, rectora
    ):
        otra = con_rol(roles.ValidacionSIBISO, en=rectora)
        visto = 0
        camino.observar(regla, por=otra)
        revision.retirar(
            regla, por=con_rol(roles.TitularQueFirma, en=regla.dependencia), motivo="No va."
        )

        with pytest.raises(EdicionConcurrente, match="Ya lo atendió .*: «retirar»"):
            pasos.dar(REGLA, regla, "validar", por=validadora, visto=visto)

    def test_el_mismo_boton_dos_veces_mueve_una(self, regla, validadora, como):
        visitante = como(validadora)
        primera = visitante.post(url(regla, "validar"), {"visto": ""})
        segunda = visitante.post(url(regla, "validar"), {"visto": ""})

        assert (primera.status_code, segunda.status_code) == (302, 422)
        assert "quizá alguien lo atendió antes" in segunda.content.decode()
        assert Paso.objects.filter(nombre="validar").count() == 1


class TestQuienNoPuede:
    def test_de_otra_dependencia_ni_lo_ve(self, regla, ajena, como):
        visitante = como(ajena)
        assert visitante.get(f"/panel/revision/{regla.expediente_id}/").status_code == 404
        assert visitante.get(url(regla, "validar")).status_code == 404
        assert visitante.post(url(regla, "validar")).status_code == 404
        assert estado(regla) == E.EN_REVISION

    def test_quien_presenta_pide_validar_con_una_peticion_hecha_a_mano(self, regla, titular, como):
        respuesta = como(titular).post(url(regla, "validar"), {"motivo": "", "visto": ""})

        assert respuesta.status_code == 422
        assert "Tu función no permite validar" in respuesta.content.decode()
        assert estado(regla) == E.EN_REVISION

    @pytest.mark.parametrize("nombre", ["sustituir", "incorporar", "entrar-en-vigor", "no-existe"])
    def test_lo_que_solo_hace_el_sistema_no_tiene_direccion(self, regla, validadora, como, nombre):
        assert como(validadora).post(url(regla, nombre)).status_code == 404

    def test_un_expediente_que_no_se_revisa_no_tiene_pagina(self, validadora, como):
        from tests.fabricas.expedientes import ExpedienteFactory

        ajeno = ExpedienteFactory(clase="vencimiento")
        assert como(validadora).get(f"/panel/revision/{ajeno.pk}/").status_code == 404

    def test_quien_la_captura_y_recibe_la_funcion_de_validar_no_decide(self, regla, validadora):
        ReglaOperacion.objects.filter(pk=regla.pk).update(capturado_por=validadora)

        with pytest.raises(SinPermiso, match="otra persona"):
            revision.validar(regla, por=validadora)

    def test_mirar_no_cambia_nada(self, regla, validadora, como):
        antes = Evento.objects.count(), Paso.objects.count()
        como(validadora).get(url(regla, "validar"))

        assert (Evento.objects.count(), Paso.objects.count()) == antes


class TestRemision:
    def test_lo_enviado_queda_congelado_aunque_despues_se_corrija(
        self, dependencia, titular, validadora
    ):
        regla = f.ReglaFactory(completa=True, programa__dependencia=dependencia)
        revision.enviar(regla, por=titular)
        revision.tomar(regla, por=validadora)
        camino.observar(regla, por=validadora)
        ReglaOperacion.objects.filter(pk=regla.pk).update(resumen="Otro.")
        camino.contestar(regla, por=titular)
        revision.atender(regla, por=titular)

        primera, segunda = Remision.objects.order_by("numero")
        textos = [
            {c["clave"]: c["texto"] for a in r.contenido for c in a["campos"]}["resumen"]
            for r in (primera, segunda)
        ]
        assert textos == ["Da dinero para la escuela.", "Otro."]
        assert primera.huella != segunda.huella

    def test_no_se_regresa_a_revision_sin_contestar_lo_observado(self, regla, titular, validadora):
        camino.observar(regla, por=validadora)

        with pytest.raises(ErrorDeNegocio) as error:
            revision.atender(regla, por=titular)
        assert "1 observación sin contestar" in error.value.detalles[0]

    def test_con_una_observacion_abierta_no_se_valida(self, regla, titular, validadora):
        camino.observar(regla, por=validadora)
        camino.contestar(regla, por=titular)
        revision.atender(regla, por=titular)

        with pytest.raises(ErrorDeNegocio) as error:
            revision.validar(regla, por=validadora)
        assert "1 observación abierta" in error.value.detalles[0]
        camino.resolver(regla, por=validadora)
        assert revision.validar(regla, por=validadora).estado == E.VALIDADO


class TestAsignacion:
    def test_quien_la_toma_la_tiene_y_puede_pasarla(
        self, dependencia, titular, validadora, rectora
    ):
        regla = f.ReglaFactory(completa=True, programa__dependencia=dependencia)
        camino.hasta_revision(regla, titular=titular, validadora=validadora)
        otra = con_rol(roles.ValidacionSIBISO, en=rectora)

        reasignar(REGLA, regla, a=otra, por=validadora)

        vivas = Asignacion.objects.filter(hasta__isnull=True)
        assert [a.revisor for a in vivas] == [otra]
        assert Asignacion.objects.count() == 2

    def test_no_se_pasa_a_quien_no_puede_decidir(self, dependencia, titular, validadora, enlace):
        regla = f.ReglaFactory(completa=True, programa__dependencia=dependencia)
        camino.hasta_revision(regla, titular=titular, validadora=validadora)

        with pytest.raises(SinPermiso, match="no puede decidir"):
            reasignar(REGLA, regla, a=enlace, por=validadora)


class TestAvisos:
    def test_se_avisa_a_quien_sigue_y_no_a_quien_lo_hizo(
        self, dependencia, titular, validadora, ajena
    ):
        regla = f.ReglaFactory(completa=True, programa__dependencia=dependencia)
        revision.enviar(regla, por=titular)

        avisados = set(Aviso.objects.values_list("para__username", flat=True))
        assert validadora.username in avisados
        assert not avisados & {titular.username, ajena.username}

    def test_al_regresarla_se_entera_quien_la_escribe_y_quien_la_firma(
        self, regla, titular, enlace, validadora
    ):
        camino.observar(regla, por=validadora)

        avisados = set(Aviso.objects.values_list("para__username", flat=True))
        assert {titular.username, enlace.username} <= avisados


def test_el_dictamen_en_contra_termina_y_lleva_sus_consideraciones(dependencia, evaluadora):
    regla = con_carpeta(
        f.ReglaFactory(completa=True, en_dictamen=True, programa__dependencia=dependencia)
    )
    with pytest.raises(ErrorDeNegocio, match="escribir el motivo"):
        revision.dictaminar_en_contra(regla, por=evaluadora)
    revision.dictaminar_en_contra(regla, por=evaluadora, motivo="No atiende el problema.")

    dictamen = regla.expediente.dictamenes.get()
    assert (dictamen.sentido, dictamen.consideraciones) == (
        "no_favorable",
        "No atiende el problema.",
    )
    assert dictamen.folio.startswith("EVALUA/")
    with pytest.raises(TransicionInvalida):
        revision.aprobar(regla, por=evaluadora)


def test_dos_dictamenes_del_mismo_organo_llevan_folios_corridos(dependencia, evaluadora):
    folios = []
    for _ in range(3):
        regla = con_carpeta(
            f.ReglaFactory(completa=True, en_dictamen=True, programa__dependencia=dependencia)
        )
        revision.aprobar(regla, por=evaluadora)
        folios.append(regla.expediente.dictamenes.get().folio)

    assert [folio.rpartition("/")[2] for folio in folios] == ["0001", "0002", "0003"]
