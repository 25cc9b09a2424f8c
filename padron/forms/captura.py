"""Lo que se pregunta al empezar una captura y al entregarla."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from padron.consultas.periodos import admitidos, en_palabras, opciones
from padron.forms.programa_y_anio import ProgramaField, ofrecer_los_suyos
from padron.models import Captura, Carga, DisposicionDePadron
from programas.models import Programa
from sibis.cuentas.models import Usuario


class CapturaNuevaForm(forms.Form):
    programa = ProgramaField(
        label=gettext_lazy("Programa o acción"), queryset=Programa.objects.none()
    )
    ejercicio = forms.TypedChoiceField(label=gettext_lazy("Ejercicio"), coerce=int)
    periodo = forms.ChoiceField(label=gettext_lazy("Periodo"), choices=opciones)

    def __init__(self, *args: Any, quien: Usuario, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hay_programas = ofrecer_los_suyos(self, quien=quien)

    def clean(self) -> dict[str, Any]:
        datos = super().clean() or {}
        if {"programa", "ejercicio", "periodo"} <= datos.keys():
            disposicion = DisposicionDePadron.de(datos["programa"], datos["ejercicio"])
            buenos = admitidos(disposicion.periodicidad)
            if datos["periodo"] not in buenos:
                self.add_error(
                    "periodo",
                    _("Este programa entrega su padrón %(cada)s: elige %(cuales)s.")
                    % {
                        "cada": disposicion.get_periodicidad_display(),
                        "cuales": ", ".join(f"«{en_palabras(p)}»" for p in buenos[:4]),
                    },
                )
        return datos


class EntregarCapturaForm(forms.Form):
    """Con una carga ya aplicada hay que decir si esta se suma: sumar lo que sustituye duplica a todos."""

    class Que:
        SE_SUMA = "se_suma"
        SUSTITUYE = "sustituye"

    que_es = forms.ChoiceField(
        choices=[
            (Que.SE_SUMA, gettext_lazy("Esta se suma: trae a otras personas")),
            (Que.SUSTITUYE, gettext_lazy("Esta la sustituye completa")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Di si esta se suma o sustituye a la anterior.")},
    )

    def __init__(self, *args: Any, captura: Captura, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.aplicada = (
            Carga.objects.aplicadas()
            .filter(
                programa=captura.programa_id,
                ejercicio=captura.ejercicio,
                periodo=captura.periodo,
            )
            .order_by("-aplicada_en")
            .first()
        )
        if self.aplicada is None:
            del self.fields["que_es"]
        else:
            self.fields["que_es"].label = _("Ese periodo ya tiene la carga %(folio)s") % {
                "folio": self.aplicada.folio
            }

    @property
    def sustituye(self) -> Carga | None:
        sustituye = self.cleaned_data.get("que_es") == self.Que.SUSTITUYE
        return self.aplicada if sustituye else None
