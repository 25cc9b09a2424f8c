"""Lo que cambia cómo busca la gente: sinónimos y palabras de un programa. Vale desde la consulta siguiente."""

from __future__ import annotations

from django.db import transaction

from programas import proyeccion
from programas.importacion import sin_resultado
from programas.models import Programa, Sinonimo
from sibis.bitacora.registro import registrar
from sibis.cuentas.models import Usuario
from sibis.vigencia.restricciones import con_mensajes, validar


@transaction.atomic
def guardar_sinonimo(sinonimo: Sinonimo, *, por: Usuario) -> Sinonimo:
    """Todos los procesos lo usan en su siguiente búsqueda: cambia la versión del vocabulario."""
    nuevo = sinonimo.pk is None
    validar(sinonimo)
    with con_mensajes():
        sinonimo.save()
    registrar(
        "sinonimo.creado" if nuevo else "sinonimo.guardado",
        sinonimo,
        por=por,
        termino=sinonimo.termino,
        equivale_a=list(sinonimo.equivale_a),
        ida_y_vuelta=sinonimo.ida_y_vuelta,
        activo=sinonimo.activo,
    )
    proyeccion.rehacer_vocabulario()
    sin_resultado.marcar_resueltas()
    return sinonimo


@transaction.atomic
def guardar_programa(programa: Programa, *, por: Usuario, campos: list[str]) -> Programa:
    """Su identidad y cómo lo busca la gente, con el portal puesto al día."""
    with con_mensajes():
        programa.save()
    if campos:
        registrar(
            "programa.guardado",
            programa,
            por=por,
            dependencia=programa.dependencia.clave,
            campos=campos,
        )
    proyeccion.proyectar(programa)
    return programa
