"""Cuándo quiere cada quien que se le escriba."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sibis.avisos.estados import Cuando


class PreferenciaDeAvisos(models.Model):
    """Quien no tiene renglón recibe cada aviso al momento."""

    usuario = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        editable=False,
        related_name="preferencia_de_avisos",
        verbose_name=_("cuenta"),
    )
    correo = models.CharField(
        _("por correo"), max_length=14, choices=Cuando, default=Cuando.AL_MOMENTO
    )

    class Meta:
        verbose_name = _("preferencia de avisos")
        verbose_name_plural = _("preferencias de avisos")

    def __str__(self) -> str:
        return f"preferencia {self.pk}"
