"""Ventanas inventadas alrededor de hoy, para que el portal enseñe los cuatro estados."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence

from programas.models import Convocatoria
from sibis.demo.azar import azar
from sibis.demo.calendario import al_abrir, al_cerrar, en, habil
from sibis.demo.catalogo import EnPortal
from sibis.demo.sincronia import Balance, igualar

Modo = Convocatoria.Modo
# Cuántos programas quedan en cada estado; los que siguen en la lista ya solo tuvieron una.
ABIERTAS, EN_ESPERA, EN_PAUSA, POR_ABRIR, YA_CERRADAS = 18, 4, 4, 10, 6

_COMO = {
    "facilitacion": "Registro en línea; después, entrevista en la sede que elijas.",
    "especie": "Acude a cualquiera de los centros de esta página con tus documentos.",
    "vales": "Registro en línea; los vales se recogen en el módulo que te toque.",
    "servicios": "No hace falta solicitud previa: pregunta en cualquiera de los centros.",
    "credito": "Registro en línea, taller informativo y entrega del expediente en el módulo.",
    "capital-semilla": "Registro en línea del proyecto y presentación ante el comité.",
    "proyecto-colectivo": "El grupo registra su proyecto en línea y nombra a quien lo representa.",
}
_COMO_EN_GENERAL = "Registro en línea, o con ayuda en los centros de esta página."
_AVISO = " Convocatoria inventada para la demostración: no presentes solicitudes por ella."


def sembrar(
    programas: list[EnPortal],
    *,
    semilla: int,
    hoy: datetime.date,
    ademas: Sequence[Convocatoria] = (),
) -> Balance:
    """Reparte los estados entre los programas más recientes; cada quien según su semilla."""
    deseadas = [*_repartir(programas, semilla, hoy), *ademas]
    return igualar(
        deseadas,
        modelo=Convocatoria,
        asunto="convocatorias",
        llave=("programa_id", "ejercicio", "nombre"),
    )


def _repartir(
    programas: list[EnPortal], semilla: int, hoy: datetime.date
) -> Iterator[Convocatoria]:
    turnos: list[tuple[Callable[..., list[Convocatoria]], int]] = [
        *((_abierta, lugar) for lugar in range(ABIERTAS)),
        *((_en_espera, lugar) for lugar in range(EN_ESPERA)),
        *((_en_pausa, lugar) for lugar in range(EN_PAUSA)),
        *((_por_abrir, lugar) for lugar in range(POR_ABRIR)),
        *((_ya_cerrada, lugar) for lugar in range(YA_CERRADAS)),
    ]
    elegidos = programas[: len(turnos)]
    # La lista viene del año más nuevo al más viejo: se baraja para que no abran solo los nuevos.
    elegidos.sort(key=lambda p: azar(semilla, "turno", p.clave).random())
    for programa, (ventana, lugar) in zip(elegidos, turnos, strict=False):
        yield from ventana(programa, lugar, semilla, hoy)


def _abierta(p: EnPortal, lugar: int, semilla: int, hoy: datetime.date) -> list[Convocatoria]:
    """La primera cierra en dos días, para ver la urgencia; las demás, cada tres días."""
    desde = en(hoy, -azar(semilla, "abre", p.clave).randint(5, 40))
    return [_ventana(p, "Convocatoria", desde, en(hoy, 2 + 3 * lugar), semilla=semilla)]


def _en_espera(p: EnPortal, lugar: int, semilla: int, hoy: datetime.date) -> list[Convocatoria]:
    return [
        _ventana(p, "Convocatoria", en(hoy, -90), en(hoy, -30 - lugar), semilla=semilla),
        _ventana(p, "Lista de espera", en(hoy, -29), None, modo=Modo.LISTA_DE_ESPERA),
    ]


def _en_pausa(p: EnPortal, lugar: int, semilla: int, hoy: datetime.date) -> list[Convocatoria]:
    desde, hasta = en(hoy, -20 - lugar), en(hoy, 40 + 5 * lugar)
    return [_ventana(p, "Convocatoria", desde, hasta, modo=Modo.PAUSADA, semilla=semilla)]


def _por_abrir(p: EnPortal, lugar: int, semilla: int, hoy: datetime.date) -> list[Convocatoria]:
    desde = habil(en(hoy, 6 + 7 * lugar))
    return [
        _ventana(p, "Primera convocatoria", en(hoy, -120), en(hoy, -75 - lugar), semilla=semilla),
        _ventana(p, "Segunda convocatoria", desde, habil(en(desde, 30)), semilla=semilla),
    ]


def _ya_cerrada(p: EnPortal, lugar: int, semilla: int, hoy: datetime.date) -> list[Convocatoria]:
    return [_ventana(p, "Convocatoria", en(hoy, -80), en(hoy, -12 - 4 * lugar), semilla=semilla)]


def _ventana(
    p: EnPortal,
    nombre: str,
    desde: datetime.date,
    hasta: datetime.date | None,
    *,
    modo: str = Modo.NORMAL,
    semilla: int | None = None,
) -> Convocatoria:
    """Con semilla lleva cupo; sin ella, no (una lista de espera no tiene)."""
    cupo = None if semilla is None else 50 * azar(semilla, "cupo", p.clave, nombre).randint(4, 60)
    como = next((texto for apoyo, texto in _COMO.items() if apoyo in p.apoyos), _COMO_EN_GENERAL)
    return Convocatoria(
        programa=p.programa,
        ejercicio=p.ejercicio,
        nombre=f"{nombre} de demostración",
        abre=al_abrir(desde),
        cierra=al_cerrar(hasta) if hasta else None,
        modo=modo,
        cupo=cupo,
        como=como + _AVISO,
        es_demostracion=True,
    )
