"""Volver a revisar lo entregado con otra versión de la regla: qué filas cambiarían, sin tocar nada."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from padron.consultas.en_el_expediente import bloque
from padron.consultas.regla import hechos_de
from padron.consultas.sombra import comparar, filas
from padron.importacion import avance
from padron.models import Carga, Hallazgo, Pasada, Registro
from padron.servicios import decisiones
from padron.servicios.sombra import revisar_en_sombra
from sibis.cuentas import roles
from sibis.expedientes.models import Expediente
from sibis.nucleo.errores import ErrorDeNegocio, SinPermiso
from tests.fabricas.cuentas import con_rol
from tests.fabricas.programas import ReglaFactory
from tests.padron.carga.conftest import entregar, revisada
from tests.presupuesto.paginas import como

pytestmark = pytest.mark.django_db


@pytest.fixture
def otra_version(casa):
    """La siguiente, todavía en borrador: sube la edad mínima a sesenta años."""
    return ReglaFactory(
        programa=casa.programa,
        dependencia=casa.dependencia,
        ejercicio=casa.regla.ejercicio,
        version=2,
        edad_min_meses=60 * 12,
    )


def sombra_de(carga: Carga, *, por, regla=None) -> Pasada:
    sombra = revisar_en_sombra(carga, por=por, regla=regla, en_cola=False)
    while avance.avanzar(sombra.pk, segundos=60):
        pass
    sombra.refresh_from_db()
    return sombra


def test_se_ve_que_filas_dejarian_de_entrar_y_nada_cambia(casa, otra_version):
    carga = revisada(casa, 30, malas=2)
    decisiones.aplicar(carga, por=casa.titular)
    antes = (Registro.objects.count(), Hallazgo.objects.filter(pasada=carga.pasada).count())
    jovenes = Registro.objects.filter(edad_meses__lt=60 * 12).count()
    assert jovenes

    sombra = sombra_de(carga, por=casa.enlace, regla=otra_version)

    hechos = hechos_de(otra_version)
    comparacion = comparar(carga, sombra, hechos)
    assert sombra.esta_terminada
    assert comparacion.dejarian == jovenes
    assert comparacion.entrarian == 0
    assert {c.codigo for c in comparacion.codigos} == {"edad_menor"}
    assert {f.clase for f in filas(carga, sombra, hechos, clase="dejarian")} == {"dejarian"}
    assert sombra.resumen["comparacion"]["dejarian"] == jovenes
    carga.refresh_from_db()
    assert carga.estado == "aplicada"
    assert antes == (Registro.objects.count(), Hallazgo.objects.filter(pasada=carga.pasada).count())


def test_quitar_un_limite_deja_entrar_a_quien_esperaba(casa, otra_version):
    estricta = ReglaFactory(publicada=True, edad_min_meses=70 * 12)
    casa.regla, casa.programa, casa.dependencia = estricta, estricta.programa, estricta.dependencia
    casa.enlace = con_rol(roles.EnlaceDeDependencia, en=estricta.dependencia)
    carga = revisada(casa, 20)
    laxa = ReglaFactory(
        programa=estricta.programa, dependencia=estricta.dependencia, ejercicio=2025, version=2
    )

    sombra = sombra_de(carga, por=casa.enlace, regla=laxa)

    comparacion = comparar(carga, sombra, hechos_de(laxa))
    assert comparacion.entrarian == carga.con_error > 0
    assert comparacion.dejarian == 0


def test_con_la_misma_regla_nada_cambiaria(casa):
    carga = revisada(casa, 12, malas=3)

    assert comparar(carga, sombra_de(carga, por=casa.enlace), hechos_de(casa.regla)).sin_cambios


def test_la_comparacion_anterior_se_tira_y_quedan_sus_cuentas(casa, otra_version):
    carga = revisada(casa, 12)
    primera = sombra_de(carga, por=casa.enlace, regla=otra_version)
    segunda = sombra_de(carga, por=casa.enlace, regla=otra_version)

    primera.refresh_from_db()
    assert not Hallazgo.objects.filter(pasada=primera).exists()
    assert Hallazgo.objects.filter(pasada=segunda).exists()
    assert primera.resumen["comparacion"] == segunda.resumen["comparacion"]


def test_no_se_compara_lo_ajeno_ni_con_la_regla_de_otro_programa(casa):
    carga = revisada(casa, 5)
    with pytest.raises(SinPermiso):
        revisar_en_sombra(carga, por=con_rol(roles.EnlaceDeDependencia), en_cola=False)
    with pytest.raises(ErrorDeNegocio, match="otro programa"):
        revisar_en_sombra(carga, por=casa.enlace, regla=ReglaFactory(), en_cola=False)
    with pytest.raises(ErrorDeNegocio, match="con qué comparar"):
        revisar_en_sombra(entregar(casa, b"CURP,Folio\nX,1\n"), por=casa.enlace, en_cola=False)


def test_quien_valida_reglas_lo_ve_y_otra_dependencia_no(casa, otra_version):
    carga = revisada(casa, 12)
    sombra_de(carga, por=casa.enlace, regla=otra_version)
    direcciones = [
        reverse("padron_panel:comparar_regla", args=[otra_version.pk]),
        reverse("padron_panel:comparar_carga", args=[carga.pk]),
    ]
    for direccion in direcciones:
        assert como(con_rol(roles.ValidacionSIBISO)).get(direccion).status_code == 200
        assert como(con_rol(roles.EnlaceDeDependencia)).get(direccion).status_code == 404
    ajena = como(con_rol(roles.EnlaceDeDependencia))
    assert ajena.post(direcciones[0]).status_code == 404
    assert ajena.post(reverse("padron_panel:revisar_en_sombra", args=[carga.pk])).status_code == 404


def test_desde_la_revision_de_la_regla_se_comparan_todas(
    casa, otra_version, django_capture_on_commit_callbacks
):
    carga = revisada(casa, 12)
    cliente = como(casa.enlace)
    direccion = reverse("padron_panel:comparar_regla", args=[otra_version.pk])

    with django_capture_on_commit_callbacks(execute=True):
        cliente.post(direccion)

    pagina = cliente.get(direccion).content.decode()
    assert carga.folio in pagina
    assert "http-equiv" not in pagina  # ya terminó: no hay qué esperar
    detalle = cliente.get(reverse("padron_panel:comparar_carga", args=[carga.pk])).content.decode()
    assert "Dejaría de entrar" in detalle
    assert "No llega a la edad mínima" in detalle
    registro = Registro.objects.first()
    assert registro is None or registro.curp not in detalle


def test_el_expediente_de_la_regla_lo_ofrece_solo_si_hay_padrones(casa, otra_version):
    expediente = Expediente.objects.create(
        clase="regla", dependencia=casa.dependencia, titulo="Regla"
    )
    type(otra_version).objects.filter(pk=otra_version.pk).update(expediente=expediente)
    assert bloque(casa.enlace, expediente) is None

    revisada(casa, 5)

    assert bloque(casa.enlace, expediente).contexto["cargas"] == 1
    assert bloque(con_rol(roles.EnlaceDeDependencia), expediente) is None


def test_la_lista_cuesta_lo_mismo_con_el_doble_de_cargas(casa, otra_version):
    direccion = reverse("padron_panel:comparar_regla", args=[otra_version.pk])
    cliente = como(casa.enlace)

    def consultas() -> int:
        with CaptureQueriesContext(
            connection,
        ) as capturadas:
            assert cliente.get(direccion).status_code == 200
        return len(capturadas)

    for i in range(2):
        sombra_de(revisada(casa, 4, semilla=i + 1), por=casa.enlace, regla=otra_version)
    consultas()
    con_dos = consultas()
    for i in range(2):
        sombra_de(revisada(casa, 4, semilla=i + 10), por=casa.enlace, regla=otra_version)
    assert consultas() == con_dos


def test_la_orden_dice_que_cambiaria_y_sale_con_uno(casa, otra_version, capsys):
    carga = revisada(casa, 12)
    with pytest.raises(SystemExit) as salida:
        call_command(
            "comparar_padrones",
            programa=casa.programa.clave,
            ejercicio=casa.regla.ejercicio,
            regla=2,
        )
    assert salida.value.code == 1
    assert carga.folio in capsys.readouterr().out

    with pytest.raises(SystemExit) as salida:
        call_command(
            "comparar_padrones",
            programa=casa.programa.clave,
            ejercicio=casa.regla.ejercicio,
            solo_viejas=True,
        )
    assert salida.value.code == 0  # ya se revisó con las comprobaciones de hoy
