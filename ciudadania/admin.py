"""La operación de los avisos en el panel: cuántos, cuándo y qué falló. Nunca a quién."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ciudadania.consultas.colas import atorados
from ciudadania.models import Aviso, Envio, Suscripcion, SuscripcionPush
from sibis.cuentas.permisos import Permiso
from sibis.panel.bases import AdminBase


class SoloLectura(AdminBase):
    """Se mira; no se captura ni se corrige."""

    permiso_ver = Permiso.SISTEMA_OPERAR

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


@admin.register(Suscripcion)
class SuscripcionAdmin(SoloLectura):
    explicacion = _(
        "Quién pidió avisos por correo, sin decir quién: el correo está cifrado y aquí no se lee."
    )
    list_display = ("__str__", "estado", "de_que", "creada_en", "confirmada_en", "baja_en")
    list_filter = ("estado",)
    date_hierarchy = "creada_en"
    ordering = ("-creada_en", "pk")
    fields = ("estado", "de_que", "motivos", "creada_en", "confirmada_en", "baja_en")
    list_select_related = ("programa",)

    @admin.display(description=_("de qué"))
    def de_que(self, suscripcion: Suscripcion) -> str:
        """Un perfil («personas con discapacidad») podría decir algo de alguien: aquí no se lee."""
        return str(suscripcion.programa or _("un perfil"))


@admin.register(SuscripcionPush)
class SuscripcionPushAdmin(SoloLectura):
    explicacion = _("Navegadores que pidieron notificaciones. No se sabe de quién son.")
    list_display = ("__str__", "programa", "creada_en")
    fields = ("programa", "motivos", "creada_en")
    list_select_related = ("programa",)


class QueNoSalieron(admin.SimpleListFilter):
    title = _("atorados")
    parameter_name = "atorados"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("si", _("no salieron, o no al primer intento"))]

    def queryset(self, request: HttpRequest, envios: QuerySet[Envio]) -> QuerySet[Envio]:
        return envios & atorados() if self.value() else envios


@admin.register(Envio)
class EnvioAdmin(SoloLectura):
    explicacion = _(
        "Cada correo o notificación y cómo le fue. Lo que falla se vuelve a intentar solo; si no "
        "sale tras muchos intentos, la columna «falla» dice por qué."
    )
    list_display = ("__str__", "clase", "estado", "intentos", "falla", "toca_en", "enviado_en")
    list_filter = (QueNoSalieron, "estado", "clase")
    date_hierarchy = "creado_en"
    ordering = ("-creado_en", "pk")
    al_empezar = _("Aparecen cuando alguien pide avisos.")
    fields = (
        "uid",
        "clase",
        "estado",
        "dia",
        "intentos",
        "falla",
        "creado_en",
        "toca_en",
        "enviado_en",
    )


@admin.register(Aviso)
class AvisoAdmin(SoloLectura):
    explicacion = _("Lo que se le dijo a la gente: qué pasó en qué programa, y en qué envío salió.")
    list_display = ("__str__", "motivo", "programa", "dia", "envio", "creado_en")
    list_filter = ("motivo",)
    date_hierarchy = "dia"
    ordering = ("-creado_en", "pk")
    search_fields = ("programa__nombre",)
    search_help_text = _("Nombre del programa.")
    fields = ("motivo", "programa", "que", "dia", "hora", "lugar", "envio", "creado_en")
    list_select_related = ("programa", "envio")
