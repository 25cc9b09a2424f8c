"""Con qué se compara la carga de un padrón: COPY sin más, el piso, bulk_create y django-import-export."""

from __future__ import annotations

from pathlib import Path

import tablib
from django.db import connection, models, transaction
from import_export import resources
from psycopg import sql

from padron.importacion import tabla
from padron.models import Registro
from padron.validacion.salida import COLUMNAS_DE_REGISTRO

PISO = "banco_piso"
COLUMNAS = ", ".join(COLUMNAS_DE_REGISTRO)


class Fila(models.Model):
    """La misma tabla, para las vías de Django."""

    class Meta:
        app_label = "padron"
        managed = False
        db_table = PISO

    def __str__(self) -> str:
        return str(self.pk)


for _campo in Registro._meta.fields:
    if _campo.name != "id":
        Fila.add_to_class(_campo.attname, _campo.__class__(**_campo.deconstruct()[3])) if not (
            _campo.is_relation
        ) else Fila.add_to_class(_campo.attname, models.BigIntegerField())


def exportar_limpias(carga: int, destino: Path) -> None:
    """Las filas que quedaron, tal como se copian: lo mismo que recibe el piso."""
    orden = f"COPY (SELECT {COLUMNAS} FROM padron_registro WHERE carga_id = {carga}) TO STDOUT (FORMAT csv)"
    with destino.open("wb") as salida, connection.cursor() as cursor, cursor.copy(orden) as copia:
        for trozo in copia:
            salida.write(trozo)


def copy_crudo(ruta: Path, columnas: int) -> None:
    """El límite: texto, sin bitácora de la base, sin índices."""
    with transaction.atomic(), connection.cursor() as cursor:
        campos = ", ".join(f"c{i} text" for i in range(columnas))
        cursor.execute("DROP TABLE IF EXISTS banco_crudo")
        cursor.execute(f"CREATE UNLOGGED TABLE banco_crudo ({campos})")
        _copiar(cursor, "COPY banco_crudo FROM STDIN (FORMAT csv, HEADER true)", ruta)


def piso(limpias: Path) -> None:
    """Sin revisar nada: la misma tabla, sus mismas restricciones y sus tres índices."""
    with transaction.atomic():
        _crear_piso()
        with connection.cursor() as cursor:
            _copiar(cursor, f"COPY {PISO} ({COLUMNAS}) FROM STDIN (FORMAT csv)", limpias)
        _indexar_piso()


def _crear_piso() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {PISO}")
        cursor.execute(f"CREATE TABLE {PISO} (LIKE padron_registro INCLUDING CONSTRAINTS)")


def _indexar_piso() -> None:
    with connection.cursor() as cursor:
        for cual, orden in tabla.INDICES.items():
            cursor.execute(
                sql.SQL(orden).format(
                    indice=sql.Identifier(f"{PISO}_{cual}"), tabla=sql.Identifier(PISO)
                )
            )


def _copiar(cursor: object, orden: str, ruta: Path) -> None:
    with ruta.open("rb") as entrada, cursor.copy(orden) as copia:  # type: ignore[attr-defined]
        while trozo := entrada.read(1 << 18):
            copia.write(trozo)


def primeras(cuantas: int) -> list[dict[str, object]]:
    return list(Registro.objects.order_by("id").values()[:cuantas])


def bulk_create(filas: list[dict[str, object]]) -> None:
    _crear_piso()
    _indexar_piso()
    Fila.objects.bulk_create((Fila(**f) for f in filas), batch_size=2_000)


def _recurso(*, por_lotes: bool) -> resources.ModelResource:
    class Recurso(resources.ModelResource):
        class Meta:
            model = Fila
            import_id_fields = ("id",)
            use_bulk = por_lotes
            batch_size = 2_000
            skip_diff = por_lotes
            force_init_instance = por_lotes

    return Recurso()


def import_export(filas: list[dict[str, object]], *, por_lotes: bool) -> None:
    """Solo revisa tipos: ni CURP, ni edades, ni repetidas."""
    _crear_piso()
    _indexar_piso()
    con_algo = [c for c in filas[0] if any(f[c] is not None for f in filas)]
    datos = tablib.Dataset(*[[f[c] for c in con_algo] for f in filas], headers=con_algo)
    resultado = _recurso(por_lotes=por_lotes).import_data(datos, raise_errors=True)
    if resultado.has_errors():
        raise RuntimeError("django-import-export no importó.")
