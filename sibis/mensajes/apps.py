"""Conversaciones entre órganos y personas sobre un asunto, que se guardan con él."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MensajesConfig(AppConfig):
    name = "sibis.mensajes"
    label = "mensajes"
    verbose_name = _("mensajes")
