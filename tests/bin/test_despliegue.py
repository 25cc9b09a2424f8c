"""Lo que docker-compose.yml promete. Aquí no hay motor de contenedores: se revisa la forma."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

RAIZ = Path(__file__).resolve().parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((RAIZ / "docker-compose.yml").read_text())
SERVICIOS: dict[str, Any] = COMPOSE["services"]


def test_estan_todas_las_partes() -> None:
    assert {"web", "worker", "beat", "base", "redis", "proxy"} <= SERVICIOS.keys()


@pytest.mark.parametrize("nombre", sorted(SERVICIOS.keys() - {"preparar", "web"}))
def test_cada_servicio_dice_como_esta(nombre: str) -> None:
    """La web hereda la revisión de la imagen; `preparar` termina."""
    assert SERVICIOS[nombre]["healthcheck"]["test"]
    assert SERVICIOS[nombre]["restart"] == "unless-stopped"


def test_la_web_espera_a_las_migraciones() -> None:
    condicion = SERVICIOS["web"]["depends_on"]["preparar"]["condition"]
    assert condicion == "service_completed_successfully"
    assert "HEALTHCHECK" in (RAIZ / "Dockerfile").read_text()


def test_todo_secreto_viene_de_un_archivo() -> None:
    for nombre, secreto in COMPOSE["secrets"].items():
        assert secreto["file"].startswith("./var/secretos/"), nombre
    declarados = set(COMPOSE["secrets"])
    usados = {s for servicio in SERVICIOS.values() for s in servicio.get("secrets", [])}
    assert usados == declarados


def test_ninguna_clave_en_el_entorno() -> None:
    for nombre, servicio in SERVICIOS.items():
        for variable, valor in servicio.get("environment", {}).items():
            if re.search(r"PASS|CLAVE|SECRET|URL$", variable) and variable != "SIBIS_URL_PUBLICA":
                assert variable.endswith("_FILE"), f"{nombre}: {variable}"
                assert str(valor).startswith("/run/secrets/")


@pytest.mark.parametrize("nombre", ["web", "worker", "beat", "redis", "proxy"])
def test_disco_de_solo_lectura_y_sin_privilegios(nombre: str) -> None:
    servicio = SERVICIOS[nombre]
    assert servicio["read_only"] is True
    assert servicio["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in servicio["security_opt"]


def test_solo_el_intermediario_se_asoma_a_la_red() -> None:
    assert [n for n, s in SERVICIOS.items() if "ports" in s] == ["proxy"]
    assert COMPOSE["networks"]["interna"]["internal"] is True
    for nombre in ("base", "redis"):
        assert SERVICIOS[nombre]["networks"] == ["interna"]


def test_la_imagen_tiene_dos_etapas_y_no_es_root() -> None:
    texto = (RAIZ / "Dockerfile").read_text()
    assert len(re.findall(r"^FROM ", texto, flags=re.MULTILINE)) == 2
    assert "--require-hashes" in texto
    final = texto[texto.rindex("FROM ") :]
    assert "USER 10001:10001" in final
    assert "pip install" not in final


def test_ni_el_estado_ni_los_secretos_entran_a_la_imagen() -> None:
    ignorado = (RAIZ / ".dockerignore").read_text().split()
    assert {"var", ".venv", ".git", "tests"} <= set(ignorado)


def test_el_intermediario_no_guarda_paginas_de_personas() -> None:
    texto = (RAIZ / "despliegue" / "nginx.conf").read_text()
    general = texto[texto.index("location / {\n            limit_req") :]
    assert "proxy_no_cache $tiene_galletas" in general
    for privada in re.findall(r"location ~ \^/[^{]+\{[^}]+\}", texto):
        assert "proxy_cache" not in privada
    formato = re.search(r"log_format \w+ '([^']+)'", texto)
    assert formato
    for dato in ("$request ", "$args", "$request_uri", "$remote_addr", "$http_"):
        assert dato not in formato[1]


def test_una_direccion_larga_llega_igual_por_el_intermediario_que_sin_el() -> None:
    texto = (RAIZ / "despliegue" / "nginx.conf").read_text()
    assert "large_client_header_buffers 4 64k;" in texto
    assert (
        "MAX_REQUEST_LINE = 65_536" in (RAIZ / "sibis" / "settings" / "servidor_web.py").read_text()
    )
    for guion in ("bin/run", "Dockerfile"):
        assert "sibis/settings/servidor_web.py" in (RAIZ / guion).read_text(), guion


@pytest.mark.parametrize("guion", ["bin/lib/postgres.sh", "docker-compose.yml"])
def test_la_base_no_copia_a_su_registro_lo_que_alguien_tecleo(guion: str) -> None:
    """psycopg manda los valores dentro de la orden, y el detalle de un error los cita."""
    texto = (RAIZ / guion).read_text()
    assert "log_min_error_statement=panic" in texto
    assert "log_error_verbosity=terse" in texto


def test_crear_secretos_no_pisa_los_que_hay(tmp_path: Path) -> None:
    guion = tmp_path / "despliegue" / "crear_secretos"
    guion.parent.mkdir()
    guion.write_text((RAIZ / "despliegue" / "crear_secretos").read_text())
    guion.chmod(0o755)

    def correr(*argumentos: str) -> int:
        return subprocess.run(
            [str(guion), *argumentos], capture_output=True, check=False
        ).returncode

    assert correr() == 2
    assert correr("http://sin.cifrar") == 2
    assert correr("https://sibis.example") == 0
    carpeta = tmp_path / "var" / "secretos"
    antes = {ruta.name: ruta.read_text() for ruta in carpeta.iterdir()}
    assert set(antes) == {Path(s["file"]).name for s in COMPOSE["secrets"].values()} - {
        "certificado.pem",
        "llave.pem",
    }
    assert antes["base_sibis"] in antes["database_url"]
    assert oct(carpeta.stat().st_mode & 0o777) == "0o700"
    assert all(os.path.getsize(carpeta / nombre) >= 40 for nombre in antes)
    assert correr("https://sibis.example") == 0
    assert {ruta.name: ruta.read_text() for ruta in carpeta.iterdir()} == antes
