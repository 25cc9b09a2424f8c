"""Hacer el validador que viaja: un solo archivo con el código, la regla y las bibliotecas de cada equipo.

Con lo mismo sale lo mismo, byte por byte: dos personas pueden hacerlo y comparar su huella.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from padron.validacion.regla import Regla
from padron.viajero import alcance, ruedas
from padron.viajero.arranque import este_equipo
from padron.viajero.ruedas import NoSePuedeEmpacar

Equipos = dict[str, tuple[str, ...]]

ENTRADA, PROPIO = "padron.viajero.orden", "propio"
# Lo que corre en un proceso aparte no lo importa nadie; las hojas de estilo tampoco.
_ENTRADAS = (ENTRADA, "sibis.nucleo.libro")
_DATOS = ("padron/viajero/hoja.css", "LICENSE")
_INTERPRETE = b"#!/usr/bin/env python3\n"
_FECHA = (1980, 1, 1, 0, 0, 0)
PLATAFORMAS = ("linux-x86_64", "linux-arm64", "windows-x86_64", "macos-arm64", "macos-x86_64")


@dataclass(frozen=True, slots=True)
class Encargo:
    """`ruedas`: carpeta con las de la plataforma; sin ella viajan las instaladas, que son las de aquí."""

    regla: Regla
    raiz: Path
    empacado: str  # AAAA-MM-DD
    version: str
    plataforma: str = ""
    ruedas: Path | None = None


@dataclass(frozen=True, slots=True)
class Empacado:
    contenido: bytes
    equipos: tuple[str, ...]

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.contenido).hexdigest()


def esta_plataforma() -> str:
    return este_equipo().split("-", 1)[1]


def huella_de_regla(regla: Regla) -> str:
    """Cambia si cambia con qué se revisa, no de un día a otro."""
    hechos = json.dumps(replace(regla, hoy="").a_json(), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(hechos.encode()).hexdigest()


def empacar(encargo: Encargo) -> Empacado:
    """Levanta NoSePuedeEmpacar si falta algo o si algo no es lo que el candado dice."""
    codigo = alcance.desde(_ENTRADAS, encargo.raiz)
    propio = {**codigo.codigo, "regla.json": _regla(encargo)}
    propio |= {r: (encargo.raiz / r).read_bytes() for r in _DATOS}
    equipos, grupos = _bibliotecas(encargo, ruedas.bibliotecas_de(codigo.ajenos))
    equipos = {e: (PROPIO, *suyos) for e, suyos in equipos.items()}
    return Empacado(_libro(encargo, equipos, {PROPIO: propio, **grupos}), tuple(sorted(equipos)))


def _regla(encargo: Encargo) -> bytes:
    datos = {
        "regla": replace(encargo.regla, hoy="").a_json(),
        "empacado": encargo.empacado,
        "version": encargo.version,
    }
    return json.dumps(datos, ensure_ascii=False, sort_keys=True, indent=1).encode()


def _bibliotecas(
    encargo: Encargo, nombres: tuple[str, ...]
) -> tuple[Equipos, dict[str, ruedas.Archivos]]:
    """Qué grupos de archivos usa cada equipo, y los grupos: uno por biblioteca o por rueda."""
    texto = (encargo.raiz / "requirements" / "produccion.txt").read_text(encoding="utf-8")
    fijas = ruedas.candado(texto)
    plataforma = encargo.plataforma or esta_plataforma()
    if encargo.ruedas is not None:
        return _de_carpeta(encargo.ruedas, nombres, plataforma, fijas)
    if plataforma != esta_plataforma():
        raise NoSePuedeEmpacar(
            f"Aquí solo están las bibliotecas de {esta_plataforma()}. Para {plataforma} descarga sus "
            "ruedas y di dónde están con --ruedas (docs/validador.md dice cómo)."
        )
    return {este_equipo(): nombres}, {n: ruedas.instalada(n, fijas) for n in nombres}


def _de_carpeta(
    carpeta: Path, nombres: tuple[str, ...], plataforma: str, fijas: ruedas.Fijas
) -> tuple[Equipos, dict[str, ruedas.Archivos]]:
    """Los equipos para los que están todas; una rueda que sirve a varios viaja una vez."""
    halladas = {
        r: ruedas.alcance_de(r)
        for r in sorted(carpeta.glob("*.whl"))
        if ruedas.nombre_de(r) in nombres
    }
    versiones = {a.python for a in halladas.values() if a.python}
    versiones |= {f"cp{a.desde[0]}{a.desde[1]}" for a in halladas.values() if a.desde}
    equipos: Equipos = {}
    faltan: set[str] = set(nombres)
    for equipo in sorted(f"{v}-{plataforma}" for v in versiones):
        suyas = [r for r, alcance_suyo in halladas.items() if alcance_suyo.sirve(equipo)]
        sin_rueda = set(nombres) - {ruedas.nombre_de(r) for r in suyas}
        faltan &= sin_rueda or faltan
        if not sin_rueda:
            equipos[equipo] = tuple(r.name for r in suyas)
    if not equipos:
        raise NoSePuedeEmpacar(
            f"En {carpeta} no están todas las ruedas de {plataforma} para un mismo Python. "
            f"Faltan: {', '.join(sorted(faltan))}."
        )
    usadas = {nombre for suyas in equipos.values() for nombre in suyas}
    return equipos, {n: ruedas.de_rueda(carpeta / n, fijas) for n in sorted(usadas)}


def _libro(encargo: Encargo, equipos: Equipos, grupos: dict[str, ruedas.Archivos]) -> bytes:
    manifiesto: dict[str, Any] = {
        "entrada": ENTRADA,
        "equipos": equipos,
        "programa": encargo.regla.clave,
        "ejercicio": encargo.regla.ejercicio,
        "empacado": encargo.empacado,
        "regla": huella_de_regla(encargo.regla),
        "version_de_regla": encargo.regla.version,
        "grupos": {
            grupo: {r: hashlib.sha256(c).hexdigest() for r, c in sorted(archivos.items())}
            for grupo, archivos in grupos.items()
        },
    }
    manifiesto["huella"] = hashlib.sha256(_json(manifiesto)).hexdigest()
    partes = {
        "__main__.py": (encargo.raiz / "padron" / "viajero" / "arranque.py").read_bytes(),
        "manifiesto.json": _json(manifiesto),
    }
    for grupo, archivos in sorted(grupos.items()):
        partes |= {f"contenido/{grupo}/{r}": c for r, c in sorted(archivos.items())}
    return _INTERPRETE + _comprimido(partes)


def _json(datos: dict[str, Any]) -> bytes:
    return json.dumps(datos, ensure_ascii=False, sort_keys=True).encode()


def _comprimido(partes: dict[str, bytes]) -> bytes:
    salida = io.BytesIO()
    with zipfile.ZipFile(salida, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as libro:
        for nombre, contenido in partes.items():
            dato = zipfile.ZipInfo(nombre, _FECHA)
            dato.create_system, dato.external_attr = 3, 0o644 << 16
            dato.compress_type = zipfile.ZIP_DEFLATED
            libro.writestr(dato, contenido)
    return salida.getvalue()


def manifiesto_de(validador: Path) -> dict[str, Any] | None:
    """Lo que un validador ya hecho dice de sí; None si no es uno."""
    try:
        with zipfile.ZipFile(validador) as libro:
            dicho: dict[str, Any] = json.loads(libro.read("manifiesto.json"))
    except (OSError, zipfile.BadZipFile, KeyError, ValueError):
        return None
    return dicho
