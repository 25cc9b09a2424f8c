"""Una obligación aplicada: quién la debe, de qué ejercicio y para qué día."""

import datetime

import pghistory
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Func, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sibis.agenda.estados import DIAS_POR_VENCER, EstadoVencimiento
from sibis.agenda.models.obligacion import Obligacion
from sibis.cuentas.models import Dependencia
from sibis.cuentas.permisos import Ambito
from sibis.expedientes.models import Expediente

E = EstadoVencimiento


class VencimientoQuerySet(models.QuerySet):
    def del_ambito(self, ambito: Ambito) -> "VencimientoQuerySet":
        return self.filter(ambito.filtro())

    def vigentes(self) -> "VencimientoQuerySet":
        """Los que se deben o se cumplieron; no los que quedaron sin efecto."""
        return self.filter(sin_efecto_el__isnull=True)

    def por_cumplir(self) -> "VencimientoQuerySet":
        return self.vigentes().filter(cumplido_que="")

    def en_estado(self, estado: str, hoy: datetime.date | None = None) -> "VencimientoQuerySet":
        """La misma cuenta que `Vencimiento.estado_en`, hecha por la base; una prueba las compara."""
        return self.filter(condicion_de(estado, hoy or timezone.localdate()))


def condicion_de(estado: str, hoy: datetime.date) -> Q:
    abierto = Q(sin_efecto_el__isnull=True, cumplido_que="")
    a_tiempo = abierto & Q(limite__gte=hoy)
    cerca = Q(limite__lte=hoy + datetime.timedelta(days=DIAS_POR_VENCER))
    cumplido = Q(sin_efecto_el__isnull=True) & ~Q(cumplido_que="")
    return {
        E.SIN_EFECTO: Q(sin_efecto_el__isnull=False),
        E.VENCIDO: abierto & Q(limite__lt=hoy),
        E.EN_PRORROGA: a_tiempo & Q(prorrogado_al__isnull=False),
        E.POR_VENCER: a_tiempo & Q(prorrogado_al__isnull=True) & cerca,
        E.PENDIENTE: a_tiempo & Q(prorrogado_al__isnull=True) & ~cerca,
        E.CUMPLIDO: cumplido & Q(cumplido_el__lte=F("limite")),
        E.CUMPLIDO_TARDE: cumplido & Q(cumplido_el__gt=F("limite")),
        E.CUMPLIDO_SIN_FECHA: cumplido & Q(cumplido_el__isnull=True),
    }[E(estado)]


class _Limite(Func):
    """El plazo, o el prorrogado, más la gracia."""

    template = "(COALESCE(prorrogado_al, vence_el) + gracia_dias)"
    output_field = models.DateField()


