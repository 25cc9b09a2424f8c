"""Los primeros renglones de un archivo, para reconocer sus columnas. Quien los enseña deja constancia."""

from __future__ import annotations

from padron.importacion import leer
from padron.models import Carga, FilaEnEspera, Pasada
from padron.validacion.mapeo import muestra_de

RENGLONES = 200


def primeras(carga: Carga) -> list[list[str]]:
    """De la carpeta de su pasada; si ya no está, de los renglones que esperan. Vacía si no hay de dónde.

    No lee otra vez el archivo: con uno grande, una página tardaría minutos.
    """
    pasada = carga.pasadas.exclude(motivo=Pasada.Motivo.SOMBRA).order_by("-numero").first()
    if pasada is None:
        return []
    lectura = leer.ya_leido(pasada)
    if lectura is not None:
        return muestra_de(lectura, cuantas=RENGLONES)
    en_espera = FilaEnEspera.objects.filter(pasada=carga.pasada_id).order_by("fila")
    return [[c or "" for c in celdas] for celdas in en_espera.values_list("celdas", flat=True)[:50]]
