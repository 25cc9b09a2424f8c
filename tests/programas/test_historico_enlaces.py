"""El revisor de enlaces: dos fallas seguidas son un enlace roto, y nuestra red caída no es culpa de nadie."""

from __future__ import annotations

import pytest
from django.utils import timezone

from programas.consultas.colas_historico import colas
from programas.importacion import enlaces
from programas.importacion.enlaces import Ritmo
from programas.models import Enlace
from programas.tasks import revisar_enlaces
from sibis.cuentas import roles
from sibis.nucleo.enlaces import Limites
from tests.fabricas import programas as f
from tests.fabricas.cuentas import DependenciaFactory, con_rol
from tests.fabricas.historico import DocumentoFactory, EnlaceFactory
from tests.nucleo.test_enlaces import Sitio, sitio

__all__ = ["sitio"]

pytestmark = pytest.mark.django_db
RAPIDO = Limites(conectar=1, leer=1, total=3)
SIN_PAUSA = Ritmo(pausa=0)


@pytest.fixture(autouse=True)
def _se_puede_visitar_esta_maquina(settings):
    settings.HISTORICO_ENLACES_PRIVADOS = True


def revisar(**ritmo) -> int:
    return enlaces.revisar(ritmo=Ritmo(**{"pausa": 0, **ritmo}), limites=RAPIDO)


def estado(url: str) -> tuple[str, int | None, int]:
    enlace = Enlace.objects.get(url=url)
    return enlace.estado, enlace.codigo, enlace.fallas


def test_se_revisan_los_de_documentos_y_los_de_fuentes_publicadas(sitio):
    DocumentoFactory(enlace=f"{sitio}/200")
    DocumentoFactory(enlace=f"{sitio}/404", visible=False)
    f.ReglaFactory(publicada=True, fuentes=[{"url": f"{sitio}/desvio"}])
    f.ReglaFactory(fuentes=[{"url": f"{sitio}/500"}])

    assert revisar() == 2
    assert {e.url: e.estado for e in Enlace.objects.all()} == {
        f"{sitio}/200": "vigente",
        f"{sitio}/desvio": "vigente",
    }


def test_una_falla_es_duda_y_dos_es_roto(sitio):
    url = DocumentoFactory(enlace=f"{sitio}/404").enlace
    revisar()
    assert estado(url) == ("dudoso", 404, 1)
    revisar()
    assert estado(url) == ("roto", 404, 2)


def test_el_que_vuelve_a_responder_deja_de_estar_roto(sitio):
    url = DocumentoFactory(enlace=f"{sitio}/200").enlace
    EnlaceFactory(url=url, estado="roto", fallas=4, revisado_en=timezone.now())
    revisar()
    assert estado(url) == ("vigente", 200, 0)


def test_un_sitio_que_no_deja_ver_no_cambia_lo_que_se_sabia(sitio):
    url = DocumentoFactory(enlace=f"{sitio}/403").enlace
    EnlaceFactory(url=url, estado="vigente", revisado_en=timezone.now())
    revisar()
    assert estado(url) == ("vigente", 403, 0)


def test_si_no_hubo_ni_una_conexion_no_se_le_carga_a_nadie():
    for n in range(5):
        DocumentoFactory(enlace=f"http://127.0.0.1:1/{n}")
    assert revisar() == 0
    assert set(Enlace.objects.values_list("estado", flat=True)) == {"sin_revisar"}


def test_con_uno_que_si_respondio_los_demas_cuentan(sitio):
    for n in range(5):
        DocumentoFactory(enlace=f"http://127.0.0.1:1/{n}")
    DocumentoFactory(enlace=f"{sitio}/200")
    revisar()
    assert Enlace.objects.filter(estado="dudoso").count() == 5


def test_cada_vuelta_sigue_con_los_que_faltan_y_con_pocos_por_sitio(sitio):
    for n in range(6):
        DocumentoFactory(enlace=f"{sitio}/20{n}")
    assert revisar(por_sitio=2) == 2
    assert revisar(por_sitio=2) == 2
    assert revisar(cuantos=1) == 1
    assert Enlace.objects.filter(estado="sin_revisar").count() == 1
    assert len(set(Sitio.pedidos)) == 5


def test_el_que_ya_nadie_cita_se_olvida(sitio):
    EnlaceFactory(url="https://ejemplo.mx/nadie")
    revisar()
    assert not Enlace.objects.exists()


def test_la_tarea_del_reloj_hace_lo_mismo(sitio):
    url = DocumentoFactory(enlace=f"{sitio}/200").enlace
    assert revisar_enlaces.delay().get() == 1
    assert estado(url)[0] == "vigente"


class TestEnElPanel:
    def _rotos(self, usuario) -> list[str]:
        (cola,) = [c for c in colas(usuario) if "ya no responden" in c.titulo]
        return [p.titulo for p in cola.pendientes]

    def test_cada_quien_ve_los_que_citan_los_suyos(self):
        una, otra = DependenciaFactory(), DependenciaFactory()
        for dependencia, url in ((una, "https://ejemplo.mx/a"), (otra, "https://ejemplo.mx/b")):
            DocumentoFactory(dependencia=dependencia, enlace=url)
            EnlaceFactory(url=url, estado="roto", revisado_en=timezone.now(), motivo="404")
        f.ReglaFactory(publicada=True, dependencia=una, fuentes=[{"url": "https://ejemplo.mx/c"}])
        EnlaceFactory(url="https://ejemplo.mx/c", estado="roto", revisado_en=timezone.now())

        enlace = con_rol(roles.EnlaceDeDependencia, en=una)
        assert set(self._rotos(enlace)) == {"https://ejemplo.mx/a", "https://ejemplo.mx/c"}
        assert len(self._rotos(con_rol(roles.ValidacionSIBISO, en=otra))) == 3

    def test_quien_no_mantiene_documentos_no_tiene_esas_colas(self):
        assert colas(con_rol(roles.Analista)) == []
