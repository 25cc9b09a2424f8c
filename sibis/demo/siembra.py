"""Todo lo que se siembra, en orden y en una sola transacción."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from sibis.cuentas.models import Dependencia
from sibis.demo import (
    agenda,
    archivo,
    catalogo,
    centros,
    convocatorias,
    cuentas,
    documentos,
    ejemplos,
    entregas,
    informes,
    jornadas,
    mensajes,
    padrones,
    personas,
    presupuesto,
    reglas,
    resultados,
    sedes,
)
from sibis.demo.sincronia import Balance
from sibis.nucleo.errores import ErrorDeNegocio
from sibis.territorio.servicios.teselas import rehacer_mapa


@dataclass(frozen=True, slots=True)
class Resultado:
    """Lo que se cuenta a quien sembró; nada secreto."""

    balances: tuple[Balance, ...]
    renglones: tuple[tuple[str, str, str], ...]
    renovadas: tuple[str, ...]


def sembrar(*, semilla: int, cuantas_personas: int) -> Resultado:
    """Siembra o pone al día. Levanta ErrorDeNegocio, y entonces no queda nada a medias.

    El archivo se escribe ya confirmada la base: si algo lo impide, la corrida siguiente nota que
    no coincide y da otras contraseñas.
    """
    with translation.override(settings.LANGUAGE_CODE), transaction.atomic():
        personal = cuentas.sembrar(semilla=semilla, anotados=archivo.usuarios_anotados())
        hechas = _sembrar_datos(semilla)
        renglones = _renglones(personal)
    rehacer_mapa()
    archivo.escribir(_contenido(personal, semilla, cuantas_personas))
    altas = len(personal.nuevas)
    de_cuentas = Balance(
        "cuentas", altas, len(personal.renovadas), len(renglones) - altas - len(personal.renovadas)
    )
    return Resultado((de_cuentas, *hechas), renglones, personal.renovadas)


def _sembrar_datos(semilla: int) -> tuple[Balance, ...]:
    hoy = timezone.localdate()
    programas = catalogo.en_portal(semilla)
    if not programas:
        raise ErrorDeNegocio(
            "No hay programas publicados sobre los cuales sembrar; no se cambió nada. "
            "Carga antes los catálogos: bin/sibis cargar_catalogos."
        )
    vivos = catalogo.vivos(programas)
    de_ejemplo = ejemplos.sembrar(hoy=hoy)
    return (
        de_ejemplo,
        convocatorias.sembrar(vivos, semilla=semilla, hoy=hoy, ademas=ejemplos.ventanas(hoy)),
        entregas.sembrar(
            vivos,
            semilla=semilla,
            hoy=hoy,
            ademas=[*ejemplos.entregas(hoy), *jornadas.fechas_publicas()],
        ),
        centros.sembrar(semilla=semilla),
        sedes.sembrar(vivos, semilla=semilla),
        reglas.sembrar(semilla=semilla, hoy=hoy),
        mensajes.sembrar(),
        documentos.sembrar(programas, semilla=semilla),
        presupuesto.sembrar(vivos, semilla=semilla, hoy=hoy),
        *resultados.sembrar(vivos, semilla=semilla, hoy=hoy),
        informes.sembrar(semilla=semilla, hoy=hoy),
        padrones.sembrar(semilla=semilla, hoy=hoy),
        jornadas.sembrar(hoy=hoy),
        *agenda.sembrar(semilla=semilla, hoy=hoy),
    )


def _contenido(personal: cuentas.Siembra, semilla: int, cuantas: int) -> dict[str, object]:
    return {
        "url": settings.URL_PUBLICA,
        "usuarios": [acceso.como_json() for acceso in personal.accesos],
        "ciudadanas": [
            {"curp": persona.curp, "nombre": persona.nombre_completo}
            for persona in personas.ciudadanas(semilla, cuantas)
        ],
    }


def _renglones(personal: cuentas.Siembra) -> tuple[tuple[str, str, str], ...]:
    """Usuario, función y dependencia, como se leen."""
    nombres = dict(Dependencia.objects.values_list("clave", "nombre"))
    return tuple(
        (
            acceso.cuenta.usuario,
            str(acceso.cuenta.rol.nombre),
            nombres.get(acceso.cuenta.dependencia, acceso.cuenta.dependencia),
        )
        for acceso in personal.accesos
    )
