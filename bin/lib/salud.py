"""Espera a que `URL` conteste 200. Uso: salud.py URL SEGUNDOS. Sale con 1 si no contestó a tiempo."""

import sys
import time
import urllib.request


def contesta(url: str) -> bool:
    # Sin proxy: la pregunta es a esta misma máquina.
    abridor = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with abridor.open(url, timeout=5) as respuesta:
            return respuesta.status == 200
    except OSError:
        return False


def main() -> int:
    url, limite = sys.argv[1], time.monotonic() + float(sys.argv[2])
    while time.monotonic() < limite:
        if contesta(url):
            return 0
        time.sleep(0.1)
    return 1


if __name__ == "__main__":
    sys.exit(main())
