"""Campos como se teclean: pesos y cuentas con comas, edades en años y meses, cuatro trimestres."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sibis.nucleo.edades import MESES_MAXIMO, MESES_POR_ANIO

_CON_MILES = re.compile(r"-?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?")
_ADORNOS = re.compile(r"[\s$\u00a0\u202f]")
MAXIMO_ENTERO = 2_147_483_647


def sin_miles(texto: str) -> str:
    """«$1,234.50» → «1234.50». Lo que no se entiende se deja igual, para que el campo lo diga."""
    limpio = _ADORNOS.sub("", texto)
    return limpio.replace(",", "") if _CON_MILES.fullmatch(limpio) else texto


def _teclado(modo: str) -> forms.TextInput:
    return forms.TextInput(attrs={"inputmode": modo, "autocomplete": "off", "class": "cifra"})


class PesosField(forms.DecimalField):
    """Acepta «1,234.50» y «$1234.5»; no adivina «1.234,50»."""

    widget = forms.TextInput
    default_error_messages = {
        "invalid": _("Escribe el importe en pesos, con punto para los centavos: 1,234.50."),
        "max_decimal_places": _("Los centavos son dos cifras: 1,234.50."),
    }

    def __init__(self, **opciones: Any) -> None:
        opciones = {"required": False, "max_digits": 16, "decimal_places": 2, **opciones}
        super().__init__(min_value=Decimal(0), **{"widget": _teclado("decimal"), **opciones})

    def to_python(self, value: Any) -> Decimal | None:
        return super().to_python(sin_miles(value) if isinstance(value, str) else value)

    def prepare_value(self, value: Any) -> Any:
        return f"{value:,.2f}" if isinstance(value, Decimal) else value


class EnteroField(forms.IntegerField):
    """Una cuenta: «12,500» y «12500» son lo mismo."""

    widget = forms.TextInput
    default_error_messages = {"invalid": _("Escribe un número entero, como 12,500.")}

    def __init__(self, **opciones: Any) -> None:
        opciones = {"required": False, "min_value": 0, "max_value": MAXIMO_ENTERO, **opciones}
        super().__init__(**{"widget": _teclado("numeric"), **opciones})

    def to_python(self, value: Any) -> int | None:
        return super().to_python(sin_miles(value) if isinstance(value, str) else value)

    def prepare_value(self, value: Any) -> Any:
        return f"{value:,}" if isinstance(value, int) else value


class _Varios(forms.MultiWidget):
    """Varias casillas con su rótulo cada una, para un solo campo."""

    template_name = "admin/programas/captura/_casillas.html"
    use_fieldset = True
    rotulos: Sequence[Any]

    def __init__(self, rotulos: Sequence[Any], modo: str) -> None:
        self.rotulos = rotulos
        super().__init__([_teclado(modo) for _rotulo in rotulos])

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        es_tecleado = isinstance(value, list) and all(isinstance(v, str) for v in value)
        contexto = super().get_context(
            name, value if es_tecleado else self.decompress(value), attrs
        )
        for casilla, rotulo in zip(contexto["widget"]["subwidgets"], self.rotulos, strict=True):
            casilla["rotulo"] = rotulo
        return contexto

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_0" if id_ else id_


class EdadWidget(_Varios):
    def __init__(self) -> None:
        super().__init__(
            [_("Desde, años"), _("y meses"), _("Hasta, años"), _("y meses")], "numeric"
        )

    def decompress(self, value: Any) -> list[Any]:
        """(720, 779) → 60 años, 64 años: hasta un día antes de los 65."""
        minimo, maximo = value or (None, None)
        desde = [None, None] if minimo is None else _en_casillas(minimo)
        if maximo is None:
            return [*desde, None, None]
        completos = maximo >= MESES_POR_ANIO and (maximo + 1) % MESES_POR_ANIO == 0
        hasta = [maximo // MESES_POR_ANIO, None] if completos else _en_casillas(maximo, cero=True)
        return [*desde, *hasta]


def _en_casillas(meses: int, *, cero: bool = False) -> list[int | None]:
    anios, resto = divmod(meses, MESES_POR_ANIO)
    return [anios, resto if resto or cero else None]


class EdadField(forms.MultiValueField):
    """De y hasta qué edad, en meses. «Hasta 64 años» sin meses incluye todo el año 64."""

    widget = EdadWidget

    def __init__(self, **opciones: Any) -> None:
        anios = {"required": False, "max_value": MESES_MAXIMO // MESES_POR_ANIO}
        meses = {"required": False, "max_value": MESES_POR_ANIO - 1}
        partes = [EnteroField(**anios), EnteroField(**meses)] * 2
        super().__init__(partes, require_all_fields=False, required=False, **opciones)

    def compress(self, data_list: list[int | None]) -> tuple[int | None, int | None]:
        desde_a, desde_m, hasta_a, hasta_m = data_list or [None] * 4
        minimo, maximo = _en_meses(desde_a, desde_m), _en_meses(hasta_a, hasta_m)
        if maximo is not None and hasta_m is None and hasta_a:
            maximo += MESES_POR_ANIO - 1
        if minimo is not None and maximo is not None and maximo < minimo:
            raise forms.ValidationError(_("La edad máxima es menor que la mínima."))
        return minimo, maximo


def _en_meses(anios: int | None, meses: int | None) -> int | None:
    if anios is None and meses is None:
        return None
    return (anios or 0) * MESES_POR_ANIO + (meses or 0)


class TrimestresWidget(_Varios):
    def __init__(self) -> None:
        rotulos = [_("Enero a marzo"), _("Abril a junio"), _("Julio a septiembre")]
        super().__init__([*rotulos, _("Octubre a diciembre")], "decimal")

    def decompress(self, value: Any) -> list[Any]:
        return [f"{v:,.2f}" for v in value] if value else [None] * 4


class TrimestresField(forms.MultiValueField):
    """Los cuatro importes del año, o ninguno."""

    widget = TrimestresWidget

    def __init__(self, **opciones: Any) -> None:
        partes = [PesosField() for _trimestre in range(4)]
        super().__init__(partes, require_all_fields=False, required=False, **opciones)

    def compress(self, data_list: list[Decimal | None]) -> list[Decimal] | None:
        dichos = [v for v in data_list if v is not None]
        if dichos and len(dichos) < 4:
            raise forms.ValidationError(
                _("Escribe los cuatro trimestres; con 0 el que no ejerza nada.")
            )
        return dichos or None


class RenglonesField(forms.CharField):
    """Un texto por renglón."""

    def __init__(self, **opciones: Any) -> None:
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": 3}), **opciones)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        texto = super().clean(value)
        return [renglon.strip() for renglon in texto.splitlines() if renglon.strip()]
