"""La regla de operación de un programa en un ejercicio: el objeto del que cuelga todo lo demás."""

from typing import Any

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from programas.estados import EDITABLES, EN_CURSO, EN_EL_PORTAL, EstadoRegla
from programas.models.opciones import AccesoSimultaneo, ClaseDeVersion, Residencia, Sexo
from programas.models.programa import Programa
from programas.models.resguardos import RESGUARDOS_DE_REGLA, RESTRICCIONES_DE_REGLA
from sibis.cuentas.permisos import Ambito
from sibis.nucleo.edades import MESES_MAXIMO, rango_en_palabras

CLAVE_DE_PROGRAMA = RegexValidator(
    r"^(\d{3}_\d{2}[A-Z0-9]{4}_[A-Z]|\d{4}_AS_\d{3}_\d{2}[A-Z0-9]{4})$",
    _("La clave se escribe «002_35C001_A» (programa) o «2025_AS_002_02CD14» (acción)."),
)


def monto(etiqueta: Promise, ayuda: str | Promise = "") -> Any:
    """Pesos con centavos; vacío es «la fuente no lo dice», que no es cero."""
    return models.DecimalField(
        etiqueta, max_digits=16, decimal_places=2, null=True, blank=True, help_text=ayuda
    )


class ReglaQuerySet(models.QuerySet):
    def publicadas(self) -> "ReglaQuerySet":
        """La que el portal muestra de cada ejercicio: publicada, suspendida o ya cerrada."""
        return self.filter(estado__in=EN_EL_PORTAL)

    def en_curso(self) -> "ReglaQuerySet":
        """Las que alguien trabaja hoy: ni publicadas ni terminadas."""
        return self.filter(estado__in=EN_CURSO)

    def del_ambito(self, ambito: Ambito) -> "ReglaQuerySet":
        return self.filter(ambito.filtro())


def _quien(nombre: str, etiqueta: str) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name=f"reglas_{nombre}",
        verbose_name=etiqueta,
    )


