"""Qué columnas lleva el formato de una regla, cómo se llaman ese año y qué se puede escribir en cada una.

De aquí salen la plantilla, su CSV y la hoja que explica cómo llenarla: lo que se pide y lo que se revisa
es lo mismo porque sale de las mismas columnas.
"""

from __future__ import annotations

from dataclasses import dataclass

from padron.validacion.columnas import COLUMNAS
from padron.validacion.columnas.perfil import PERFIL
from padron.validacion.columnas.territorio import ALCALDIAS
from padron.validacion.comprobaciones.exigencias import razones
from padron.validacion.piezas import Columna
from padron.validacion.regla import Regla
from sibis.nucleo.entidades import ENTIDADES
from sibis.nucleo.normalizacion import clave_comparable

# Otra manera de decir lo que ya piden los nombres separados y la fecha de nacimiento.
_REPETIDAS = frozenset(("nombre_completo", "edad"))
_GRUPOS = frozenset(("colectivo", "empresa"))


@dataclass(frozen=True, slots=True)
class Campo:
    """Una columna del formato. `porque` está vacío si no es obligatoria."""

    columna: Columna
    titulo: str
    opciones: tuple[str, ...] = ()
    porque: str = ""
    norma: str = ""
    recomendada: bool = False

    @property
    def es_obligatorio(self) -> bool:
        return bool(self.porque)

    @property
    def encabezado(self) -> str:
        """El asterisco se ve sin color, y al reconocer la columna no estorba."""
        return f"{self.titulo} *" if self.es_obligatorio else self.titulo


def campos(regla: Regla) -> tuple[Campo, ...]:
    """En el orden de las columnas. Siempre están las que identifican a alguien y las que la regla limita."""
    porques = razones(regla)
    pedidas = {c.identificador: c for c in regla.columnas}
    elegidas = []
    for columna in COLUMNAS:
        nombre = columna.identificador
        if nombre in _REPETIDAS or not (
            nombre in porques or nombre in pedidas or _va(nombre, regla)
        ):
            continue
        pedida = pedidas.get(nombre)
        elegidas.append(
            Campo(
                columna=columna,
                titulo=_titulo(columna, pedida.titulo if pedida else ""),
                opciones=_opciones(columna, regla),
                porque=porques.get(nombre, ""),
                norma=pedida.norma if pedida else "",
                recomendada=pedida is not None and nombre not in porques,
            )
        )
    return tuple(elegidas)


def _va(nombre: str, regla: Regla) -> bool:
    """Lo que ninguna norma pide, pero a esta regla le sirve."""
    tipos = set(regla.tipos_admitidos)
    if nombre in PERFIL:
        return False
    if nombre == "denominacion":
        return bool(tipos & _GRUPOS)
    if nombre.startswith("tutor_"):
        return "menor" in tipos
    if nombre == "tipo_persona":
        return len(tipos) > 1
    if nombre == "ministracion":
        return any((a.ministraciones or 1) > 1 for a in regla.apoyos)
    return True


def _titulo(columna: Columna, del_ejercicio: str) -> str:
    """El que publica la norma de ese año, si con él se reconoce la columna; si no, el nuestro."""
    se_reconoce = clave_comparable(del_ejercicio) in columna.nombres
    return del_ejercicio if del_ejercicio and se_reconoce else columna.titulo


def _opciones(columna: Columna, regla: Regla) -> tuple[str, ...]:
    if columna.identificador == "alcaldia":
        return tuple(
            nombre
            for clave, nombre, *_ in ALCALDIAS
            if not regla.alcaldias or clave in regla.alcaldias
        )
    if columna.identificador == "sexo" and regla.sexo:
        return (regla.sexo, "X")
    if columna.identificador == "tipo_persona":
        return tuple(t for t in columna.opciones if t in regla.tipos_admitidos)
    if columna.identificador == "apoyo":
        return tuple(dict.fromkeys(a.nombre for a in regla.apoyos))
    if columna.identificador == "entidad_nacimiento":
        return tuple(e.nombre for e in ENTIDADES)
    return columna.opciones
