"""Lo que se hace por delegación se dice, no abre atajos, y se administra desde su página."""

from __future__ import annotations

import pytest
from django.urls import reverse

from programas.servicios import revision
from sibis.bitacora.presentadores import frase
from sibis.cuentas import roles
from sibis.cuentas.delegaciones import delegante
from sibis.cuentas.models import Adscripcion
from sibis.cuentas.permisos import Permiso
from sibis.nucleo.errores import SinPermiso
from tests.cuentas.delegar import dentro_de, fresca, otorgar
from tests.fabricas import programas as f
from tests.fabricas.bitacora import EventoFactory
from tests.fabricas.cuentas import DependenciaFactory, con_rol, entrar

pytestmark = pytest.mark.django_db


class TestPorDelegacionDe:
    def test_lo_dice_de_quien_la_ejerce_solo_por_delegacion(self, validadora, suplente):
        otorgar(validadora, suplente)
        dep = DependenciaFactory()

        assert delegante(fresca(suplente), Permiso.REGLA_VALIDAR, dep) == validadora
        assert (
            delegante(fresca(suplente), Permiso.REGLA_VER, dep) is None
        )  # también la tiene propia
        assert delegante(fresca(validadora), Permiso.REGLA_VALIDAR, dep) is None
        assert delegante(fresca(suplente), Permiso.REGLA_DICTAMINAR, dep) is None

    def test_la_bitacora_lo_dice_en_su_oracion(self):
        evento = EventoFactory(
            tipo="regla.validar",
            por="suplente",
            detalle={"version": 1, "ejercicio": 2026, "por_delegacion_de": "titular"},
        )

        assert frase(evento) == "suplente validó la versión 1 de 2026, por delegación de titular"


class TestQuienCapturaNoAprueba:
    """Por el motor: recibir la función no borra lo que una hizo antes."""

    def test_quien_capturo_y_recibe_la_funcion_no_valida_lo_suyo(self, validadora, suplente):
        suya = f.ReglaFactory(completa=True, en_revision=True, capturado_por=suplente)
        ajena = f.ReglaFactory(completa=True, en_revision=True)
        otorgar(validadora, suplente)

        with pytest.raises(SinPermiso, match="la debe decidir otra persona"):
            revision.exigir("validar", suya, por=fresca(suplente))
        assert revision.exigir("validar", ajena, por=fresca(suplente)).nombre == "validar"

    def test_lo_de_su_propia_dependencia_tampoco(self, validadora, suplente, rectora):
        otorgar(validadora, suplente)
        suya = f.ReglaFactory(completa=True, en_revision=True, programa__dependencia=rectora)

        with pytest.raises(SinPermiso, match="tu propia dependencia"):
            revision.exigir("validar", suya, por=fresca(suplente))


class TestLaPagina:
    URL = "/panel/delegaciones/"

    def datos(self, validadora, suplente, **cambios):
        return {
            "funcion": validadora.adscripciones.get().pk,
            "en": suplente.pk,
            "desde": dentro_de(0).isoformat(),
            "hasta": dentro_de(10).isoformat(),
            "oficio": "SEBIEN/017/2026",
            **cambios,
        }

    def test_se_delega_y_se_retira_desde_ella(self, client, validadora, suplente):
        entrar(client, validadora)
        assert client.get(self.URL).status_code == 200
        client.post(self.URL, self.datos(validadora, suplente))
        delegada = Adscripcion.objects.get(delegada_por=validadora)

        retirar = reverse("delegaciones:retirar", args=[delegada.pk])
        assert client.get(retirar).status_code == 200
        assert client.post(retirar, {"motivo": ""}).status_code == 422
        client.post(retirar, {"motivo": "Regresé."})
        delegada.refresh_from_db()
        assert delegada.baja_en is not None
        assert "Retirada el" in client.get(self.URL).content.decode()

    def test_lo_que_no_procede_se_dice_y_no_se_guarda(self, client, validadora, suplente):
        entrar(client, validadora)
        respuesta = client.post(
            self.URL, self.datos(validadora, suplente, hasta=dentro_de(200).isoformat())
        )

        assert respuesta.status_code == 422
        assert "a lo más 90 días" in respuesta.content.decode()
        assert not Adscripcion.objects.filter(delegada_por=validadora).exists()

    def test_una_funcion_o_una_cuenta_que_no_son_de_la_lista_no_se_aceptan(
        self, client, validadora, suplente
    ):
        entrar(client, validadora)
        ajena = con_rol(roles.TitularQueFirma)
        for cambio in ({"funcion": ajena.adscripciones.get().pk}, {"en": ajena.pk}):
            respuesta = client.post(self.URL, self.datos(validadora, suplente, **cambio))
            assert respuesta.status_code == 422

    def test_la_delegacion_de_otra_persona_no_existe(self, client, validadora, suplente, rectora):
        delegada = otorgar(validadora, suplente)
        entrar(client, con_rol(roles.ValidacionSIBISO, en=rectora))

        url = reverse("delegaciones:retirar", args=[delegada.pk])
        assert client.get(url).status_code == 404
        assert client.post(url, {"motivo": "x"}).status_code == 404

    def test_quien_no_delega_ve_lo_que_le_delegaron_y_no_el_formulario(
        self, client, validadora, suplente
    ):
        otorgar(validadora, suplente)
        entrar(client, fresca(suplente))

        respuesta = client.get(self.URL)
        assert respuesta.context["form"] is None
        assert f"Por delegación de {validadora}" in respuesta.content.decode()
        assert client.post(self.URL, {}).status_code == 200
