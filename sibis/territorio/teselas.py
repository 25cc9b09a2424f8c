"""Geometría de las teselas: qué pedazo del mundo es z/x/y y qué celdas le tocan. Sin base de datos."""

from __future__ import annotations

from dataclasses import dataclass
from math import asinh, atan, degrees, pi, radians, sinh, tan

from sibis.territorio.ciudad import CAJA

ZOOM_MAXIMO = 18
# Entre estos acercamientos se sirven celdas ya contadas; después, cada centro. En el 14 todavía caben
# miles en una tesela, y leerlos regados por la tabla cuesta más que escribirlos; en el 15, cientos.
PRIMER_ZOOM_CONTADO, ULTIMO_ZOOM_CONTADO = 8, 14
# 16 por lado son 16 píxeles: el mapa las junta en grupos sin que ninguno tape a otro.
CELDAS_POR_LADO = 16
MITAD_DEL_MUNDO = 20037508.342789244  # metros de Mercator, del centro a la orilla


def ancho_de_tesela(z: int) -> float:
    return 2 * MITAD_DEL_MUNDO / 2**z


def a_mercator(lon: float, lat: float) -> tuple[float, float]:
    return (
        lon / 180 * MITAD_DEL_MUNDO,
        asinh(tan(radians(lat))) / pi * MITAD_DEL_MUNDO,
    )


_SUROESTE, _NORESTE = a_mercator(*CAJA[:2]), a_mercator(*CAJA[2:])


def _longitud(z: int, x: int) -> float:
    return x / 2**z * 360 - 180


def _latitud(z: int, y: int) -> float:
    return degrees(atan(sinh(pi * (1 - 2 * y / 2**z))))


@dataclass(frozen=True, slots=True)
class Tesela:
    z: int
    x: int
    y: int

    @property
    def caja(self) -> tuple[float, float, float, float]:
        """(oeste, sur, este, norte) en metros de Mercator; la fila 0 es la del norte.

        Cada orilla se calcula igual desde las dos teselas que la comparten: al último bit, es una.
        """
        lado = ancho_de_tesela(self.z)
        return (
            self.x * lado - MITAD_DEL_MUNDO,
            MITAD_DEL_MUNDO - (self.y + 1) * lado,
            (self.x + 1) * lado - MITAD_DEL_MUNDO,
            MITAD_DEL_MUNDO - self.y * lado,
        )

    @property
    def caja_en_grados(self) -> tuple[float, float, float, float]:
        """(oeste, sur, este, norte) en longitud y latitud."""
        return (
            _longitud(self.z, self.x),
            _latitud(self.z, self.y + 1),
            _longitud(self.z, self.x + 1),
            _latitud(self.z, self.y),
        )

    @property
    def toca_la_ciudad(self) -> bool:
        """Falso también si no existe: z de más, o columna o renglón fuera del mundo."""
        if not (0 <= self.z <= ZOOM_MAXIMO and 0 <= self.x < 2**self.z and 0 <= self.y < 2**self.z):
            return False
        oeste, sur, este, norte = self.caja
        return (
            oeste <= _NORESTE[0]
            and este >= _SUROESTE[0]
            and sur <= _NORESTE[1]
            and norte >= _SUROESTE[1]
        )

    @property
    def celdas(self) -> tuple[int, int, int, int, int]:
        """(z, x primera, x última, y primera, y última) de sus celdas contadas."""
        z = max(self.z, PRIMER_ZOOM_CONTADO)
        lado = CELDAS_POR_LADO << (z - self.z)
        return (
            z,
            self.x * lado,
            self.x * lado + lado - 1,
            self.y * lado,
            self.y * lado + lado - 1,
        )
