"""Padrones inventados: personas con CURP bien formada, y lo que se les quiera descomponer."""

from __future__ import annotations

import csv
import datetime
import io
import random

from sibis.nucleo.identificadores import formar_curp

TITULOS = (
    *("CURP", "Nombre(s)", "Primer apellido", "Segundo apellido", "Fecha de nacimiento"),
    *("Sexo", "Alcaldía", "Folio", "Monto"),
)
_NOMBRES = ("Rosa", "Elena", "Pedro", "Irma", "Julio", "Berta", "Raúl", "Sofía")
_APELLIDOS = ("Rojas", "Méndez", "Paredes", "Lira", "Cano", "Duarte", "Solís", "Tovar", "Vidal")
_ALCALDIAS = ("Iztapalapa", "Coyoacán", "Tlalpan", "Xochimilco")
MUJERES = frozenset(("Rosa", "Elena", "Irma", "Berta", "Sofía"))


def personas(cuantas: int, *, semilla: int = 1, malas: int = 0) -> list[list[str]]:
    """Las primeras `malas` traen una CURP con el dígito cambiado."""
    azar = random.Random(semilla)
    filas: list[list[str]] = []
    vistas: set[str] = set()
    while len(filas) < cuantas:
        nombre, primero, segundo = azar.choice(_NOMBRES), *azar.sample(_APELLIDOS, 2)
        nacio = datetime.date(1950, 1, 1) + datetime.timedelta(days=azar.randrange(18_000))
        curp = formar_curp(
            nombres=nombre,
            primer_apellido=primero,
            segundo_apellido=segundo,
            nacimiento=nacio,
            sexo="M" if nombre in MUJERES else "H",
            entidad=azar.choice(("DF", "MC", "OC", "PL")),
            homoclave=azar.choice("0123456789"),
        )
        if curp in vistas:
            continue
        vistas.add(curp)
        if len(filas) < malas:
            curp = f"{curp[:17]}{(int(curp[17]) + 1) % 10}"
        sexo = "Mujer" if nombre in MUJERES else "Hombre"
        filas.append(
            [
                *(curp, nombre, primero, segundo, f"{nacio:%d/%m/%Y}", sexo),
                *(azar.choice(_ALCALDIAS), f"F-{semilla}-{len(filas) + 1}", "1200.00"),
            ]
        )
    return filas


def csv_de(filas: list[list[str]], *, titulos: tuple[str, ...] = TITULOS) -> bytes:
    texto = io.StringIO(newline="")
    escritor = csv.writer(texto, lineterminator="\n")
    escritor.writerow(titulos)
    escritor.writerows(filas)
    return texto.getvalue().encode()


def padron(cuantas: int, *, semilla: int = 1, malas: int = 0) -> bytes:
    return csv_de(personas(cuantas, semilla=semilla, malas=malas))
