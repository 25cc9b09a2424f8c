"""Lo que de los mensajes espera a cada quien, en la portada del panel."""

from __future__ import annotations

from sibis.cuentas.models import Usuario
from sibis.mensajes.consultas import bandeja, conservacion
from sibis.panel.colas import Cola


def colas(usuario: Usuario) -> list[Cola]:
    propias = (bandeja.cola(usuario), conservacion.cola(usuario))
    return [cola for cola in propias if cola is not None]
