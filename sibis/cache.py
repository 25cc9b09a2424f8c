"""Caché en Redis que se puede caer: sin ella las páginas tardan más, pero contestan."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

import structlog
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import ConnectionError as SinConexion
from redis.exceptions import TimeoutError as SinRespuesta

registro = structlog.get_logger(__name__)
_AVISAR_CADA = 60  # segundos: una caída no debe llenar el disco de avisos
_ultimo_aviso = 0.0


def _avisar(operacion: str) -> None:
    global _ultimo_aviso
    if time.monotonic() - _ultimo_aviso > _AVISAR_CADA:
        _ultimo_aviso = time.monotonic()
        registro.error("cache_sin_redis", operacion=operacion, efecto="se trabaja sin caché")


def _o_bien(respuesta: Callable[..., Any]) -> Callable[..., Any]:
    """Decora una operación de la caché; sin Redis contesta lo que contestaría una caché vacía."""

    def decorar(operacion: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(operacion)
        def envuelta(*args: Any, **kwargs: Any) -> Any:
            try:
                return operacion(*args, **kwargs)
            except (SinConexion, SinRespuesta):
                _avisar(operacion.__name__)
                return respuesta(*args, **kwargs)

        return envuelta

    return decorar


def _el_omision(_cache: Any, _clave: str, default: Any = None, version: int | None = None) -> Any:
    return default


def _falso(*_args: Any, **_kwargs: Any) -> bool:
    return False


def _nada(*_args: Any, **_kwargs: Any) -> None:
    return None


def _vacio(*_args: Any, **_kwargs: Any) -> dict[str, Any]:
    return {}


def _no_guardadas(_cache: Any, data: dict[str, Any], *_args: Any, **_kwargs: Any) -> list[str]:
    return list(data)


def _uno(_cache: Any, _clave: str, delta: int = 1, version: int | None = None) -> int:
    return delta


class CacheTolerante(RedisCache):
    """La de Django, con una respuesta digna para cuando Redis no está."""

    get = _o_bien(_el_omision)(RedisCache.get)
    get_many = _o_bien(_vacio)(RedisCache.get_many)
    # «add» dice que sí: quien lo usa como candado o como cuota sigue, en vez de negar el paso.
    add = _o_bien(lambda *_a, **_k: True)(RedisCache.add)
    set = _o_bien(_nada)(RedisCache.set)
    set_many = _o_bien(_no_guardadas)(RedisCache.set_many)
    touch = _o_bien(_falso)(RedisCache.touch)
    delete = _o_bien(_falso)(RedisCache.delete)
    delete_many = _o_bien(_nada)(RedisCache.delete_many)
    has_key = _o_bien(_falso)(RedisCache.has_key)
    incr = _o_bien(_uno)(RedisCache.incr)
    clear = _o_bien(_falso)(RedisCache.clear)
