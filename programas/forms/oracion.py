"""Los errores de un formulario que llegó por dirección, para la página 400."""

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS


def en_una_oracion(formulario: forms.Form) -> str:
    """Cada mensaje con el nombre de su parámetro, para saber cuál corregir."""
    return " ".join(
        " ".join(mensajes)
        if campo == NON_FIELD_ERRORS
        else f"{formulario.fields[campo].label or campo}: {' '.join(mensajes)}"
        for campo, mensajes in formulario.errors.items()
    )
