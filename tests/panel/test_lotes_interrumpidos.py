"""El trabajador muere cuando quiere; cada objeto se hace una sola vez. Con transacciones y procesos de verdad."""

import os
import signal
import subprocess
import sys
import threading
import time
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from programas.models import Documento
from programas.servicios.lotes import OcultarDocumentos
from sibis.bitacora.models import Evento
from sibis.cuentas import roles
from sibis.panel import avance_de_lotes, tasks
from sibis.panel.estados import EstadoDeLote, Resultado
from sibis.panel.models import Lote
from sibis.panel.servicios import lotes
from tests.fabricas.cuentas import con_rol
from tests.fabricas.historico import DocumentoFactory

pytestmark = pytest.mark.django_db(transaction=True)

CUANTOS = 40
TRABAJADOR = """
import django, sys
django.setup()
from sibis.panel import avance_de_lotes
print("listo", flush=True)
avance_de_lotes.avanzar(int(sys.argv[1]))
"""


@pytest.fixture
def lote():
    enlace = con_rol(roles.EnlaceDeDependencia)
    dependencia = enlace.adscripciones.get().dependencia
    DocumentoFactory.create_batch(CUANTOS, dependencia=dependencia)
    preparado = lotes.preparar(OcultarDocumentos, Documento.objects.all(), por=enlace)
    # Como si nadie hubiera oído el timbre: en las pruebas suena dentro de `confirmar`.
    Lote.objects.filter(pk=preparado.pk).update(estado=EstadoDeLote.EN_MARCHA)
    return Lote.objects.get(pk=preparado.pk)


def trabajador(lote: Lote) -> subprocess.Popen:
    partes = urlsplit(os.environ["DATABASE_URL"])
    base = partes._replace(path=f"/{connection.settings_dict['NAME']}")
    entorno = os.environ | {
        "DJANGO_SETTINGS_MODULE": "sibis.settings.pruebas",
        "DATABASE_URL": urlunsplit(base),
    }
    return subprocess.Popen(
        [sys.executable, "-c", TRABAJADOR, str(lote.pk)],
        cwd=settings.RAIZ,
        env=entorno,
        stdout=subprocess.PIPE,
        text=True,
    )


def exactos(lote: Lote) -> None:
    lote.refresh_from_db()
    assert (lote.estado, lote.hechos, lote.fallidos) == (EstadoDeLote.TERMINADO, CUANTOS, 0)
    claves = list(
        Evento.objects.filter(tipo="documento.ocultado").values_list("objeto_id", flat=True)
    )
    assert len(claves) == len(set(claves)) == CUANTOS


def test_matar_al_trabajador_no_pierde_ni_repite_nada(lote):
    """kill -9 en momentos distintos, hasta que alguno lo termina."""
    muertos_a_la_mitad = 0
    for vuelta in range(4):
        proceso = trabajador(lote)
        assert proceso.stdout.readline() == "listo\n"
        time.sleep(0.03 * (vuelta + 1))
        proceso.send_signal(signal.SIGKILL)
        proceso.wait()
        proceso.stdout.close()
        lote.refresh_from_db()
        muertos_a_la_mitad += lote.estado == EstadoDeLote.EN_MARCHA
        hechos = lote.renglones.filter(resultado=Resultado.HECHO).count()
        assert lote.hechos == hechos == Documento.objects.filter(visible=False).count()
    assert muertos_a_la_mitad, "ninguno murió a la mitad: la prueba no probó nada"

    _cuando_la_base_suelte(lote)
    exactos(lote)


def _cuando_la_base_suelte(lote: Lote) -> None:
    """PostgreSQL tarda un poco en notar que el otro lado murió y soltar su candado."""
    limite = time.monotonic() + 20
    while time.monotonic() < limite:
        avance_de_lotes.avanzar(lote.pk)
        lote.refresh_from_db()
        if lote.estado != EstadoDeLote.EN_MARCHA:
            return
        time.sleep(0.1)


def test_dos_trabajadores_a_la_vez_no_hacen_nada_dos_veces(lote):
    def trabajar() -> None:
        try:
            for _vez in range(5):
                avance_de_lotes.avanzar(lote.pk)
        finally:
            connection.close()

    hilos = [threading.Thread(target=trabajar) for _ in range(3)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()

    avance_de_lotes.avanzar(lote.pk)
    exactos(lote)


def test_el_reloj_empuja_lo_que_se_quedo_callado(lote):
    assert avance_de_lotes.detenidos() == [lote.pk], "nadie oyó el primer timbre"
    avance_de_lotes.avanzar(lote.pk, segundos=0)
    assert avance_de_lotes.detenidos() == []

    hace_rato = timezone.now() - avance_de_lotes.SIN_SENAL * 2
    Lote.objects.filter(pk=lote.pk).update(latido=hace_rato)

    assert tasks.empujar_lotes() == 1


def test_uno_que_mata_al_trabajador_no_detiene_a_los_demas(lote):
    """Tras tres intentos sin terminar, se anota que no se hizo y se sigue."""
    primero = lote.renglones.first()
    lote.renglones.filter(pk=primero.pk).update(intentos=avance_de_lotes.INTENTOS)

    avance_de_lotes.avanzar(lote.pk)

    lote.refresh_from_db()
    primero.refresh_from_db()
    assert (lote.estado, lote.hechos, lote.fallidos) == ("con_fallas", CUANTOS - 1, 1)
    assert "se detuvo" in primero.motivo
    assert Documento.objects.get(pk=primero.objeto).visible is True
