"""Un presupuesto inventado que entra por la misma puerta que el de verdad: el archivo de 63 columnas.

Los importes se apoyan en lo que dicen las reglas cuando lo dicen; lo demás sale del dado. Un año con
un archivo de verdad no se toca.
"""

from __future__ import annotations

import csv
import datetime
import tempfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from presupuesto.importacion.disposiciones import CLAVES, MONTOS, descripcion_de
from presupuesto.importacion.egresos import Encargo, cargar
from presupuesto.models import Certeza, CorteDeEgresos, VinculoPresupuestal
from presupuesto.servicios import vinculos
from programas.models import ReglaOperacion
from sibis.cuentas.models import Dependencia
from sibis.demo import cuentas
from sibis.demo.azar import azar
from sibis.demo.catalogo import EnPortal
from sibis.demo.sincronia import Balance

FUENTE = "Demostración: presupuesto inventado"
CONFIRMADOS = 8
CENTAVO = Decimal("0.01")
COLUMNAS = (
    "ciclo",
    *(n for c in CLAVES for n in (c, descripcion_de(c)) if n),
    *MONTOS,
)
_ACUMULADO = {"aprobado": 0.0, "t1": 0.14, "t2": 0.39, "t3": 0.66, "t4": 0.97, "cp": 0.985}
# Capítulo, partida, descripción y qué parte del programa.
_PARTIDAS = (
    ("1000", "1211", "Honorarios asimilables a salarios", Decimal("0.07")),
    ("3000", "3611", "Difusión por medios", Decimal("0.02")),
    ("4000", "4412", "Ayudas sociales a personas u hogares", Decimal("0.61")),
    ("4000", "4419", "Otras ayudas sociales a personas", Decimal("0.30")),
)
_CAPITULOS = {
    "1000": "Servicios personales",
    "3000": "Servicios generales",
    "4000": "Transferencias, asignaciones, subsidios y otras ayudas",
}


def sembrar(programas: list[EnPortal], *, semilla: int, hoy: datetime.date) -> Balance:
    """Un corte por momento del año pasado y de este, hasta el último trimestre cerrado."""
    resultados = []
    with tempfile.TemporaryDirectory() as carpeta:
        for ejercicio, momento in _cortes(hoy):
            ruta = Path(carpeta) / f"demostracion-{ejercicio}-{momento}.csv"
            _escribir(ruta, programas, ejercicio, momento, semilla)
            encargo = Encargo(ruta, ejercicio, momento, fuente=FUENTE, es_demostracion=True)
            resultados.append(cargar(encargo).resultado)
    _confirmar_algunos()
    altas, iguales = resultados.count("cargado"), resultados.count("sin_cambio")
    return Balance("cortes de egresos", altas, 0, iguales)


def _cortes(hoy: datetime.date) -> Iterator[tuple[int, str]]:
    cerrados = (hoy.month - 1) // 3
    for ejercicio, momentos in (
        (hoy.year - 1, ["aprobado", "t1", "t2", "t3", "t4", "cp"]),
        (hoy.year, ["aprobado", *(f"t{n}" for n in range(1, cerrados + 1))]),
    ):
        reales = CorteDeEgresos.objects.filter(ejercicio=ejercicio, es_demostracion=False)
        if not reales.exists():
            yield from ((ejercicio, momento) for momento in momentos)


def _escribir(
    ruta: Path, programas: list[EnPortal], ejercicio: int, momento: str, semilla: int
) -> None:
    aprobados = _aprobados(ejercicio)
    dependencias = {d.clave: d for d in Dependencia.objects.all()}
    unidades = _unidades(dependencias)
    with ruta.open("w", encoding="utf-8", newline="") as archivo:
        escritor = csv.DictWriter(archivo, COLUMNAS, restval="")
        escritor.writeheader()
        for lugar, p in enumerate(sorted(programas, key=lambda p: p.clave), start=1):
            total = aprobados.get(p.clave) or _inventado(p, semilla)
            for renglon in _renglones(p, lugar, total, ejercicio, momento, semilla):
                unidad = unidades[p.dependencia]
                renglon["unidad_responsable"] = unidad
                renglon["desc_unidad_responsable"] = dependencias[p.dependencia].nombre_actual
                renglon["clave_presupuestaria"] = "".join(
                    (
                        str(ejercicio),
                        unidad,
                        renglon["programa_presupuestario"],
                        renglon["partida_especifica"],
                    )
                )
                escritor.writerow(renglon)


