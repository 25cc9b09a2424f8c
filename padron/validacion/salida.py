"""Lo que queda de una fila revisada: las columnas de `padron_registro`, en el orden en que se copian."""

from __future__ import annotations

from dataclasses import dataclass

FILAS_POR_CARGA = 1 << 22  # el identificador de un registro es carga × 2²² + fila: siempre el mismo


@dataclass(frozen=True, slots=True)
class Destino:
    """A dónde va lo que se acepte. Ceros si no va a ninguna parte."""

    carga_id: int = 0
    programa_id: int = 0
    dependencia_id: int = 0


# columna del registro → SQL sobre la tabla `limpio` (más {carga}, {programa}, {dependencia}, {ejercicio})
_EXPRESIONES = {
    "id": f"CAST({{carga}} AS BIGINT) * {FILAS_POR_CARGA} + fila",
    "ejercicio": "{ejercicio}",
    "carga_id": "{carga}",
    "programa_id": "{programa}",
    "dependencia_id": "{dependencia}",
    "con_aviso": "fila IN (SELECT fila FROM avisadas)",
}
COLUMNAS_DE_REGISTRO = (
    *(
        "id",
        "ejercicio",
        "carga_id",
        "programa_id",
        "dependencia_id",
        "fila",
        "folio",
        "tipo_persona",
    ),
    *("curp", "nombres", "primer_apellido", "segundo_apellido", "denominacion", "fecha_nacimiento"),
    *(
        "edad_meses",
        "sexo",
        "entidad_nacimiento",
        "alcaldia",
        "colonia",
        "codigo_postal",
        "domicilio",
    ),
    *("telefono", "correo", "clabe", "tutor_curp", "tutor_nombre", "apoyo", "monto", "fecha_apoyo"),
    *("ministracion", "perfil", "con_aviso"),
)
# De dónde sale cada una en la consulta; las demás se llaman igual.
EN_LA_CONSULTA = {
    nombre: f"r_{nombre}"
    for nombre in (
        *("nombres", "primer_apellido", "segundo_apellido", "denominacion", "fecha_nacimiento"),
        *("edad_meses", "sexo", "entidad_nacimiento", "tipo_persona", "perfil"),
    )
}
GUARDADAS = tuple(c for c in COLUMNAS_DE_REGISTRO if c not in _EXPRESIONES and c != "fila")


def seleccion(destino: Destino, ejercicio: int) -> str:
    """Las columnas del registro, desde `limpio`."""
    valores = {
        "carga": destino.carga_id,
        "programa": destino.programa_id,
        "dependencia": destino.dependencia_id,
        "ejercicio": ejercicio,
    }
    return ", ".join(
        _EXPRESIONES[c].format(**valores) if c in _EXPRESIONES else c for c in COLUMNAS_DE_REGISTRO
    )
