"""Lo común a los tres: nada se borra, y lo que quita algo dice por qué."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import ActionForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class SinBorrar(admin.ModelAdmin):
    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class AccionConMotivo(ActionForm):
    """El porqué de retirar o restablecer algo queda en la bitácora."""

    motivo = forms.CharField(
        label=_("Motivo, si la acción lo pide:"), required=False, max_length=300
    )