def _aprobados(ejercicio: int) -> dict[str, Decimal]:
    """Lo que de verdad dicen las reglas de ese año."""
    reglas = ReglaOperacion.objects.publicadas().filter(
        ejercicio=ejercicio, presupuesto_aprobado__gt=0
    )
    return dict(reglas.values_list("programa__clave", "presupuesto_aprobado"))


def _unidades(dependencias: dict[str, Dependencia]) -> dict[str, str]:
    """Claves inventadas que empiezan con 99: no son las de nadie."""
    return {clave: f"99D{n:03d}" for n, clave in enumerate(sorted(dependencias), start=1)}


def _inventado(p: EnPortal, semilla: int) -> Decimal:
    dado = azar(semilla, "presupuesto", p.clave)
    millones = dado.lognormvariate(3.2, 1.0) * (4 if p.es_de_toda_la_ciudad else 1)
    return Decimal(round(millones, 3)).quantize(CENTAVO) * 1_000_000


def _renglones(
    p: EnPortal, lugar: int, total: Decimal, ejercicio: int, momento: str, semilla: int
) -> Iterator[dict[str, str]]:
    """Cuatro partidas que suman lo aprobado; lo modificado y lo ejercido crecen con el año."""
    dado = azar(semilla, "gasto", p.clave, ejercicio)
    ajuste, ritmo = Decimal(str(round(dado.uniform(0.92, 1.10), 4))), dado.uniform(0.75, 1.02)
    gastado = Decimal(str(round(min(1.0, _ACUMULADO[momento] * ritmo), 4)))
    resto = total
    for lugar_partida, (capitulo, partida, nombre, parte) in enumerate(_PARTIDAS, start=1):
        ultima = lugar_partida == len(_PARTIDAS)
        aprobado = resto if ultima else (total * parte).quantize(CENTAVO)
        resto -= aprobado
        modificado = aprobado if momento == "aprobado" else (aprobado * ajuste).quantize(CENTAVO)
        renglon = {
            "ciclo": str(ejercicio),
            "periodo": momento,
            "finalidad": "2",
            "desc_finalidad": "Desarrollo social",
            "modalidad": "S",
            "desc_modalidad": "Sujetos a reglas de operación",
            "programa_presupuestario": f"S{500 + lugar}",
            "desc_programa_presupuestario": p.programa.nombre,
            "capitulo": capitulo,
            "desc_capitulo": _CAPITULOS[capitulo],
            "partida_especifica": partida,
            "desc_partida_especifica": nombre,
            "tipo_gasto": "1",
            "desc_tipo_gasto": "Gasto corriente",
            "monto_aprobado": str(aprobado),
        }
        if momento != "aprobado":
            renglon["monto_modificado"] = str(modificado)
            renglon["monto_ejercido"] = str((modificado * gastado).quantize(CENTAVO))
        yield renglon


def _confirmar_algunos() -> None:
    """Finanzas ya revisó unos; los demás esperan en su cola."""
    finanzas = cuentas.de_la_base().get("finanzas")
    if finanzas is None:
        return
    demo = VinculoPresupuestal.objects.filter(es_demostracion=True)
    faltan = CONFIRMADOS - demo.filter(estado="confirmado").count()
    for vinculo in demo.filter(estado="propuesto", certeza=Certeza.PROBABLE)[: max(0, faltan)]:
        vinculos.confirmar(
            vinculo, por=finanzas, certeza=Certeza.PROBABLE, nota="Demostración: revisado."
        )
