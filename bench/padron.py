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

from django.conf import settings  # noqa: E402
from django.db import transaction  # noqa: E402

from bench import _padron_pares as pares_de_django  # noqa: E402
from bench import marco  # noqa: E402
from padron.generacion.generador import Pedido, generar  # noqa: E402
from padron.importacion import avance  # noqa: E402
from padron.models import Carga  # noqa: E402
from padron.servicios import cargas, decisiones, en_marcha  # noqa: E402
from programas.models import ReglaOperacion  # noqa: E402
from sibis.cuentas import roles  # noqa: E402
from sibis.cuentas.models import Usuario  # noqa: E402
from tests.fabricas.cuentas import DependenciaFactory, UsuarioFactory, con_rol  # noqa: E402
from tests.fabricas.programas import ProgramaFactory, ReglaFactory  # noqa: E402

VUELTAS = 3
DE_BULK_CREATE, DE_IMPORT_EXPORT = 50_000, 3_000


def archivo(filas: int, *, sucio: float = 0.0, sufijo: str = "csv") -> Path:
    """Se inventa una vez y se guarda: las vueltas leen el mismo."""
    carpeta = Path(os.environ.get("SIBIS_VAR", "var/bench")) / "padrones-inventados"
    carpeta.mkdir(parents=True, exist_ok=True)
    ruta = carpeta / f"{filas}-{sucio}.{sufijo}"
    if not ruta.exists():
        verdad = ruta.with_suffix(".verdad")
        generar(Pedido(filas=filas, semilla=7, sucio=sucio, salida=ruta, verdad=verdad))
    return ruta


# --- La nuestra, en su proceso


def cargar(ruta: Path) -> dict[str, float]:
    """Recibir, leer, revisar, escribir e indexar; y después aplicar. Segundos de cada cosa y memoria."""
    regla, enlace, titular = _escena()
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
    return {
        "recibir": recibida - inicio,
        "hasta_indexar": revisada - recibida,
        "aplicar": time.perf_counter() - revisada,
        "filas": carga.filas,
        "validas": carga.validas,
        "con_error": carga.con_error,
        "carga": carga.pk,
        **_lo_que_gasto(),
    }


def _escena() -> tuple[ReglaOperacion, Usuario, Usuario]:
    """Un programa con regla publicada, quien carga y quien confirma: nuevos en cada vuelta."""
    for fabrica in (DependenciaFactory, UsuarioFactory, ProgramaFactory):
        fabrica.reset_sequence(time.time_ns() // 10**6, force=True)
    apoyo = {
        "modalidad": "Apoyo económico mensual",
        "monto_minimo": Decimal(1200),
        "ministraciones": 12,
    }
    with transaction.atomic():
        regla = ReglaFactory(publicada=True, edad_min_meses=216, apoyos=[apoyo])
        enlace = con_rol(roles.EnlaceDeDependencia, en=regla.dependencia)
        return regla, enlace, con_rol(roles.TitularQueFirma, en=regla.dependencia)


def _lo_que_gasto() -> dict[str, float]:
    usos = [resource.getrusage(u) for u in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return {
        "memoria_mb": max(u.ru_maxrss for u in usos) / 1024,
        "cpu": sum(u.ru_utime + u.ru_stime for u in usos),
    }


def _avanzar(carga: Carga) -> None:
    pasada = carga.pasadas.order_by("-numero")[0]
    while avance.avanzar(pasada.pk, segundos=3_600):
        pass
    carga.refresh_from_db()


def en_su_proceso(ruta: Path) -> dict[str, float]:
    orden = [sys.executable, __file__, "--cargar", str(ruta)]
    salida = subprocess.run(orden, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(salida.stdout.splitlines()[-1])


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
        pares_de_django.exportar_limpias(int(nuestras[-1]["carga"]), limpias)
        pisos.append(_segundos(lambda: pares_de_django.piso(limpias)))
        crudos.append(_segundos(lambda: pares_de_django.copy_crudo(ruta, 16)))
    sucias = en_su_proceso(archivo(filas, sucio=0.75))
    libro = en_su_proceso(archivo(min(filas, 100_000), sucio=0.15, sufijo="xlsx"))
    pocas, muy_pocas = (
        pares_de_django.primeras(DE_BULK_CREATE),
        pares_de_django.primeras(DE_IMPORT_EXPORT),
    )
    de_bulk = _segundos(lambda: pares_de_django.bulk_create(pocas)) * filas / len(pocas)
    por_lotes = (
        _segundos(lambda: pares_de_django.import_export(muy_pocas, por_lotes=True))
        * filas
        / len(muy_pocas)
    )
    sin_lotes = (
        _segundos(lambda: pares_de_django.import_export(muy_pocas, por_lotes=False))
        * filas
        / len(muy_pocas)
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
    _con_notas(filas, medidas, nuestras, sucias, pares)


def _con_notas(
    filas: int,
    medidas: list[marco.Medida],
    nuestras: list[dict[str, float]],
    sucias: dict[str, float],
    pares: tuple[float, float, float],
) -> None:
    nuestra, del_piso, (de_bulk, por_lotes, sin_lotes) = medidas[0], medidas[1], pares
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
            "segundos de recibir y guardar el archivo": round(nuestras[0]["recibir"], 2),
            "segundos de aplicar": round(nuestras[0]["aplicar"], 2),
            "memoria con casi todo mal, contra nada mal": round(
                sucias["memoria_mb"] / nuestra.memoria_mb, 2
            ),
            "memoria que se le deja a DuckDB, MB": settings.PADRON_MEMORIA_MB,
        },
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--cargar"]:
        print(json.dumps(cargar(Path(sys.argv[2]))))
    else:
        medir(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
