"""Qué cifra se pinta y en qué división."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from reportes.consultas.coropletas import DIVISIONES, POR_ALCALDIA, POR_COLONIA
from sibis.nucleo.cifras import DefinicionDeCifra
from sibis.territorio.models import Alcaldia

_POR_OMISION = "centros_por_100_mil"


@dataclass(frozen=True, slots=True)
class EleccionDeCifra:
    """`por` ya es una división que esa cifra tiene."""

    clave: str
    por: str
    alcaldia: str


class CifraForm(forms.Form):
    cifra = forms.ChoiceField(label=_("Qué se pinta"), required=False)
    alcaldia = forms.ChoiceField(
        label=_("Alcaldía"),
        required=False,
        help_text=_("Solo para las cifras por colonia: se pintan las de una alcaldía."),
    )

    def __init__(
        self, datos: QueryDict, *, cifras: list[tuple[DefinicionDeCifra, tuple[str, ...]]]
    ) -> None:
        self._divisiones = {definicion.clave: suyas for definicion, suyas in cifras}
        pedido = datos.copy()
        if not pedido.get("cifra"):
            pedido["cifra"] = _POR_OMISION if _POR_OMISION in self._divisiones else ""
        super().__init__(pedido)
        invalida = {"invalid_choice": _("El valor pedido no es una opción de este filtro.")}
        self.fields["cifra"].choices = _con_division(cifras)
        alcaldias = Alcaldia.objects.order_by("nombre").values_list("clave", "nombre")
        self.fields["alcaldia"].choices = [("", _("Elige una alcaldía")), *alcaldias]
        for campo in self.fields.values():
            campo.error_messages |= invalida

    def eleccion(self) -> EleccionDeCifra | None:
        """La pedida o, si no se pidió, una que dice algo de toda la Ciudad. Después de is_valid()."""
        clave = self.cleaned_data["cifra"] or next(iter(self._divisiones), "")
        if not clave:
            return None
        alcaldia, suyas = self.cleaned_data["alcaldia"], self._divisiones[clave]
        por = suyas[0]
        if alcaldia and POR_COLONIA in suyas:
            por = POR_COLONIA
        return EleccionDeCifra(clave, por, alcaldia)

    @property
    def errores_en_una_oracion(self) -> str:
        return " ".join(
            f"{self.fields[campo].label}: {' '.join(mensajes)}"
            for campo, mensajes in self.errors.items()
        )


def _con_division(
    cifras: list[tuple[DefinicionDeCifra, tuple[str, ...]]],
) -> list[tuple[str, str]]:
    """«Centros en cada colonia (por colonia)»: solo se aclara lo que no es por alcaldía."""
    return [
        (d.clave, d.nombre if POR_ALCALDIA in suyas else f"{d.nombre} ({DIVISIONES[suyas[0]]})")
        for d, suyas in cifras
    ]
