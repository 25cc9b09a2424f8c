"""Cuentas y funciones. Lo que tiene consecuencias pasa por los servicios; nada se borra."""

from collections.abc import Callable
from functools import partial
from typing import Any

from allauth.account.forms import ResetPasswordForm
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sibis.bitacora.datos_personales import (
    DatoPersonalEnBitacora,
    exigir_sin_datos_personales,
)
from sibis.cuentas.admin.base import AccionConMotivo, SinBorrar
from sibis.cuentas.models import Adscripcion, Usuario
from sibis.cuentas.servicios import adscripciones, cuentas, segundo_factor
from sibis.nucleo.errores import ErrorDeNegocio


class CuentaForm(ModelForm):
    """Al dar de alta se exige lo mismo que el servicio, para decirlo junto a su campo."""

    class Meta:
        model = Usuario
        fields = ["username", "email", "first_name", "last_name"]

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def clean_username(self) -> str:
        """La cuenta se lee en la bitácora y en los registros: no es la CURP ni el correo de nadie."""
        cuenta = str(self.cleaned_data["username"]).lower()
        try:
            exigir_sin_datos_personales({"cuenta": cuenta})
        except DatoPersonalEnBitacora as error:
            raise ValidationError(
                _("No uses una CURP ni un correo: la cuenta queda escrita en la bitácora.")
            ) from error
        return cuenta


@admin.register(Usuario)
class UsuarioAdmin(SinBorrar):
    form = CuentaForm
    list_display = ["username", "email", "is_active", "last_login"]
    list_filter = ["is_active", "adscripciones__rol"]
    search_fields = ["username", "email", "first_name", "last_name"]
    search_help_text = gettext_lazy("Cuenta, correo o nombre de la persona.")
    explicacion = gettext_lazy("Quién entra al sistema. Lo que puede hacer lo dicen sus funciones.")
    tiene_datos_personales = True
    ordering = ["username"]
    fields = ["username", "email", "first_name", "last_name"]
    action_form = AccionConMotivo
    actions = [
        "suspender",
        "reactivar",
        "desbloquear",
        "mandar_enlace",
        "restablecer_segundo_factor",
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Usuario | None = None) -> list[str]:
        return ["username", "is_active", "funciones"] if obj else []

    def get_fields(self, request: HttpRequest, obj: Usuario | None = None) -> list[str]:
        return [*self.fields, "is_active", "funciones"] if obj else self.fields

    @admin.display(description=gettext_lazy("funciones"))
    def funciones(self, cuenta: Usuario) -> str:
        """Todas, también las que ya terminaron, y por dónde se otorga otra."""
        suyas = format_html_join(
            "", "<li>{}</li>", ((a.resumen,) for a in cuenta.todas_sus_adscripciones)
        )
        otorgar = f"{reverse('admin:cuentas_adscripcion_add')}?usuario={cuenta.pk}"
        return format_html(
            '<ul>{}</ul><a href="{}">{}</a>', suyas, otorgar, _("Otorgar una función")
        )

    def save_model(self, request: HttpRequest, obj: Usuario, form: ModelForm, change: bool) -> None:
        if change:
            cuentas.corregir(obj, campos=form.changed_data, por=request.user)
            return
        cuentas.crear(obj, por=request.user)
        _mandar_enlace(request, obj)

    @admin.action(description=gettext_lazy("Suspender"), permissions=["change"])
    def suspender(self, request: HttpRequest, elegidas: QuerySet[Usuario]) -> None:
        _con_cada_una(self, request, elegidas, cuentas.suspender)

    @admin.action(description=gettext_lazy("Reactivar"), permissions=["change"])
    def reactivar(self, request: HttpRequest, elegidas: QuerySet[Usuario]) -> None:
        _con_cada_una(self, request, elegidas, cuentas.reactivar)

    @admin.action(
        description=gettext_lazy("Liberar del bloqueo por intentos"), permissions=["change"]
    )
    def desbloquear(self, request: HttpRequest, elegidas: QuerySet[Usuario]) -> None:
        _con_cada_una(self, request, elegidas, cuentas.desbloquear)

    @admin.action(
        description=gettext_lazy("Mandar enlace para poner contraseña"), permissions=["change"]
    )
    def mandar_enlace(self, request: HttpRequest, elegidas: QuerySet[Usuario]) -> None:
        _con_cada_una(self, request, elegidas, lambda cuenta, por: _mandar_enlace(request, cuenta))

    @admin.action(
        description=gettext_lazy("Restablecer el segundo factor (con motivo)"),
        permissions=["change"],
    )
    def restablecer_segundo_factor(self, request: HttpRequest, elegidas: QuerySet[Usuario]) -> None:
        restablecer = partial(segundo_factor.restablecer, motivo=request.POST.get("motivo", ""))
        _con_cada_una(self, request, elegidas, restablecer)


