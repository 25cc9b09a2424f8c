"""Cuántas veces: por conexión con la caché, y para todos con la base, que no depende de Redis."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone

from ciudadania.cifrado import indice
from ciudadania.estados import EstadoSuscripcion
from ciudadania.models import Suscripcion
from sibis.cuentas.acceso import direccion

_HORA = 60 * 60


def pide_de_mas(request: HttpRequest) -> bool:
    """Cuenta este intento. Lo que se recuerda es una huella de la conexión, no la conexión."""
    return _de_esta_conexion(request) > settings.AVISOS_POR_CLIENTE or _entre_todos()


def _de_esta_conexion(request: HttpRequest) -> int:
    llave = f"avisos:{indice(direccion(request) or 'sin-direccion')[:32]}"
    cache.add(llave, 0, _HORA)
    try:
        return cache.incr(llave)
    except ValueError:  # venció entre una y otra
        return 1


def _entre_todos() -> bool:
    """Freno de mano: si llegan mil pedidos en una hora no son personas, y el correo se ensuciaría."""
    tope = settings.AVISOS_SIN_CONFIRMAR_POR_HORA
    recientes = Suscripcion.objects.filter(
        estado=EstadoSuscripcion.PENDIENTE,
        creada_en__gt=timezone.now() - timedelta(seconds=_HORA),
    )
    return recientes.order_by()[: tope + 1].count() > tope
