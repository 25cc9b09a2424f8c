"""Dependencias y sus nombres a través de los años."""

from django.contrib import admin
from django.forms import BaseModelFormSet, ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from sibis.bitacora.registro import registrar
from sibis.cuentas.admin.base import SinBorrar
from sibis.cuentas.models import Denominacion, Dependencia, Usuario


class DenominacionInline(admin.StackedInline):
    """Un cambio de nombre se agrega y se cierra el anterior: ninguno se borra."""

    model = Denominacion
    fields = [
        ("nombre", "siglas", "clave_ur"),
        ("vigente_desde", "vigente_hasta"),
        ("norma", "nota"),
    ]
    extra = 0
    can_delete = False


@admin.register(Dependencia)
class DependenciaAdmin(SinBorrar):
    list_display = ["siglas", "nombre", "clave", "tipo", "clave_inegi"]
    list_display_links = ["siglas", "nombre"]
    list_filter = ["tipo"]
    search_fields = [
        "clave",
        "nombre",
        "siglas",
        "denominaciones__nombre",
        "denominaciones__siglas",
    ]
    search_help_text = _("Clave, siglas o cualquier nombre que haya tenido.")
    explicacion = _("Secretarías, alcaldías y organismos, con los nombres que han tenido.")
    ordering = ["nombre", "clave"]
    show_facets = admin.ShowFacets.ALWAYS
    # El nombre y las siglas cambian con su historia, en su página: por archivo, solo la identidad.
    columnas_de_intercambio = ("clave", "tipo", "clave_inegi", "sucesora")
    inlines = [DenominacionInline]

    def get_readonly_fields(
        self, request: HttpRequest, obj: Dependencia | None = None
    ) -> list[str]:
        return ["clave"] if obj else []

    def guardar_de_intercambio(self, objeto: Dependencia, *, por: Usuario) -> None:
        objeto.save()
        registrar("dependencia.corregida", objeto, por=por, dependencia=objeto, campos=["archivo"])

    def save_related(
        self, request: HttpRequest, form: ModelForm, formsets: list[BaseModelFormSet], change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        Dependencia.objects.refrescar_nombres()
        registrar(
            "dependencia.corregida",
            form.instance,
            por=request.user,
            dependencia=form.instance,
            campos=form.changed_data,
            denominaciones=sum(f.has_changed() for formset in formsets for f in formset.forms),
        )