def _con_cada_una(
    modelo: admin.ModelAdmin, request: HttpRequest, elegidas: QuerySet, servicio: Callable[..., Any]
) -> None:
    """Lo que no procede en una no detiene a las demás, y se dice de cuál fue y por qué."""
    hechas = 0
    for objeto in elegidas:
        try:
            servicio(objeto, por=request.user)
            hechas += 1
        except ErrorDeNegocio as error:
            modelo.message_user(request, f"{objeto}: {error}", messages.ERROR)
    if hechas:
        modelo.message_user(request, _("Hecho en %(n)s.") % {"n": hechas})


def _mandar_enlace(request: HttpRequest, cuenta: Usuario) -> None:
    form = ResetPasswordForm({"email": cuenta.email})
    if form.is_valid():
        form.save(request)


class AdscripcionForm(ModelForm):
    """Dice junto al campo lo que el servicio negaría."""

    por: Usuario

    class Meta:
        model = Adscripcion
        fields = ["usuario", "dependencia", "rol", "vigente_desde", "vigente_hasta"]

    def _get_validation_exclusions(self) -> set[str]:
        """«Sin repetir» mira si la otra está dada de baja, aunque ese campo no se capture aquí."""
        return super()._get_validation_exclusions() - {"baja_en"}

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.errors:
            return
        try:
            adscripciones.exigir_que_proceda(self.instance, por=self.por)
        except ErrorDeNegocio as error:
            self.add_error(None, str(error))


@admin.register(Adscripcion)
class AdscripcionAdmin(SinBorrar):
    """Se otorgan aquí y se retiran desde la lista, con motivo; no se editan."""

    form = AdscripcionForm
    list_display = ["usuario", "rol", "dependencia", "vigente_desde", "vigente_hasta", "baja_en"]
    list_select_related = ["usuario", "dependencia"]
    list_filter = ["rol", ("baja_en", admin.EmptyFieldListFilter)]
    search_fields = ["usuario__username", "dependencia__nombre", "dependencia__siglas"]
    search_help_text = gettext_lazy("Cuenta, dependencia o siglas.")
    explicacion = gettext_lazy("Qué función ejerce cada cuenta, dónde y desde cuándo.")
    ordering = ["usuario__username", "-vigente_desde", "pk"]
    action_form = AccionConMotivo
    actions = ["retirar"]

    def has_change_permission(self, request: HttpRequest, obj: Adscripcion | None = None) -> bool:
        return False

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> type[ModelForm]:
        formulario = super().get_form(request, *args, **kwargs)
        formulario.por = request.user  # type: ignore[attr-defined]
        return formulario

    def save_model(
        self, request: HttpRequest, obj: Adscripcion, form: ModelForm, change: bool
    ) -> None:
        otorgada = adscripciones.adscribir(
            usuario=obj.usuario,
            dependencia=obj.dependencia,
            rol=obj.rol,
            desde=obj.vigente_desde,
            hasta=obj.vigente_hasta,
            por=request.user,
        )
        obj.pk = otorgada.pk

    @admin.action(description=gettext_lazy("Retirar la función (con motivo)"), permissions=["add"])
    def retirar(self, request: HttpRequest, elegidas: QuerySet[Adscripcion]) -> None:
        dar_de_baja = partial(adscripciones.dar_de_baja, motivo=request.POST.get("motivo", ""))
        _con_cada_una(self, request, elegidas, dar_de_baja)
