"""Catálogos del programa en el panel."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from programas.forms import ExigenciaForm, SinonimoForm
from programas.models import (
    Apartado,
    AyudaDeCampo,
    ConsultaSinResultado,
    DerechoSocial,
    Exigencia,
    GrupoPrioritario,
    Leyenda,
    Sinonimo,
    TipoDeApoyo,
)
from programas.servicios.vocabulario import guardar_sinonimo
from sibis.cuentas.models import Usuario
from sibis.cuentas.permisos import Permiso
from sibis.panel.bases import AdminBase, AdminDeCatalogo, Rige


@admin.register(DerechoSocial, GrupoPrioritario, TipoDeApoyo, Leyenda)
class CatalogoAdmin(AdminDeCatalogo):
    pass


@admin.register(Apartado)
class ApartadoAdmin(AdminDeCatalogo):
    list_display = ("numeral", "nombre", "aplica_a", "vigente_desde", "vigente_hasta")
    list_filter = (Rige, "aplica_a")


@admin.register(AyudaDeCampo)
class AyudaDeCampoAdmin(AdminDeCatalogo):
    explicacion = _(
        "Lo que lee quien escribe las reglas, junto a cada campo: qué poner, un ejemplo y qué norma "
        "lo pide. Un artículo que nadie ha cotejado dice «por confirmar»."
    )
    list_display = ("nombre", "campo", "aplica_a", "norma", "articulo", "vigente_desde")
    list_filter = ("aplica_a",)
    search_fields = ("nombre", "campo", "texto")


@admin.register(Exigencia)
class ExigenciaAdmin(AdminDeCatalogo):
    form = ExigenciaForm
    list_display = ("nombre", "momento", "aplica_a", "norma", "articulo", "vigente_desde")
    list_filter = (Rige, "momento", "aplica_a")


@admin.register(Sinonimo)
class SinonimoAdmin(AdminBase):
    """Al guardar, la búsqueda pública lo usa desde la siguiente consulta."""

    permiso_ver = Permiso.REGLA_VER
    permiso_cambiar = Permiso.CATALOGO_EDITAR
    explicacion = _(
        "Cómo lo dice la gente y cómo lo dice el catálogo. Al guardar, la búsqueda del portal ya "
        "lo usa."
    )
    list_display = ("termino", "equivalencias", "ida_y_vuelta", "activo")
    list_filter = ("activo", "ida_y_vuelta")
    search_fields = ("termino", "equivale_a")
    search_help_text = _("Cómo lo dice la gente o cómo lo dice el catálogo.")
    show_facets = admin.ShowFacets.ALWAYS
    al_empezar = _("Agrega el primero: la palabra de la gente y la del catálogo.")
    columnas_de_intercambio = ("termino", "equivale_a", "ida_y_vuelta", "activo")
    clave_de_intercambio = "termino"
    form = SinonimoForm

    @admin.display(description=_("equivale a"))
    def equivalencias(self, sinonimo: Sinonimo) -> str:
        return ", ".join(sinonimo.equivale_a)

    def save_model(self, request: HttpRequest, obj: Sinonimo, form: Any, change: bool) -> None:
        guardar_sinonimo(obj, por=request.user)

    def guardar_de_intercambio(self, objeto: Sinonimo, *, por: Usuario) -> None:
        guardar_sinonimo(objeto, por=por)


@admin.register(ConsultaSinResultado)
class ConsultaSinResultadoAdmin(AdminBase):
    """Lo que la gente pidió y no halló, lo más pedido primero. Solo se lee: lo cuenta el sistema."""

    permiso_ver = Permiso.CATALOGO_EDITAR
    explicacion = _(
        "Palabras que la gente buscó tres veces o más en un día y no dieron resultados. No se "
        "guarda quién las buscó y se borran a los 90 días. Si una debería dar algo, crea su sinónimo."
    )
    list_display = ("palabra", "veces", "dia", "resuelta", "que_hacer")
    list_filter = ("resuelta",)
    search_fields = ("palabra",)
    search_help_text = _("La palabra que la gente escribió.")
    date_hierarchy = "dia"
    al_empezar = _("Aparecen aquí cuando alguien busca algo y no lo encuentra.")
    ordering = ("resuelta", "-veces", "-dia")

    @admin.display(description=_("qué hacer"))
    def que_hacer(self, consulta: ConsultaSinResultado) -> str:
        """Un enlace al alta de sinónimo con la palabra ya puesta."""
        if consulta.resuelta:
            return ""
        alta = (
            f"{reverse('admin:programas_sinonimo_add')}?{urlencode({'termino': consulta.palabra})}"
        )
        return format_html('<a href="{}">{}</a>', alta, _("Crear sinónimo"))
