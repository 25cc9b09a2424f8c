"""Los ajustes: el entorno se lee bien o se dice qué falta, y los registros no llevan datos de nadie."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings

from sibis.settings import entorno, registro  # noqa: TID251  (se prueban los ajustes mismos)

RAIZ = Path(__file__).resolve().parents[2]


def test_un_secreto_puede_venir_de_un_archivo(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archivo = tmp_path / "clave"
    archivo.write_text("secreta\n")
    monkeypatch.setenv("X_CLAVE", "la del entorno")
    monkeypatch.setenv("X_CLAVE_FILE", str(archivo))
    assert entorno.texto("X_CLAVE") == "secreta"
    monkeypatch.setenv("X_CLAVE_FILE", str(tmp_path / "no-existe"))
    with pytest.raises(ImproperlyConfigured, match="X_CLAVE_FILE"):
        entorno.texto("X_CLAVE")


def test_lo_que_falta_se_nombra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("X_FALTA", raising=False)
    with pytest.raises(ImproperlyConfigured, match="Falta X_FALTA"):
        entorno.texto("X_FALTA")
    monkeypatch.setenv("X_SI", "quizá")
    with pytest.raises(ImproperlyConfigured, match="quizá"):
        entorno.booleano("X_SI", omision=True)
    with pytest.raises(ImproperlyConfigured, match="número entero"):
        entorno.entero("X_SI", 1)


@pytest.mark.parametrize(
    ("url", "anfitrion", "base"),
    [
        ("postgresql://sibis@/sibis?host=/Srv/Var/zocalos/pg", "/Srv/Var/zocalos/pg", "sibis"),
        ("postgres://u:c%40x@base:5433/otra", "base", "otra"),
        ("postgis://u@127.0.0.1/x", "127.0.0.1", "x"),
    ],
)
def test_cualquier_url_de_postgres_da_postgis(
    url: str, anfitrion: str, base: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("X_URL", url)
    configuracion = entorno.base_de_datos("X_URL")
    assert configuracion["ENGINE"] == "django.contrib.gis.db.backends.postgis"
    assert (configuracion["HOST"], configuracion["NAME"]) == (anfitrion, base)


def test_la_cola_nombra_el_zocalo_como_celery_lo_espera() -> None:
    assert entorno.cola_de("unix:///a/r.sock?db=2") == "redis+socket:///a/r.sock?virtual_host=2"
    assert entorno.cola_de("unix:///a/r.sock") == "redis+socket:///a/r.sock?virtual_host=0"
    assert entorno.cola_de("redis://:c@redis:6379/0") == "redis://:c@redis:6379/0"


@pytest.mark.parametrize(
    "texto",
    [
        "GET /programas/?q=juana+perez&pagina=2",
        "Key (curp)=(GARC800101HDFRRL09) already exists",
        "curp garc800101hdfrrl09",
        "RFC GARC800101AB1",
        "escribió a juana.perez@example.org",
        "cuenta 012180001234567897",
        "llamó del 5512345678",
    ],
)
def test_el_registro_no_guarda_quien(texto: str) -> None:
    evento = registro.sin_datos_personales(
        None, "info", {"event": texto, "extra": {"lista": [texto]}}
    )
    for dato in ("juana", "GARC", "garc", "0121800", "5512345678"):
        assert dato not in str(evento)


def test_el_registro_conserva_lo_que_sirve() -> None:
    evento = {
        "event": "carga terminada en /panel/cargas/12/",
        "filas": 1500000,
        "segundos": 2.5,
        "clave": "09007",
    }
    assert registro.sin_datos_personales(None, "info", dict(evento)) == evento


@pytest.fixture
def cache_sin_redis(tmp_path: Path) -> Any:
    configuracion = {
        "BACKEND": "sibis.cache.CacheTolerante",
        "LOCATION": f"unix://{tmp_path}/nadie.sock",
    }
    with override_settings(CACHES={"default": configuracion}):
        yield caches["default"]


def test_sin_redis_la_cache_contesta_como_vacia(cache_sin_redis: Any) -> None:
    cache_sin_redis.set("a", 1)
    assert cache_sin_redis.get("a", "omisión") == "omisión"
    assert cache_sin_redis.get_many(["a", "b"]) == {}
    assert cache_sin_redis.get_or_set("a", lambda: 5) == 5
    assert cache_sin_redis.add("a", 1) is True
    assert cache_sin_redis.incr("a") == 1
    assert cache_sin_redis.delete("a") is False
    assert cache_sin_redis.set_many({"a": 1}) == ["a"]
    cache_sin_redis.clear()


def test_produccion_sin_configurar_dice_que_falta() -> None:
    limpio = {
        n: v for n, v in os.environ.items() if not n.startswith(("SIBIS_", "DATABASE_", "REDIS_"))
    }
    resultado = subprocess.run(
        [sys.executable, "-c", "import sibis.settings.produccion"],
        cwd=RAIZ,
        env=limpio | {"DATABASE_URL": "postgresql://x@/x"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert resultado.returncode != 0
    assert "Falta SIBIS_URL_PUBLICA" in resultado.stderr
