"""Lo que se observa, en qué campo y de qué versión, y lo que se contesta."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sibis.cuentas.models import Dependencia
from sibis.revision.estados import FLUJO_OBSERVACION, ClaseObservacion, EstadoObservacion
from sibis.revision.models.recorrido import Remision, de_un_expediente, quien
from sibis.revision.models.resguardos import no_cambia

E = EstadoObservacion

# Lo que se le dijo a alguien no se reescribe: se contesta, se resuelve o se descarta.
LO_NOTIFICADO_NO_CAMBIA = pgtrigger.Trigger(
    name="observacion_notificada_intacta",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    condition=pgtrigger.Q(old__notificada_en__isnull=False),
    func="""
        IF NEW.texto IS DISTINCT FROM OLD.texto OR NEW.campo IS DISTINCT FROM OLD.campo
            OR NEW.autor_id IS DISTINCT FROM OLD.autor_id
            OR NEW.notificada_en IS DISTINCT FROM OLD.notificada_en
        THEN
            RAISE EXCEPTION 'Una observación notificada no se reescribe: escribe otra.'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    """,
)


class ObservacionQuerySet(models.QuerySet):
    def abiertas(self) -> "ObservacionQuerySet":
        return self.filter(estado=E.ABIERTA)

    def formales(self) -> "ObservacionQuerySet":
        """Las que llegan a quien presenta; los comentarios internos no."""
        return self.exclude(clase=ClaseObservacion.COMENTARIO)

    def obligatorias(self) -> "ObservacionQuerySet":
        return self.filter(clase=ClaseObservacion.OBSERVACION)

    def notificadas(self) -> "ObservacionQuerySet":
        return self.filter(notificada_en__isnull=False)


class Observacion(models.Model):
    """Va en un campo («resumen», «numeral-3-2») de una remisión. Hasta notificarse, es de su órgano."""

    expediente = de_un_expediente("observaciones")
    remision = models.ForeignKey(
        Remision,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="observaciones",
        verbose_name=_("versión observada"),
    )
    clase = models.CharField(_("clase"), max_length=14, choices=ClaseObservacion)
    estado = models.CharField(
        _("estado"), max_length=10, choices=EstadoObservacion, default=E.ABIERTA, editable=False
    )
    campo = models.CharField(
        _("campo"), max_length=120, blank=True, help_text=_("Vacío: de todo el documento.")
    )
    campo_titulo = models.CharField(_("título del campo"), max_length=250, blank=True)
    texto = models.TextField(_("texto"), max_length=4000)
    autor = quien("observaciones", _("autor"))
    organo = models.ForeignKey(
        Dependencia, models.PROTECT, related_name="+", editable=False, verbose_name=_("órgano")
    )
    escrita_en = models.DateTimeField(_("escrita en"), default=timezone.now, editable=False)
    notificada_en = models.DateTimeField(_("notificada en"), null=True, editable=False)
    resuelta_en = models.DateTimeField(_("resuelta en"), null=True, editable=False)
    resuelta_por = quien("observaciones_resueltas", _("resuelta por"), vacio=True)

    objects = ObservacionQuerySet.as_manager()

    class Meta:
        verbose_name = _("observación")
        verbose_name_plural = _("observaciones")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    estado=E.RESUELTA, resuelta_en__isnull=False, resuelta_por__isnull=False
                )
                | (~Q(estado=E.RESUELTA) & Q(resuelta_en__isnull=True, resuelta_por__isnull=True)),
                name="observacion_resuelta_dice_quien",
                violation_error_message=_("Lo resuelto dice quién y cuándo, y solo lo resuelto."),
            ),
            models.CheckConstraint(
                condition=~Q(texto=""),
                name="observacion_dice_algo",
                violation_error_message=_("Escribe la observación."),
            ),
            models.CheckConstraint(
                condition=~Q(clase=ClaseObservacion.COMENTARIO, notificada_en__isnull=False),
                name="observacion_interna_no_se_notifica",
                violation_error_message=_("Un comentario interno no se notifica."),
            ),
        ]
        indexes = [
            models.Index(fields=["expediente", "estado"], name="observacion_del_expediente"),
        ]
        triggers = [
            pgtrigger.FSM(
                name="observacion_flujo", field="estado", transitions=FLUJO_OBSERVACION.pares()
            ),
            LO_NOTIFICADO_NO_CAMBIA,
            pgtrigger.Protect(
                name="observacion_notificada_no_se_borra",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__notificada_en__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"observación {self.pk}"

    @property
    def esta_abierta(self) -> bool:
        return self.estado == E.ABIERTA


class Respuesta(models.Model):
    """Lo que se contesta a una observación, en orden. No se reescribe."""

    observacion = models.ForeignKey(
        Observacion, models.CASCADE, related_name="respuestas", verbose_name=_("observación")
    )
    texto = models.TextField(_("texto"), max_length=4000)
    autor = quien("respuestas", _("autor"))
    organo = models.ForeignKey(
        Dependencia, models.PROTECT, related_name="+", editable=False, verbose_name=_("órgano")
    )
    escrita_en = models.DateTimeField(_("escrita en"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("respuesta")
        verbose_name_plural = _("respuestas")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(texto=""),
                name="respuesta_dice_algo",
                violation_error_message=_("Escribe la respuesta."),
            )
        ]
        triggers = no_cambia("respuesta", "Una respuesta no se reescribe: escribe otra.")

    def __str__(self) -> str:
        return f"respuesta {self.pk}"
