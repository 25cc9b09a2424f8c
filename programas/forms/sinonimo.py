"""Un sinónimo desde el panel: lo que se agrega no da vueltas."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from programas.models import Sinonimo
from sibis.nucleo.normalizacion import clave_comparable


class SinonimoForm(forms.ModelForm):
    """«a» lleva a «b» y «b» a «a»: eso se dice una sola vez, en los dos sentidos."""

    class Meta:
        model = Sinonimo
        fields = ("termino", "equivale_a", "ida_y_vuelta", "activo")

    def clean(self) -> dict[str, Any]:
        datos = super().clean() or {}
        termino = clave_comparable(datos.get("termino") or "")
        nuevas = {clave_comparable(e) for e in datos.get("equivale_a") or ()}
        nuevas -= set(self.initial.get("equivale_a") or ())
        if (
            datos.get("activo")
            and termino
            and _da_la_vuelta(termino, nuevas, salvo=self.instance.pk)
        ):
            raise ValidationError(
                {
                    "equivale_a": _(
                        "Otro sinónimo ya lleva de ahí a este término. Abre aquel y marca "
                        "«vale en los dos sentidos»."
                    )
                }
            )
        return datos


def _da_la_vuelta(termino: str, desde: set[str], *, salvo: int | None) -> bool:
    """Siguiendo los sinónimos en uso, ¿se vuelve al término?"""
    otros = Sinonimo.objects.exclude(pk=salvo).filter(activo=True)
    lleva_a = dict(otros.values_list("termino", "equivale_a"))
    por_ver, vistos = list(desde - {termino}), set()
    while por_ver:
        actual = por_ver.pop()
        if actual == termino:
            return True
        if actual not in vistos:
            vistos.add(actual)
            por_ver.extend(lleva_a.get(actual, ()))
    return False
