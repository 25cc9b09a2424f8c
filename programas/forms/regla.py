"""La regla en el panel: abrirla, y lo que pide cada transición."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from programas.estados import EstadoRegla
from programas.models import ClaseDeVersion, ReglaOperacion


class ReglaNuevaForm(forms.ModelForm):
    """Lo mínimo para empezar la regla de un año; lo demás se captura después."""

    class Meta:
        model = ReglaOperacion
        fields = ("programa", "ejercicio", "nombre", "dependencia")


class VersionForm(forms.Form):
    """Qué se abre a partir de una regla publicada."""

    OTRO_ANIO = "otro_anio"
    que = forms.ChoiceField(label=_("Qué vas a escribir"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, regla: ReglaOperacion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del_anio = [
            (clase.value, str(clase.label).capitalize())
            for clase in (ClaseDeVersion.AVISO_MODIFICATORIO, ClaseDeVersion.NOTA_ACLARATORIA)
            if regla.estado != EstadoRegla.CERRADO
        ]
        siguiente = _("Las reglas de %(anio)s, a partir de estas") % {"anio": regla.ejercicio + 1}
        self.fields["que"].choices = [*del_anio, (self.OTRO_ANIO, siguiente)]  # type: ignore[attr-defined]


class PublicarForm(forms.Form):
    """Los datos de la Gaceta con que la regla pasa al portal."""

    gaceta_numero = forms.CharField(label=_("Número de Gaceta"), max_length=20)
    gaceta_fecha = forms.DateField(
        label=_("Fecha de Gaceta"), widget=forms.DateInput(attrs={"type": "date"})
    )
    coplade_acuerdo = forms.CharField(
        label=_("Acuerdo de COPLADE"),
        max_length=40,
        required=False,
        help_text=_("Solo programas sociales, por ejemplo COPLADE/SO/I/13/2022."),
    )
    vigente_desde = forms.DateField(
        label=_("Rige desde"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_(
            "Vacío: desde la fecha de la Gaceta. Si aún no llega, la anterior sigue rigiendo."
        ),
    )
    visto = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
