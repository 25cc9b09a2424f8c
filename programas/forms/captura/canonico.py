"""Un valor como texto comparable: el de la base y el recién tecleado, si dicen lo mismo, son iguales."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import models


def canonico(valor: Any) -> Any:
    if valor is None or valor == "":
        return ""
    if isinstance(valor, models.Model):
        return str(valor.pk)
    if isinstance(valor, Decimal):
        return f"{valor:.2f}"
    if isinstance(valor, datetime.date):
        return valor.isoformat()
    if isinstance(valor, models.QuerySet):
        return sorted(str(pk) for pk in valor.values_list("pk", flat=True)) or ""
    if isinstance(valor, Mapping):
        return {clave: canonico(v) for clave, v in valor.items()}
    if isinstance(valor, list | tuple):
        return _de_varios(valor)
    return "\n".join(str(valor).strip().splitlines())


def _de_varios(valor: list[Any] | tuple[Any, ...]) -> Any:
    """El orden de un catálogo no dice nada; el de lo demás, sí. Todo vacío es vacío."""
    dichos = [canonico(v) for v in valor]
    if all(isinstance(v, models.Model) for v in valor):
        return sorted(dichos) or ""
    return dichos if any(dichos) else ""
