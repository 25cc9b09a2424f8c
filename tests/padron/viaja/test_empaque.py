"""El validador empacado: sale igual cada vez, corre solo en una carpeta vacía y dice lo mismo que la orden."""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import sys
import zipfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from padron.consultas.regla import hechos_de
from padron.generacion.generador import Pedido, generar
from padron.viajero import alcance, arranque
from padron.viajero.empaque import empacar, esta_plataforma, huella_de_regla, manifiesto_de
from padron.viajero.ruedas import NoSePuedeEmpacar
from tests.fabricas.programas import ApoyoFactory, ReglaFactory
from tests.padron.viaja import reglas as r
from tests.padron.viaja.conftest import encargo
from tests.padron.viaja.libro import llenar

CAMBIAN = ("segundos", "memoria_mb")


def _sin_medidas(ruta: Path) -> bytes:
    """El texto tal cual, menos las dos medidas del final."""
    texto = ruta.read_text(encoding="utf-8")
    cabeza, clave, cola = texto.rpartition(', "segundos"')
    assert clave
    assert set(json.loads("{" + f'"segundos"{cola}'.strip())) == set(CAMBIAN)
    return cabeza.encode()


@pytest.fixture(scope="module")
def padrones(tmp_path_factory) -> dict[str, Path]:
    """Uno limpio y uno con defectos plantados, y los mismos en una hoja de cálculo."""
    carpeta = tmp_path_factory.mktemp("padrones")
    hechos = {}
    for nombre, sucio in (("limpio", 0.0), ("sucio", 0.4)):
        for extension in ("csv", "xlsx"):
            salida = carpeta / f"{nombre}.{extension}"
            generar(
                Pedido(filas=300, semilla=5, sucio=sucio, salida=salida, verdad=carpeta / "v.csv")
            )
            hechos[salida.name] = salida
    return hechos


# --- Dice lo mismo


@pytest.mark.django_db
def test_dice_lo_mismo_que_la_orden_byte_por_byte(tmp_path, padrones, correr):
    regla = ReglaFactory(ejercicio=2025)
    ApoyoFactory(regla=regla)
    hechos = hechos_de(regla)
    pyz = tmp_path / "v.pyz"
    pyz.write_bytes(empacar(encargo(hechos)).contenido)

    for nombre, ruta in padrones.items():
        de_aqui, de_alla = tmp_path / "aqui.json", tmp_path / "alla.json"
        with pytest.raises(SystemExit) as salida:
            call_command(
                "validar_padron",
                ruta,
                programa=regla.programa.clave,
                ejercicio=2025,
                json=de_aqui,
                stdout=io.StringIO(),
            )
        corrida = correr(pyz, ruta, "--json", de_alla)

        assert corrida.returncode == salida.value.code, corrida.stderr
        assert _sin_medidas(de_alla) == _sin_medidas(de_aqui), nombre
        assert json.loads(de_alla.read_text())["filas"] >= 300


def test_termina_con_cero_uno_o_dos(tmp_path, validador, correr):
    bueno = llenar(r.MENORES, tmp_path / "bueno.xlsx")
    malo = tmp_path / "malo.csv"
    malo.write_text("CURP,Nombre(s)\nXX,Ana\n", encoding="utf-8")

    corrida = correr(validador, bueno, "--html", tmp_path / "i.html")
    assert (corrida.returncode, corrida.stderr) == (0, "")
    assert "1 filas; 1 pueden entrar" in corrida.stdout
    assert (tmp_path / "i.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")

    assert correr(validador, malo).returncode == 1

    corrida = correr(validador, tmp_path / "no-existe.csv")
    assert corrida.returncode == 2
    assert "No existe el archivo" in corrida.stderr
    assert "Traceback" not in corrida.stderr

    corrida = correr(validador, bueno, "--json", tmp_path / "no" / "hay.json")
    assert corrida.returncode == 2
    assert "No se pudo escribir el informe" in corrida.stderr


def test_una_hoja_que_se_pide_y_no_esta_se_dice(tmp_path, validador, correr):
    bueno = llenar(r.MENORES, tmp_path / "bueno.xlsx")
    corrida = correr(validador, bueno, "--hoja", "Otra")
    assert corrida.returncode == 2
    assert "Otra" in corrida.stderr


