"""Paso 1: del archivo que llegó a una tabla que se entiende, y qué es cada columna."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.files.storage import FileSystemStorage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from padron import lectura as lector
from padron.consultas import mapeos
from padron.consultas.regla import hechos_de
from padron.estados import EstadoCarga, PasoDePasada
from padron.importacion import pasadas, trabajo
from padron.importacion.conexiones import Turno
from padron.lectura import AvisoDeArchivo, Lectura
from padron.models import Carga, Pasada
from padron.validacion.mapeo import Mapeo, adivinar, cuantas_reconoce, muestra_de
from padron.validacion.regla import Regla
from sibis.archivos import servicios as archivos
from sibis.nucleo.errores import ArchivoIlegible

NOTA = "lectura"


def leer(pasada: Pasada, turno: Turno) -> bool:
    """Deja la lectura en la carpeta. Levanta ArchivoIlegible si no es una tabla."""
    lectura = leido(pasada)
    propuesta = adivinar(lectura.encabezado, muestra_de(lectura), regla_de(pasada))
    with transaction.atomic():
        carga, pasada = pasadas.bloquear(pasada.pk)
        if not pasadas.en_marcha(pasada):
            return False
        mapeo = dict(carga.mapeo) or (_recordado(carga, lectura) or {})
        valores: dict[str, Any] = {"lectura": resumen(lectura, propuesta), "error": ""}
        if pasada.motivo == Pasada.Motivo.SOMBRA:
            pass
        elif mapeo and carga.estado == EstadoCarga.RECIBIDA:
            pasadas.mover(carga, "procesar", mapeo=mapeo, **valores)
        elif mapeo:
            _guardar(carga, mapeo=mapeo, **valores)
        else:
            pasadas.mover(carga, "preguntar", **valores)
        pasadas.pasar(pasada, PasoDePasada.REVISAR)
        if carga.estado == EstadoCarga.POR_MAPEAR:
            pasadas.mover_pasada(pasada, "pausar")
            return False
    return True


def leido(pasada: Pasada) -> Lectura:
    """Lo que ya se leyó, si la carpeta sigue entera; si no, se lee otra vez y da lo mismo."""
    if (hecha := ya_leido(pasada)) is not None:
        return hecha
    trabajo.tirar(pasada)
    carpeta = trabajo.carpeta(pasada)
    carga = pasada.carga
    lectura = lector.leer(
        _original(carga, carpeta),
        trabajo=carpeta,
        cuantas_reconoce=cuantas_reconoce,
        hoja=carga.hoja or None,
        sha256=carga.archivo.sha256 if carga.archivo else "",
    )
    archivos_ = [r for r in (lectura.csv, lectura.hallazgos, lectura.crudo) if r is not None]
    trabajo.anotar(carpeta, NOTA, _a_nota(lectura), archivos=archivos_)
    return lectura


def ya_leido(pasada: Pasada) -> Lectura | None:
    """Sin leer ni escribir nada: None si la carpeta no está o le falta algo."""
    anotado = trabajo.anotado(trabajo.ruta_de(pasada), NOTA)
    return None if anotado is None else _de_nota(anotado)


def regla_de(pasada: Pasada) -> Regla:
    """La de la pasada, como se veía el día en que se recibió la carga: repetirla da lo mismo."""
    return hechos_de(pasada.regla, al=timezone.localdate(pasada.carga.recibida_en))


def resumen(lectura: Lectura, propuesta: Mapeo) -> dict[str, Any]:
    """Lo que se enseña de la lectura, y qué parece ser cada columna; ni rutas ni celdas."""
    return {
        "formato": lectura.formato,
        "hoja": lectura.hoja,
        "hojas": list(lectura.hojas),
        "codificacion": lectura.codificacion,
        "separador": lectura.separador,
        "fila_encabezado": lectura.fila_encabezado,
        "encabezado": list(lectura.encabezado),
        "filas": lectura.filas,
        "avisos": [asdict(aviso) for aviso in lectura.avisos],
        "propuesta": {"lugares": dict(propuesta.lugares), "dudosas": sorted(propuesta.dudosas)},
    }


def _recordado(carga: Carga, lectura: Lectura) -> dict[str, int] | None:
    """Sin encabezado no hay de qué acordarse: dos archivos distintos se verían iguales."""
    if not lectura.fila_encabezado:
        return None
    return mapeos.recordado(carga, lectura.encabezado)


def _original(carga: Carga, carpeta: Path) -> Path:
    """El archivo tal como llegó, con el nombre con que se enseña: los mensajes lo citan.

    Si el almacén es este disco basta una liga; si no, una copia.
    """
    if carga.archivo is None:
        raise ArchivoIlegible(_("La carga no tiene archivo."))
    llegada = carpeta / "llegada"
    llegada.mkdir(mode=0o700)
    ruta = llegada / (carga.nombre_del_archivo or "padron.csv")
    with archivos.abrir(carga.archivo) as original:
        if isinstance(almacen := archivos.almacen(), FileSystemStorage):
            ruta.symlink_to(almacen.path(carga.archivo.ruta))
            return ruta
        with ruta.open("wb") as copia:
            for trozo in original.chunks(1 << 20):
                copia.write(trozo)
    return ruta


def _guardar(carga: Carga, **valores: Any) -> None:
    for campo, valor in valores.items():
        setattr(carga, campo, valor)
    carga.save(update_fields=list(valores))


def _a_nota(lectura: Lectura) -> dict[str, Any]:
    nota = asdict(lectura)
    for campo in ("csv", "hallazgos", "crudo"):
        nota[campo] = nota[campo] and str(nota[campo])
    return nota


def _de_nota(nota: dict[str, Any]) -> Lectura:
    valores = dict(nota)
    for campo in ("csv", "hallazgos", "crudo"):
        valores[campo] = valores[campo] and Path(valores[campo])
    for campo in ("hojas", "encabezado"):
        valores[campo] = tuple(valores[campo])
    valores["avisos"] = tuple(AvisoDeArchivo(**aviso) for aviso in valores["avisos"])
    return Lectura(**valores)
