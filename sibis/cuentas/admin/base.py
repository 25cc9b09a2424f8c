"""Lo común a los tres: nada se borra y la constancia está en la bitácora."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import ActionForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class SinBorrar(admin.ModelAdmin):
    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def log_change(self, *args: Any, **kwargs: Any) -> None:
        """El registro propio del admin sería un segundo relato, y guardaría datos de la persona."""

    log_addition = log_deletions = log_change


class AccionConMotivo(ActionForm):
    """La acción que retira o restablece algo dice por qué; el porqué queda en la bitácora."""

    motivo = forms.CharField(label=_("Motivo"), required=False, max_length=300)
