"""Anota la dirección en var/demo.json y enseña las cuentas. Uso: cuentas_demo.py ARCHIVO URL."""

# ruff: noqa: T201  (su salida es para bash)

import json
import os
import sys
from pathlib import Path

COLUMNAS = ("usuario", "clave", "totp", "rol", "dependencia")
TITULOS = ("usuario", "contraseña", "segundo factor", "rol", "dependencia")


def anotar_url(archivo: Path, url: str) -> dict:
    datos = json.loads(archivo.read_text(encoding="utf-8"))
    if datos.get("url") != url:
        datos["url"] = url
        nuevo = archivo.with_suffix(".nuevo")
        with os.fdopen(
            os.open(nuevo, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
        ) as f:
            json.dump(datos, f, ensure_ascii=False, indent=2)
        nuevo.replace(archivo)
    return datos


def tabla(usuarios: list[dict]) -> str:
    renglones = [TITULOS, *(tuple(str(u.get(c) or "—") for c in COLUMNAS) for u in usuarios)]
    anchos = [max(len(r[i]) for r in renglones) for i in range(len(COLUMNAS))]
    return "\n".join(
        "    " + "  ".join(d.ljust(a) for d, a in zip(r, anchos, strict=True)).rstrip()
        for r in renglones
    )


def main() -> None:
    datos = anotar_url(Path(sys.argv[1]), sys.argv[2])
    print("\n  Cuentas de demostración (datos inventados; también en var/demo.json):")
    print(tabla(datos.get("usuarios", [])))


if __name__ == "__main__":
    main()
