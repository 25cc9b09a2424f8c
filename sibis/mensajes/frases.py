"""Las oraciones de la bitácora para lo de esta aplicación."""

from django.utils.functional import Promise

FRASES: dict[str, Promise] = {}
