"""Renglones limpios, por bloques: nadie comparte CURP, folio, teléfono ni cuenta con otra persona."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from random import Random
from typing import Any
from zlib import crc32

from padron.generacion.moldes import (
    FECHA,
    NOMBRES_DE_ENTIDAD,
    SEXOS,
    VALOR,
    Apellido,
    Fecha,
    Molde,
    Moldes,
    Nombre,
)
from padron.generacion.reglamento import MAYORIA_DE_EDAD, Reglamento
from sibis.nucleo.edades import edad_en_meses
from sibis.nucleo.identificadores import MOLESTAS, digito_de_clabe, formar_curp

# Un bit por cada seña ya repartida: 16 MB para cualquier tamaño. Si dos coinciden, se vuelve a tirar.
_SENAS = 1 << 27
_TELEFONOS = 80_000_000
_PASO = 15_485_863  # primo que no divide a los teléfonos ni a las cuentas: no repite hasta dar la vuelta
_CUENTAS = 10**11
_BANCOS = ("002", "012", "014", "072", "127", "137", "166")
_TUTORES_DESDE, _TUTORES_DIAS = datetime.date(1970, 1, 1), 25 * 365
_DE_SEXO = {s: VALOR[s] * 8 for s in SEXOS}
_DE_ENTIDAD = {e: VALOR[e[0]] * 7 + VALOR[e[1]] * 6 for e in NOMBRES_DE_ENTIDAD}
_HOMOCLAVES = {False: "012", True: "ABC"}


class Inventor:
    """Inventa personas de un reglamento. El número de cada una es el de su renglón entre todas."""

    def __init__(
        self, reglamento: Reglamento, moldes: Moldes, *, semilla: int, ampliado: bool
    ) -> None:
        self.reglamento = reglamento
        self.moldes = moldes
        self.ampliado = ampliado
        self._prefijo = f"{reglamento.prefijo}-{reglamento.ejercicio}-"
        self._entregas = {dia: f"{dia:{FECHA}}" for dia in moldes.entregas.cosas}
        self._vistas = bytearray(_SENAS >> 3)
        self._desde = Random(f"{semilla}|numeros").randrange(_TELEFONOS)

    def renglones(self, dado: Random, inicio: int, cuantas: int) -> list[list[str]]:
        """Las personas `inicio`, `inicio + 1`… cada una en su renglón."""
        return [self._renglon(dado, t) for t in self._tiradas(dado, inicio, cuantas)]

    def _renglon(self, dado: Random, tirada: tuple[Any, ...]) -> list[str]:
        n, sexo, nacio, primero, segundo, entidad, homo, lugar, apoyo, entrega, ella, el = tirada
        nombre = ella if sexo == "M" or (sexo == "X" and n & 1) else el
        curp, dia = self._curp(dado, sexo, nacio, primero, segundo, nombre, entidad, homo)
        celdas = [
            str(n),
            f"{self._prefijo}{n:07}",
            curp,
            nombre.texto,
            primero.texto,
            segundo.texto,
            dia.texto,
            SEXOS[sexo],
            NOMBRES_DE_ENTIDAD[entidad],
            lugar.alcaldia,
            lugar.colonia,
            lugar.postal,
            self.telefono(n),
            apoyo[0],
            apoyo[1],
            self._entregas[entrega],
        ]
        if self.ampliado:
            celdas += self._ampliacion(dado, n, dia.dia, entrega)
        return celdas

    def _tiradas(self, dado: Random, inicio: int, cuantas: int) -> Iterator[tuple[Any, ...]]:
        """Cada molde se tira una vez por bloque: es lo que hace rápido un millón."""
        m = self.moldes
        moldes: tuple[Molde[Any], ...] = (
            m.sexos,
            m.nacimientos,
            m.apellidos,
            m.segundos,
            m.entidades,
            m.homoclaves,
            m.lugares,
            m.apoyos,
            m.entregas,
            m.mujeres,
            m.hombres,
        )
        numeros = range(inicio, inicio + cuantas)
        return zip(numeros, *(molde.sacar(dado, cuantas) for molde in moldes), strict=True)

    def _curp(
        self,
        dado: Random,
        sexo: str,
        dia: Fecha,
        primero: Apellido,
        segundo: Apellido,
        nombre: Nombre,
        entidad: str,
        homo: int,
    ) -> tuple[str, Fecha]:
        """La de esa persona, y el día en que nació: otro si ya había quien diera las mismas letras."""
        raiz = primero.letra + primero.vocal + segundo.letra + nombre.letra
        suma = primero.como_primero + segundo.como_segundo + nombre.suma
        if raiz in MOLESTAS:
            raiz = f"{raiz[0]}X{raiz[2:]}"
            suma += (VALOR["X"] - VALOR[primero.vocal]) * 17
        fin = sexo + entidad + primero.consonante + segundo.consonante + nombre.consonante
        while not self._es_nueva(raiz + dia.en_curp + fin):
            dia = self.moldes.nacimientos.sacar(dado, 1)[0]
        clave = _HOMOCLAVES[dia.es_de_este_siglo][homo]
        suma += dia.suma + _DE_SEXO[sexo] + _DE_ENTIDAD[entidad] + VALOR[clave] * 2
        return f"{raiz}{dia.en_curp}{fin}{clave}{-suma % 10}", dia

    def _es_nueva(self, senas: str) -> bool:
        lugar = crc32(senas.encode()) & (_SENAS - 1)
        byte, bit = lugar >> 3, 1 << (lugar & 7)
        if self._vistas[byte] & bit:
            return False
        self._vistas[byte] |= bit
        return True

    def telefono(self, n: int) -> str:
        """Diez cifras de la ciudad, de nadie más en el archivo."""
        return f"55{(self._desde + n * _PASO) % _TELEFONOS + 10_000_000}"

    def clabe(self, n: int) -> str:
        base = f"{_BANCOS[n % len(_BANCOS)]}180{(self._desde + n * _PASO) % _CUENTAS:011}"
        return base + digito_de_clabe(base)

    def _ampliacion(
        self, dado: Random, n: int, nacio: datetime.date, entrega: datetime.date
    ) -> list[str]:
        meses = edad_en_meses(nacio, al=entrega)
        es_menor = meses < MAYORIA_DE_EDAD
        tutor = self._tutor(dado) if es_menor else ("", "")
        correo = f"persona.{n}@correo.example"
        tipo = "MENOR" if es_menor else "PERSONA"
        return [str(meses // 12), correo, self.clabe(n), "1", tipo, "", *tutor]

    def _tutor(self, dado: Random) -> tuple[str, str]:
        m = self.moldes
        nombre = m.mujeres.sacar(dado, 1)[0].texto
        primero, segundo = (a.texto for a in m.apellidos.sacar(dado, 2))
        nacio = _TUTORES_DESDE + datetime.timedelta(days=dado.randrange(_TUTORES_DIAS))
        curp = formar_curp(
            nombres=nombre,
            primer_apellido=primero,
            segundo_apellido=segundo,
            nacimiento=nacio,
            sexo="M",
            entidad="DF",
            homoclave="0",
        )
        return curp, f"{nombre} {primero} {segundo}"
