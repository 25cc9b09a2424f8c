"""Documentos para imprimir y llevar: de una plantilla a PDF, de una estructura a Word."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentosConfig(AppConfig):
    name = "sibis.documentos"
    label = "documentos"
    verbose_name = _("documentos")
