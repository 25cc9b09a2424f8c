"""Padrones de prueba: gente inventada, y lo que se le descompone a propósito."""

from __future__ import annotations

import csv
import datetime
import io
from typing import Any

from padron.importacion import avance
from padron.models import Carga
from padron.servicios import cargas, en_marcha
from programas.models import ReglaOperacion
from sibis.demo.personas import Persona, inventar

TITULOS = [
    "CURP",
    "Nombres",
    "Primer apellido",
    "Segundo apellido",
    "Fecha de nacimiento",
    "Sexo",
    "Monto",
]
RAROS = ["Clave", "Quién", "Ap 1", "Ap 2", "Cuándo", "S", "Importe total"]


def personas(cuantas: int, desde: int = 0) -> list[Persona]:
    """Adultas y distintas."""
    halladas: dict[str, Persona] = {}
    numero = desde * 1_000
    while len(halladas) < cuantas:
        persona = inventar(11, "pantallas", numero)
        numero += 1
        if persona.nacimiento < datetime.date(2000, 1, 1):
            halladas.setdefault(persona.curp, persona)
    return list(halladas.values())


def archivo(
    quienes: list[Persona],
    *,
    mal: int = 0,
    titulos: list[str] | None = None,
    monto: str = "1500.00",
) -> bytes:
    """Un CSV; los primeros `mal` traen una CURP con el dígito cambiado."""
    salida = io.StringIO()
    escritor = csv.writer(salida)
    escritor.writerow(titulos or TITULOS)
    for numero, p in enumerate(quienes):
        curp = p.curp[:-1] + str((int(p.curp[-1]) + 1) % 10) if numero < mal else p.curp
        escritor.writerow(
            [
                curp,
                p.nombres,
                p.primer_apellido,
                p.segundo_apellido,
                f"{p.nacimiento:%d/%m/%Y}",
                p.sexo,
                monto,
            ]
        )
    return salida.getvalue().encode()


def entregar(regla: ReglaOperacion, *, por: Any, contenido: bytes, **valores: Any) -> Carga:
    """Recibida y leída: se queda preguntando qué es cada columna."""
    carga = cargas.recibir(
        io.BytesIO(contenido),
        nombre="padron.csv",
        programa=regla.programa,
        ejercicio=regla.ejercicio,
        por=por,
        en_cola=False,
        **valores,
    )
    return mover(carga)


def mover(carga: Carga) -> Carga:
    """Lo que haría la cola."""
    avance.avanzar(carga.pasadas.latest("numero").pk, segundos=60)
    carga.refresh_from_db()
    return carga


def revisada(regla: ReglaOperacion, *, por: Any, contenido: bytes, **valores: Any) -> Carga:
    carga = entregar(regla, por=por, contenido=contenido, **valores)
    if carga.estado == "por_mapear":
        en_marcha.confirmar_mapeo(
            carga, mapeo=carga.lectura["propuesta"]["lugares"], por=por, en_cola=False
        )
        mover(carga)
    assert carga.estado == "por_revisar", carga.error
    return carga
