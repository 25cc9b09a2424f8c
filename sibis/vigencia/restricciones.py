"""Lo que la base rechaza, dicho con el mensaje de su restricción.

Validar cada restricción antes de guardar cuesta una consulta por restricción y por renglón; al
cargar miles conviene guardar y, si la base dice que no, traducir su no.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models
from django.utils.translation import gettext as _

_ILEGIBLE = re.compile("[\x00\ud800-\udfff]")


def validar(objeto: models.Model) -> None:
    """Campos y reglas del objeto, sin preguntar a la base. Levanta ValidationError.

    Las llaves foráneas se omiten: quien carga ya trae el objeto, no un número tecleado.
    """
    foraneas = {c.name for c in objeto._meta.concrete_fields if c.is_relation}
    ilegibles = [
        c.name for c in objeto._meta.concrete_fields if _es_ilegible(c.value_from_object(objeto))
    ]
    if ilegibles:
        mensaje = _("Trae un carácter nulo o a medias, que no se puede guardar.")
        raise ValidationError(dict.fromkeys(ilegibles, mensaje))
    objeto.clean_fields(exclude=foraneas)
    objeto.clean()


def _es_ilegible(valor: object) -> bool:
    """Lo que PostgreSQL no admite en un texto y un JSON sí puede traer."""
    if isinstance(valor, list):
        return any(map(_es_ilegible, valor))
    return isinstance(valor, str) and _ILEGIBLE.search(valor) is not None


@contextmanager
def con_mensajes() -> Iterator[None]:
    """Convierte el rechazo de la base en ValidationError con palabras. Va por fuera del atomic."""
    try:
        yield
    except IntegrityError as error:
        raise ValidationError(_mensaje(error)) from error


def _mensaje(error: IntegrityError) -> str:
    diagnostico = getattr(error.__cause__, "diag", None)
    nombre = getattr(diagnostico, "constraint_name", None) or ""
    for modelo in apps.get_models():
        for restriccion in modelo._meta.constraints:
            if restriccion.name == nombre:
                return str(restriccion.get_violation_error_message())
    if diagnostico is not None and not nombre and diagnostico.message_primary:
        return str(diagnostico.message_primary)  # lo dijo un disparador nuestro, ya en palabras
    return _("Ya existe uno igual, o cita algo que no existe (%(nombre)s).") % {"nombre": nombre}
