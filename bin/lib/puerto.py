"""Un puerto libre en 127.0.0.1. `puerto.py N` exige ese; sin número busca desde el 8000.

Imprime el puerto; por stderr, quién ocupaba el que se quería. Sale con 1 si el exigido está ocupado.
"""

# ruff: noqa: T201  (su salida es para bash)

import socket
import sys
from pathlib import Path

PRIMERO, INTENTOS = 8000, 100


def libre(puerto: int) -> bool:
    with socket.socket() as sonda:
        sonda.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            sonda.bind(("127.0.0.1", puerto))
        except OSError:
            return False
    return True


def quien_ocupa(puerto: int) -> str:
    """«python3 (proceso 123)», o un texto honesto si no se puede saber."""
    enchufes = set()
    for tabla in ("/proc/net/tcp", "/proc/net/tcp6"):
        for renglon in Path(tabla).read_text().splitlines()[1:] if Path(tabla).exists() else []:
            campos = renglon.split()
            if campos[3] == "0A" and int(campos[1].rpartition(":")[2], 16) == puerto:
                enchufes.add(f"socket:[{campos[9]}]")
    for archivo in Path("/proc").glob("[0-9]*/fd/*"):
        try:
            if str(archivo.readlink()) in enchufes:
                proceso = archivo.parents[1]
                return f"{(proceso / 'comm').read_text().strip()} (proceso {proceso.name})"
        except OSError:
            continue
    return "otro programa, de otro usuario"


def main() -> int:
    if len(sys.argv) > 1:
        puerto = int(sys.argv[1])
        if libre(puerto):
            print(puerto)
            return 0
        print(quien_ocupa(puerto), file=sys.stderr)
        return 1
    for puerto in range(PRIMERO, PRIMERO + INTENTOS):
        if libre(puerto):
            if puerto != PRIMERO:
                print(
                    f"  El puerto {PRIMERO} lo ocupa {quien_ocupa(PRIMERO)}; uso el {puerto}.",
                    file=sys.stderr,
                )
            print(puerto)
            return 0
    print(f"no hay puerto libre entre {PRIMERO} y {PRIMERO + INTENTOS}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
