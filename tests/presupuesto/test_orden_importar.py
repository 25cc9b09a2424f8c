"""bin/sibis importar_egresos: códigos de salida, JSON y archivos que no lo son."""

from __future__ import annotations

import json

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from presupuesto.importacion import egresos
from presupuesto.models import CorteDeEgresos, RenglonDeEgresos
from sibis.bitacora.models import Evento
from sibis.nucleo.errores import ArchivoIlegible
from tests.fabricas.cuentas import UsuarioFactory
from tests.fabricas.presupuesto import CorteDeEgresosFactory
from tests.presupuesto.archivos import COLUMNAS, cargar_filas, cargar_ruta, escribir, renglon

pytestmark = pytest.mark.django_db


def correr(*orden: object) -> int:
    with pytest.raises(SystemExit) as salida:
        call_command("importar_egresos", *map(str, orden))
    return int(salida.value.code or 0)


def test_dice_las_sumas_las_guarda_en_json_y_termina_en_cero(tmp_path, capsys):
    ruta = escribir(tmp_path / "e.csv", [renglon(), renglon()])

    assert correr(ruta, "--corte", "2025-t3", "--json", tmp_path / "s.json") == 0
    assert "200.00" in capsys.readouterr().out
    dicho = json.loads((tmp_path / "s.json").read_text())
    assert dicho["totales"] == {"aprobado": "200.00", "modificado": "220.00", "ejercido": "110.00"}
    assert (dicho["corte"], dicho["resultado"], dicho["filas"]) == ("2025-t3", "cargado", 2)
    assert len(dicho["sha256"]) == 64


def test_filas_malas_terminan_en_uno(tmp_path, capsys):
    ruta = escribir(tmp_path / "e.csv", [renglon(monto_aprobado="x")])

    assert correr(ruta, "--corte", "2025-t3") == 1
    assert "fila 2, monto_aprobado" in capsys.readouterr().out


@pytest.mark.parametrize(
    "contenido",
    [
        b"",
        b"PK\x03\x04loquesea",
        b"%PDF-1.7",
        b"hola\nadios\n",
        b"nombre,edad\nAna,3\n",
        (",".join(COLUMNAS) + "\n").encode(),
        (",".join([*COLUMNAS, "monto_ejercido"]) + "\n1\n").encode(),
        (",".join(COLUMNAS) + '\n"abre y no cierra').encode(),
        (",".join(COLUMNAS) + "\n\x00").encode(),
    ],
    ids=["vacio", "zip", "pdf", "texto", "otro", "sin filas", "repetida", "comillas", "nulo"],
)
def test_lo_que_no_es_un_archivo_de_egresos_termina_en_dos(tmp_path, contenido, capsys):
    ruta = tmp_path / "e.csv"
    ruta.write_bytes(contenido)

    assert correr(ruta, "--corte", "2025-t3") == 2
    assert capsys.readouterr().err.strip()
    assert not CorteDeEgresos.objects.exists()


def test_un_archivo_que_no_existe_termina_en_dos(tmp_path):
    assert correr(tmp_path / "no.csv", "--corte", "2025-t3") == 2


@pytest.mark.parametrize("corte", ["2025", "2025-t5", "25-t1", "2025-CP-", "٢٠٢٥-t1", "1999-cp"])
def test_un_corte_mal_escrito_se_dice(tmp_path, corte):
    with pytest.raises(CommandError) as error:
        call_command("importar_egresos", str(tmp_path / "e.csv"), "--corte", corte)
    assert error.value.returncode == 2


def test_queda_en_la_bitacora_quien_lo_cargo(tmp_path):
    usuario = UsuarioFactory()
    ruta = escribir(tmp_path / "e.csv", [renglon()])
    correr(ruta, "--corte", "2025-t3", "--por", usuario.username)
    correr(ruta, "--corte", "2025-t3", "--por", usuario.username)

    evento = Evento.objects.get(tipo="egresos.cargados")
    assert (evento.por, evento.detalle["corte"]) == (usuario.username, "2025-t3")
    assert CorteDeEgresos.objects.get().responsable == usuario


@pytest.mark.django_db(transaction=True)
def test_interrumpida_a_la_mitad_no_cambia_nada(tmp_path, monkeypatch):
    cargar_filas(tmp_path, [renglon()])

    def cortarse(*_args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(egresos.proyeccion, "resumir", cortarse)
    with pytest.raises(KeyboardInterrupt):
        cargar_filas(tmp_path, [renglon(monto_aprobado="8.00")])

    corte = CorteDeEgresos.objects.get()
    assert (corte.estado, str(corte.total_aprobado)) == ("vigente", "100.00")
    assert RenglonDeEgresos.objects.count() == 1


def test_la_base_niega_sumas_que_no_son_las_de_sus_renglones(tmp_path):
    cargar_filas(tmp_path, [renglon()])
    with pytest.raises(IntegrityError, match="no cambian"), transaction.atomic():
        CorteDeEgresos.objects.update(total_aprobado=1)

    CorteDeEgresosFactory(ejercicio=2019, filas=3)
    with pytest.raises(IntegrityError, match="Las sumas del corte"), transaction.atomic():
        connection.check_constraints()
    transaction.set_rollback(True)


def test_un_renglon_no_se_edita_ni_con_sql(tmp_path):
    cargar_filas(tmp_path, [renglon()])
    with pytest.raises(Exception, match="renglon_no_se_edita|Cannot update"), transaction.atomic():
        RenglonDeEgresos.objects.update(monto_aprobado=1)


def test_de_otro_anio_entero_no_hay_nada_que_cargar(tmp_path):
    arbol = (
        "source_id,level,display_name,monto_aprobado,monto_ejercido,year\nL2-S001,2,X,1,1,2020\n"
    )
    (tmp_path / "a.csv").write_text(arbol)
    with pytest.raises(ArchivoIlegible, match="2022"):
        cargar_ruta(tmp_path / "a.csv", corte="2022-cp")
