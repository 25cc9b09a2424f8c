"""El panel: el admin de Django con nuestra puerta, nuestra entrada y nuestros permisos."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext_lazy as _

from sibis.cuentas.acceso import tiene_segundo_factor
from sibis.panel.colas import colas_de
from sibis.panel.contadores import contadores_de


class SitioPanel(admin.AdminSite):
    """Se entra por /cuenta/entrar/ con segundo factor; aquí no hay otra puerta."""

    site_title = _("Panel SIBIS")
    site_header = _("Panel SIBIS")
    index_title = _("Lo que te espera")
    index_template = "admin/inicio.html"
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        """Personal activo, con alguna función vigente y con la sesión pasada por el segundo factor."""
        usuario = request.user
        return bool(
            usuario.is_authenticated
            and usuario.is_active
            and usuario.is_staff
            and usuario.adscripciones_vigentes()
            and tiene_segundo_factor(request)
        )

    @staticmethod
    def _entrada(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:  # ya entró: mandarlo otra vez a entrar sería un ciclo
            raise PermissionDenied(_("Tu cuenta no tiene hoy una función que abra el panel."))
        destino = request.GET.get("next", "")
        if not url_has_allowed_host_and_scheme(destino, {request.get_host()}):
            destino = reverse("admin:index")
        return redirect(f"{reverse('account_login')}?{urlencode({'next': destino})}")

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """/panel/login/ no pregunta contraseña: manda a la única entrada."""
        return redirect("admin:index") if self.has_permission(request) else self._entrada(request)

    login = login_not_required(login)  # type: ignore[assignment]

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        contexto = {"colas": colas_de(request.user), **(extra_context or {})}
        return super().index(request, contexto)

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Sobre qué dependencias trabaja la persona y qué tiene por leer: se ve siempre, arriba."""
        contexto = super().each_context(request)
        if self.has_permission(request):
            contexto["adscripciones"] = request.user.adscripciones_vigentes()
            contexto["contadores"] = contadores_de(request.user)
        contexto["entorno"] = settings.SIBIS_ENTORNO
        return contexto
