from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.utils.translation import gettext_lazy as _


class PanelConfig(AppConfig):
    default = True
    name = "sibis.panel"
    verbose_name = _("panel")


class PanelAdminConfig(admin_apps.AdminConfig):
    """Nuestro sitio es el sitio por omisión: `@admin.register` basta en cualquier app."""

    default = False
    default_site = "sibis.panel.sitio.SitioPanel"
