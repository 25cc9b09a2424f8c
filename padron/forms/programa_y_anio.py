"""De qué programas y ejercicios puede entregar padrón una persona; igual al subir que al capturar."""

from __future__ import annotations

from typing import Any

from django import forms

from programas.models import Programa, ReglaOperacion
from sibis.cuentas.models import Usuario
from sibis.cuentas.permisos import Permiso, ambito


class ProgramaField(forms.ModelChoiceField):
    def label_from_instance(self, programa: Programa) -> str:
        return programa.nombre


def ofrecer_los_suyos(formulario: forms.Form, *, quien: Usuario) -> bool:
    """Llena «programa» y «ejercicio» con los que tienen regla publicada. Falso si no hay ninguno."""
    reglas = ReglaOperacion.objects.publicadas().filter(
        ambito(quien, Permiso.PADRON_CARGAR).filtro()
    )
    campos: Any = formulario.fields
    campos["programa"].queryset = Programa.objects.filter(
        pk__in=reglas.values("programa")
    ).order_by("nombre")
    anios = sorted(set(reglas.values_list("ejercicio", flat=True)), reverse=True)
    campos["ejercicio"].choices = [(anio, str(anio)) for anio in anios]
    return bool(anios)
