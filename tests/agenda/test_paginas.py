"""La agenda en el panel: cada quien lo suyo, mirar no escribe, y las consultas no crecen."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings as ajustes
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sibis.agenda.estados import EstadoVencimiento
from sibis.agenda.models import Prorroga, Vencimiento
from sibis.cuentas import roles
from sibis.cuentas.models import Dependencia
from tests.conftest import negar_escrituras
from tests.fabricas.agenda import (
    ProrrogaFactory,
    RecordatorioFactory,
    VencimientoFactory,
)
from tests.fabricas.cuentas import DependenciaFactory, con_rol, entrar

pytestmark = pytest.mark.django_db
AGENDA = "/panel/agenda/"


def dia(n: int) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=n)


@pytest.fixture
def rectora() -> Dependencia:
    return DependenciaFactory(clave=ajustes.DEPENDENCIA_RECTORA)


@pytest.fixture
def v() -> Vencimiento:
    return VencimientoFactory(vence_el=dia(5), asunto_nombre="Mi Beca")


@pytest.fixture
def titular(client: Client, v: Vencimiento):
    return entrar(client, con_rol(roles.TitularQueFirma, en=v.dependencia))


@contextmanager
def solo_leyendo() -> Iterator[None]:
    with connection.execute_wrapper(negar_escrituras):
        yield


def paginas(v: Vencimiento) -> list[str]:
    return [AGENDA, f"{AGENDA}{v.pk}/", f"{AGENDA}atrasos/", f"{AGENDA}atrasos.csv"]


# Quién ve qué


def test_lo_de_otra_dependencia_no_existe(client, v):
    ajena = entrar(client, con_rol(roles.TitularQueFirma))
    p = ProrrogaFactory(vencimiento=v)

    assert ajena
    for ruta in (
        f"{AGENDA}{v.pk}/",
        f"{AGENDA}{v.pk}/prorroga/",
        f"{AGENDA}{v.pk}/anotar/",
        f"{AGENDA}{v.pk}/desanotar/",
        f"{AGENDA}prorroga/{p.pk}/retirar/",
        f"{AGENDA}999999/",
    ):
        assert client.get(ruta).status_code == 404, ruta
        assert client.post(ruta, {"hasta": dia(30), "motivo": "x"}).status_code in {404, 405}, ruta
    assert "Mi Beca" not in client.get(AGENDA).content.decode()
    assert client.get(f"{AGENDA}?dependencia={v.dependencia_id}").status_code == 400
    assert v.dependencia.nombre not in client.get(f"{AGENDA}atrasos/").content.decode()


@pytest.mark.parametrize("rol", roles.ROLES, ids=lambda r: r.clave)
def test_cada_funcion_ve_la_agenda_que_le_toca(client, v, rol):
    en = v.dependencia if rol.alcance is roles.Alcance.DEPENDENCIA else None
    entrar(client, con_rol(rol, en=en))
    espera = 403 if rol is roles.AdministracionTecnica else 200

    for ruta in paginas(v):
        assert client.get(ruta).status_code == espera, ruta
    assert client.get(f"{AGENDA}calendario/").status_code == espera
    assert client.post(f"{AGENDA}calendario/renovar/").status_code == espera


def test_sin_entrar_se_manda_a_entrar(client, v):
    for ruta in paginas(v):
        assert client.get(ruta).status_code == 302


def test_mirar_no_escribe(client, titular, v):
    RecordatorioFactory(vencimiento=v), ProrrogaFactory(vencimiento=v)
    client.get("/panel/")  # la primera visita renueva la sesión
    for ruta in (*paginas(v), f"{AGENDA}calendario/", f"{AGENDA}{v.pk}/prorroga/"):
        with solo_leyendo():
            assert client.get(ruta).status_code == 200, ruta


@pytest.mark.parametrize("quien", [roles.EnlaceDeDependencia, roles.ValidacionSIBISO])
def test_las_consultas_no_crecen_con_los_plazos(client, quien):
    dependencia = DependenciaFactory()
    entrar(client, con_rol(quien, en=dependencia if quien is roles.EnlaceDeDependencia else None))

    def poblar() -> Vencimiento:
        for n in (-5, 3, 40):
            v = VencimientoFactory(dependencia=dependencia, vence_el=dia(n))
            ProrrogaFactory(vencimiento=v), RecordatorioFactory(vencimiento=v)
        return v

    def consultas(ruta: str) -> int:
        with CaptureQueriesContext(connection) as hechas:
            assert client.get(ruta).status_code == 200
        return len(hechas)

    v = poblar()
    rutas = [*paginas(v), "/panel/"]
    client.get("/panel/")  # la primera visita renueva la sesión
    pocas = {ruta: consultas(ruta) for ruta in rutas}
    poblar(), poblar()
    assert {ruta: consultas(ruta) for ruta in rutas} == pocas


# La lista


def test_lo_vencido_va_primero_con_palabras(client, titular, v):
    VencimientoFactory(dependencia=v.dependencia, vence_el=dia(-4), asunto_nombre="Otra")
    VencimientoFactory(dependencia=v.dependencia, cumplido=True, asunto_nombre="Ya cumplida")

    html = client.get(AGENDA).content.decode()

    assert html.index("Vencido, 4 días de retraso") < html.index("Por vencer, faltan 5 días")
    assert "Ya cumplida" not in html
    assert "Ya cumplida" in client.get(f"{AGENDA}?estado=cumplido").content.decode()


@pytest.mark.parametrize("estado", EstadoVencimiento)
def test_se_filtra_por_cada_estado(client, titular, v, estado):
    assert client.get(f"{AGENDA}?estado={estado}").status_code == 200


def test_se_filtra_por_obligacion_ejercicio_mes_y_dia(client, titular, v):
    otra = VencimientoFactory(
        dependencia=v.dependencia, ejercicio=2025, vence_el=dia(70), asunto_nombre="Otra"
    )
    for consulta in (
        f"obligacion={otra.obligacion_id}",
        "ejercicio=2025",
        f"mes={otra.vence_el:%Y-%m}",
        f"dia={otra.vence_el}",
    ):
        html = client.get(f"{AGENDA}?{consulta}").content.decode()
        assert "Otra" in html, consulta
        assert "Mi Beca" not in html, consulta


@pytest.mark.parametrize(
    "consulta",
    [
        "estado=ayer",
        "mes=2026-13",
        "mes=abcd",
        "mes=9999-99",
        "dia=2026-02-30",
        "obligacion=0",
        "obligacion=x",
        "ejercicio=1",
        "dependencia=%00",
    ],
)
def test_un_filtro_que_no_existe_se_dice_con_un_400(client, titular, consulta):
    assert client.get(f"{AGENDA}?{consulta}").status_code == 400


@pytest.mark.parametrize("pagina", ["0", "-1", "x", "99999", "9" * 40, "²"])
def test_una_pagina_rara_es_una_pagina(client, titular, v, pagina):
    assert client.get(AGENDA, {"pagina": pagina}).status_code == 200


def test_la_lista_se_parte_en_paginas_y_conserva_el_filtro(client, titular, v):
    for _n in range(55):
        VencimientoFactory(dependencia=v.dependencia, obligacion=v.obligacion, vence_el=dia(9))

    html = client.get(f"{AGENDA}?obligacion={v.obligacion_id}").content.decode()

    assert "Página 1 de 2" in html
    assert f"?pagina=2&amp;obligacion={v.obligacion_id}" in html


def test_la_cuadricula_cuenta_los_plazos_de_cada_dia(client, titular, v):
    html = client.get(f"{AGENDA}?mes={v.vence_el:%Y-%m}").content.decode()

    assert f"dia={v.vence_el:%Y-%m-%d}" in html
    assert html.count('scope="col"') == 7


def test_sin_nada_dice_que_los_plazos_llegan_solos(client):
    entrar(client, con_rol(roles.EnlaceDeDependencia))

    assert "aparecen aquí solos" in client.get(AGENDA).content.decode()


# Un plazo


def test_su_pagina_dice_la_ley_lo_que_paso_y_lo_que_sigue(client, titular, v):
    RecordatorioFactory(vencimiento=v, dias=-7, personas=2)

    html = client.get(f"{AGENDA}{v.pk}/").content.decode()

    assert "Ley de Desarrollo Social, art. 34" in html
    assert "Recordatorio de 7 días antes" in html
    assert "a 2 personas" in html
    assert "Último día" in html
    assert "Pedir prórroga" in html
    assert "Anotar que se cumplió" not in html
    assert f"?expediente={v.expediente_id}" in html  # de él cuelgan sus mensajes


def test_se_pide_se_decide_y_el_plazo_cambia(client, titular, v, rectora):
    respuesta = client.post(
        f"{AGENDA}{v.pk}/prorroga/", {"hasta": dia(30).isoformat(), "motivo": "Falta el comité."}
    )
    assert respuesta.status_code == 302
    p = Prorroga.objects.get()
    html = client.get(f"{AGENDA}{v.pk}/").content.decode()
    assert "Falta el comité." in html
    assert f"{AGENDA}prorroga/{p.pk}/conceder/" not in html  # no se ofrece lo que se negaría
    assert client.post(f"{AGENDA}prorroga/{p.pk}/conceder/", {}).status_code == 422

    entrar(client, con_rol(roles.ValidacionSIBISO, en=rectora))
    assert f"{AGENDA}prorroga/{p.pk}/conceder/" in client.get(f"{AGENDA}{v.pk}/").content.decode()
    assert client.post(f"{AGENDA}prorroga/{p.pk}/negar/", {"razon": ""}).status_code == 422
    assert client.post(f"{AGENDA}prorroga/{p.pk}/conceder/", {"razon": ""}).status_code == 302
    repetida = client.post(f"{AGENDA}prorroga/{p.pk}/conceder/", {"razon": ""})

    assert repetida.status_code == 422
    assert "alguien lo atendió antes" in repetida.content.decode()
    v.refresh_from_db()
    assert v.prorrogado_al == dia(30)


@pytest.mark.parametrize(
    "datos",
    [
        {},
        {"hasta": "2026-02-30", "motivo": "x"},
        {"hasta": "0001-01-01", "motivo": "x"},
        {"hasta": "9999-12-31", "motivo": "x"},
        {"hasta": "mañana", "motivo": "x\x00"},
        {"hasta": "2030-01-01", "motivo": "x" * 3000},
    ],
)
def test_pedir_con_mala_entrada_explica_y_no_guarda(client, titular, v, datos):
    respuesta = client.post(f"{AGENDA}{v.pk}/prorroga/", datos)

    assert respuesta.status_code in {200, 422}
    assert not Prorroga.objects.exists()


def test_se_anota_y_se_quita_desde_el_panel(client, v, rectora):
    entrar(client, con_rol(roles.ValidacionSIBISO, en=rectora))
    datos = {"el": timezone.localdate().isoformat(), "que": "Gaceta 1,234", "url": ""}

    malo = datos | {"el": dia(1).isoformat()}
    assert client.post(f"{AGENDA}{v.pk}/anotar/", malo).status_code == 422
    assert (
        client.post(f"{AGENDA}{v.pk}/anotar/", datos | {"url": "javascript:alert(1)"}).status_code
        == 422
    )
    assert client.post(f"{AGENDA}{v.pk}/anotar/", datos).status_code == 302
    assert "Gaceta 1,234" in client.get(f"{AGENDA}{v.pk}/").content.decode()
    assert client.post(f"{AGENDA}{v.pk}/desanotar/", {"motivo": "Era otro."}).status_code == 302
    v.refresh_from_db()
    assert v.cumplido_que == ""


def test_una_accion_inventada_no_existe(client, titular, v):
    p = ProrrogaFactory(vencimiento=v)

    assert client.get(f"{AGENDA}prorroga/{p.pk}/regalar/").status_code == 404
