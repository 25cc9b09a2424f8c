"""Revisar un padrón entero en DuckDB: todo lo que está mal, de una vez, con memoria acotada.

No escribe en ninguna base: deja en `trabajo` los archivos que se copian (registros, hallazgos y filas
en espera). Correrlo dos veces con lo mismo da lo mismo.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from padron.lectura import Lectura, crear_crudo
from padron.validacion import diccionarios, evidencias, hallazgos
from padron.validacion.comprobaciones.exigencias import Exigencias, faltantes
from padron.validacion.consulta import Consulta, armar
from padron.validacion.patrones import Patron, patrones
from padron.validacion.regla import Regla
from padron.validacion.salida import Destino, seleccion

TAMANO_DE_PARTE = "16MB"
Avance = Callable[[str, int, int], None]


class Interrumpida(Exception):
    """Se pidió parar; lo hecho a medias se tira y se puede volver a empezar."""


@dataclass(frozen=True, slots=True)
class CifrasDeControl:
    """Lo que la dependencia declara que manda, o lo que el archivo trae. None: no se dijo."""

    filas: int | None = None
    monto: Decimal | None = None
    mujeres: int | None = None
    hombres: int | None = None


@dataclass(frozen=True)
class Pedido:
    """`mapeo`: identificador de columna → lugar en el archivo. `ya_inscritas`: CSV clave,fuente,aplicada.

    `descartes`: CSV con la columna fila; esas filas no entran, y ninguna otra se compara con ellas.
    """

    lectura: Lectura
    mapeo: Mapping[str, int]
    regla: Regla
    trabajo: Path
    destino: Destino = field(default_factory=Destino)
    correcciones: Path | None = None
    descartes: Path | None = None
    ya_inscritas: Path | None = None
    cifras: CifrasDeControl | None = None
    memoria_mb: int = 400
    hilos: int = 2


@dataclass(frozen=True)
class Resultado:
    """Cuentas por fila y los archivos que se copian a la base (CSV sin encabezado, nulo vacío)."""

    filas: int
    validas: int
    con_error: int
    con_aviso: int
    impide_todo: bool  # algo del archivo entero bloquea: falta una columna, no cuadra una cifra
    cifras: CifrasDeControl
    patrones: list[Patron]
    faltan: Exigencias
    registros: list[Path]
    hallazgos: list[Path]
    espera: list[Path]
    descartadas: int = 0
    evidencias: dict[str, Any] = field(default_factory=dict)


def revisar(
    pedido: Pedido,
    *,
    avance: Avance = lambda paso, hechas, total: None,
    seguir: Callable[[], bool] = lambda: True,
) -> Resultado:
    """Levanta Interrumpida si `seguir` dice que no, y ArchivoIlegible si el archivo no se puede leer."""
    trabajo = pedido.trabajo / "revision"
    shutil.rmtree(trabajo, ignore_errors=True)
    trabajo.mkdir(parents=True, mode=0o700)
    con = duckdb.connect(str(trabajo / "revision.duckdb"))
    try:
        _acotar(con, pedido, trabajo)
        return _Revision(con, pedido, trabajo, avance, seguir).hacer()
    finally:
        con.close()
        (trabajo / "revision.duckdb").unlink(missing_ok=True)
        shutil.rmtree(trabajo / "derrame", ignore_errors=True)


def _acotar(con: duckdb.DuckDBPyConnection, pedido: Pedido, trabajo: Path) -> None:
    con.execute(f"SET memory_limit = '{int(pedido.memoria_mb)}MB'")
    con.execute(f"SET threads = {int(pedido.hilos)}")
    con.execute("SET preserve_insertion_order = true")
    con.execute("SET temp_directory = ?", [str(trabajo / "derrame")])
    # Vive segundos: apretarla cuesta más que escribirla.
    con.execute("PRAGMA force_compression = 'uncompressed'")
    # Volver una lista corta un cruce de tablas la calcularía para todas las filas, no solo donde hace falta.
    con.execute("SET disabled_optimizers = 'in_clause'")
    con.execute("SET autoinstall_known_extensions = false")
    con.execute("SET autoload_known_extensions = false")


class _Revision:
    """Los pasos, en orden. Entre uno y otro se puede parar."""

    def __init__(
        self,
        con: duckdb.DuckDBPyConnection,
        pedido: Pedido,
        trabajo: Path,
        avance: Avance,
        seguir: Callable[[], bool],
    ) -> None:
        self.con, self.pedido, self.trabajo = con, pedido, trabajo
        self.avance, self.seguir = avance, seguir
        self.consulta: Consulta = armar(pedido.regla, pedido.mapeo)
        self.total = pedido.lectura.filas or 0

    def hacer(self) -> Resultado:
        self._leer()
        self._diccionarios()
        self._limpiar()
        faltan = faltantes(self.pedido.regla, tuple(self.pedido.mapeo))
        cifras = self._cifras()
        self.con.execute("DELETE FROM limpio WHERE fila IN (SELECT fila FROM descartadas)")
        self._hallar(faltan, cifras)
        return self._resultado(faltan, cifras)

    def _paso(self, nombre: str, fraccion: float) -> None:
        if not self.seguir():
            raise Interrumpida
        self.avance(nombre, int(self.total * fraccion), self.total)

    def _leer(self) -> None:
        self._paso("leer", 0)
        crear_crudo(self.con, self.pedido.lectura, editable=self.pedido.correcciones is not None)
        self.total = _entero(self.con, "SELECT count(*) FROM crudo")
        self.con.execute("SET preserve_insertion_order = false")
        if self.pedido.correcciones is not None:
            self._corregir(self.pedido.correcciones)
        self._anotar_descartes(self.pedido.descartes)

    def _anotar_descartes(self, descartes: Path | None) -> None:
        """Las que alguien decidió que no entren. Su renglón sigue en espera: se puede volver atrás."""
        self.con.execute("CREATE TABLE descartadas (fila INTEGER)")
        if descartes is not None:
            self.con.execute(
                "INSERT INTO descartadas SELECT DISTINCT fila FROM read_csv(?, header=true, delim=',', "
                "auto_detect=false, columns={'fila': 'INTEGER'}) WHERE fila IN (SELECT fila FROM crudo)",
                [str(descartes)],
            )

    def _corregir(self, correcciones: Path) -> None:
        """Lo que alguien cambió, en su celda; el archivo no se toca."""
        self.con.execute(
            "CREATE TABLE correcciones AS SELECT * FROM read_csv(?, header=true, delim=',', quote='\"', "
            "escape='\"', nullstr='\\N', auto_detect=false, columns={'fila': 'INTEGER', 'lugar': 'INTEGER', "
            "'valor': 'VARCHAR'})",
            [str(correcciones)],
        )
        lugares = self.con.execute("SELECT DISTINCT lugar FROM correcciones ORDER BY 1").fetchall()
        for (lugar,) in lugares:
            self.con.execute(
                f"UPDATE crudo SET c{int(lugar)} = k.valor FROM correcciones k "
                "WHERE k.fila = crudo.fila AND k.lugar = ?",
                [lugar],
            )

    def _diccionarios(self) -> None:
        columnas = self.consulta.de_diccionario
        for i, columna in enumerate(columnas):
            self._paso("revisar", 0.5 * i / len(columnas))
            diccionarios.crear(self.con, self.consulta, columna, self.trabajo)
        if self.pedido.regla.colonias:
            self._catalogo_de_colonias()

    def _catalogo_de_colonias(self) -> None:
        archivo = self.trabajo / "colonias.csv"
        archivo.write_text(
            "".join(f"{clave},{nombre}\n" for clave, nombre in self.pedido.regla.colonias),
            encoding="utf-8",
        )
        self.con.execute(
            "CREATE TABLE colonias AS SELECT nombre, list(DISTINCT clave) AS alcaldias FROM read_csv(?, "
            "header=false, delim=',', auto_detect=false, columns={'clave': 'VARCHAR', 'nombre': 'VARCHAR'}) "
            "GROUP BY 1",
            [str(archivo)],
        )
        archivo.unlink()

    def _limpiar(self) -> None:
        self._paso("revisar", 0.5)
        self.con.execute(f"CREATE TABLE limpio AS {self.consulta.de_limpio()}")

    def _cifras(self) -> CifrasDeControl:
        """De todas las filas, también las que esperan: se comparan con lo que se declaró del archivo."""
        filas, monto, mujeres, hombres = self.con.execute(
            "SELECT count(*), coalesce(sum(monto), 0), count(*) FILTER (sexo = 'M'), "
            "count(*) FILTER (sexo = 'H') FROM limpio"
        ).fetchall()[0]
        return CifrasDeControl(filas, monto, mujeres, hombres)

    def _hallar(self, faltan: Exigencias, cifras: CifrasDeControl) -> None:
        self._paso("revisar", 0.7)
        hallazgos.crear(self.con, self.consulta, self.pedido.lectura)
        hallazgos.entre_filas(self.con, self.consulta, self.pedido.ya_inscritas)
        self.con.execute("DELETE FROM hallazgos WHERE fila IN (SELECT fila FROM descartadas)")
        hallazgos.del_archivo(self.con, self.pedido.lectura, faltan, self.pedido.cifras, cifras)
        hallazgos.clasificar(self.con)
        self._paso("revisar", 0.9)

    def _resultado(self, faltan: Exigencias, cifras: CifrasDeControl) -> Resultado:
        con_error = _entero(self.con, "SELECT count(*) FROM bloqueadas")
        descartadas = _entero(self.con, "SELECT count(*) FROM descartadas")
        registros = seleccion(self.pedido.destino, self.pedido.regla.ejercicio)
        celdas = ", ".join(f"c{i}" for i in range(len(self.pedido.lectura.encabezado)))
        resultado = Resultado(
            filas=self.total,
            validas=self.total - con_error - descartadas,
            con_error=con_error,
            con_aviso=_entero(self.con, "SELECT count(*) FROM avisadas"),
            impide_todo=bool(
                _entero(
                    self.con,
                    "SELECT count(*) FROM hallazgos WHERE fila = 0 AND severidad = 'bloquea'",
                )
            ),
            cifras=cifras,
            patrones=patrones(self.con, self.pedido.regla),
            faltan=faltan,
            registros=self._copiar(
                "registros",
                f"SELECT {registros} FROM limpio WHERE fila NOT IN (SELECT fila FROM bloqueadas)",
            ),
            hallazgos=self._copiar(
                "hallazgos",
                "SELECT fila, columna, codigo, severidad, detalle, forma FROM hallazgos",
            ),
            espera=self._copiar(
                "espera",
                "SELECT fila, fila IN (SELECT fila FROM bloqueadas), "
                f"to_json([{celdas}]) FROM crudo WHERE fila IN "
                "(SELECT fila FROM bloqueadas UNION SELECT fila FROM avisadas "
                "UNION SELECT fila FROM descartadas)",
            ),
            descartadas=descartadas,
            evidencias=evidencias.a_json(self.consulta.evidencias),
        )
        self._paso("revisar", 1)
        return resultado

    def _copiar(self, que: str, sql: str) -> list[Path]:
        """En partes parejas, para copiarlas a la base por dos conexiones."""
        carpeta = self.trabajo / que
        self.con.execute(
            f"COPY ({sql}) TO '{carpeta}' (FORMAT csv, HEADER false, PER_THREAD_OUTPUT true, "
            f"FILE_SIZE_BYTES '{TAMANO_DE_PARTE}')"
        )
        return sorted(p for p in carpeta.rglob("*.csv") if p.stat().st_size)


def _entero(con: duckdb.DuckDBPyConnection, sql: str) -> int:
    return int(con.execute(sql).fetchall()[0][0])
