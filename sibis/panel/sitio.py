"""El panel: el admin de Django con nuestra puerta, nuestra entrada y nuestros permisos."""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from sibis.bitacora.datos_personales import DatoPersonalEnBitacora
from sibis.cuentas.acceso import tiene_segundo_factor
from sibis.panel.colas import por_seccion
from sibis.panel.contadores import contadores_de
from sibis.panel.menu import menu, paginas
from sibis.panel.views import exportar, importar, lotes, vistas


class SitioPanel(admin.AdminSite):
    """Se entra por /cuenta/entrar/ con segundo factor; aquí no hay otra puerta."""

    site_title = _("Panel SIBIS")
    site_header = _("Panel SIBIS")
    index_title = _("Tu trabajo")
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
        contexto = {
            "secciones": por_seccion(request.user),
            "menu": menu(self.get_app_list(request)),
            **(extra_context or {}),
        }
        return super().index(request, contexto)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Lo que ni la base ni el calendario admiten se niega aquí, y no en cada lista."""

        @wraps(view)
        def posible(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            pares = ((clave, v) for clave, valores in request.GET.lists() for v in valores)
            if any(_es_imposible(clave, valor) for clave, valor in pares):
                raise SuspiciousOperation("Consulta imposible.")
            try:
                return view(request, *args, **kwargs)
            except DatoPersonalEnBitacora:
                return _con_datos_personales(request)

        return super().admin_view(posible, cacheable)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Lo que toda lista tiene, esté en la app que esté, y las páginas que cada app trae."""
        vista = self.admin_view
        de_lista = "listas/<slug:app>/<slug:modelo>"
        # «r/tipo/número/» del admin no pregunta de quién es: diría cómo se llama lo ajeno. Se quita.
        del_admin = [r for r in super().get_urls() if getattr(r, "name", None) != "view_on_site"]
        return [
            path(f"{de_lista}/exportar/", vista(exportar.exportar), name="panel_exportar"),
            path(f"{de_lista}/vistas/", vista(vistas.guardar), name="panel_vista_guardar"),
            path(f"{de_lista}/archivo/", vista(importar.subir), name="panel_subir"),
            path(f"{de_lista}/archivo/csv/", vista(importar.descargar), name="panel_descargar"),
            path("vistas/<int:pk>/", vista(vistas.usar), name="panel_vista"),
            path("vistas/<int:pk>/editar/", vista(vistas.editar), name="panel_vista_editar"),
            path("importaciones/<int:pk>/", vista(importar.importacion), name="panel_importacion"),
            path("lotes/<int:pk>/", vista(lotes.lote), name="panel_lote"),
            path("lotes/<int:pk>/avance/", vista(lotes.avance), name="panel_lote_avance"),
            path("lotes/<int:pk>/datos/", vista(lotes.recalcular), name="panel_lote_datos"),
            path("lotes/<int:pk>/confirmar/", vista(lotes.confirmar), name="panel_lote_confirmar"),
            path("lotes/<int:pk>/cancelar/", vista(lotes.cancelar), name="panel_lote_cancelar"),
            *(
                path(ruta, vista(propia), name=nombre)
                for rutas in settings.RUTAS_DEL_PANEL
                for ruta, propia, nombre in import_string(rutas)
            ),
            *del_admin,
        ]

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Sobre qué dependencias trabaja la persona y qué tiene por leer: se ve siempre, arriba."""
        contexto = super().each_context(request)
        if self.has_permission(request):
            contexto["adscripciones"] = request.user.adscripciones_vigentes()
            contexto["contadores"] = contadores_de(request.user)
            contexto["paginas"] = paginas(request)
        contexto["entorno"] = settings.SIBIS_ENTORNO
        return contexto


def _con_datos_personales(request: HttpRequest) -> HttpResponse:
    """Lo que se iba a anotar traía datos de alguien: la transacción se deshizo y se dice por qué."""
    messages.error(
        request,
        _(
            "No se guardó nada: un texto parece traer una CURP, una CLABE o un correo, y quedaría en la "
            "bitácora, que no se borra. Quítalo y vuelve a guardar."
        ),
    )
    return redirect(request.get_full_path())


def _es_imposible(clave: str, valor: str) -> bool:
    """Un byte nulo no lo guarda PostgreSQL; un año sin siguiente tira la jerarquía de fechas."""
    if "\0" in clave or "\0" in valor:
        return True
    return clave.endswith("__year") and valor.isdecimal() and not 0 < int(valor[:5]) < 9_999
