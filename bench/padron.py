"""bin/bench padron [FILAS]: del archivo de una dependencia a filas revisadas y con índices, junto a sus pares.

Un millón de filas × 16 columnas si no se dice. En la misma corrida: COPY sin más a una tabla de texto (el
límite), COPY de las mismas filas limpias a la misma tabla con tipos e índices (el piso), bulk_create y
django-import-export con y sin lotes (con menos filas; se multiplican). La nuestra corre en un proceso
aparte, como un trabajador, para saber cuánta memoria pide.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sibis.settings.local")
os.environ.setdefault("SIBIS_DEPURAR", "0")
django.setup()

import tablib  # noqa: E402
from django.conf import settings  # noqa: E402
from django.db import connection, models, transaction  # noqa: E402
from import_export import resources  # noqa: E402
from psycopg import sql  # noqa: E402

from bench import marco  # noqa: E402
from padron.generacion.generador import Pedido, generar  # noqa: E402
from padron.importacion import avance, tabla  # noqa: E402
from padron.models import Carga, Registro  # noqa: E402
from padron.servicios import cargas, decisiones, en_marcha  # noqa: E402
from padron.validacion.salida import COLUMNAS_DE_REGISTRO  # noqa: E402
from sibis.cuentas import roles  # noqa: E402
from tests.fabricas.cuentas import con_rol  # noqa: E402
from tests.fabricas.programas import ReglaFactory  # noqa: E402

PISO = "banco_piso"
VUELTAS = 3
DE_BULK_CREATE, DE_IMPORT_EXPORT = 50_000, 3_000
COLUMNAS = ", ".join(COLUMNAS_DE_REGISTRO)


class Fila(models.Model):
    """La misma tabla, para las vías de Django."""

    class Meta:
        app_label = "banco"
        managed = False
        db_table = PISO

    def __str__(self) -> str:
        return str(self.pk)


for _campo in Registro._meta.fields:
    if _campo.name != "id":
        Fila.add_to_class(_campo.attname, _campo.__class__(**_campo.deconstruct()[3])) if not (
            _campo.is_relation
        ) else Fila.add_to_class(_campo.attname, models.BigIntegerField())


def archivo(filas: int, *, sucio: float = 0.0, sufijo: str = "csv") -> Path:
    """Se inventa una vez y se guarda: las vueltas leen el mismo."""
    carpeta = Path(os.environ.get("SIBIS_VAR", "var/bench")) / "padron"
    carpeta.mkdir(parents=True, exist_ok=True)
    ruta = carpeta / f"{filas}-{sucio}.{sufijo}"
    if not ruta.exists():
        verdad = ruta.with_suffix(".verdad")
        generar(Pedido(filas=filas, semilla=7, sucio=sucio, salida=ruta, verdad=verdad))
    return ruta


# --- La nuestra, en su proceso


def cargar(ruta: Path) -> dict[str, float]:
    """Recibir, leer, revisar, escribir e indexar; y después aplicar. Segundos de cada cosa y memoria."""
    with transaction.atomic():
        regla = ReglaFactory(
            publicada=True,
            edad_min_meses=216,
            apoyos=[
                {
                    "modalidad": "Apoyo económico mensual",
                    "monto_minimo": Decimal(1200),
                    "ministraciones": 12,
                }
            ],
        )
        enlace = con_rol(roles.EnlaceDeDependencia, en=regla.dependencia)
        titular = con_rol(roles.TitularQueFirma, en=regla.dependencia)
    inicio = time.perf_counter()
    with ruta.open("rb") as contenido:
        carga = cargas.recibir(
            contenido,
            nombre=ruta.name,
            programa=regla.programa,
            ejercicio=regla.ejercicio,
            por=enlace,
            en_cola=False,
        )
    recibida = time.perf_counter()
    _avanzar(carga)
    if carga.estado == "por_mapear":
        en_marcha.confirmar_mapeo(
            carga, mapeo=carga.lectura["propuesta"]["lugares"], por=enlace, en_cola=False
        )
        _avanzar(carga)
    revisada = time.perf_counter()
    if carga.validas:
        decisiones.aplicar(carga, por=titular)
    usos = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return {
        "recibir": recibida - inicio,
        "hasta_indexar": revisada - inicio,
        "aplicar": time.perf_counter() - revisada,
        "memoria_mb": max(resource.getrusage(u).ru_maxrss for u in usos) / 1024,
        "cpu": sum(resource.getrusage(u).ru_utime + resource.getrusage(u).ru_stime for u in usos),
        "filas": carga.filas,
        "validas": carga.validas,
        "con_error": carga.con_error,
        "carga": carga.pk,
    }


def _avanzar(carga: Carga) -> None:
    pasada = carga.pasadas.order_by("-numero")[0]
    while avance.avanzar(pasada.pk, segundos=3_600):
        pass
    carga.refresh_from_db()


def en_su_proceso(ruta: Path) -> dict[str, float]:
    orden = [sys.executable, __file__, "--cargar", str(ruta)]
    salida = subprocess.run(orden, check=True, capture_output=True, text=True)
    return json.loads(salida.stdout.splitlines()[-1])


# --- Sus pares


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


def _primeras(cuantas: int) -> list[dict[str, object]]:
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
    datos = tablib.Dataset(
        *[["" if v is None else v for v in f.values()] for f in filas], headers=list(filas[0])
    )
    resultado = _recurso(por_lotes=por_lotes).import_data(datos, raise_errors=True)
    if resultado.has_errors():
        raise RuntimeError("django-import-export no importó.")


# --- La medida


def _segundos(acto: Callable[[], object]) -> float:
    inicio = time.perf_counter()
    acto()
    return time.perf_counter() - inicio


def _medida(
    nombre: str, segundos: list[float], *, filas: int, memoria: float = 0.0, cpu: float = 0.0
) -> marco.Medida:
    ordenados = sorted(segundos)
    media = ordenados[len(ordenados) // 2]
    return marco.Medida(
        nombre=nombre,
        veces=len(segundos),
        mediana_ms=round(media * 1000, 1),
        p95_ms=round(ordenados[-1] * 1000, 1),
        peor_ms=round(ordenados[-1] * 1000, 1),
        por_segundo=round(filas / media, 1),
        cpu_ms=round(cpu * 1000, 1),
        memoria_mb=round(memoria, 1),
    )


def medir(filas: int) -> None:
    ruta = archivo(filas)
    limpias = ruta.with_suffix(".limpias")
    nuestras, pisos, crudos = [], [], []
    for _vuelta in range(VUELTAS):  # intercaladas: si la máquina se distrae, se distrae con todas
        nuestras.append(en_su_proceso(ruta))
        exportar_limpias(int(nuestras[-1]["carga"]), limpias)
        pisos.append(_segundos(lambda: piso(limpias)))
        crudos.append(_segundos(lambda: copy_crudo(ruta, 16)))
    sucias = en_su_proceso(archivo(filas, sucio=0.75))
    libro = en_su_proceso(archivo(min(filas, 100_000), sucio=0.15, sufijo="xlsx"))
    pocas, muy_pocas = _primeras(DE_BULK_CREATE), _primeras(DE_IMPORT_EXPORT)
    de_bulk = _segundos(lambda: bulk_create(pocas)) * filas / len(pocas)
    por_lotes = _segundos(lambda: import_export(muy_pocas, por_lotes=True)) * filas / len(muy_pocas)
    sin_lotes = (
        _segundos(lambda: import_export(muy_pocas, por_lotes=False)) * filas / len(muy_pocas)
    )
    _informar(filas, nuestras, pisos, crudos, sucias, libro, (de_bulk, por_lotes, sin_lotes))


def _informar(
    filas: int,
    nuestras: list[dict[str, float]],
    pisos: list[float],
    crudos: list[float],
    sucias: dict[str, float],
    libro: dict[str, float],
    pares: tuple[float, float, float],
) -> None:
    tiempos = [n["hasta_indexar"] for n in nuestras]
    memoria, cpu = max(n["memoria_mb"] for n in nuestras), nuestras[0]["cpu"]
    nuestra = _medida(
        "la nuestra: revisar, copiar e indexar", tiempos, filas=filas, memoria=memoria, cpu=cpu
    )
    del_piso = _medida("piso: COPY a la tabla con tipos e índices", pisos, filas=filas)
    de_bulk, por_lotes, sin_lotes = pares
    medidas = [
        nuestra,
        del_piso,
        _medida("límite: COPY a texto", crudos, filas=filas),
        _medida(f"bulk_create ({DE_BULK_CREATE:,} filas, proporción)", [de_bulk], filas=filas),
        _medida(f"import-export por lotes ({DE_IMPORT_EXPORT:,})", [por_lotes], filas=filas),
        _medida(f"import-export sin lotes ({DE_IMPORT_EXPORT:,})", [sin_lotes], filas=filas),
        _medida(
            f"la nuestra, {sucias['con_error']:,.0f} filas que esperan",
            [sucias["hasta_indexar"]],
            filas=filas,
            memoria=sucias["memoria_mb"],
        ),
        _medida(
            "libro XLSX, hasta el informe",
            [libro["hasta_indexar"]],
            filas=int(libro["filas"]),
            memoria=libro["memoria_mb"],
        ),
    ]
    suyo = nuestra.mediana_ms
    marco.informar(
        "padron",
        medidas,
        notas={
            "filas": filas,
            "veces el piso": round(suyo / del_piso.mediana_ms, 2),
            "veces más rápida que import-export por lotes": round(por_lotes * 1000 / suyo),
            "veces más rápida que import-export sin lotes": round(sin_lotes * 1000 / suyo),
            "veces más rápida que bulk_create": round(de_bulk * 1000 / suyo, 1),
            "segundos de aplicar": round(nuestras[0]["aplicar"], 2),
            "memoria con casi todo mal, contra nada mal": round(sucias["memoria_mb"] / memoria, 2),
            "memoria que se le deja a DuckDB, MB": settings.PADRON_MEMORIA_MB,
        },
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--cargar"]:
        print(json.dumps(cargar(Path(sys.argv[2]))))
    else:
        medir(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
