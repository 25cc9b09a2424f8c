"""Qué columnas exige esta regla, y con cuáles otras se puede cumplir."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from padron.validacion.piezas import Condicion
from padron.validacion.regla import Regla

# Lo que una columna dice también lo puede decir otra.
ALTERNATIVAS: dict[str, tuple[str, ...]] = {
    "nombres": ("nombre_completo", "denominacion"),
    "primer_apellido": ("nombre_completo", "denominacion"),
    "nombre_completo": ("nombres", "denominacion"),
    "segundo_apellido": ("nombre_completo",),
    "fecha_nacimiento": ("edad", "curp"),
    "edad": ("fecha_nacimiento", "curp"),
    "sexo": ("curp",),
    "entidad_nacimiento": ("curp",),
    "curp": ("folio",),
    "folio": ("curp",),
}
_SOLO_DE_PERSONAS = frozenset(
    ("nombres", "primer_apellido", "fecha_nacimiento", "edad", "sexo", "entidad_nacimiento", "curp")
)


@dataclass(frozen=True, slots=True)
class Exigencias:
    """`bloquean`: sin ellas no se sabe de quién es la fila o si cumple la regla. `faltan`: del formato."""

    bloquean: tuple[str, ...]
    recomendadas: tuple[str, ...]


def razones(regla: Regla) -> dict[str, str]:
    """Cada columna exigida y por qué: lo que identifica a la persona, lo que la regla limita y el formato."""
    identidad = "Con ella se sabe de quién es la fila."
    pedidas = {"nombres": identidad, "primer_apellido": identidad, "curp": identidad}
    if regla.limita_la_edad:
        pedidas["fecha_nacimiento"] = "La regla de operación limita la edad."
    if regla.sexo:
        pedidas["sexo"] = "La regla de operación es para {sexo_de_la_regla}.".format(**regla.datos)
    if regla.alcaldias:
        pedidas["alcaldia"] = "La regla de operación dice en qué alcaldías."
    if regla.apoyos and all(a.maximo is not None for a in regla.apoyos):
        pedidas["monto"] = "La regla de operación da apoyos en dinero y dice hasta cuánto."
    for columna in regla.columnas:
        if columna.obligatoria:
            pedidas.setdefault(columna.identificador, "El formato del ejercicio la pide.")
    return pedidas


def exigencias(regla: Regla) -> Exigencias:
    """Lo que identifica a la persona y lo que la regla limita. El formato del ejercicio añade las suyas."""
    bloquean = tuple(razones(regla))
    recomendadas = (c.identificador for c in regla.columnas if c.identificador not in bloquean)
    return Exigencias(bloquean, tuple(recomendadas))


def faltantes(regla: Regla, presentes: Collection[str]) -> Exigencias:
    """Las columnas que el archivo no trae, ni ellas ni su alternativa."""

    def falta(columna: str) -> bool:
        return not any(c in presentes for c in (columna, *ALTERNATIVAS.get(columna, ())))

    pedidas = exigencias(regla)
    return Exigencias(
        tuple(c for c in pedidas.bloquean if falta(c)),
        tuple(c for c in pedidas.recomendadas if falta(c)),
    )


def condiciones(regla: Regla, presentes: Collection[str]) -> tuple[Condicion, ...]:
    """Una por columna exigida que el archivo sí trae: si ninguna de las que la cumplen dice algo, falta."""
    halladas = []
    for columna in exigencias(regla).bloquean:
        grupo = [c for c in (columna, *ALTERNATIVAS.get(columna, ())) if c in presentes]
        if not grupo or columna in ("curp", "folio"):  # la identidad tiene su propia palabra
            continue
        vacias = " AND ".join(f"{c}__vacio" for c in grupo)
        persona = "es_persona AND " if columna in _SOLO_DE_PERSONAS else ""
        donde = columna if columna in presentes else grupo[0]
        halladas.append(Condicion(donde, "obligatorio_vacio", f"{persona}{vacias}"))
    # Nombre completo y apellidos piden lo mismo: se dice una vez por columna.
    unicas = {(c.columna, c.codigo): c for c in halladas}
    return tuple(unicas.values())
