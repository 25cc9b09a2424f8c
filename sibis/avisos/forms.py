"""Lo que llega de la bandeja y de sus preferencias."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sibis.avisos.estados import Cuando


class VistaForm(forms.Form):
    """Qué se está mirando: un filtro o una página que no se entienden dan la primera."""

    ver = forms.ChoiceField(choices=[("", ""), ("no_leidos", "")], required=False)
    pagina = forms.IntegerField(min_value=1, max_value=100_000, required=False)

    @property
    def solo_no_leidos(self) -> bool:
        return self.is_valid() and self.cleaned_data["ver"] == "no_leidos"

    @property
    def numero(self) -> int:
        return (self.is_valid() and self.cleaned_data["pagina"]) or 1


class HastaForm(forms.Form):
    hasta = forms.IntegerField(min_value=0, max_value=2**63 - 1)


class PreferenciasForm(forms.Form):
    correo = forms.ChoiceField(
        label=_("Por correo"),
        choices=Cuando.choices,
        widget=forms.RadioSelect,
        help_text=_(
            "Lo urgente llega siempre en cuanto pasa. En tu bandeja del panel está todo, elijas lo "
            "que elijas."
        ),
    )
