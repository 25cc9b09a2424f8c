"""Quién, en qué dependencia, con qué función y hasta cuándo."""

import datetime

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from sibis.cuentas import roles
from sibis.cuentas.models.dependencia import Dependencia, periodo
from sibis.cuentas.permisos import Permiso
from sibis.vigencia.models import ConVigencia, VigenciaQuerySet


class AdscripcionQuerySet(VigenciaQuerySet):
    def vigentes(self, fecha: datetime.date | None = None) -> "AdscripcionQuerySet":
        """Las que rigen ese día; una baja vale desde el mismo día en que se dio."""
        fecha = fecha or timezone.localdate()
        return super().vigentes(fecha).exclude(baja_en__date__lte=fecha)


class Adscripcion(ConVigencia):
    """Se otorga y se cierra con `servicios.adscripciones`; no se edita ni se borra.

    Siempre nombra una dependencia: también quien valida toda la ciudad pertenece a un órgano,
    y de eso depende que quien decide no sea del mismo que quien captura.
    """

    usuario = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="adscripciones",
        verbose_name=_("cuenta"),
    )
    dependencia = models.ForeignKey(
        Dependencia, models.PROTECT, related_name="adscripciones", verbose_name=_("dependencia")
    )
    rol = models.CharField(_("función"), max_length=40, choices=roles.opciones)
    vigente_desde = models.DateField(_("vigente desde"), default=timezone.localdate)
    otorgada_en = models.DateTimeField(_("otorgada el"), default=timezone.now, editable=False)
    otorgada_por = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="adscripciones_otorgadas",
        verbose_name=_("otorgada por"),
        help_text=_("Vacío: se dio al instalar el sistema."),
    )

    delegada_por = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="funciones_delegadas",
        verbose_name=_("delegada por"),
        help_text=_("Vacío: es suya, no de otra persona."),
    )
    oficio = models.CharField(_("oficio de delegación"), max_length=60, blank=True, editable=False)
    baja_en = models.DateTimeField(_("dada de baja el"), null=True, blank=True, editable=False)
    baja_por = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="adscripciones_dadas_de_baja",
        verbose_name=_("dada de baja por"),
    )
    motivo_de_baja = models.CharField(
        _("motivo de la baja"), max_length=300, blank=True, editable=False
    )

    objects = AdscripcionQuerySet.as_manager()

    class Meta(ConVigencia.Meta):
        verbose_name = _("adscripción")
        verbose_name_plural = _("adscripciones")
        ordering = ["usuario", "-vigente_desde"]
        constraints = [
            *ConVigencia.Meta.constraints,
            ExclusionConstraint(
                name="cuentas_adscripcion_sin_repetir",
                expressions=[
                    ("usuario", RangeOperators.EQUAL),
                    ("dependencia", RangeOperators.EQUAL),
                    ("rol", RangeOperators.EQUAL),
                    (periodo(), RangeOperators.OVERLAPS),
                ],
                condition=Q(baja_en__isnull=True),
                violation_error_message=_("Esa persona ya tiene esa función ahí en esas fechas."),
            ),
            models.CheckConstraint(
                condition=Q(otorgada_por__isnull=True) | ~Q(otorgada_por=models.F("usuario")),
                name="cuentas_adscripcion_nadie_se_otorga",
                violation_error_message=_("Nadie se otorga una función a sí mismo."),
            ),
            models.CheckConstraint(
                condition=Q(baja_en__isnull=True, baja_por__isnull=True, motivo_de_baja="")
                | Q(baja_en__isnull=False) & ~Q(motivo_de_baja=""),
                name="cuentas_adscripcion_baja_completa",
                violation_error_message=_("La baja lleva fecha y motivo."),
            ),
            models.CheckConstraint(
                condition=Q(delegada_por__isnull=True, oficio="")
                | Q(delegada_por__isnull=False, vigente_hasta__isnull=False) & ~Q(oficio=""),
                name="cuentas_adscripcion_delegada_completa",
                violation_error_message=_("Una delegación lleva oficio y fecha de término."),
            ),
            models.CheckConstraint(
                condition=Q(delegada_por__isnull=True) | ~Q(delegada_por=models.F("usuario")),
                name="cuentas_adscripcion_nadie_se_delega",
                violation_error_message=_("Nadie se delega una función a sí mismo."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.usuario} · {self.get_rol_display()} · {self.dependencia}"

    @property
    def resumen(self) -> str:
        """Función, dónde, desde cuándo y, si terminó, hasta cuándo."""
        partes = [
            f"{self.get_rol_display()} · {self.dependencia}",
            _("desde el %s") % date_format(self.vigente_desde),
        ]
        if self.baja_en is not None:
            partes.append(_("retirada el %s") % date_format(timezone.localdate(self.baja_en)))
        elif self.vigente_hasta is not None:
            partes.append(_("hasta el %s") % date_format(self.vigente_hasta))
        if self.delegada_por is not None:
            partes.append(_("por delegación de %s") % self.delegada_por)
        return " · ".join(str(parte) for parte in partes)

    def rige(self, fecha: datetime.date) -> bool:
        if self.baja_en is not None and timezone.localdate(self.baja_en) <= fecha:
            return False
        return super().rige(fecha)

    @property
    def clase_de_rol(self) -> type[roles.Rol]:
        return roles.por_clave(self.rol)

    @property
    def vale_en_toda_la_ciudad(self) -> bool:
        return self.clase_de_rol.alcance is roles.Alcance.CIUDAD

    @property
    def es_delegada(self) -> bool:
        return self.delegada_por_id is not None

    def concede(self, permiso: Permiso) -> bool:
        """Lo delegado no se vuelve a delegar."""
        if self.es_delegada and permiso == Permiso.FUNCION_DELEGAR:
            return False
        return permiso in self.clase_de_rol.permisos
