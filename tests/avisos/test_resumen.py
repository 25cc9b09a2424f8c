"""El resumen de cada mañana, y lo que se borra con los años."""

from __future__ import annotations

import datetime
from datetime import timedelta

import pytest
from django.utils import timezone

from sibis.avisos import tasks
from sibis.avisos.estados import Cuando
from sibis.avisos.models import Aviso, CorreoDeAviso
from tests.avisos.conftest import decir
from tests.fabricas.avisos import AvisoFactory, CorreoDeAvisoFactory, PreferenciaDeAvisosFactory
from tests.fabricas.cuentas import UsuarioFactory

pytestmark = pytest.mark.django_db
MARTES = datetime.datetime(2026, 12, 1, tzinfo=timezone.get_default_timezone())


@pytest.fixture
def reloj(monkeypatch):
    """`reloj(9, 30)`: son las nueve y media de ese martes; `reloj(33)`, las nueve del miércoles."""

    def poner(horas: int, minutos: int = 0) -> None:
        momento = MARTES + timedelta(hours=horas, minutes=minutos)
        monkeypatch.setattr(timezone, "now", lambda: momento)

    poner(7)
    return poner


@pytest.fixture
def ana(reloj):
    cuenta = UsuarioFactory(email="ana@ejemplo.mx")
    PreferenciaDeAvisosFactory(usuario=cuenta, correo=Cuando.RESUMEN_DIARIO)
    return cuenta


def asuntos(cartero) -> list[str]:
    return [str(m["Subject"]) for m in cartero.recibidos]


def test_a_las_ocho_sale_un_correo_con_todo_lo_de_antes(cartero, ana, reloj):
    decir(ana, hecho="a")
    decir(ana, hecho="b")
    tasks.repartir()
    tasks.resumir()  # aún no son las ocho
    assert cartero.recibidos == []

    reloj(8)
    tasks.resumir()
    tasks.resumir()

    assert asuntos(cartero) == ["Tu resumen del 1 de diciembre: 2 avisos"]


def test_si_a_las_ocho_no_habia_quien_sale_despues_y_solo_una_vez_al_dia(cartero, ana, reloj):
    decir(ana, hecho="a")
    reloj(10)
    tasks.resumir()
    decir(ana, hecho="b")
    reloj(11)
    tasks.resumir()
    assert len(cartero.recibidos) == 1

    reloj(24 + 8)
    tasks.resumir()
    assert asuntos(cartero)[1] == "Tu resumen del 2 de diciembre: un aviso"


def test_lo_de_despues_de_las_ocho_es_del_resumen_de_manana(cartero, ana, reloj):
    reloj(8, 30)
    decir(ana)
    reloj(9)
    tasks.resumir()
    assert cartero.recibidos == []


def test_lo_que_ya_leyo_no_se_le_vuelve_a_contar(cartero, ana, reloj):
    decir(ana, hecho="a", titulo="Leído")
    decir(ana, hecho="b", titulo="Sin leer")
    Aviso.objects.filter(hecho="a").update(leido_en=timezone.now())
    reloj(8)

    tasks.resumir()

    lineas = cartero.recibidos[0].get_body(("plain",)).get_content().splitlines()
    assert "Sin leer" in lineas
    assert "Leído" not in lineas


def test_lo_urgente_no_espera_al_resumen_ni_respeta_el_nunca(cartero, ana):
    beto = UsuarioFactory(email="beto@ejemplo.mx")
    PreferenciaDeAvisosFactory(usuario=beto, correo=Cuando.NUNCA)

    decir(ana, beto, hecho="a")
    tasks.repartir()
    assert cartero.recibidos == []
    decir(ana, beto, hecho="b", urgente=True)
    tasks.repartir()

    assert cartero.destinos == ["ana@ejemplo.mx", "beto@ejemplo.mx"]


def test_cambiar_de_idea_no_desentierra_avisos_viejos(cartero, reloj):
    beto = UsuarioFactory()
    eleccion = PreferenciaDeAvisosFactory(usuario=beto, correo=Cuando.NUNCA)
    decir(beto)
    eleccion.correo = Cuando.AL_MOMENTO
    eleccion.save()
    reloj(8)

    tasks.repartir()
    tasks.resumir()

    assert cartero.recibidos == []


def test_se_borra_lo_leido_y_viejo_y_nada_mas(settings):
    settings.AVISOS_DIAS = 10
    viejo, ahora = timezone.now() - timedelta(days=11), timezone.now()
    salio = CorreoDeAvisoFactory(estado="rechazado", creado_en=viejo)
    por_salir = CorreoDeAvisoFactory(creado_en=viejo)
    AvisoFactory(creado_en=viejo, leido_en=ahora, correo=salio)
    AvisoFactory(creado_en=viejo, leido_en=ahora)
    quedan = [
        AvisoFactory(creado_en=viejo, leido_en=ahora, correo=por_salir),
        AvisoFactory(creado_en=viejo),
        AvisoFactory(leido_en=ahora),
    ]

    assert tasks.purgar() == 2

    assert set(Aviso.objects.all()) == set(quedan)
    assert CorreoDeAviso.objects.get() == por_salir
    assert tasks.purgar() == 0