@pgtrigger.register(*RESGUARDOS_DE_REGLA)
@pghistory.track(exclude=["edicion"])
class ReglaOperacion(models.Model):
    """Una versión de las reglas en un ejercicio. La publicada no se edita: se abre otra versión."""

    class Origen(models.TextChoices):
        CAPTURA = "captura", _("capturada en el sistema")
        CATALOGO = "catalogo", _("catálogo de fuentes públicas")

    programa = models.ForeignKey(
        Programa, models.PROTECT, related_name="reglas", verbose_name=_("programa")
    )
    ejercicio = models.PositiveSmallIntegerField(
        _("ejercicio"), validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    version = models.PositiveSmallIntegerField(_("versión"), default=1, editable=False)
    estado = models.CharField(
        _("estado"),
        max_length=24,
        choices=EstadoRegla,
        default=EstadoRegla.BORRADOR,
        editable=False,
    )
    origen = models.CharField(
        _("origen"), max_length=8, choices=Origen, default=Origen.CAPTURA, editable=False
    )
    edicion = models.PositiveIntegerField(_("edición"), default=0, editable=False)
    huella_catalogo = models.CharField(max_length=64, blank=True, editable=False)
    expediente = models.OneToOneField(
        "expedientes.Expediente",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="regla",
        verbose_name=_("expediente"),
    )

    # Una versión posterior del mismo ejercicio dice qué es y desde qué día rige.
    clase_de_version = models.CharField(
        _("qué es esta versión"),
        max_length=20,
        choices=ClaseDeVersion,
        default=ClaseDeVersion.ORIGINAL,
        editable=False,
    )
    vigente_desde = models.DateField(
        _("rige desde"),
        null=True,
        blank=True,
        help_text=_("Vacío: desde que se publica en la Gaceta."),
    )
    razon_de_la_version = models.TextField(_("qué modifica y por qué"), blank=True, max_length=1000)
    copiada_de = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="copias",
        verbose_name=_("copiada de"),
    )

    # 1. Nombre y entidad responsable
    nombre = models.CharField(_("nombre en el ejercicio"), max_length=250)
    dependencia = models.ForeignKey(
        "cuentas.Dependencia",
        models.PROTECT,
        related_name="reglas",
        verbose_name=_("dependencia responsable"),
    )
    clave_oficial = models.CharField(
        _("clave oficial"), max_length=24, blank=True, validators=[CLAVE_DE_PROGRAMA]
    )
    unidad_responsable = models.CharField(_("área responsable"), max_length=250, blank=True)

    # 2-5. Qué es y para quién
    resumen = models.TextField(
        _("qué es"),
        blank=True,
        max_length=600,
        help_text=_("Una o dos oraciones que cualquiera entienda."),
    )
    a_quien = models.TextField(_("a quién va dirigido"), blank=True, max_length=600)
    objetivo = models.TextField(_("objetivo general"), blank=True)
    derechos = models.ManyToManyField(
        "programas.DerechoSocial", blank=True, verbose_name=_("derechos")
    )
    grupos = models.ManyToManyField(
        "programas.GrupoPrioritario", blank=True, verbose_name=_("grupos prioritarios")
    )
    edad_min_meses = models.PositiveSmallIntegerField(
        _("edad mínima, en meses"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(MESES_MAXIMO)],
        help_text=_("60 años son 720 meses. Las reglas a veces piden años y meses."),
    )
    edad_max_meses = models.PositiveSmallIntegerField(
        _("edad máxima, en meses"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(MESES_MAXIMO)],
        help_text=_("Incluida: «hasta 64 años» es 779 (64 años 11 meses)."),
    )
    sexo = models.CharField(_("sexo"), max_length=6, choices=Sexo, blank=True)
    residencia = models.CharField(
        _("residencia"), max_length=8, choices=Residencia, default=Residencia.SIN_DATO
    )
    residencia_detalle = models.CharField(_("detalle de la residencia"), max_length=300, blank=True)
    alcaldias = models.ManyToManyField(
        "territorio.Alcaldia",
        blank=True,
        verbose_name=_("alcaldías donde opera"),
        help_text=_("Ninguna marcada: toda la ciudad."),
    )

    # 6-7. Metas y dinero (las metas y los apoyos son secciones aparte)
    facilitadores_total = models.PositiveIntegerField(
        _("personas facilitadoras de servicios"), null=True, blank=True
    )
    facilitadores_monto = monto(_("monto para facilitadoras"))
    presupuesto_aprobado = monto(_("presupuesto aprobado"))
    presupuesto_ejercido = monto(_("presupuesto ejercido"))
    presupuesto_trimestres = ArrayField(
        models.DecimalField(max_digits=16, decimal_places=2),
        size=4,
        null=True,
        blank=True,
        verbose_name=_("calendario trimestral"),
        help_text=_("Cuatro importes separados por coma: ene-mar, abr-jun, jul-sep, oct-dic."),
    )
    presupuesto_fuente = models.CharField(
        _("fuente del presupuesto"), max_length=12, blank=True, help_text=_("Clave de la fuente.")
    )
    fecha_inicio = models.DateField(_("fecha de inicio"), null=True, blank=True)
    fecha_fin = models.DateField(_("fecha de término"), null=True, blank=True)

    # 8-17. Acceso y defensa
    como_solicitar = models.TextField(_("cómo se solicita"), blank=True)
    acceso_simultaneo = models.CharField(
        _("¿se puede tener junto con otro apoyo?"),
        max_length=12,
        choices=AccesoSimultaneo,
        default=AccesoSimultaneo.SIN_DATO,
    )
    queja = models.TextField(_("dónde quejarse o inconformarse"), blank=True)
    notas = ArrayField(
        models.TextField(), default=list, blank=True, verbose_name=_("notas al lector")
    )

    # Publicación
    gaceta_numero = models.CharField(_("número de Gaceta"), max_length=20, blank=True)
    gaceta_fecha = models.DateField(_("fecha de Gaceta"), null=True, blank=True)
    coplade_acuerdo = models.CharField(_("acuerdo de COPLADE"), max_length=40, blank=True)
    enlace = models.URLField(_("enlace oficial"), max_length=500, blank=True)

    capturado_por = _quien("capturadas", _("capturado por"))
    enviado_en = models.DateTimeField(_("enviado en"), null=True, blank=True, editable=False)
    enviado_por = _quien("enviadas", _("enviado por"))
    validado_en = models.DateTimeField(_("validado en"), null=True, blank=True, editable=False)
    validado_por = _quien("validadas", _("validado por"))
    aprobado_en = models.DateTimeField(_("aprobado en"), null=True, blank=True, editable=False)
    aprobado_por = _quien("aprobadas", _("aprobado por"))
    publicado_en = models.DateTimeField(_("publicado en"), null=True, blank=True, editable=False)
    publicado_por = _quien("publicadas", _("publicado por"))
    creado_en = models.DateTimeField(_("creado en"), auto_now_add=True)
    actualizado_en = models.DateTimeField(_("actualizado en"), auto_now=True)

    objects = ReglaQuerySet.as_manager()

    class Meta:
        verbose_name = _("regla de operación")
        verbose_name_plural = _("reglas de operación")
        ordering = ["-ejercicio", "nombre", "-version"]
        constraints = RESTRICCIONES_DE_REGLA

    def __str__(self) -> str:
        return f"{self.nombre} {self.ejercicio}"

    def get_absolute_url(self) -> str:
        return reverse("programas:programa_ejercicio", args=[self.programa.slug, self.ejercicio])

    @property
    def es_editable(self) -> bool:
        return self.estado in EDITABLES

    @property
    def edad_texto(self) -> str:
        return rango_en_palabras(self.edad_min_meses, self.edad_max_meses, idioma=translation)

    @property
    def es_modificacion(self) -> bool:
        """Aclara o modifica a otra versión del mismo ejercicio."""
        return self.clase_de_version != ClaseDeVersion.ORIGINAL

    def clean(self) -> None:
        """La clave oficial y las fechas dependen de si es programa o acción social."""
        if self.programa_id is None:
            return
        es_accion = self.programa.es_accion
        if self.clave_oficial and ("_AS_" in self.clave_oficial) != es_accion:
            raise ValidationError(
                {"clave_oficial": _("La clave no corresponde al tipo: las acciones llevan «_AS_».")}
            )
        if (self.fecha_inicio or self.fecha_fin) and not es_accion:
            raise ValidationError(
                {
                    "fecha_inicio": _(
                        "Un programa social dura el ejercicio; solo las acciones llevan fechas."
                    )
                }
            )
