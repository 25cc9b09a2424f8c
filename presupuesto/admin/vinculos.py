"""De quién es cada clave de Finanzas: se propone sola, decide una persona."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from presupuesto.models import UnidadResponsable, VinculoPresupuestal
from presupuesto.servicios import vinculos
from sibis.cuentas.permisos import Permiso
from sibis.nucleo.errores import ErrorDeNegocio
from sibis.panel.bases import AdminBase
from sibis.vigencia.carga import en_palabras

IDENTIDAD = ("programa_presupuestario", "unidad_responsable", "programa", "ejercicio")


class VinculoForm(forms.ModelForm):
    decision = forms.ChoiceField(
        label=gettext_lazy("Decisión"),
        choices=[
            ("confirmar", gettext_lazy("Sí, es ese programa")),
            ("rechazar", gettext_lazy("No es ese programa")),
        ],
    )

    class Meta:
        model = VinculoPresupuestal
        fields = (*IDENTIDAD, "participacion", "certeza", "nota")
        help_texts: ClassVar[dict[str, Any]] = {
            "programa_presupuestario": gettext_lazy("La clave del archivo, por ejemplo «S227»."),
            "nota": gettext_lazy("Por qué sí o por qué no. La del «no» es obligatoria."),
        }

    def clean(self) -> dict[str, Any]:
        datos = super().clean() or {}
        if datos.get("decision") == "rechazar" and not (datos.get("nota") or "").strip():
            self.add_error("nota", _("Escribe por qué no es ese programa."))
        return datos


@admin.register(VinculoPresupuestal)
class VinculoAdmin(AdminBase):
    """Confirmar, corregir o rechazar. Lo decidido rehace enseguida los números del portal."""

    permiso_ver = Permiso.PRESUPUESTO_VER
    permiso_cambiar = Permiso.PRESUPUESTO_CAPTURAR
    explicacion = gettext_lazy(
        "Qué clave de los archivos de egresos paga cada programa. Los propuestos los halló el "
        "sistema por el nombre: di si son o no son. El portal cambia enseguida."
    )
    botones_de_lista = (
        (
            "admin:presupuesto_vinculopresupuestal_proponer",
            gettext_lazy("Buscar parecidos otra vez"),
        ),
    )
    form = VinculoForm
    list_display = (
        "programa_presupuestario",
        "descripcion",
        "programa",
        "ejercicio",
        "certeza",
        "puntaje",
        "estado",
    )
    list_filter = ("estado", "certeza", "ejercicio", "metodo")
    list_select_related = ("programa",)
    search_fields = ("programa_presupuestario", "descripcion", "programa__nombre")
    search_help_text = gettext_lazy("Clave presupuestaria, su descripción o el programa.")
    show_facets = admin.ShowFacets.ALWAYS
    ordering = ("-ejercicio", "programa_presupuestario", "pk")
    al_empezar = gettext_lazy("Se proponen solos al cargar un corte de egresos.")

    def get_fieldsets(self, request: HttpRequest, obj: models.Model | None = None) -> Any:
        cuerpo = (*IDENTIDAD, "participacion", "certeza", "nota")
        if obj is None:
            return [(None, {"fields": cuerpo})]
        de_lectura = ("descripcion", "metodo", "puntaje", "estado", "revisado_por", "revisado_en")
        decision = ("decision",) if self.has_change_permission(request, obj) else ()
        return [
            (None, {"fields": (*cuerpo, *decision)}),
            (_("De dónde sale"), {"fields": de_lectura}),
        ]

    def get_readonly_fields(
        self, request: HttpRequest, obj: models.Model | None = None
    ) -> tuple[str, ...]:
        """Lo que dice de qué es el vínculo no cambia: para otro, se crea otro."""
        de_lectura = ("descripcion", "metodo", "puntaje", "estado", "revisado_por", "revisado_en")
        return (*de_lectura, *IDENTIDAD) if obj else de_lectura

    def get_form(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formulario = super().get_form(request, obj, **kwargs)
        if obj is None or not self.has_change_permission(request, obj):
            formulario.base_fields.pop("decision", None)
        return formulario

    def save_model(
        self, request: HttpRequest, obj: VinculoPresupuestal, form: Any, change: bool
    ) -> None:
        if not change:
            vinculos.crear(obj, por=request.user)
        elif form.cleaned_data.get("decision") == "rechazar":
            vinculos.rechazar(obj, por=request.user, nota=obj.nota)
        else:
            vinculos.confirmar(
                obj,
                por=request.user,
                certeza=obj.certeza,
                participacion=obj.participacion,
                nota=obj.nota,
            )

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Lo que la base no admite (repartir más del entero) se dice, y no se cambia nada."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except (ErrorDeNegocio, ValidationError) as error:
            dicho = error.mensaje if isinstance(error, ErrorDeNegocio) else en_palabras(error)
            messages.error(request, dicho)
            return redirect(request.get_full_path())

    def get_urls(self) -> list[URLPattern]:
        propia = path(
            "proponer/",
            self.admin_site.admin_view(require_POST(self.proponer)),
            name="presupuesto_vinculopresupuestal_proponer",
        )
        return [propia, *super().get_urls()]

    def proponer(self, request: HttpRequest) -> HttpResponse:
        """Buscar parecidos otra vez: sirve cuando entraron programas nuevos al catálogo."""
        try:
            nuevas = vinculos.proponer(por=request.user)
        except ErrorDeNegocio as error:
            messages.error(request, error.mensaje)
        else:
            messages.success(request, _("Propuestas nuevas: %(n)s.") % {"n": nuevas})
        return redirect(reverse("admin:presupuesto_vinculopresupuestal_changelist"))


@admin.register(UnidadResponsable)
class UnidadAdmin(AdminBase):
    permiso_ver = Permiso.PRESUPUESTO_VER
    permiso_cambiar = Permiso.PRESUPUESTO_CAPTURAR
    explicacion = gettext_lazy(
        "De qué dependencia es cada unidad que gasta, como viene en los archivos de egresos."
    )
    list_display = ("clave", "nombre", "dependencia", "certeza", "vigente_desde", "vigente_hasta")
    list_filter = ("certeza",)
    list_select_related = ("dependencia",)
    search_fields = ("clave", "nombre")
    search_help_text = gettext_lazy("Clave o nombre de la unidad.")
    show_facets = admin.ShowFacets.ALWAYS
    readonly_fields = ("metodo",)

    def save_model(
        self, request: HttpRequest, obj: UnidadResponsable, form: Any, change: bool
    ) -> None:
        vinculos.guardar_unidad(obj, por=request.user)
