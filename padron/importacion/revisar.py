"""Paso 2: el motor revisa el archivo entero y deja los pedazos que se copiarán a la base."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from padron.estados import PasoDePasada
from padron.importacion import leer, pasadas, tabla, trabajo, ya_inscritas
from padron.importacion.conexiones import Turno
from padron.models import Carga, Correccion, Descarte, Pasada, Tramo
from padron.validacion import informe, motor
from padron.validacion.mapeo import Mapeo
from padron.validacion.motor import CifrasDeControl, Pedido, Resultado
from padron.validacion.salida import Destino
from padron.validacion.version import huella_de_comprobaciones

NOTA = "revision"
# De cada clase de tramo, en qué lista del resultado vienen.
CLASES = {
    Tramo.Clase.REGISTROS: "registros",
    Tramo.Clase.HALLAZGOS: "hallazgos",
    Tramo.Clase.ESPERA: "espera",
}


def revisar(pasada: Pasada, turno: Turno) -> bool:
    """Levanta motor.Interrumpida si alguien pidió parar: lo de a medias se tira."""
    carpeta = trabajo.carpeta(pasada)
    lectura = leer.leido(pasada)
    ultima, descarte = ultima_correccion(pasada.carga), ultimo_descarte(pasada.carga)
    pedido = Pedido(
        lectura=lectura,
        mapeo=dict(pasada.carga.mapeo),
        regla=leer.regla_de(pasada),
        trabajo=carpeta,
        destino=Destino(pasada.carga_id, pasada.carga.programa_id, pasada.carga.dependencia_id),
        correcciones=_correcciones(pasada.carga, ultima, carpeta / "correcciones.csv"),
        descartes=_descartes(pasada.carga, descarte, carpeta / "descartes.csv"),
        ya_inscritas=ya_inscritas.escribir(pasada.carga, carpeta / "ya_inscritas.csv"),
        cifras=_cifras(pasada.carga),
        memoria_mb=settings.PADRON_MEMORIA_MB,
        hilos=settings.PADRON_HILOS,
    )
    resultado = motor.revisar(
        pedido, avance=lambda _paso, hechas, total: turno.va(hechas, total), seguir=turno.sigue
    )
    nota = _a_nota(pedido, resultado) | {
        "correcciones": ultima,
        "descartes": descarte,
        "descartadas": resultado.descartadas,
        "evidencias": resultado.evidencias,
    }
    archivos = [r for lista in CLASES.values() for r in getattr(resultado, lista)]
    trabajo.anotar(carpeta, NOTA, nota, archivos=archivos)
    return _dejar_tramos(pasada, nota)


def _dejar_tramos(pasada: Pasada, nota: dict[str, Any]) -> bool:
    """De nuevo desde el principio: lo que otra vez se hubiera copiado ya no vale."""
    with transaction.atomic():
        _carga, pasada = pasadas.bloquear(pasada.pk)
        if not pasadas.en_marcha(pasada):
            return False
        olvidar(pasada)
        Tramo.objects.bulk_create(
            Tramo(pasada=pasada, clase=clase, numero=numero)
            for clase, partes in nota["tramos"].items()
            if clase != Tramo.Clase.REGISTROS or pasada.motivo != Pasada.Motivo.SOMBRA
            for numero in range(len(partes))
        )
        con_tabla = pasada.motivo != Pasada.Motivo.SOMBRA
        pasadas.pasar(
            pasada,
            PasoDePasada.ESCRIBIR,
            total=nota["validas"],
            huella_de_comprobaciones=huella_de_comprobaciones(),
            tabla=tabla.crear(pasada) if con_tabla else "",
        )
    return True


def olvidar(pasada: Pasada) -> None:
    """Lo que la pasada haya dejado en la base: tabla suelta, hallazgos, renglones y marcas."""
    with connection.cursor() as cursor:
        for que in ("padron_hallazgo", "padron_filaenespera"):
            cursor.execute(f"DELETE FROM {que} WHERE pasada_id = %s", [pasada.pk])  # noqa: S608
    pasada.tramos.all().delete()
    tabla.quitar(pasada.tabla)


def _a_nota(pedido: Pedido, resultado: Resultado) -> dict[str, Any]:
    """El resumen que se guarda, sin un solo dato personal, y dónde quedó cada pedazo."""
    mapeo = Mapeo(pedido.lectura.encabezado, pedido.mapeo)
    return {
        **informe.cabeza(pedido.lectura, mapeo, resultado),
        "impide_todo": resultado.impide_todo,
        "tramos": {
            clase: [str(r) for r in getattr(resultado, lista)] for clase, lista in CLASES.items()
        },
    }


def ultima_correccion(carga: Carga) -> int:
    """La más nueva que entra en esta revisión: si después hay otra, hay que volver a revisar."""
    return (
        Correccion.objects.filter(carga=carga).order_by("-pk").values_list("pk", flat=True).first()
        or 0
    )


def _correcciones(carga: Carga, ultima: int, destino: Path) -> Path | None:
    if not ultima:
        return None
    vigentes = Correccion.objects.filter(carga=carga, pk__lte=ultima).ultimas()
    with destino.open("w", encoding="utf-8", newline="") as archivo:
        escritor = csv.writer(archivo)
        escritor.writerow(("fila", "lugar", "valor"))
        escritor.writerows(vigentes.values_list("fila", "lugar", "nuevo").iterator(10_000))
    return destino


def ultimo_descarte(carga: Carga) -> int:
    """Lo mismo, de las filas que alguien dejó fuera o hizo volver."""
    return (
        Descarte.objects.filter(carga=carga).order_by("-pk").values_list("pk", flat=True).first()
        or 0
    )


def _descartes(carga: Carga, ultimo: int, destino: Path) -> Path | None:
    if not ultimo:
        return None
    ultimos = Descarte.objects.filter(carga=carga, pk__lte=ultimo).ultimos()
    with destino.open("w", encoding="utf-8", newline="") as archivo:
        escritor = csv.writer(archivo)
        escritor.writerow(("fila",))
        decisiones = ultimos.values_list("fila", "fuera").iterator(10_000)
        escritor.writerows((fila,) for fila, fuera in decisiones if fuera)
    return destino


def _cifras(carga: Carga) -> CifrasDeControl | None:
    declaradas = CifrasDeControl(
        filas=carga.filas_declaradas,
        monto=carga.monto_declarado,
        mujeres=carga.mujeres_declaradas,
        hombres=carga.hombres_declarados,
    )
    return None if declaradas == CifrasDeControl() else declaradas
