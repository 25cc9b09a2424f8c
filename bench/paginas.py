"""bin/bench paginas: lo que espera una persona, con mil reglas y el servidor de verdad.

Enciende gunicorn como en la imagen y, si está instalado, nginx con despliegue/nginx.conf. Mide la
portada, una búsqueda y un programa sin caché; el listado con 16 a la vez; la visita repetida (304);
y la página guardada en nginx. Los pares, en la misma corrida: la misma página con una conexión nueva
por petición, una vista vacía de Django, y un archivo estático de nginx, que es el límite.
"""

from __future__ import annotations

import os
import sys
import tempfile
import urllib.request
from pathlib import Path

from bench import _servidores as servidores
from bench import marco
from bench.busqueda import sembrar
from programas.models import FichaPublica

SEGUNDOS = 6
A_LA_VEZ = 16
AJUSTES = {"DJANGO_SETTINGS_MODULE": "sibis.settings.local", "SIBIS_DEPURAR": "0"}


def _programa() -> str:
    ficha = FichaPublica.objects.exclude(programa__slug__startswith="banco-").first()
    return f"/programas/{ficha.programa.slug}/" if ficha else "/programas/banco-0/"


def _etiqueta(url: str) -> str:
    with urllib.request.urlopen(url) as respuesta:  # noqa: S310
        return str(respuesta.headers["ETag"])


def _estatico(url: str) -> str:
    """La hoja de estilo, por su nombre con huella."""
    with urllib.request.urlopen(url) as respuesta:  # noqa: S310
        html = respuesta.read().decode()
    return html.partition('rel="stylesheet" href="')[2].partition('"')[0]


def _sin_cache(url: str, pid: int, segundos: int) -> list[marco.Medida]:
    de_una = {"portada": "/", "búsqueda": "/programas/?q=beca", "programa": _programa()}
    medidas = [
        servidores.cargar(
            f"{nombre}, de una en una", url + ruta, pid=pid, a_la_vez=1, segundos=segundos
        )
        for nombre, ruta in de_una.items()
    ]
    listado = f"{url}/programas/"
    de_a_16 = {"pid": pid, "a_la_vez": A_LA_VEZ, "segundos": segundos}
    medidas.append(servidores.cargar("listado, 16 a la vez", listado, **de_a_16))
    medidas.append(
        servidores.cargar("listado, 304", listado, etiqueta=_etiqueta(listado), **de_a_16)
    )
    return medidas


def _con_nginx(url: str, carpeta: Path, segundos: int) -> list[marco.Medida]:
    if not Path(servidores.NGINX).exists():
        print("  Sin nginx en esta máquina: no se mide la página guardada.", file=sys.stderr)
        return []
    with servidores.nginx(url, carpeta) as (delante, pid):
        de_a_16 = {"pid": pid, "a_la_vez": A_LA_VEZ, "segundos": segundos}
        return [
            servidores.cargar("listado, guardado en nginx", f"{delante}/programas/", **de_a_16),
            servidores.cargar(
                "hoja de estilo, nginx (límite)", delante + _estatico(url), **de_a_16
            ),
        ]


def medir(reglas: int, segundos: int) -> None:
    sembrar(reglas)
    with tempfile.TemporaryDirectory() as temporal:
        carpeta = Path(temporal)
        with servidores.gunicorn("sibis.wsgi:application", carpeta, **AJUSTES) as (url, pid):
            medidas = _sin_cache(url, pid, segundos)
            medidas += _con_nginx(url, carpeta, segundos)
        ajustes = AJUSTES | {"DJANGO_SETTINGS_MODULE": "bench._sin_reserva"}
        with servidores.gunicorn("sibis.wsgi:application", carpeta, **ajustes) as (url, pid):
            medidas.append(
                servidores.cargar(
                    "listado, 16 a la vez, conexión nueva cada vez",
                    f"{url}/programas/",
                    pid=pid,
                    a_la_vez=A_LA_VEZ,
                    segundos=segundos,
                )  # fmt: skip
            )
        with servidores.gunicorn("bench._vista_sola:application", carpeta) as (url, pid):
            medidas.append(
                servidores.cargar(
                    "vista vacía de Django, 16 a la vez",
                    f"{url}/",
                    pid=pid,
                    a_la_vez=A_LA_VEZ,
                    segundos=segundos,
                )  # fmt: skip
            )
    marco.informar("paginas", medidas, notas=_notas(reglas, medidas))


def _notas(reglas: int, medidas: list[marco.Medida]) -> dict[str, object]:
    por_segundo = {m.nombre: m.por_segundo for m in medidas}
    notas: dict[str, object] = {"reglas": reglas, "CPU y memoria": "del servidor y sus procesos"}
    guardada = por_segundo.get("listado, guardado en nginx")
    if guardada:
        limite = por_segundo["hoja de estilo, nginx (límite)"]
        notas["guardada entre el límite"] = f"{guardada / limite:.0%}"
    return notas


if __name__ == "__main__":
    os.environ.setdefault("SIBIS_DEMOSTRACION", "1")
    medir(
        int(sys.argv[1]) if len(sys.argv) > 1 else 1000,
        int(sys.argv[2]) if len(sys.argv) > 2 else SEGUNDOS,
    )
