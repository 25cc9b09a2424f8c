"""Acciones en lote sobre catálogos: cerrar renglones con fecha, que es como aquí se quita algo."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sibis.bitacora.registro import registrar
from sibis.cuentas.models import Usuario
from sibis.cuentas.permisos import Permiso, puede
from sibis.nucleo.errores import ErrorDeNegocio, SinPermiso
from sibis.panel.lotes import AccionEnLote, Renglon
from sibis.vigencia.models import CatalogoFechado


class CierreForm(forms.Form):
    hasta = forms.DateField(
        label=gettext_lazy("Último día en que rigen"),
        help_text=gettext_lazy("Ese día todavía cuenta."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def clean_hasta(self) -> str:
        """Como texto: se guarda en el lote."""
        return str(self.cleaned_data["hasta"].isoformat())


class CerrarConFecha(AccionEnLote):
    """Nada se borra de un catálogo: deja de regir, y lo que ya lo citaba lo sigue citando."""

    clave = "cerrar-catalogo"
    nombre = gettext_lazy("Cerrar con fecha")
    permiso = Permiso.CATALOGO_EDITAR
    formulario = CierreForm

    @classmethod
    def admite(cls, modelo: type[models.Model]) -> bool:
        return issubclass(modelo, CatalogoFechado)

    @classmethod
    def datos_iniciales(cls) -> dict[str, Any]:
        return {"hasta": timezone.localdate().isoformat()}

    @property
    def hasta(self) -> datetime.date:
        return datetime.date.fromisoformat(self.datos["hasta"])

    def previsualizar(self, objetos: Sequence[Any], *, por: Usuario) -> list[Renglon]:
        return [
            Renglon(o, por_que_no=motivo)
            if (motivo := self._impedimento(o))
            else Renglon(o, que_pasara=_("Rige hasta el %(dia)s.") % {"dia": self._dia()})
            for o in objetos
        ]

    def aplicar(self, objeto: Any, *, por: Usuario) -> None:
        cerrar(objeto, hasta=self.hasta, por=por)

    def _dia(self) -> str:
        return f"{self.hasta:%d/%m/%Y}"

    def _impedimento(self, objeto: Any) -> str:
        if objeto.vigente_hasta is not None and objeto.vigente_hasta <= self.hasta:
            return _("Ya estaba cerrado desde el %(dia)s.") % {
                "dia": f"{objeto.vigente_hasta:%d/%m/%Y}"
            }
        if objeto.vigente_desde is not None and objeto.vigente_desde > self.hasta:
            return _("Empieza a regir después, el %(dia)s.") % {
                "dia": f"{objeto.vigente_desde:%d/%m/%Y}"
            }
        return ""


@transaction.atomic
def cerrar(objeto: CatalogoFechado, *, hasta: datetime.date, por: Usuario) -> CatalogoFechado:
    """Deja de regir al terminar ese día. Levanta SinPermiso o ErrorDeNegocio."""
    actual = type(objeto)._default_manager.select_for_update().get(pk=objeto.pk)
    if not puede(por, Permiso.CATALOGO_EDITAR):
        raise SinPermiso(_("Tu función no mantiene los catálogos."))
    if impedimento := CerrarConFecha({"hasta": hasta.isoformat()})._impedimento(actual):
        raise ErrorDeNegocio(impedimento)
    actual.vigente_hasta = hasta
    try:
        actual.full_clean(validate_unique=False)
    except ValidationError as error:
        raise ErrorDeNegocio(" ".join(error.messages)) from error
    actual.save(update_fields=["vigente_hasta"])
    registrar(
        "catalogo.cerrado",
        actual,
        por=por,
        catalogo=str(actual._meta.verbose_name_plural),
        clave=actual.clave,
        hasta=hasta,
    )
    return actual


@transaction.atomic
def guardar_renglon(objeto: CatalogoFechado, *, por: Usuario) -> CatalogoFechado:
    """Alta o cambio de un renglón, desde su página o desde un archivo. Levanta SinPermiso."""
    if not puede(por, Permiso.CATALOGO_EDITAR):
        raise SinPermiso(_("Tu función no mantiene los catálogos."))
    nuevo = objeto.pk is None
    objeto.save()
    registrar(
        "catalogo.agregado" if nuevo else "catalogo.corregido",
        objeto,
        por=por,
        catalogo=str(objeto._meta.verbose_name_plural),
        clave=objeto.clave,
    )
    return objeto


ACCIONES: tuple[type[AccionEnLote], ...] = (CerrarConFecha,)
