"""Un valor del panel como texto plano: para una celda de archivo, un aviso o un renglón de lote."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _


def corto(texto: str, largo: int) -> str:
    return Truncator(texto).chars(largo)


def en_texto(valor: Any) -> str:
    """Fechas ISO, sí o no, listas con «; ». Lo que venía marcado pierde sus etiquetas."""
    if valor is None:
        return ""
    if isinstance(valor, bool):
        return _("sí") if valor else _("no")
    if isinstance(valor, datetime.datetime):
        local = timezone.localtime(valor) if timezone.is_aware(valor) else valor
        return local.strftime("%Y-%m-%d %H:%M")
    if isinstance(valor, datetime.date):
        return valor.isoformat()
    if isinstance(valor, Decimal):
        return format(valor, "f")
    if isinstance(valor, (list, tuple, set, frozenset)):
        return "; ".join(en_texto(v) for v in valor)
    if isinstance(valor, SafeString):
        return strip_tags(valor)
    return str(valor)
