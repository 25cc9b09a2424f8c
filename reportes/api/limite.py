"""Cuánto puede pedir cada quien por minuto, sin guardar quién es.

Una ventana que se desliza: lo de este minuto más la parte del anterior que aún cuenta. La caché
guarda dos números por una huella de la dirección, hecha con la clave del sitio; sin Redis, pasa.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from sibis.cuentas.acceso import direccion

VENTANA = 60  # segundos


@dataclass(frozen=True, slots=True)
class Cupo:
    limite: int
    quedan: int
    esperar: int  # segundos; 0 si puede pasar

    @property
    def alcanza(self) -> bool:
        return self.esperar == 0


def gastar(request: HttpRequest) -> Cupo | None:
    """Apunta una petición. None: sin límite, o no se sabe de quién es."""
    limite, de_donde = settings.API_POR_MINUTO, direccion(request)
    if limite <= 0 or not de_donde:
        return None
    ahora = time.time()
    ventana, pasado = divmod(ahora, VENTANA)
    quien = salted_hmac("reportes.api.limite", de_donde).hexdigest()[:24]
    actual = _sumar(f"api:{quien}:{ventana:.0f}")
    anterior = cache.get(f"api:{quien}:{ventana - 1:.0f}") or 0
    usadas = actual + anterior * (VENTANA - pasado) / VENTANA
    if usadas <= limite:
        return Cupo(limite, max(0, int(limite - usadas)), 0)
    return Cupo(limite, 0, max(1, int(VENTANA - pasado) + 1))


def _sumar(llave: str) -> int:
    cache.add(llave, 0, 2 * VENTANA + 1)
    try:
        return int(cache.incr(llave))
    except ValueError:  # venció entre las dos órdenes: es la primera de su ventana
        return 1
