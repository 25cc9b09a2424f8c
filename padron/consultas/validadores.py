"""Los validadores ya hechos, en la carpeta que se configuró: cuáles hay de un programa y si siguen al día."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from padron.validacion.regla import Regla
from padron.viajero.empaque import PLATAFORMAS, huella_de_regla, manifiesto_de
from programas.models import Programa

_NOMBRES = {"linux": "Linux", "windows": "Windows", "macos": "macOS"}
_MAQUINAS = {"x86_64": "Intel o AMD, 64 bits", "arm64": "ARM, 64 bits"}


@dataclass(frozen=True, slots=True)
class Validador:
    """`sha256` vacío si nadie lo dejó junto al archivo."""

    plataforma: str
    ruta: Path
    bytes: int
    pythones: tuple[str, ...]
    empacado: str
    sha256: str
    esta_al_dia: bool

    @property
    def sistema(self) -> str:
        return _NOMBRES[self.plataforma.split("-")[0]]

    @property
    def maquina(self) -> str:
        if self.plataforma == "macos-arm64":
            return _("Apple M1 o posterior")
        return _MAQUINAS[self.plataforma.split("-")[1]]


def nombre_de(programa: Programa, ejercicio: int, plataforma: str) -> str:
    return f"validador-{programa.slug}-{ejercicio}-{plataforma}.pyz"


def hechos(programa: Programa, regla: Regla) -> list[Validador]:
    """En el orden de las plataformas. `regla` son los hechos de hoy: con ellos se sabe si está al día."""
    huella = huella_de_regla(regla)
    hallados = (_leer(programa, regla.ejercicio, p, huella) for p in PLATAFORMAS)
    return [v for v in hallados if v is not None]


def uno(programa: Programa, regla: Regla, plataforma: str) -> Validador | None:
    if plataforma not in PLATAFORMAS:
        return None
    return _leer(programa, regla.ejercicio, plataforma, huella_de_regla(regla))


def _leer(programa: Programa, ejercicio: int, plataforma: str, huella: str) -> Validador | None:
    ruta = settings.PADRON_VALIDADORES / nombre_de(programa, ejercicio, plataforma)
    manifiesto = manifiesto_de(ruta) if ruta.is_file() else None
    if manifiesto is None:
        return None
    versiones = {e.split("-")[0] for e in manifiesto["equipos"]}
    return Validador(
        plataforma=plataforma,
        ruta=ruta,
        bytes=ruta.stat().st_size,
        pythones=tuple(f"{v[2]}.{v[3:]}" for v in sorted(versiones)),
        empacado=manifiesto["empacado"],
        sha256=_huella_junto_a(ruta),
        esta_al_dia=manifiesto["regla"] == huella,
    )


def _huella_junto_a(ruta: Path) -> str:
    """La que dejó quien lo hizo, en la forma de `sha256sum`."""
    try:
        return ruta.with_name(f"{ruta.name}.sha256").read_text(encoding="ascii").split()[0]
    except (OSError, UnicodeDecodeError, IndexError):
        return ""