# --- Se abre en una carpeta privada y se comprueba


def test_se_abre_una_vez_en_una_carpeta_solo_suya(tmp_path, validador, correr):
    bueno = llenar(r.MENORES, tmp_path / "bueno.xlsx")
    correr(validador, bueno)
    base = tmp_path / "cache" / "sibis-validador"
    (abierta,) = base.iterdir()
    assert base.stat().st_mode & 0o077 == 0
    assert abierta.stat().st_mode & 0o077 == 0
    antes = (abierta / "regla.json").stat().st_mtime_ns

    assert correr(validador, bueno).returncode == 0
    assert (abierta / "regla.json").stat().st_mtime_ns == antes
    assert [p.name for p in (tmp_path / "vacia").iterdir()] == []


@pytest.mark.parametrize("dano", ["cambiado", "quitado", "agregado"])
def test_lo_que_ya_no_es_lo_empacado_se_vuelve_a_sacar(tmp_path, validador, correr, dano):
    bueno = llenar(r.MENORES, tmp_path / "bueno.xlsx")
    correr(validador, bueno)
    (abierta,) = (tmp_path / "cache" / "sibis-validador").iterdir()
    codigo = abierta / "padron" / "viajero" / "orden.py"
    if dano == "cambiado":
        codigo.write_text("raise SystemExit('suplantado')", encoding="utf-8")
    elif dano == "quitado":
        codigo.unlink()
    else:
        (abierta / "json.py").write_text("raise SystemExit('suplantado')", encoding="utf-8")

    corrida = correr(validador, bueno)

    assert (corrida.returncode, corrida.stderr) == (0, "")
    assert not (abierta / "json.py").exists()
    assert "suplantado" not in codigo.read_text(encoding="utf-8")


def test_sin_carpeta_propia_se_abre_en_una_prestada_que_se_borra(tmp_path, validador, correr):
    bueno = llenar(r.MENORES, tmp_path / "bueno.xlsx")
    (tmp_path / "cache").write_text("no soy una carpeta", encoding="utf-8")
    antes = set(Path(subprocess_temporal()).glob("validador-codigo-*"))
    assert correr(validador, bueno).returncode == 0
    assert set(Path(subprocess_temporal()).glob("validador-codigo-*")) == antes


def subprocess_temporal() -> str:
    """Donde un proceso nuevo guarda lo temporal, sin las variables de la prueba."""
    dicho = subprocess.run(
        [sys.executable, "-I", "-c", "import tempfile; print(tempfile.gettempdir())"],
        env={},
        capture_output=True,
        text=True,
        check=True,
    )
    return dicho.stdout.strip()


def test_un_validador_danado_se_dice(tmp_path, validador, correr):
    malo = tmp_path / "malo.pyz"
    with zipfile.ZipFile(validador) as bueno, zipfile.ZipFile(malo, "w") as libro:
        for nombre in bueno.namelist():
            contenido = bueno.read(nombre)
            if nombre.endswith("orden.py"):
                contenido += b"\n# otra cosa\n"
            libro.writestr(nombre, contenido)
    corrida = correr(malo, "x.csv")
    assert corrida.returncode == 1
    assert "está dañado" in corrida.stderr


def test_en_otro_equipo_dice_cual_hace_falta(tmp_path, validador, correr):
    otro = tmp_path / "otro.pyz"
    with zipfile.ZipFile(validador) as bueno, zipfile.ZipFile(otro, "w") as libro:
        manifiesto = json.loads(bueno.read("manifiesto.json"))
        manifiesto["equipos"] = {"cp399-windows-x86_64": ["propio"]}
        libro.writestr("manifiesto.json", json.dumps(manifiesto))
        libro.writestr("__main__.py", bueno.read("__main__.py"))
    corrida = correr(otro, "x.csv")
    assert corrida.returncode == 2
    assert "Python 3.99 en Windows (x86_64)" in corrida.stderr
    assert f"Python 3.{sys.version_info[1]} en" in corrida.stderr


# --- Qué viaja, y con qué garantía


