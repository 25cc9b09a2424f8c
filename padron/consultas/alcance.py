"""Sobre qué dependencias ve padrones una persona, y qué direcciones existen en esta instalación."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.urls import NoReverseMatch, reverse

from padron.models import Carga
from sibis.cuentas.models import Usuario
from sibis.cuentas.permisos import Ambito, Permiso, ambito, puede

# Quien entrega y quien confirma miran las mismas cargas; nadie más.
DE_PADRON = (Permiso.PADRON_CARGAR, Permiso.PADRON_CONFIRMAR)


def ambito_de_padron(usuario: Usuario | AnonymousUser) -> Ambito:
    """Donde entrega o donde confirma."""
    suyos = [ambito(usuario, permiso) for permiso in DE_PADRON]
    return Ambito(
        todas=any(a.todas for a in suyos),
        dependencias=frozenset().union(*(a.dependencias for a in suyos)),
    )


def ve_valores(usuario: Usuario, carga: Carga) -> bool:
    """¿Puede leer lo que traen las celdas? Cada lectura queda escrita."""
    return puede(usuario, Permiso.DATOS_PERSONALES_VER, en=carga.dependencia_id)


def direccion(nombre: str, *args: Any) -> str:
    """La de una página que quizá no está instalada; vacía si no existe."""
    try:
        return reverse(nombre, args=args)
    except NoReverseMatch:
        return ""
