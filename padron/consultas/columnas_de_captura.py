"""Qué columnas se teclean: las que pide la regla, y las que la dependencia quiera añadir."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from padron.consultas.regla import hechos_de
from padron.models import Captura
from padron.validacion.columnas import COLUMNAS, POR_IDENTIFICADOR
from padron.validacion.comprobaciones.exigencias import ALTERNATIVAS, exigencias
from padron.validacion.regla import Regla
from programas.models import ReglaOperacion

# Sin un formato publicado para el ejercicio, lo que la gente suele tener a la mano.
_DE_COSTUMBRE = ("segundo_apellido", "sexo", "alcaldia")
# Una hoja tecleada pide cada dato una vez: lo que estas dicen ya lo dicen otras.
_YA_DICHAS = {
    "nombre_completo": ("nombres", "primer_apellido"),
    "edad": ("fecha_nacimiento",),
    "folio": ("curp",),
}


@dataclass(frozen=True, slots=True)
class ColumnaTecleada:
    identificador: str
    titulo: str
    ayuda: str
    ejemplo: str
    opciones: tuple[str, ...]
    exigida: bool
    se_ve: bool = True


def regla_publicada(captura: Captura) -> ReglaOperacion | None:
    """Con la que se revisa lo tecleado; sin ella se puede escribir, y se dice que no se revisa."""
    return (
        ReglaOperacion.objects.publicadas()
        .select_related("programa", "dependencia")
        .filter(programa=captura.programa_id, ejercicio=captura.ejercicio)
        .first()
    )


def hechos(captura: Captura) -> Regla | None:
    regla = regla_publicada(captura)
    return None if regla is None else hechos_de(regla)


def de_omision(regla: Regla) -> tuple[str, ...]:
    """En el orden de la plantilla: así lo que se pega sin títulos cae en su lugar."""
    pedidas = exigencias(regla)
    quiere = {*pedidas.bloquean, *(pedidas.recomendadas or _DE_COSTUMBRE)}
    sobran = {
        columna
        for columna, con in _YA_DICHAS.items()
        if columna not in pedidas.bloquean and quiere.issuperset(con)
    }
    return en_orden(quiere - sobran)


def en_orden(columnas: Iterable[str]) -> tuple[str, ...]:
    quiere = set(columnas)
    return tuple(c.identificador for c in COLUMNAS if c.identificador in quiere)


def visibles(captura: Captura, regla: Regla | None) -> tuple[str, ...]:
    """Las elegidas y, siempre, las que la regla exige."""
    elegidas = [c for c in captura.columnas if c in POR_IDENTIFICADOR]
    exigidas = exigencias(regla).bloquean if regla else ()
    if elegidas:
        return en_orden([*elegidas, *_sin_alternativa(exigidas, elegidas)])
    return de_omision(regla) if regla else en_orden(("curp", "nombres", "primer_apellido"))


def _sin_alternativa(exigidas: Collection[str], elegidas: Collection[str]) -> list[str]:
    return [
        c
        for c in exigidas
        if c not in elegidas and not any(a in elegidas for a in ALTERNATIVAS.get(c, ()))
    ]


def columnas_de(captura: Captura, regla: Regla | None) -> tuple[ColumnaTecleada, ...]:
    """Todas, en orden; `se_ve` dice cuáles están a la vista."""
    se_ven = visibles(captura, regla)
    exigidas = set(exigencias(regla).bloquean) if regla else set()
    titulos = {c.identificador: c.titulo for c in regla.columnas if c.titulo} if regla else {}
    return tuple(
        ColumnaTecleada(
            c.identificador,
            titulos.get(c.identificador, c.titulo),
            c.ayuda,
            c.ejemplo,
            _opciones(c.identificador, c.opciones, regla),
            c.identificador in exigidas,
            c.identificador in se_ven,
        )
        for c in COLUMNAS
    )


def _opciones(columna: str, suyas: tuple[str, ...], regla: Regla | None) -> tuple[str, ...]:
    if columna == "apoyo" and regla is not None:
        return tuple(dict.fromkeys(a.nombre for a in regla.apoyos))
    return suyas
