"""Las cuentas de demostración, para quien prueba el sistema.

Uso: cuentas_demo.py ARCHIVO [--url URL | --codigo USUARIO]. Con --url la anota antes de enseñarlas;
con --codigo da el código TOTP de este momento (RFC 6238), que es lo que pide el panel.
"""

# ruff: noqa: T201  (su salida es para bash)

import argparse
import base64
import hmac
import json
import os
import sys
import time
from pathlib import Path

COLUMNAS = ("usuario", "clave", "rol", "dependencia")
TITULOS = ("usuario", "contraseña", "rol", "dependencia")
PASO = 30  # segundos que vale un código


def anotar_url(archivo: Path, datos: dict, url: str) -> None:
    datos["url"] = url
    nuevo = archivo.with_suffix(".nuevo")
    permisos = os.open(nuevo, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(permisos, "w", encoding="utf-8") as salida:
        json.dump(datos, salida, ensure_ascii=False, indent=2)
    nuevo.replace(archivo)


def tabla(usuarios: list[dict]) -> str:
    renglones = [TITULOS, *(tuple(str(u.get(c) or "—") for c in COLUMNAS) for u in usuarios)]
    anchos = [max(len(r[i]) for r in renglones) for i in range(len(COLUMNAS))]
    return "\n".join(
        "    " + "  ".join(d.ljust(a) for d, a in zip(r, anchos, strict=True)).rstrip()
        for r in renglones
    )


def codigo(llave: str, ahora: float) -> str:
    binaria = base64.b32decode(llave + "=" * (-len(llave) % 8), casefold=True)
    resumen = hmac.digest(binaria, int(ahora // PASO).to_bytes(8, "big"), "sha1")
    inicio = resumen[-1] & 15
    numero = int.from_bytes(resumen[inicio : inicio + 4], "big") & 0x7FFFFFFF
    return f"{numero % 1_000_000:06d}"


def mostrar_codigo(usuarios: list[dict], nombre: str) -> int:
    llaves = {u["usuario"]: u["totp"] for u in usuarios}
    if nombre not in llaves:
        print(f"No hay una cuenta «{nombre}». Las que hay: {', '.join(llaves)}.", file=sys.stderr)
        return 2
    ahora = time.time()
    print(codigo(llaves[nombre], ahora))
    print(f"  vale {PASO - int(ahora) % PASO} segundos más, y una sola vez", file=sys.stderr)
    return 0


def main() -> int:
    lector = argparse.ArgumentParser()
    lector.add_argument("archivo", type=Path)
    lector.add_argument("--url")
    lector.add_argument("--codigo")
    opciones = lector.parse_args()
    datos = json.loads(opciones.archivo.read_text(encoding="utf-8"))
    if opciones.codigo:
        return mostrar_codigo(datos["usuarios"], opciones.codigo)
    if opciones.url and datos.get("url") != opciones.url:
        anotar_url(opciones.archivo, datos, opciones.url)
    print("\n  Cuentas de demostración (datos inventados; también en var/demo.json):")
    print(tabla(datos["usuarios"]))
    print("  El panel pide además un código de seis cifras: bin/codigo USUARIO")
    return 0


if __name__ == "__main__":
    sys.exit(main())
