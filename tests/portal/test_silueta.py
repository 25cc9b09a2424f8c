"""El mapa de la portada: las dieciséis, con el tono que toca a su total."""

from __future__ import annotations

import re

from sibis.portal import silueta


def test_estan_las_dieciseis_en_orden() -> None:
    nombres = [a.nombre for a in silueta.dibujar(totales={}, url_de={})]
    assert len(nombres) == 16
    assert nombres[:3] == ["Álvaro Obregón", "Azcapotzalco", "Benito Juárez"]
    assert nombres.index("La Magdalena Contreras") < nombres.index("Miguel Hidalgo")


def test_el_tono_crece_con_el_total_y_cero_es_cero() -> None:
    por_clave = {
        a.clave: a
        for a in silueta.dibujar(totales={"09015": 12, "09007": 6, "09002": 1}, url_de={})
    }
    assert por_clave["09015"].nivel == silueta.NIVELES
    assert por_clave["09007"].nivel == 2
    assert por_clave["09002"].nivel == 1
    assert por_clave["09006"].nivel == 0


def test_el_numero_cae_dentro_del_lienzo() -> None:
    _, _, ancho, alto = map(int, silueta.lienzo().split())
    for alcaldia in silueta.dibujar(totales={}, url_de={}):
        assert 0 < alcaldia.x < ancho
        assert 0 < alcaldia.y < alto
        assert re.fullmatch(r"[Mlz0-9 -]+", alcaldia.trazo), alcaldia.nombre
