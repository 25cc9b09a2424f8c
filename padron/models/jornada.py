"""Un día, o unos días, en que se entrega un apoyo en un lugar a ciertas letras del apellido."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from padron import letras
from padron.estados_de_entrega import FLUJO_JORNADA, EstadoJornada
from padron.models.instrumento import InstrumentoDeEntrega
from padron.models.opciones import PERIODO_VALIDO
from padron.models.resguardos_de_jornada import RESGUARDOS_DE_JORNADA, RESTRICCIONES_DE_JORNADA
from programas.models import FechaDeEntrega, Programa
from sibis.cuentas.models import Dependencia
from sibis.cuentas.permisos import Ambito

# Los llevan los servicios en la transacción de cada anotación; su historia son las entregas mismas.
CUENTAS = (
    *("esperadas", "esperadas_por_letra", "contada_en"),
    *("entregadas", "no_recogidas", "devueltas", "reentregadas", "recogidas_despues"),
    *("monto_entregado", "monto_devuelto"),
)
LETRAS = [(letra, letra) for letra in letras.ALFABETO]


def quien(nombre: str, etiqueta: object) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name=nombre,
        verbose_name=etiqueta,
    )


def _cuenta(etiqueta: object) -> models.PositiveIntegerField:
    return models.PositiveIntegerField(etiqueta, default=0, editable=False)


def _suma(etiqueta: object) -> models.DecimalField:
    return models.DecimalField(
        etiqueta, max_digits=16, decimal_places=2, default=Decimal(0), editable=False
    )


def _centro(nombre: str, etiqueta: object) -> models.ForeignKey:
    return models.ForeignKey(
        "territorio.Centro",
        models.PROTECT,
        null=True,
        blank=True,
        related_name=nombre,
        verbose_name=etiqueta,
    )


def _fecha_publica(etiqueta: object) -> models.ForeignKey:
    return models.ForeignKey(
        FechaDeEntrega,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=etiqueta,
    )


class JornadaQuerySet(models.QuerySet["JornadaDeEntrega"]):
    def publicadas(self) -> JornadaQuerySet:
        return self.filter(estado=EstadoJornada.PUBLICADA)

    def del_ambito(self, ambito: Ambito) -> JornadaQuerySet:
        return self.filter(ambito.filtro())

    def con_lugar(self) -> JornadaQuerySet:
        """Con lo que hace falta para leerla, sin polígonos."""
        return self.select_related(
            "programa", "dependencia", "instrumento", "centro", "tardia_centro"
        )


@pghistory.track(exclude=CUENTAS)
class JornadaDeEntrega(models.Model):
    """Mueve su fecha pública al publicarse o cambiar. Sus cuentas son iguales a las que daría SQL."""

    programa = models.ForeignKey(
        Programa, models.PROTECT, related_name="jornadas_de_entrega", verbose_name=_("programa")
    )
    ejercicio = models.PositiveSmallIntegerField(
        _("ejercicio"), validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    dependencia = models.ForeignKey(
        Dependencia,
        models.PROTECT,
        related_name="jornadas_de_entrega",
        verbose_name=_("dependencia"),
    )
    periodo = models.CharField(
        _("periodo del padrón"),
        max_length=5,
        blank=True,
        validators=[PERIODO_VALIDO],
        help_text=_("El de las cargas de las que sale la lista. Vacío: todas las del año."),
    )
    ministracion = models.PositiveSmallIntegerField(
        _("ministración"),
        default=0,
        validators=[MaxValueValidator(60)],
        help_text=_("Cuál de los pagos es: 1, 2, 3… Cero si solo hay uno."),
    )
    apoyo = models.CharField(
        _("qué parte del apoyo"),
        max_length=80,
        blank=True,
        help_text=_(
            "Solo si no es el apoyo mismo: «tarjeta», cuando el dinero se deposita después."
        ),
    )
    instrumento = models.ForeignKey(
        InstrumentoDeEntrega, models.PROTECT, related_name="+", verbose_name=_("instrumento")
    )
    monto = models.DecimalField(
        _("monto"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("Vacío: el que dice el padrón para cada quien."),
    )
    especie = models.CharField(
        _("qué se entrega"),
        max_length=200,
        blank=True,
        help_text=_("Si no es dinero: «despensa de 12 productos»."),
    )

    desde = models.DateField(_("desde"))
    hasta = models.DateField(_("hasta"))
    hora_desde = models.TimeField(_("de las"), null=True, blank=True)
    hora_hasta = models.TimeField(_("a las"), null=True, blank=True)
    centro = _centro("jornadas_de_entrega", _("centro"))
    lugar = models.CharField(_("lugar, si no es un centro"), max_length=300, blank=True)
    letra_desde = models.CharField(
        _("primer apellido, de la"), max_length=1, choices=LETRAS, default="A"
    )
    letra_hasta = models.CharField(
        _("primer apellido, a la"), max_length=1, choices=LETRAS, default="Z"
    )
    alcaldias = ArrayField(
        models.CharField(max_length=5),
        verbose_name=_("alcaldías"),
        default=list,
        blank=True,
        help_text=_("Claves del INEGI de quienes van a este lugar. Vacío: todas."),
    )
    cupo = models.PositiveIntegerField(_("cupo"), null=True, blank=True)
    notas = models.TextField(_("qué llevar y qué saber"), blank=True, max_length=1_000)

    tardia_desde = models.DateField(_("extemporánea, desde"), null=True, blank=True)
    tardia_hasta = models.DateField(_("extemporánea, hasta"), null=True, blank=True)
    tardia_hora_desde = models.TimeField(_("extemporánea, de las"), null=True, blank=True)
    tardia_hora_hasta = models.TimeField(_("extemporánea, a las"), null=True, blank=True)
    tardia_centro = _centro("jornadas_extemporaneas", _("centro para recoger después"))
    tardia_lugar = models.CharField(
        _("lugar para recoger después, si no es un centro"), max_length=300, blank=True
    )
    tardia_documento = models.CharField(
        _("documento que se pide además"), max_length=200, blank=True
    )

    estado = models.CharField(
        _("estado"),
        max_length=10,
        choices=EstadoJornada,
        default=FLUJO_JORNADA.inicial,
        editable=False,
    )
    motivo = models.CharField(_("motivo"), max_length=500, blank=True, editable=False)
    publicada_en = models.DateTimeField(_("publicada en"), null=True, blank=True, editable=False)
    publicada_por = quien("jornadas_publicadas", _("publicada por"))
    cancelada_en = models.DateTimeField(_("cancelada en"), null=True, blank=True, editable=False)
    cancelada_por = quien("jornadas_canceladas", _("cancelada por"))
    capturada_por = quien("jornadas_capturadas", _("capturada por"))
    fecha_publica = _fecha_publica(_("fecha en el portal"))
    fecha_tardia = _fecha_publica(_("fecha extemporánea en el portal"))
    es_demostracion = models.BooleanField(_("inventada para la demostración"), default=False)

    esperadas = _cuenta(_("esperadas"))
    esperadas_por_letra = models.JSONField(
        _("esperadas por letra"), default=dict, blank=True, editable=False
    )
    contada_en = models.DateTimeField(_("contada en"), null=True, blank=True, editable=False)
    entregadas = _cuenta(_("entregadas"))
    no_recogidas = _cuenta(_("no recogidas"))
    devueltas = _cuenta(_("devueltas"))
    reentregadas = _cuenta(_("entregadas otra vez"))
    recogidas_despues = _cuenta(_("recogidas después"))
    monto_entregado = _suma(_("monto entregado"))
    monto_devuelto = _suma(_("monto devuelto"))

    objects = JornadaQuerySet.as_manager()

    class Meta:
        verbose_name = _("jornada de entrega")
        verbose_name_plural = _("jornadas de entrega")
        ordering = ["desde", "letra_desde", "pk"]
        constraints = RESTRICCIONES_DE_JORNADA
        triggers = RESGUARDOS_DE_JORNADA
        indexes = [
            # El calendario de un programa, en el panel y en su página.
            models.Index(fields=["programa", "ejercicio", "desde"], name="jornada_del_programa"),
            models.Index(fields=["dependencia", "-desde"], name="jornada_de_la_dependencia"),
        ]

    def __str__(self) -> str:
        return f"{self.programa.nombre}, {self.desde:%d/%m/%Y}, {self.letras}"

    @property
    def letras(self) -> str:
        """«A a F»."""
        return letras.en_palabras(self.letra_desde, self.letra_hasta)

    @property
    def es_de_todas_las_letras(self) -> bool:
        return (self.letra_desde, self.letra_hasta) == ("A", "Z")

    @property
    def donde(self) -> str:
        """El nombre del centro con su dirección, o lo escrito."""
        return _nombre_de_lugar(self.centro, self.lugar)

    @property
    def donde_despues(self) -> str:
        """El lugar de la ventana extemporánea; si no dice otro, el mismo."""
        return _nombre_de_lugar(self.tardia_centro, self.tardia_lugar) or self.donde

    @property
    def que_se_entrega(self) -> str:
        return self.apoyo or self.especie or f"apoyo ({self.instrumento.nombre.lower()})"

    @property
    def monto_neto(self) -> Decimal:
        return self.monto_entregado - self.monto_devuelto

    @property
    def anotadas(self) -> int:
        """Personas de las que ya se dijo si recogieron o no."""
        return self.entregadas + self.no_recogidas - self.recogidas_despues

    @property
    def tiene_anotaciones(self) -> bool:
        return bool(self.entregadas or self.no_recogidas)

    @property
    def pendientes(self) -> int:
        return max(0, self.esperadas - self.anotadas)

    @property
    def ultimo_dia(self) -> datetime.date:
        return self.tardia_hasta or self.hasta

    def le_toca(self, letra: str) -> bool:
        de, hasta = letras.lugar(self.letra_desde), letras.lugar(self.letra_hasta)
        return de <= letras.lugar(letra) <= hasta


def _nombre_de_lugar(centro: object, escrito: str) -> str:
    if centro is None:
        return escrito
    partes = (centro.nombre, centro.direccion)  # type: ignore[attr-defined]
    return ", ".join(filter(None, partes))
