"""Los plazos de conservación que vienen con el sistema; lo que alguien ya corrigió no se encima."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction

from sibis.mensajes.models import ReglaDeConservacion
from sibis.vigencia.carga import InformeDeCarga, leer_json
from sibis.vigencia.restricciones import validar

PLAZOS = Path(__file__).parent / "datos" / "conservacion.json"


@transaction.atomic
def cargar_plazos(ruta: Path = PLAZOS) -> InformeDeCarga:
    """Una clase que ya tiene algún plazo, de la fecha que sea, se deja como está."""
    informe = InformeDeCarga("Plazos de conservación")
    con_plazo = set(ReglaDeConservacion.objects.values_list("clase", flat=True))
    for renglon in leer_json(ruta):
        if renglon["clase"] in con_plazo:
            informe.contar("iguales")
            continue
        regla = ReglaDeConservacion(**renglon)
        validar(regla)
        regla.save()
        informe.contar("altas")
    return informe
