"""Alta de una exigencia: su clave es una de las comprobaciones que el sistema sabe hacer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from programas.models import Exigencia
from programas.requisitos import COMPROBACIONES


class ExigenciaForm(forms.ModelForm):
    """Una clave que nadie comprueba sería una exigencia que nunca se exige."""

    clave = forms.ChoiceField(
        label=_("qué se comprueba"),
        help_text=_(
            "Solo se exige lo que el sistema sabe revisar. Para algo más, pídelo a sistemas."
        ),
        error_messages={
            "invalid_choice": _(
                "El sistema no sabe revisar eso: nunca se exigiría. Elige de la lista."
            )
        },
    )

    class Meta:
        model = Exigencia
        fields = (
            "clave",
            "nombre",
            "descripcion",
            "momento",
            "aplica_a",
            "norma",
            "articulo",
            "vigente_desde",
            "vigente_hasta",
            "orden",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if (
            "clave" not in self.fields
        ):  # la de una que ya existe no cambia: el panel solo la muestra
            return
        usadas = set(Exigencia.objects.values_list("clave", flat=True))
        claves = [clave.replace("_", "-") for clave in COMPROBACIONES]
        self.fields["clave"].choices = [
            ("", "---------"),
            *((c, c.replace("-", " ")) for c in claves if c not in usadas),
        ]
