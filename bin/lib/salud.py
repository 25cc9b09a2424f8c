"""Espera a que URL conteste 200; sale con 1 si no contestó a tiempo.

Uso: salud.py URL SEGUNDOS [URL_PUBLICA]. Con la última se pregunta en su nombre, porque en
producción solo se atiende a ese anfitrión.
"""

import sys
import time
import urllib.request
from urllib.parse import urlsplit


def contesta(url: str, anfitrion: str) -> bool:
    # Sin proxy: la pregunta es a esta misma máquina.
    abridor = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    peticion = urllib.request.Request(url, headers={"Host": anfitrion} if anfitrion else {})  # noqa: S310
    try:
        with abridor.open(peticion, timeout=5) as respuesta:
            return respuesta.status == 200
    except OSError:
        return False


def main() -> int:
    url, limite = sys.argv[1], time.monotonic() + float(sys.argv[2])
    anfitrion = urlsplit(sys.argv[3]).netloc if len(sys.argv) > 3 else ""
    while time.monotonic() < limite:
        if contesta(url, anfitrion):
            return 0
        time.sleep(0.1)
    return 1


if __name__ == "__main__":
    sys.exit(main())
