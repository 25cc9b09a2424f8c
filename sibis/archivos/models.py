"""Un archivo es su contenido: lo identifica su huella, no su nombre ni quién lo trajo."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

# Solo la orden que depura lo enciende, y solo dentro de su transacción.
PERMISO_DE_BORRAR = "sibis.depurar_archivos"

INTACTO = pgtrigger.Trigger(
    name="archivo_intacto",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    func="""
        RAISE EXCEPTION 'Un archivo guardado no cambia: uno distinto tiene otra huella.'
            USING ERRCODE = 'check_violation';
    """,
)
NO_SE_BORRA = pgtrigger.Trigger(
    name="archivo_no_se_borra",
    when=pgtrigger.Before,
    operation=pgtrigger.Delete,
    func=f"""
        IF current_setting('{PERMISO_DE_BORRAR}', true) IS DISTINCT FROM 'si' THEN
            RAISE EXCEPTION 'Los archivos solo los quita la orden depurar_archivos.'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN OLD;
    """,
)


class Archivo(models.Model):
    """Lo que se guardó una vez. Quien lo usa lo cita con una llave; el nombre lo pone quien lo sirve."""

    sha256 = models.CharField(_("huella SHA-256"), max_length=64, unique=True, editable=False)
    bytes = models.PositiveBigIntegerField(_("tamaño en bytes"), editable=False)
    tipo = models.CharField(
        _("tipo de contenido"),
        max_length=127,
        editable=False,
        help_text=_("Se sabe por el contenido, nunca por el nombre."),
    )
    guardado_en = models.DateTimeField(_("guardado en"), auto_now_add=True, editable=False)

    class Meta:
        verbose_name = _("archivo")
        verbose_name_plural = _("archivos")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"),
                name="archivo_huella_bien_escrita",
                violation_error_message=_("La huella son 64 cifras hexadecimales en minúsculas."),
            ),
        ]
        triggers = [INTACTO, NO_SE_BORRA]

    def __str__(self) -> str:
        return f"{self.tipo} {self.sha256[:12]}"

    @property
    def ruta(self) -> str:
        """Dónde está en el almacén. No se publica: las páginas lo sirven por su propia dirección."""
        return ruta_de(self.sha256)


def ruta_de(sha256: str) -> str:
    """Dos niveles de carpetas: un directorio con un millón de archivos no lo quiere nadie."""
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"
