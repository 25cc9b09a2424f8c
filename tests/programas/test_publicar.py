"""Publicar: con su Gaceta, la regla pasa al portal y sustituye a la anterior; o no pasa nada."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from programas import vigor
from programas.consultas.busqueda import buscar
from programas.consultas.filtros import Filtros
from programas.estados import EstadoRegla as E
from programas.models import FichaPublica, ReglaOperacion, Vocabulario
from programas.servicios import captura, publicacion, revision
from sibis.bitacora.models import Evento
from sibis.cuentas import roles
from sibis.nucleo.errores import ErrorDeNegocio
from tests.fabricas import programas as f
from tests.fabricas.cuentas import DependenciaFactory, UsuarioFactory, con_rol

pytestmark = pytest.mark.django_db

DIA = datetime.date(2025, 1, 31)


@pytest.fixture
def programa(dependencia):
    return f.ProgramaFactory(clave="mi-beca", nombre="Mi Beca", dependencia=dependencia)


@pytest.fixture
def aprobada(programa):
    return f.ReglaFactory(aprobada=True, completa=True, programa=programa)


@pytest.fixture
def publicar(validadora):
    def _publicar(regla, **cambios):
        datos = {"gaceta_numero": "1600", "gaceta_fecha": DIA, **cambios}
        return publicacion.publicar(regla, por=validadora, **datos)

    return _publicar


def estados(programa) -> list[tuple[int, int, str]]:
    return sorted(programa.reglas.values_list("ejercicio", "version", "estado"))


def test_queda_publicada_con_su_gaceta_y_quien_y_cuando(aprobada, publicar, validadora):
    publicar(aprobada, gaceta_numero=" 1600 bis ", coplade_acuerdo="COPLADE/SO/I/13/2025")

    regla = ReglaOperacion.objects.get(pk=aprobada.pk)
    assert (regla.estado, regla.gaceta_numero, regla.gaceta_fecha) == (E.PUBLICADO, "1600 bis", DIA)
    assert (regla.coplade_acuerdo, regla.publicado_por) == ("COPLADE/SO/I/13/2025", validadora)
    assert timezone.now() - regla.publicado_en < datetime.timedelta(minutes=1)


def test_desde_ese_momento_se_encuentra_en_el_portal(aprobada, publicar):
    assert buscar(Filtros(q="beca")).total == 0

    publicar(aprobada)

    assert buscar(Filtros(q="beca")).reglas == (aprobada.pk,)
    assert FichaPublica.objects.get().es_ultima
    assert "beca" in Vocabulario.objects.get().palabras


def test_sustituye_a_la_anterior_del_mismo_ejercicio(programa, publicar):
    primera = f.en_portal(programa=programa)
    segunda = f.ReglaFactory(aprobada=True, programa=programa, version=2)

    publicar(segunda)

    assert estados(programa) == [(2025, 1, E.SUSTITUIDO), (2025, 2, E.PUBLICADO)]
    assert [x.regla_id for x in FichaPublica.objects.all()] == [segunda.pk]
    tipos = Evento.objects.order_by("pk").values_list("tipo", "objeto_id")
    assert list(tipos) == [
        ("regla.sustituir", str(primera.pk)),
        ("regla.publicar", str(segunda.pk)),
    ]


def test_sustituir_no_cambia_la_fecha_de_lo_que_dijo_la_anterior(programa, publicar):
    """Su página la muestra: con otra fecha, el enlace permanente diría otra cosa."""
    anterior = f.en_portal(programa=programa)
    antes = ReglaOperacion.objects.get(pk=anterior.pk).actualizado_en

    publicar(f.ReglaFactory(aprobada=True, programa=programa, version=2))

    assert ReglaOperacion.objects.get(pk=anterior.pk).actualizado_en == antes


def test_no_toca_lo_publicado_de_otros_anios_ni_de_otros_programas(programa, aprobada, publicar):
    de_antes, ajena = f.en_portal(programa=programa, ejercicio=2024), f.en_portal()

    publicar(aprobada)

    assert {x.regla_id for x in FichaPublica.objects.all()} == {aprobada.pk, de_antes.pk, ajena.pk}
    assert [x.regla_id for x in programa.fichas.filter(es_ultima=True)] == [aprobada.pk]


def test_publicar_un_anio_viejo_no_lo_vuelve_el_actual(programa, publicar):
    f.en_portal(programa=programa, ejercicio=2025, nombre="Mi Beca")
    vieja = f.ReglaFactory(
        aprobada=True, programa=programa, ejercicio=2023, nombre="Beca para Empezar"
    )

    publicar(vieja)

    programa.refresh_from_db()
    assert programa.nombre == "Mi Beca"
    assert programa.fichas.get(es_ultima=True).ejercicio == 2025


class TestIdentidad:
    def test_el_programa_toma_el_nombre_nuevo_y_guarda_el_de_antes(self, programa, publicar):
        regla = f.ReglaFactory(aprobada=True, programa=programa, nombre="Mi Beca para Empezar")

        publicar(regla)

        programa.refresh_from_db()
        assert (programa.nombre, programa.otros_nombres) == ("Mi Beca para Empezar", ["Mi Beca"])

    def test_el_programa_pasa_a_quien_hoy_lo_opera_aunque_se_llame_igual(self, programa, publicar):
        otra = DependenciaFactory()
        regla = f.ReglaFactory(aprobada=True, programa=programa, dependencia=otra)

        publicar(regla)

        programa.refresh_from_db()
        assert (programa.dependencia, programa.otros_nombres) == (otra, [])

    def test_volver_a_un_nombre_viejo_no_lo_repite(self, programa, publicar):
        programa.otros_nombres = ["Beca de Antes"]
        programa.save()
        publicar(f.ReglaFactory(aprobada=True, programa=programa, nombre="Beca de Antes"))

        programa.refresh_from_db()
        assert programa.otros_nombres == ["Beca de Antes", "Mi Beca"]


class TestNoProcede:
    """Lo que no procede lo dice con palabras y deja todo como estaba, también la versión anterior."""

    @pytest.fixture(autouse=True)
    def _con_una_anterior(self, programa):
        f.en_portal(programa=programa)

    @pytest.fixture
    def aprobada(self, programa):
        return f.ReglaFactory(aprobada=True, programa=programa, version=2)

    def sigue_la_anterior(self, programa) -> bool:
        return estados(programa) == [(2025, 1, E.PUBLICADO), (2025, 2, E.APROBADO)]

    @pytest.mark.parametrize(
        ("cambios", "dice"),
        [
            ({"gaceta_numero": ""}, "el número y la fecha de la Gaceta"),
            ({"gaceta_numero": "   "}, "el número y la fecha de la Gaceta"),
            ({"gaceta_fecha": None}, "el número y la fecha de la Gaceta"),
            ({"gaceta_fecha": datetime.date(2999, 1, 1)}, "fecha que aún no llega"),
            ({"gaceta_numero": "9" * 21}, "20 caracteres"),
            ({"coplade_acuerdo": "9" * 41}, "40 caracteres"),
        ],
        ids=["sin-numero", "en-blanco", "sin-fecha", "futura", "numero-largo", "acuerdo-largo"],
    )
    def test_con_una_gaceta_imposible(self, cambios, dice, programa, aprobada, publicar):
        with pytest.raises(ErrorDeNegocio, match=dice):
            publicar(aprobada, **cambios)
        assert self.sigue_la_anterior(programa)
        assert not Evento.objects.exists()

    def test_con_faltantes_de_enviar_y_de_publicar_los_dice_todos(
        self, programa, aprobada, publicar
    ):
        f.ExigenciaFactory(clave="queja")
        f.ExigenciaFactory(clave="coplade", al_publicar=True)
        f.ExigenciaFactory(clave="leyenda", al_publicar=True)
        f.ExigenciaFactory(clave="gaceta", al_publicar=True)

        with pytest.raises(ErrorDeNegocio) as error:
            publicar(aprobada, gaceta_numero="")
        assert set(error.value.detalles) == {
            "Falta queja.",
            "Falta coplade.",
            "Falta leyenda.",
            "Falta gaceta.",
        }
        assert self.sigue_la_anterior(programa)

    def test_de_hoy_si_procede(self, aprobada, publicar):
        assert publicar(aprobada, gaceta_fecha=timezone.localdate()).estado == E.PUBLICADO


def test_el_acuerdo_de_coplade_ya_capturado_no_se_borra_al_publicar_sin_decirlo(programa, publicar):
    regla = f.ReglaFactory(aprobada=True, programa=programa, coplade_acuerdo="COPLADE/1")

    assert publicar(regla).coplade_acuerdo == "COPLADE/1"


def test_lo_publicado_por_el_catalogo_lo_sustituye_la_captura(programa, publicar):
    del_catalogo = f.ReglaFactory(programa=programa, origen="catalogo")
    ReglaOperacion.objects.filter(pk=del_catalogo.pk).update(estado=E.PUBLICADO)
    aprobada = f.ReglaFactory(
        aprobada=True, programa=programa, version=2, capturado_por=UsuarioFactory()
    )

    publicar(aprobada)

    assert estados(programa) == [(2025, 1, E.SUSTITUIDO), (2025, 2, E.PUBLICADO)]


class TestVigenciaDiferida:
    """Se publica hoy y rige después: hasta ese día manda la anterior."""

    @pytest.fixture
    def futura(self, programa, aprobada_v2, publicar):
        manana = timezone.localdate() + datetime.timedelta(days=1)
        return publicar(aprobada_v2, gaceta_fecha=timezone.localdate(), vigente_desde=manana)

    @pytest.fixture
    def aprobada_v2(self, programa):
        f.en_portal(programa=programa)
        return f.ReglaFactory(
            aprobada=True, programa=programa, version=2, clase_de_version="aviso_modificatorio"
        )

    def test_espera_y_la_anterior_sigue_en_el_portal(self, programa, futura):
        assert estados(programa) == [(2025, 1, E.PUBLICADO), (2025, 2, E.POR_REGIR)]
        assert FichaPublica.objects.get().regla_id != futura.pk

    def test_llegado_el_dia_la_sustituye(self, programa, futura, monkeypatch):
        manana = timezone.localdate() + datetime.timedelta(days=1)
        monkeypatch.setattr(vigor.timezone, "localdate", lambda *_: manana)
        vigor.entrar_en_vigor(futura)

        assert estados(programa) == [(2025, 1, E.SUSTITUIDO), (2025, 2, E.PUBLICADO)]
        assert FichaPublica.objects.get().regla_id == futura.pk

    def test_no_rige_desde_antes_de_su_gaceta(self, aprobada_v2, publicar):
        with pytest.raises(ErrorDeNegocio, match="antes de su Gaceta"):
            publicar(aprobada_v2, vigente_desde=DIA - datetime.timedelta(days=1))

    def test_mientras_espera_no_se_abre_otra(self, futura, programa):
        primera = programa.reglas.get(version=1)
        with pytest.raises(ErrorDeNegocio, match="Ya hay una versión"):
            captura.nueva_version(
                primera, por=con_rol(roles.EnlaceDeDependencia, en=primera.dependencia)
            )


def test_suspendida_sigue_en_el_portal_y_la_sustituye_una_nueva(programa, publicar, validadora):
    primera = f.en_portal(programa=programa)
    revision.suspender(primera, por=validadora, motivo="Sin recursos este trimestre.")
    assert FichaPublica.objects.filter(regla=primera).exists()

    publicar(f.ReglaFactory(aprobada=True, programa=programa, version=2))
    assert estados(programa) == [(2025, 1, E.SUSTITUIDO), (2025, 2, E.PUBLICADO)]


def test_un_ejercicio_que_no_termina_no_se_cierra(programa, validadora):
    de_hoy = f.en_portal(programa=programa, ejercicio=timezone.localdate().year)
    with pytest.raises(ErrorDeNegocio) as error:
        revision.cerrar(de_hoy, por=validadora)
    assert "no termina todavía" in error.value.detalles[0]

    de_antes = f.en_portal(programa=programa, ejercicio=2020)
    assert revision.cerrar(de_antes, por=validadora).estado == E.CERRADO
