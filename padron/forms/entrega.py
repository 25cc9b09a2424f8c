"""Lo que se pregunta al entregar un padrón. El archivo se revisa por dentro después; aquí, que se pueda recibir."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from padron.consultas.periodos import admitidos, en_palabras, opciones
from padron.forms.programa_y_anio import ProgramaField, ofrecer_los_suyos
from padron.models import Carga, DisposicionDePadron
from padron.validacion.motor import CifrasDeControl
from programas.models import Programa
from sibis.cuentas.models import Usuario

TERMINACIONES = (".csv", ".txt", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods", ".gz", ".zip")
_EN_ENTEROS = {"inputmode": "numeric", "autocomplete": "off"}


class CuentaField(forms.IntegerField):
    """Admite «1,250»: así lo copia la gente de su hoja."""

    widget = forms.TextInput

    def __init__(self, *, label: Any) -> None:
        super().__init__(
            label=label,
            required=False,
            min_value=0,
            max_value=2_147_483_647,
            widget=forms.TextInput(attrs=_EN_ENTEROS),
        )

    def to_python(self, value: Any) -> int | None:
        return super().to_python(str(value or "").replace(",", "").replace(" ", ""))


class MontoField(forms.DecimalField):
    def __init__(self, *, label: Any) -> None:
        super().__init__(
            label=label,
            required=False,
            min_value=0,
            max_digits=16,
            decimal_places=2,
            widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        )

    def to_python(self, value: Any) -> Any:
        return super().to_python(
            str(value or "").replace(",", "").replace("$", "").replace(" ", "")
        )


class EntregaForm(forms.Form):
    """`sustituye_a` queda con la carga que se reemplaza, si se pidió."""

    class Que:
        SE_SUMA = "se_suma"
        SUSTITUYE = "sustituye"

    programa = ProgramaField(
        label=gettext_lazy("Programa o acción"), queryset=Programa.objects.none()
    )
    ejercicio = forms.TypedChoiceField(label=gettext_lazy("Ejercicio"), coerce=int)
    periodo = forms.ChoiceField(label=gettext_lazy("Periodo"), choices=opciones)
    archivo = forms.FileField(label=gettext_lazy("Archivo"))
    hoja = forms.CharField(
        label=gettext_lazy("Hoja"),
        required=False,
        max_length=100,
        help_text=gettext_lazy(
            "Solo si el libro tiene varias: el nombre de la que trae el padrón. Sin decirla se busca sola."
        ),
    )
    filas = CuentaField(label=gettext_lazy("Renglones"))
    monto = MontoField(label=gettext_lazy("Monto total"))
    mujeres = CuentaField(label=gettext_lazy("Mujeres"))
    hombres = CuentaField(label=gettext_lazy("Hombres"))
    que_es = forms.ChoiceField(
        label=gettext_lazy("Si ya hay una carga aplicada de ese periodo"),
        required=False,
        choices=[
            (Que.SE_SUMA, gettext_lazy("Esta se suma: trae a otras personas")),
            (Que.SUSTITUYE, gettext_lazy("Esta la sustituye completa")),
        ],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, quien: Usuario, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sustituye_a: Carga | None = None
        ofrecer_los_suyos(self, quien=quien)
        campos: Any = self.fields
        campos["periodo"].choices = opciones(self._periodos())
        campos["archivo"].help_text = _(
            "CSV, Excel u OpenDocument, también en zip o gz, hasta %(cuanto)s. Se conserva tal como lo mandes."
        ) % {"cuanto": en_megas(settings.PADRON_LIMITE)}
        campos["archivo"].widget.attrs = {
            "accept": ",".join(TERMINACIONES),
            "data-limite": settings.PADRON_LIMITE,
        }

    def _periodos(self) -> Iterable[str]:
        """Los del programa si ya se sabe cuál es; con otro elegido se comprueba al recibir."""
        programa, ejercicio = self.initial.get("programa"), self.initial.get("ejercicio")
        if self.is_bound or not (str(programa).isdecimal() and str(ejercicio).isdecimal()):
            return [clave for clave, _nombre in opciones()]
        return admitidos(DisposicionDePadron.de(int(programa), int(ejercicio)).periodicidad)

    def clean_archivo(self) -> UploadedFile:
        subido: UploadedFile = self.cleaned_data["archivo"]
        if (subido.size or 0) > settings.PADRON_LIMITE:
            raise forms.ValidationError(
                _(
                    "El archivo pesa %(suyo)s y el máximo son %(tope)s. Divídelo en partes y sube cada una."
                )
                % {
                    "suyo": en_megas(subido.size or 0),
                    "tope": en_megas(settings.PADRON_LIMITE),
                }
            )
        return subido

    def clean(self) -> dict[str, Any]:
        datos = super().clean() or {}
        if {"programa", "ejercicio", "periodo"} <= datos.keys():
            self._exigir_periodo_admitido(datos)
            if "periodo" not in self.errors:
                self._resolver_sustitucion(datos)
        return datos

    def _exigir_periodo_admitido(self, datos: dict[str, Any]) -> None:
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

    def _resolver_sustitucion(self, datos: dict[str, Any]) -> None:
        """Con una ya aplicada hay que decirlo: sumar lo que sustituye duplica a todo el mundo."""
        aplicada = (
            Carga.objects.aplicadas()
            .filter(
                programa=datos["programa"], ejercicio=datos["ejercicio"], periodo=datos["periodo"]
            )
            .order_by("-aplicada_en")
            .first()
        )
        que_es = datos.get("que_es")
        if aplicada is None and que_es == self.Que.SUSTITUYE:
            self.add_error("que_es", _("Ese periodo no tiene una carga aplicada que sustituir."))
        elif aplicada is not None and not que_es:
            self.add_error(
                "que_es",
                _(
                    "Ese periodo ya tiene la carga %(folio)s, con %(n)s renglones: di si esta se suma o la sustituye."
                )
                % {"folio": aplicada.folio, "n": f"{aplicada.validas:,}"},
            )
        elif que_es == self.Que.SUSTITUYE:
            self.sustituye_a = aplicada

    @property
    def cifras(self) -> CifrasDeControl:
        datos = self.cleaned_data
        return CifrasDeControl(
            filas=datos["filas"],
            monto=datos["monto"],
            mujeres=datos["mujeres"],
            hombres=datos["hombres"],
        )


def en_megas(cuantos: int) -> str:
    """«310 kB», «12 MB», «4 GB»: como lo enseña un explorador de archivos."""
    if cuantos >= 1_000_000_000:
        return f"{cuantos / 1_000_000_000:.1f}".rstrip("0").rstrip(".") + " GB"
    if cuantos >= 1_000_000:
        return f"{cuantos / 1_000_000:.0f} MB"
    return f"{max(1, cuantos // 1000)} kB"
