"""Avisos en el navegador: pedirlos y quitarlos. El permiso ya lo dio la persona en su aparato."""

from __future__ import annotations

import json
from collections.abc import Mapping

from django.conf import settings
from django.db import transaction
from django.utils import translation

from ciudadania import cifrado
from ciudadania.models import SuscripcionPush
from ciudadania.models.suscripcion import huella_de_alcance
from ciudadania.reparto.destinos import exigir_claves, exigir_destino
from programas.models import Programa
from sibis.bitacora.registro import Persona

POR_NAVEGADOR = 20


@transaction.atomic
def seguir(
    *,
    destino: str,
    claves: Mapping[str, str],
    programa: Programa | None,
    perfil: Mapping[str, list[str]],
    motivos: list[str],
    por: Persona | None = None,
) -> SuscripcionPush | None:
    """Levanta DestinoNegado si eso no lo dio un navegador. Nada si ese ya sigue demasiado."""
    exigir_destino(destino)
    exigir_claves(claves["p256dh"], claves["auth"])
    suyas = SuscripcionPush.objects.filter(destino_indice__in=cifrado.indices(destino))
    huella = huella_de_alcance(programa.pk if programa else None, perfil)
    if suyas.count() >= POR_NAVEGADOR and not suyas.filter(huella_alcance=huella).exists():
        return None
    guardada, _creada = SuscripcionPush.objects.update_or_create(
        destino_indice=cifrado.indice(destino),
        huella_alcance=huella,
        defaults={
            "destino_cifrado": cifrado.cifrar(destino),
            "claves_cifradas": cifrado.cifrar(
                json.dumps({"p256dh": claves["p256dh"], "auth": claves["auth"]})
            ),
            "programa": programa,
            "perfil": dict(perfil),
            "motivos": motivos,
            "idioma": translation.get_language() or settings.LANGUAGE_CODE,
        },
    )
    return guardada


@transaction.atomic
def dejar(*, destino: str, por: Persona | None = None) -> int:
    """Borra todo lo que ese navegador seguía. Saber su dirección secreta es la prueba."""
    suyas = SuscripcionPush.objects.filter(destino_indice__in=cifrado.indices(destino))
    return suyas.delete()[1].get("ciudadania.SuscripcionPush", 0)
