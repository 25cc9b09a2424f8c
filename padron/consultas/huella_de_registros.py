"""La huella del conjunto de registros de una carga, y sus sumas, en una sola lectura de la base.

Forma canónica «sibis-registros-1», para que la rehaga cualquiera que tenga los datos, sin este programa:

1. Cada registro es un arreglo JSON con los valores de `CAMPOS`, en ese orden, escrito con «, » entre
   valores, sin escapar lo que no sea ASCII y con `null` en lo que no se dijo. Son números `fila`,
   `edad_meses` y `ministracion`; `con_aviso`, true o false; lo demás, texto: las fechas «2025-01-31»,
   el monto con dos decimales «1500.00», y `perfil` un objeto JSON escrito igual (con «: » y «, »), con
   sus llaves de la más corta a la más larga y, entre iguales, por orden de bytes.
2. De cada arreglo se toma la SHA-256 de sus bytes en UTF-8.
3. La huella es la SHA-256 de esas huellas (32 bytes cada una) pegadas en el orden de `fila`.

Así no hay que juntar un texto de cientos de megabytes: por registro solo se juntan 32 bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db import connection

from padron.models import Carga
from padron.validacion.salida import COLUMNAS_DE_REGISTRO

FORMA = "sibis-registros-1"
# Lo que dice el archivo; los números internos de la base no son de nadie más.
CAMPOS = tuple(
    c
    for c in COLUMNAS_DE_REGISTRO
    if c not in {"id", "ejercicio", "carga_id", "programa_id", "dependencia_id"}
)
_COMO_TEXTO = frozenset({"monto", "perfil"})  # JSON no distingue 1500 de 1500.00
_ARREGLO = ", ".join(f"{c}::text" if c in _COMO_TEXTO else c for c in CAMPOS)
_CONSULTA = f"""
    SELECT count(*),
           sum(monto),
           count(DISTINCT coalesce('c' || curp, 'f' || folio, 'n' || fila)),
           count(*) FILTER (WHERE sexo = 'M'),
           count(*) FILTER (WHERE sexo = 'H'),
           encode(sha256(coalesce(string_agg(
               sha256(convert_to(json_build_array({_ARREGLO})::text, 'UTF8')), ''::bytea ORDER BY fila
           ), ''::bytea)), 'hex')
    FROM padron_registro WHERE ejercicio = %s AND carga_id = %s
"""  # noqa: S608  (los nombres los pone el código)


@dataclass(frozen=True, slots=True)
class ResumenDeRegistros:
    """`personas`: CURP distintas; sin CURP, folios distintos; sin ninguno, cada registro es una."""

    registros: int
    monto: Decimal | None
    personas: int
    mujeres: int
    hombres: int
    sha256: str

    @property
    def otros(self) -> int:
        """X, o no se dijo."""
        return self.registros - self.mujeres - self.hombres


def resumir(carga: Carga) -> ResumenDeRegistros:
    """Lo que de verdad está en el padrón, no lo que se contó al revisar."""
    with connection.cursor() as cursor:
        cursor.execute(_CONSULTA, [carga.ejercicio, carga.pk])
        return ResumenDeRegistros(*cursor.fetchone())
