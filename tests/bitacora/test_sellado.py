import threading

import pytest
from django.core.management import call_command
from django.db import connection

from sibis.bitacora import sellado
from sibis.bitacora.models import Eslabon, Evento
from sibis.bitacora.tasks import sellar as tarea_sellar
from tests.fabricas.bitacora import EventoFactory

pytestmark = pytest.mark.django_db


def _verificar(capsys, *opciones: str) -> tuple[int, str]:
    """Código de salida y texto de la orden."""
    try:
        call_command("verificar_bitacora", *opciones)
        codigo = 0
    except SystemExit as salida:
        codigo = salida.code
    return codigo, capsys.readouterr().out


@pytest.fixture
def cadena(db):
    eventos = EventoFactory.create_batch(7)
    sellado.sellar()
    return eventos


def test_sellar_encadena_todo_en_orden(cadena):
    eslabones = list(Eslabon.objects.all())

    assert [e.evento_id for e in eslabones] == [e.pk for e in cadena]
    assert eslabones[0].huella_previa == ""
    assert [e.huella_previa for e in eslabones[1:]] == [e.huella for e in eslabones[:-1]]


def test_sellar_dos_veces_no_repite(cadena):
    assert sellado.sellar() == 0
    assert tarea_sellar() == 0
    assert Eslabon.objects.count() == 7


def test_sellar_por_lotes_da_la_misma_cadena(cadena, monkeypatch, a_mano):
    completa = sellado.ancla()
    a_mano("DELETE FROM bitacora_eslabon")
    monkeypatch.setattr(sellado, "LOTE", 3)

    assert sellado.sellar() == 7
    assert sellado.ancla() == completa
    assert sellado.verificar().revisados == 7


def test_sellar_despues_un_evento_de_numero_menor_conserva_la_cadena(cadena):
    """Una transacción larga confirma después de otras que pidieron número más tarde."""
    EventoFactory(id=cadena[0].pk - 1)

    assert sellado.sellar() == 1
    assert sellado.verificar().integra


def test_verificar_integra_sale_con_cero_y_muestra_el_ancla(cadena, capsys):
    codigo, texto = _verificar(capsys)

    assert codigo == 0
    assert "7 eventos" in texto
    assert sellado.ancla() in texto


def test_verificar_vacia_no_es_una_falla(db, capsys):
    assert _verificar(capsys)[0] == 0


def test_verificar_dice_cuantos_faltan_de_sellar(cadena, capsys):
    EventoFactory.create_batch(2)

    codigo, texto = _verificar(capsys)

    assert codigo == 0
    assert "Por sellar: 2" in texto


@pytest.mark.parametrize(
    "cambio",
    [
        "UPDATE bitacora_evento SET por = 'otra' WHERE id = %s",
        "UPDATE bitacora_evento SET detalle = '{\"x\": 1}' WHERE id = %s",
        "UPDATE bitacora_evento SET momento = momento + interval '1 microsecond' WHERE id = %s",
    ],
)
def test_verificar_un_evento_alterado_lo_nombra(cadena, a_mano, capsys, cambio):
    a_mano(cambio, cadena[3].pk)

    codigo, texto = _verificar(capsys)

    assert codigo == 1
    assert f"evento {cadena[3].pk} " in texto
    assert "no es el que se selló" in texto
    assert "3 eventos íntegros" in texto


def test_verificar_un_evento_quitado_lo_nombra(cadena, a_mano, capsys):
    a_mano("DELETE FROM bitacora_evento WHERE id = %s", cadena[2].pk)

    codigo, texto = _verificar(capsys)

    assert codigo == 1
    assert f"evento {cadena[2].pk} " in texto
    assert "ya no está" in texto


def test_verificar_un_eslabon_cambiado_lo_nombra(cadena, a_mano, capsys):
    a_mano(
        "UPDATE bitacora_eslabon SET huella = repeat('a', 64) WHERE evento_id = %s", cadena[4].pk
    )

    codigo, texto = _verificar(capsys)

    assert codigo == 1
    assert f"evento {cadena[4].pk} " in texto


def test_verificar_evento_y_eslabon_quitados_juntos_delata_al_siguiente(cadena, a_mano, capsys):
    a_mano("DELETE FROM bitacora_evento WHERE id = %s", cadena[2].pk)
    a_mano("DELETE FROM bitacora_eslabon WHERE evento_id = %s", cadena[2].pk)

    codigo, texto = _verificar(capsys)

    assert codigo == 1
    assert f"evento {cadena[3].pk} " in texto
    assert "no continúa al anterior" in texto


def test_verificar_con_el_final_cortado_solo_lo_delata_el_ancla(cadena, a_mano, capsys):
    ancla = sellado.ancla()
    for evento in cadena[5:]:
        a_mano("DELETE FROM bitacora_evento WHERE id = %s", evento.pk)
        a_mano("DELETE FROM bitacora_eslabon WHERE evento_id = %s", evento.pk)

    assert _verificar(capsys)[0] == 0
    codigo, texto = _verificar(capsys, "--ancla", ancla)

    assert codigo == 1
    assert "se cortó su final" in texto


def test_verificar_con_un_ancla_vieja_de_la_cadena_esta_bien(cadena, capsys):
    vieja = sellado.ancla()
    EventoFactory.create_batch(3)
    sellado.sellar()

    assert _verificar(capsys, "--ancla", vieja)[0] == 0


def test_sellar_bitacora_dice_cuantos_y_el_ancla(db, capsys):
    EventoFactory.create_batch(3)

    call_command("sellar_bitacora")

    salida = capsys.readouterr().out
    assert "sellados: 3" in salida
    assert sellado.ancla() in salida


@pytest.mark.django_db(transaction=True)
def test_sellar_a_la_vez_desde_dos_procesos_deja_una_sola_cadena(monkeypatch):
    monkeypatch.setattr(sellado, "LOTE", 5)
    EventoFactory.create_batch(40)

    def trabajar() -> None:
        sellado.sellar()
        connection.close()

    hilos = [threading.Thread(target=trabajar) for _ in range(2)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()

    assert Eslabon.objects.count() == Evento.objects.count() == 40
    assert sellado.verificar().integra
