"""Dónde se puede sembrar: nunca encima de datos que alguien capturó de verdad."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _

from programas.models import Convocatoria, FechaDeEntrega, ReglaOperacion, Sede
from sibis.demo import cuentas
from sibis.nucleo.errores import ErrorDeNegocio
from sibis.nucleo.normalizacion import sin_acentos

_PRODUCCION = "produccion"


def exigir_que_se_pueda() -> None:
    """Levanta ErrorDeNegocio con la razón y la salida."""
    if _es_produccion():
        raise ErrorDeNegocio(
            _(
                "Este es el entorno de producción: aquí no se siembran datos inventados y no se "
                "cambió nada. Si es una copia para enseñar el sistema, quita ese nombre de "
                "SIBIS_ENTORNO o repite con --forzar."
            )
        )
    if not cuentas.hay() and _hay_datos_capturados():
        raise ErrorDeNegocio(
            _(
                "Esta base ya tiene datos capturados por personas: no se mezclan con inventados y "
                "no se cambió nada. Usa otra base de datos, o repite con --forzar."
            )
        )


def _es_produccion() -> bool:
    entorno = sin_acentos(settings.SIBIS_ENTORNO).strip().lower()
    if entorno:
        return entorno == _PRODUCCION
    return str(settings.SETTINGS_MODULE).endswith(f".{_PRODUCCION}")


def _hay_datos_capturados() -> bool:
    """Lo que trae el catálogo no lo capturó nadie; lo demás, si no lleva la marca, sí."""
    if ReglaOperacion.objects.filter(capturado_por__isnull=False).exists():
        return True
    return any(
        modelo.objects.filter(es_demostracion=False).exists()
        for modelo in (Convocatoria, FechaDeEntrega, Sede)
    )