def test_sale_lo_mismo_cada_vez_y_cambia_si_cambia_la_regla(validador):
    assert empacar(encargo()).contenido == validador.read_bytes()
    assert (
        empacar(encargo(replace(r.MENORES, hoy="2031-05-05"))).contenido == validador.read_bytes()
    )
    assert (
        empacar(encargo(replace(r.MENORES, edad_min_meses=5))).contenido != validador.read_bytes()
    )


def test_no_viajan_django_ni_la_base_ni_nada_de_quien_lo_hizo(validador):
    with zipfile.ZipFile(validador) as libro:
        nombres = libro.namelist()
        fuentes = b"".join(libro.read(n) for n in nombres if n.endswith((".py", ".json")))
    assert not [n for n in nombres if "django" in n.lower() or "psycopg" in n]
    assert not [
        n for n in nombres if n.endswith((".pyc", "RECORD", "direct_url.json")) or ".." in n
    ]
    assert str(settings.RAIZ).encode() not in fuentes
    assert {n.split("/")[0] for n in nombres} == {"__main__.py", "manifiesto.json", "contenido"}


def test_el_alcance_sigue_lo_que_se_importa_y_solo_eso():
    hallado = alcance.desde(("padron.viajero.orden",), Path(settings.RAIZ))
    assert hallado.ajenos == {"duckdb", "python_calamine", "xlsxwriter"}
    assert "sibis/nucleo/libro.py" in hallado.codigo
    assert "padron/viajero/empaque.py" not in hallado.codigo
    assert not [x for x in hallado.codigo if x.startswith(("padron/models", "padron/consultas"))]
    assert b"celery" not in hallado.codigo["sibis/__init__.py"]


def test_el_manifiesto_dice_de_que_es(tmp_path, validador):
    dicho = manifiesto_de(validador)
    assert (dicho["programa"], dicho["ejercicio"]) == ("menores", 2025)
    assert dicho["regla"] == huella_de_regla(r.MENORES)
    assert list(dicho["equipos"]) == [arranque.este_equipo()]
    (tmp_path / "x.pyz").write_bytes(b"no es un validador")
    assert manifiesto_de(tmp_path / "x.pyz") is None
    assert manifiesto_de(tmp_path / "no-existe.pyz") is None


def test_para_otra_plataforma_pide_sus_ruedas():
    otra = "windows-x86_64" if esta_plataforma() != "windows-x86_64" else "macos-arm64"
    with pytest.raises(NoSePuedeEmpacar, match="--ruedas"):
        empacar(encargo(plataforma=otra))


# --- La orden


@pytest.mark.django_db
def test_la_orden_lo_deja_con_su_nombre_y_su_huella(tmp_path):
    regla = ReglaFactory(publicada=True, ejercicio=2025)
    dicho = io.StringIO()
    call_command(
        "empaquetar_validador",
        programa=regla.programa.clave,
        ejercicio=2025,
        salida=tmp_path,
        stdout=dicho,
    )
    pyz = tmp_path / f"validador-{regla.programa.slug}-2025-{esta_plataforma()}.pyz"
    huella = hashlib.sha256(pyz.read_bytes()).hexdigest()
    assert (tmp_path / f"{pyz.name}.sha256").read_text() == f"{huella}  {pyz.name}\n"
    assert huella in dicho.getvalue()
    assert "MB" in dicho.getvalue()
    assert [x.suffix for x in tmp_path.iterdir() if x.suffix == ".parcial"] == []


@pytest.mark.django_db
def test_la_orden_dice_que_no_hay_programa_o_que_no_se_pudo_escribir(tmp_path):
    with pytest.raises(CommandError, match="No hay un programa"):
        call_command("empaquetar_validador", programa="ninguno", ejercicio=2025, salida=tmp_path)
    regla = ReglaFactory(publicada=True, ejercicio=2025)
    with pytest.raises(CommandError, match="No se pudo escribir"):
        call_command(
            "empaquetar_validador",
            programa=regla.programa.clave,
            ejercicio=2025,
            salida=tmp_path / "no" / "hay.pyz",
        )
    with suppress(FileNotFoundError):
        assert list((tmp_path / "no").iterdir()) == []
