"""Lo que bench/paginas.py enciende sale de despliegue; y las medidas llegan al documento."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings

from bench import _escribir
from bench._servidores import configuracion

CONF = (Path(settings.RAIZ) / "despliegue" / "nginx.conf").read_text(encoding="utf-8")
INFORME = {
    "nombre": "paginas",
    "fecha": "2026-11-23T02:00:00+00:00",
    "maquina": {"nucleos": 2, "carga": 0.4, "python": "3.11.9", "sistema": "Linux"},
    "medidas": [
        {"nombre": "portada", "veces": 12345, "mediana_ms": 14.911, "p95_ms": 43.1, "peor_ms": 50.9,
         "por_segundo": 23681.7, "cpu_ms": 0.023, "memoria_mb": 26.5},
    ],
    "notas": {"reglas": 1000},
}  # fmt: skip


def test_la_configuracion_que_se_mide_es_la_que_se_despliega(tmp_path):
    texto = configuracion(CONF, carpeta=tmp_path, aplicacion="127.0.0.1:1", puerto=2)

    assert "proxy_cache_key" in texto
    assert "proxy_cache_revalidate on" in texto
    assert "listen 127.0.0.1:2;" in texto
    assert "server 127.0.0.1:1;" in texto
    for ajeno in ("ssl", "web:8000", "limit_req", "8443", "8080", "/var/cache"):
        assert ajeno not in texto.replace("# ", "").partition("http {")[2], ajeno
    assert texto.count("{") == texto.count("}")


def test_el_idioma_no_entra_en_la_llave_ni_llega_a_la_aplicacion():
    llaves = [renglon for renglon in CONF.splitlines() if "proxy_cache_key" in renglon]
    assert len(llaves) == 2
    assert not any("idioma" in llave or "language" in llave for llave in llaves)
    assert 'proxy_set_header Accept-Language "";' in CONF


def test_las_medidas_se_escriben_entre_sus_marcas():
    documento = (
        f"# Rendimiento\n\nAntes.\n\n{_escribir.DESDE}\nviejo\n{_escribir.HASTA}\n\nDespués.\n"
    )
    nuevo = _escribir.reescribir(documento, [INFORME])

    assert "viejo" not in nuevo
    assert nuevo.startswith("# Rendimiento\n\nAntes.")
    assert nuevo.endswith("Después.\n")
    assert "| portada | 14.9 | 43.1 | 23,682 | 0.023 | 26.5 | 12,345 |" in nuevo
    assert "- reglas: 1000" in nuevo
    assert _escribir.reescribir(nuevo, [INFORME]) == nuevo


def test_sin_marcas_no_se_toca_el_documento():
    with pytest.raises(ValueError, match="marcas"):
        _escribir.reescribir("# Rendimiento\n", [INFORME])
