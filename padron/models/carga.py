"""La carga: un archivo, o un formulario, que una dependencia entrega para un programa y periodo."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from padron.estados import EN_CURSO, EstadoCarga
from padron.models.opciones import PERIODO_VALIDO, cuando, quien
from padron.models.resguardos import RESGUARDOS_DE_CARGA, RESTRICCIONES_DE_CARGA
from programas.models import Programa, ReglaOperacion
from sibis.archivos.models import Archivo
from sibis.cuentas.models import Dependencia
from sibis.cuentas.permisos import Ambito


class CargaQuerySet(models.QuerySet["Carga"]):
    def del_ambito(self, ambito: Ambito) -> CargaQuerySet:
        return self.filter(ambito.filtro())

    def aplicadas(self) -> CargaQuerySet:
        """Las que hoy forman el padrón: ni canceladas ni sustituidas."""
        return self.filter(estado=EstadoCarga.APLICADA)

    def en_curso(self) -> CargaQuerySet:
        """Las que aún pueden llegar al padrón."""
        return self.filter(estado__in=EN_CURSO)

    def del_mismo_periodo(self, carga: Carga) -> CargaQuerySet:
        """Mismo programa, ejercicio y periodo; sin ella."""
        return self.filter(
            programa=carga.programa_id, ejercicio=carga.ejercicio, periodo=carga.periodo
        ).exclude(pk=carga.pk)


def _cuenta(etiqueta: object, ayuda: object = "") -> models.PositiveIntegerField:
    return models.PositiveIntegerField(etiqueta, null=True, blank=True, help_text=ayuda)


@pgtrigger.register(*RESGUARDOS_DE_CARGA)
@pghistory.track(exclude=["edicion"])
class Carga(models.Model):
    """Lo que se entregó, en qué va y quién respondió por cada paso. El archivo nunca se toca."""

    class Origen(models.TextChoices):
        ARCHIVO = "archivo", _("archivo")
        FORMULARIO = "formulario", _("tecleada en el sistema")
        ORDEN = "orden", _("orden del sistema")

    folio = models.CharField(_("folio"), max_length=20, unique=True, editable=False)
    consecutivo = models.PositiveIntegerField(_("consecutivo"), editable=False)
    programa = models.ForeignKey(
        Programa, models.PROTECT, related_name="cargas", verbose_name=_("programa")
    )
    regla = models.ForeignKey(
        ReglaOperacion,
        models.PROTECT,
        related_name="cargas",
        verbose_name=_("regla vigente al recibirse"),
    )
    ejercicio = models.PositiveSmallIntegerField(
        _("ejercicio"), validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    periodo = models.CharField(
        _("periodo"), max_length=5, default="anual", validators=[PERIODO_VALIDO]
    )
    dependencia = models.ForeignKey(
        Dependencia, models.PROTECT, related_name="cargas", verbose_name=_("dependencia")
    )
    origen = models.CharField(_("origen"), max_length=10, choices=Origen, default=Origen.ARCHIVO)
    archivo = models.ForeignKey(
        Archivo,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="cargas",
        verbose_name=_("archivo"),
    )
    nombre_del_archivo = models.CharField(
        _("cómo se llama el archivo"),
        max_length=120,
        blank=True,
        help_text=_("Sin lo que parezca un dato personal."),
    )
    hoja = models.CharField(_("hoja"), max_length=100, blank=True)
    estado = models.CharField(
        _("estado"),
        max_length=14,
        choices=EstadoCarga,
        default=EstadoCarga.RECIBIDA,
        editable=False,
    )
    lectura = models.JSONField(
        _("qué se reconoció del archivo"), default=dict, blank=True, editable=False
    )
    mapeo = models.JSONField(_("qué es cada columna"), default=dict, blank=True, editable=False)
    sustituye = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="sustitutas",
        verbose_name=_("sustituye a"),
    )
    error = models.TextField(_("por qué no siguió"), blank=True, editable=False)
    edicion = models.PositiveIntegerField(_("edición"), default=0, editable=False)

    # Lo que la dependencia dice que trae: se coteja contra los renglones.
    filas_declaradas = _cuenta(_("renglones declarados"))
    monto_declarado = models.DecimalField(
        _("monto declarado"), max_digits=16, decimal_places=2, null=True, blank=True
    )
    mujeres_declaradas = _cuenta(_("mujeres declaradas"))
    hombres_declarados = _cuenta(_("hombres declarados"))

    # Lo que halló su última pasada terminada.
    pasada = models.ForeignKey(
        "padron.Pasada",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("pasada que vale"),
    )
    filas = models.PositiveIntegerField(_("renglones"), default=0, editable=False)
    validas = models.PositiveIntegerField(_("pueden entrar"), default=0, editable=False)
    con_error = models.PositiveIntegerField(_("con algo que bloquea"), default=0, editable=False)
    con_aviso = models.PositiveIntegerField(_("con aviso"), default=0, editable=False)

    cargada_por = quien(_("cargada por"), vacio=False)
    recibida_en = models.DateTimeField(_("recibida en"), auto_now_add=True)
    presentada_por = quien(_("presentada por"))
    presentada_en = cuando(_("presentada en"))
    devuelta_por = quien(_("devuelta por"))
    devuelta_en = cuando(_("devuelta en"))
    motivo_de_devolucion = models.TextField(_("por qué se devolvió"), blank=True, editable=False)
    aplicada_por = quien(_("aplicada por"))
    aplicada_en = cuando(_("aplicada en"))
    cancelada_por = quien(_("cancelada por"))
    cancelada_en = cuando(_("cancelada en"))

    objects = CargaQuerySet.as_manager()

    class Meta:
        verbose_name = _("carga de padrón")
        verbose_name_plural = _("cargas de padrón")
        ordering = ["-pk"]
        constraints = RESTRICCIONES_DE_CARGA
        indexes = [
            models.Index(fields=["programa", "ejercicio", "periodo"], name="carga_por_periodo"),
            models.Index(fields=["dependencia", "-id"], name="carga_por_dependencia"),
        ]

    def __str__(self) -> str:
        return self.folio

    @property
    def esta_en_curso(self) -> bool:
        return self.estado in EN_CURSO

    @property
    def hay_que_bloquea(self) -> bool:
        return self.con_error > 0
