"""De bits a renglones: la tabla `hallazgos`, y con ella qué filas esperan y cuáles solo avisan."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import duckdb

from padron.lectura import Lectura
from padron.validacion.codigos import CODIGOS, Severidad
from padron.validacion.columnas import POR_IDENTIFICADOR
from padron.validacion.comprobaciones.entre_filas import COMPROBACIONES, CON_LA_BASE
from padron.validacion.comprobaciones.exigencias import Exigencias
from padron.validacion.consulta import BITS, Consulta, Marca
from padron.validacion.patrones import titulo_de

_TABLA = (
    "CREATE TABLE hallazgos (fila INTEGER, columna VARCHAR, codigo VARCHAR, severidad VARCHAR, "
    "detalle VARCHAR, forma VARCHAR)"
)
# La silueta de `piezas.silueta`, en SQL: cifras como 9, letras seguidas como una A.
_SILUETA = (
    "regexp_replace(regexp_replace(substr({t}, 1, 40), '[0-9]', '9', 'g'), '\\pL+', 'A', 'g')"
)


def crear(
    con: duckdb.DuckDBPyConnection, consulta: Consulta, lectura: Lectura, *, origen: str = ""
) -> None:
    """Lo hallado dentro de cada fila, y lo que se vio al leer el archivo. `origen`: ver `de_limpio`."""
    con.execute(_TABLA)
    if _hay_marcadas(con, consulta):
        _de_las_filas(con, consulta, origen)
    _de_la_lectura(con, consulta, lectura)


def _hay_marcadas(con: duckdb.DuckDBPyConnection, consulta: Consulta) -> bool:
    return bool(
        con.execute(f"SELECT EXISTS (SELECT 1 FROM limpio WHERE {_alguna(consulta)})").fetchall()[
            0
        ][0]
    )


def _alguna(consulta: Consulta) -> str:
    return " OR ".join(f"m{i} <> 0" for i in range(consulta.palabras))


def _de_las_filas(con: duckdb.DuckDBPyConnection, consulta: Consulta, origen: str) -> None:
    con.execute(f"CREATE TABLE marcadas AS {_de_las_marcadas(consulta, origen)}")
    for lugar, marca in enumerate(consulta.marcas):
        con.execute(
            f"""
            INSERT INTO hallazgos
            SELECT fila, ?, ?, ?, {_alias_detalle(lugar, marca)}, {_forma(consulta, marca)}
            FROM marcadas WHERE (m{lugar // BITS} & {1 << (lugar % BITS)}::UBIGINT) <> 0
            """,
            [marca.columna, marca.codigo, CODIGOS[marca.codigo].severidad.value],
        )
    con.execute("DROP TABLE marcadas")


def _de_las_marcadas(consulta: Consulta, origen: str) -> str:
    """Solo las filas con algo, con lo que hace falta para decirlo."""
    palabras = [f"m{i}" for i in range(consulta.palabras)]
    columnas = ["fila", *palabras]
    columnas += [
        f"{m.detalle} AS d{i}" for i, m in enumerate(consulta.marcas) if m.detalle != "NULL"
    ]
    for columna in consulta.presentes:
        nombre = columna.identificador
        columnas.append(f"{nombre}__forma_de" if columna.es_de_diccionario else f"t_{nombre}")
    if origen:
        return f"SELECT {', '.join(columnas)} FROM {origen} WHERE {_alguna(consulta)}"
    donde = f"WHERE c.fila IN (SELECT fila FROM limpio WHERE {_alguna(consulta)})"
    return f"SELECT {', '.join(columnas)} FROM ({consulta.anidada(donde)})"


def _alias_detalle(lugar: int, marca: Marca) -> str:
    return f"d{lugar}" if marca.detalle != "NULL" else "NULL"


def _forma(consulta: Consulta, marca: Marca) -> str:
    columna = POR_IDENTIFICADOR.get(marca.columna)
    if columna is None or columna.identificador not in consulta.lugares:
        return "NULL"
    if columna.es_de_diccionario:
        return f"{columna.identificador}__forma_de"
    return _SILUETA.format(t=f"t_{columna.identificador}")


def _de_la_lectura(con: duckdb.DuckDBPyConnection, consulta: Consulta, lectura: Lectura) -> None:
    """Lo que se vio al leer: por fila (letras rotas, celdas de más) y del archivo (renglones de total)."""
    for aviso in lectura.avisos:
        _anotar(con, aviso.fila or 0, "", aviso.codigo, aviso.texto)
    if lectura.hallazgos is None:
        return
    donde = {lugar: nombre for nombre, lugar in consulta.lugares.items()}
    casos = " ".join(f"WHEN {lugar} THEN '{nombre}'" for lugar, nombre in donde.items())
    columna = f"CASE lugar {casos} ELSE '' END" if casos else "''"
    severidades = " ".join(
        f"WHEN '{c.codigo}' THEN '{c.severidad.value}'" for c in CODIGOS.values()
    )
    con.execute(
        f"INSERT INTO hallazgos SELECT fila, {columna}, codigo, CASE codigo {severidades} END, detalle, NULL "
        "FROM read_csv(?, header=true, delim=',', quote='\"', escape='\"', auto_detect=false, columns="
        "{'fila': 'INTEGER', 'lugar': 'INTEGER', 'codigo': 'VARCHAR', 'detalle': 'VARCHAR'})",
        [str(lectura.hallazgos)],
    )


def entre_filas(
    con: duckdb.DuckDBPyConnection, consulta: Consulta, ya_inscritas: Path | None
) -> None:
    """Repetidas, rellenos compartidos y, si se sabe, quién ya está en el padrón."""
    pedidas = list(COMPROBACIONES)
    if ya_inscritas is not None:
        con.execute(
            "CREATE TABLE ya_inscritas AS SELECT * FROM read_csv(?, header=true, delim=',', quote='\"', "
            "auto_detect=false, columns={'clave': 'VARCHAR', 'fuente': 'VARCHAR', 'aplicada': 'BOOLEAN'})",
            [str(ya_inscritas)],
        )
        pedidas += CON_LA_BASE
    for comprobacion in pedidas:
        if all(columna in consulta.lugares for columna in comprobacion.usa):
            con.execute(
                f"INSERT INTO hallazgos SELECT fila, ?, ?, ?, detalle, NULL FROM ({comprobacion.sql})",
                [
                    comprobacion.columna,
                    comprobacion.codigo,
                    CODIGOS[comprobacion.codigo].severidad.value,
                ],
            )
    # Una fila idéntica a otra también repite a la persona y su teléfono: se dice una sola cosa.
    con.execute(
        "DELETE FROM hallazgos WHERE codigo = 'persona_repetida' AND fila IN "
        "(SELECT fila FROM hallazgos WHERE codigo = 'fila_repetida')"
    )


def del_archivo(
    con: duckdb.DuckDBPyConnection,
    lectura: Lectura,
    faltan: Exigencias,
    declaradas: object,
    halladas: object,
) -> None:
    """Lo que atañe al archivo entero va en la fila 0."""
    for columna in faltan.bloquean:
        _anotar(con, 0, columna, "columna_faltante")
    for columna in faltan.recomendadas:
        _anotar(con, 0, columna, "columna_recomendada")
    for detalle in _no_cuadran(declaradas, halladas):
        _anotar(con, 0, "", "cifra_control", detalle)


def _no_cuadran(declaradas: object, halladas: object) -> Iterable[str]:
    for campo, nombre in (
        ("filas", "filas"),
        ("monto", "pesos"),
        ("mujeres", "mujeres"),
        ("hombres", "hombres"),
    ):
        dijo, hay = getattr(declaradas, campo, None), getattr(halladas, campo)
        if dijo is not None and dijo != hay:
            yield f"declaró {dijo:,} {nombre} y el archivo trae {hay:,}"


def _anotar(
    con: duckdb.DuckDBPyConnection, fila: int, columna: str, codigo: str, detalle: str | None = None
) -> None:
    con.execute(
        "INSERT INTO hallazgos VALUES (?, ?, ?, ?, ?, ?)",
        [
            fila,
            columna,
            codigo,
            CODIGOS[codigo].severidad.value,
            detalle,
            titulo_de(columna) or None,
        ],
    )


def clasificar(con: duckdb.DuckDBPyConnection) -> None:
    """`bloqueadas`: esperan. `avisadas`: entran y conviene mirarlas."""
    bloquea, avisa = Severidad.BLOQUEA.value, Severidad.AVISA.value
    con.execute(
        f"CREATE TABLE bloqueadas AS SELECT DISTINCT fila FROM hallazgos WHERE fila > 0 AND severidad = '{bloquea}'"
    )
    con.execute(
        f"CREATE TABLE avisadas AS SELECT DISTINCT fila FROM hallazgos WHERE fila > 0 AND severidad = '{avisa}'"
    )
