"""Hacer el documento: el único lugar donde se maqueta."""

from celery import shared_task
from django.core.cache import cache

from sibis.documentos import almacen
from sibis.documentos.encargos import Argumentos, encargo
from sibis.documentos.tipos import producir

_MIENTRAS_SE_HACE = 120  # si quien lo hacía muere, otro puede empezar después de esto
DIAS_GUARDADO = 60


@shared_task(name="sibis.documentos.tasks.hacer")
def hacer(clave: str, argumentos: Argumentos, idioma: str) -> str:
    """Lo hace si no está y nadie más lo está haciendo. Devuelve su ruta; se puede repetir."""
    pedido = encargo(clave, argumentos, idioma=idioma)
    candado = f"documentos:se-hace:{pedido.huella}"
    if pedido.esta_hecho or not cache.add(candado, 1, timeout=_MIENTRAS_SE_HACE):
        return pedido.ruta
    try:
        almacen.guardar(pedido.ruta, producir(pedido.tipo, pedido.contenido))
    finally:
        cache.delete(candado)
    return pedido.ruta


@shared_task(name="sibis.documentos.tasks.podar")
def podar() -> int:
    """Los que nadie ha pedido desde que cambiaron sus datos se quitan: se pueden rehacer."""
    return almacen.podar(dias=DIAS_GUARDADO)
