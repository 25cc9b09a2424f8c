"""Ningún enlace del sitio está roto, en ninguno de sus idiomas."""

from __future__ import annotations

from tests.recorridos.conftest import Sitio
from tests.recorridos.enlaces import Rastreo


def test_ningun_enlace_interno_esta_roto(rastreo: Rastreo) -> None:
    assert rastreo.rotos == {}
    paginas = [u for u, v in rastreo.visitas.items() if v.tipo.startswith("text/html")]
    assert len(paginas) > 60
    assert len([u for u in paginas if "/en/" in u]) > 25


def test_el_rastreo_delata_lo_roto(sitio: Sitio) -> None:
    rastreo = Rastreo(sitio.url, sigue=False)
    rastreo.correr("/ayuda/#no-existe", "/programas/no-existe/", "/nada.pdf")
    motivos = {u.removeprefix(sitio.url): m for u, m in rastreo.rotos.items()}
    assert "ancla" in motivos["/ayuda/#no-existe"]
    assert "404" in motivos["/programas/no-existe/"]
    assert "no hay tal" in motivos["/nada.pdf"]
