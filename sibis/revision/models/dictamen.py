"""El dictamen que se firma, y la excepción a la veda que firman dos personas."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sibis.archivos.models import Archivo
from sibis.cuentas.models import Dependencia
from sibis.documentos.resguardos import solo_le_llega_su_archivo
from sibis.revision.estados import SentidoDelDictamen
from sibis.revision.models.recorrido import Remision, de_un_expediente, quien

DICTAMEN_INTACTO = solo_le_llega_su_archivo(
    "dictamen_intacto", "Un dictamen emitido no cambia ni se borra."
)


class Dictamen(models.Model):
    """Lo que resolvió una instancia sobre una remisión. Su PDF va firmado y guardado por huella."""

    expediente = de_un_expediente("dictamenes")
    remision = models.ForeignKey(
        Remision,
        models.PROTECT,
        related_name="dictamenes",
        editable=False,
        verbose_name=_("remisión dictaminada"),
    )
    folio = models.CharField(_("folio"), max_length=40, unique=True, editable=False)
    sentido = models.CharField(_("sentido"), max_length=12, choices=SentidoDelDictamen)
    consideraciones = models.TextField(_("consideraciones"), blank=True)
    organo = models.ForeignKey(
        Dependencia, models.PROTECT, related_name="+", editable=False, verbose_name=_("órgano")
    )
    emitido_en = models.DateTimeField(_("emitido en"), default=timezone.now, editable=False)
    emitido_por = quien("dictamenes", _("emitido por"))
    archivo = models.ForeignKey(
        Archivo,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("documento firmado"),
    )

    class Meta:
        verbose_name = _("dictamen")
        verbose_name_plural = _("dictámenes")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(emitido_en__isnull=False, emitido_por__isnull=False),
                name="dictamen_dice_quien_y_cuando",
                violation_error_message=_("Falta decir quién lo emitió o cuándo."),
            )
        ]
        triggers = [DICTAMEN_INTACTO]

    def __str__(self) -> str:
        return self.folio


class ExcepcionDeVeda(models.Model):
    """Permite un paso durante la veda, con su fundamento. Vale con la segunda firma."""

    expediente = de_un_expediente("excepciones_de_veda")
    paso = models.CharField(_("paso"), max_length=30, editable=False)
    fundamento = models.CharField(_("fundamento"), max_length=300)
    razon = models.TextField(_("por qué procede"), max_length=2000)
    pedida_en = models.DateTimeField(_("pedida en"), default=timezone.now, editable=False)
    pedida_por = quien("excepciones_pedidas", _("primera firma"))
    firmada_en = models.DateTimeField(_("firmada en"), null=True, editable=False)
    firmada_por = quien("excepciones_firmadas", _("segunda firma"), vacio=True)

    class Meta:
        verbose_name = _("excepción a la veda")
        verbose_name_plural = _("excepciones a la veda")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["expediente", "paso"],
                name="excepcion_una_por_paso",
                violation_error_message=_("Ya hay una excepción pedida para ese paso."),
            ),
            models.CheckConstraint(
                condition=Q(firmada_en__isnull=True, firmada_por__isnull=True)
                | Q(firmada_en__isnull=False, firmada_por__isnull=False),
                name="excepcion_firmada_en_y_por_juntos",
                violation_error_message=_("Falta decir quién firmó o cuándo."),
            ),
            models.CheckConstraint(
                condition=Q(pedida_en__isnull=False, pedida_por__isnull=False),
                name="excepcion_pedida_en_y_por_juntos",
                violation_error_message=_("Falta decir quién la pidió o cuándo."),
            ),
            models.CheckConstraint(
                condition=Q(firmada_por__isnull=True) | ~Q(firmada_por=F("pedida_por")),
                name="excepcion_la_firman_dos",
                violation_error_message=_("La segunda firma es de otra persona."),
            ),
        ]

    def __str__(self) -> str:
        return f"excepción {self.pk}"
