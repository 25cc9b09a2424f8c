"""Las cargas en el panel: las ve su dependencia, nadie las edita, y lo ajeno no existe."""

import pytest
from django.urls import reverse

from sibis.cuentas import roles
from tests.fabricas.cuentas import con_rol, entrar
from tests.fabricas.padron import MapeoRecordadoFactory, RecetaFactory
from tests.padron.carga.conftest import revisada

pytestmark = pytest.mark.django_db


def pagina(carga) -> str:
    return reverse("admin:padron_carga_change", args=[carga.pk])


@pytest.mark.parametrize("quien", ["enlace", "titular"])
def test_la_ve_quien_carga_y_quien_confirma_y_no_se_edita(casa, client, quien):
    carga = revisada(casa, 6, malas=1)
    entrar(client, getattr(casa, quien))

    respuesta = client.get(pagina(carga))

    assert respuesta.status_code == 200
    html = respuesta.content.decode()
    assert carga.folio in html
    assert 'name="estado"' not in html
    assert client.post(pagina(carga), {"estado": "aplicada"}).status_code in {403, 405}
    assert carga.folio in client.get(reverse("admin:padron_carga_changelist")).content.decode()


@pytest.mark.parametrize("rol", [roles.EnlaceDeDependencia, roles.TitularQueFirma])
def test_la_de_otra_dependencia_no_existe(casa, client, rol):
    carga = revisada(casa, 4)
    entrar(client, con_rol(rol))

    assert client.get(pagina(carga)).status_code == 404
    assert client.get(f"{pagina(carga)}history/", follow=True).status_code == 404
    lista = client.get(reverse("admin:padron_carga_changelist"))
    assert carga.folio not in lista.content.decode()


@pytest.mark.parametrize("rol", [roles.Finanzas, roles.Analista, roles.Auditoria])
def test_quien_no_es_del_padron_no_entra(casa, client, rol):
    carga = revisada(casa, 4)
    entrar(client, con_rol(rol))

    assert client.get(pagina(carga)).status_code in {403, 404}
    assert client.get(reverse("admin:padron_carga_changelist")).status_code == 403


def test_las_recetas_y_los_mapeos_son_de_su_dependencia(casa, client):
    suya = RecetaFactory(dependencia=casa.dependencia, forma="la suya")
    RecetaFactory(forma="la ajena")
    MapeoRecordadoFactory()
    entrar(client, casa.enlace)

    html = client.get(reverse("admin:padron_receta_changelist")).content.decode()

    assert suya.forma in html
    assert "la ajena" not in html
    assert client.get(reverse("admin:padron_mapeorecordado_changelist")).status_code == 200