@pghistory.track(exclude=["limite"])
class Vencimiento(models.Model):
    """Nace solo de los hechos. Lo que se guarda son hechos también; cómo va se calcula al mirarlo."""

    obligacion = models.ForeignKey(
        Obligacion, models.PROTECT, related_name="vencimientos", verbose_name=_("obligación")
    )
    ejercicio = models.PositiveSmallIntegerField(
        _("ejercicio"), validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    trimestre = models.PositiveSmallIntegerField(_("trimestre"), null=True, blank=True)
    dependencia = models.ForeignKey(
        Dependencia, models.PROTECT, related_name="vencimientos", verbose_name=_("dependencia")
    )
    # El programa de que se trata, sin llave: programas está por encima.
    asunto_clave = models.CharField(_("clave del asunto"), max_length=80, blank=True)
    asunto_nombre = models.CharField(_("asunto"), max_length=250, blank=True)

    vence_el = models.DateField(_("vence el"))
    gracia_dias = models.PositiveSmallIntegerField(_("días de gracia"), default=0)
    prorrogado_al = models.DateField(_("prorrogado al"), null=True, blank=True)
    limite = models.GeneratedField(
        expression=_Limite(F("prorrogado_al"), F("vence_el"), F("gracia_dias")),
        output_field=models.DateField(),
        db_persist=True,
        verbose_name=_("último día a tiempo"),
    )
    # Cumplido es que diga con qué; de lo que viene de fuentes públicas a veces no se sabe qué día.
    cumplido_el = models.DateField(_("cumplido el"), null=True, blank=True)
    cumplido_que = models.CharField(_("qué lo cumple"), max_length=300, blank=True)
    cumplido_url = models.CharField(_("dónde se ve"), max_length=500, blank=True)
    anotado_en = models.DateTimeField(_("anotado en"), null=True, blank=True, editable=False)
    anotado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="cumplimientos_anotados",
        verbose_name=_("anotado por"),
    )
    sin_efecto_el = models.DateField(_("sin efecto desde"), null=True, blank=True)
    expediente = models.OneToOneField(
        Expediente, models.PROTECT, related_name="vencimiento", verbose_name=_("expediente")
    )
    creado_el = models.DateField(_("en la agenda desde"), default=timezone.localdate)

    objects = VencimientoQuerySet.as_manager()

    class Meta:
        verbose_name = _("plazo")
        verbose_name_plural = _("plazos")
        ordering = ["limite", "pk"]
        indexes = [
            models.Index(fields=["dependencia", "limite"], name="vencimiento_de_quien"),
            models.Index(
                fields=["limite"],
                condition=Q(cumplido_que="", sin_efecto_el__isnull=True),
                name="vencimiento_por_cumplir",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["obligacion", "ejercicio", "trimestre", "dependencia", "asunto_clave"],
                nulls_distinct=False,
                name="vencimiento_uno_por_deber",
                violation_error_message=_("Ese vencimiento ya está en la agenda."),
            ),
            models.CheckConstraint(
                condition=Q(trimestre__isnull=True) | Q(trimestre__gte=1, trimestre__lte=4),
                name="vencimiento_trimestre_de_1_a_4",
                violation_error_message=_("Los trimestres van del 1 al 4."),
            ),
            models.CheckConstraint(
                condition=Q(prorrogado_al__isnull=True) | Q(prorrogado_al__gt=F("vence_el")),
                name="vencimiento_prorroga_alarga",
                violation_error_message=_("Una prórroga termina después del plazo."),
            ),
            models.CheckConstraint(
                condition=~Q(cumplido_que="") | Q(cumplido_el__isnull=True, cumplido_url=""),
                name="vencimiento_cumplido_con_que",
                violation_error_message=_("Lo cumplido dice con qué se cumplió."),
            ),
            models.CheckConstraint(
                condition=Q(anotado_en__isnull=True, anotado_por__isnull=True)
                | Q(anotado_en__isnull=False, anotado_por__isnull=False, cumplido_el__isnull=False),
                name="vencimiento_anotado_en_y_por_juntos",
                violation_error_message=_("Falta decir quién lo anotó, o cuándo se cumplió."),
            ),
        ]

    def __str__(self) -> str:
        partes = [self.obligacion.nombre, self.asunto_nombre, self.periodo]
        return ", ".join(p for p in partes if p)

    def get_absolute_url(self) -> str:
        return reverse("agenda:vencimiento", args=[self.pk])

    @property
    def periodo(self) -> str:
        """«2026», «cuarto trimestre de 2026»."""
        if self.trimestre is None:
            return str(self.ejercicio)
        return str(_ORDINALES[self.trimestre] % {"anio": self.ejercicio})

    @property
    def plazo(self) -> datetime.date:
        """El día hasta el que hay que cumplir, ya con su prórroga y sin la gracia."""
        return self.prorrogado_al or self.vence_el

    def estado_en(self, hoy: datetime.date) -> EstadoVencimiento:
        if self.sin_efecto_el is not None:
            return E.SIN_EFECTO
        limite = self.plazo + datetime.timedelta(days=self.gracia_dias)
        if self.cumplido_que and self.cumplido_el is None:
            return E.CUMPLIDO_SIN_FECHA
        if self.cumplido_el is not None:
            return E.CUMPLIDO if self.cumplido_el <= limite else E.CUMPLIDO_TARDE
        if hoy > limite:
            return E.VENCIDO
        if self.prorrogado_al is not None:
            return E.EN_PRORROGA
        cerca = (limite - hoy).days <= DIAS_POR_VENCER
        return E.POR_VENCER if cerca else E.PENDIENTE

    @property
    def estado(self) -> EstadoVencimiento:
        return self.estado_en(timezone.localdate())

    def retraso_en(self, hoy: datetime.date) -> int:
        """Días de más, contados desde el último día a tiempo; cero si no hay retraso."""
        if self.sin_efecto_el is not None or (self.cumplido_que and self.cumplido_el is None):
            return 0
        limite = self.plazo + datetime.timedelta(days=self.gracia_dias)
        return max(0, ((self.cumplido_el or hoy) - limite).days)


_ORDINALES: dict[int, Promise] = {
    1: _("primer trimestre de %(anio)s"),
    2: _("segundo trimestre de %(anio)s"),
    3: _("tercer trimestre de %(anio)s"),
    4: _("cuarto trimestre de %(anio)s"),
}
