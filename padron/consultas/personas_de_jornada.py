"""Hallar a una persona por su folio o su CURP en el padrón de una jornada."""

from __future__ import annotations

from padron.consultas.historia_de_entregas import Historia, historia_de
from padron.esperadas import cargas_de_antes, cargas_vivas
from padron.models import JornadaDeEntrega, Registro

TOPE = 5


def buscar(jornada: JornadaDeEntrega, clave: str) -> list[Historia]:
    """Los registros vivos con ese folio o esa CURP y, de cargas sustituidas, los que tengan algo anotado."""
    limpia = clave.strip().upper()
    if not limpia or "\x00" in limpia:
        return []
    vivas = cargas_vivas(jornada)
    suyos = _hallados(jornada, limpia, vivas)
    antes = _hallados(jornada, limpia, cargas_de_antes(jornada))
    historias = [historia_de(jornada, registro) for registro in suyos]
    historias += [h for h in (historia_de(jornada, registro) for registro in antes) if h.cuantas]
    return historias


def _hallados(jornada: JornadaDeEntrega, clave: str, cargas: list[int]) -> list[Registro]:
    if not cargas:
        return []
    del_padron = Registro.objects.filter(
        ejercicio=jornada.ejercicio, programa=jornada.programa_id, carga__in=cargas
    ).order_by("id")
    return list(del_padron.filter(curp=clave)[:TOPE]) or list(
        del_padron.filter(folio__in={clave, clave.lower()})[:TOPE]
    )


def uno(jornada: JornadaDeEntrega, *, registro: int, carga: int) -> Registro | None:
    """El registro que dice el formulario, si es del programa y el año de la jornada."""
    return Registro.objects.filter(
        pk=registro,
        carga=carga,
        ejercicio=jornada.ejercicio,
        programa=jornada.programa_id,
    ).first()


def nombre_de(registro: Registro) -> str:
    if registro.denominacion:
        return registro.denominacion
    partes = (registro.primer_apellido, registro.segundo_apellido, registro.nombres)
    return " ".join(filter(None, partes))
