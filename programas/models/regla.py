"""La regla de operación de un programa en un ejercicio: el objeto del que cuelga todo lo demás."""

from typing import Any

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from programas.estados import EDITABLES, EN_CURSO, FLUJO_REGLA, EstadoRegla
from programas.models.programa import Programa
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


class Sexo(models.TextChoices):
    MUJER = "mujer", _("mujeres")
    HOMBRE = "hombre", _("hombres")


class Residencia(models.TextChoices):
    """La residencia es regla de cada programa: hay quien atiende a menores del Estado de México."""

    CIUDAD = "ciudad", _("vivir en la Ciudad de México")
    ALCALDIA = "alcaldia", _("vivir en la alcaldía")
    COLONIAS = "colonias", _("vivir en ciertas colonias")
    NINGUNA = "ninguna", _("no se exige vivir en la ciudad")
    SIN_DATO = "sin_dato", _("la fuente no lo dice")


class AccesoSimultaneo(models.TextChoices):
    SI = "si", _("sí")
    NO = "no", _("no")
    CONDICIONADO = "condicionado", _("depende del otro apoyo")
    SIN_DATO = "sin_dato", _("la fuente no lo dice")


class ReglaQuerySet(models.QuerySet):
    def publicadas(self) -> "ReglaQuerySet":
        return self.filter(estado=EstadoRegla.PUBLICADO)

    def en_curso(self) -> "ReglaQuerySet":
        """Las que alguien trabaja hoy: ni publicadas ni terminadas."""
        return self.filter(estado__in=EN_CURSO)

    def del_ambito(self, ambito: Ambito) -> "ReglaQuerySet":
        return self.filter(ambito.filtro())


def _pareja(campo: str) -> models.CheckConstraint:
    """«validado_en» y «validado_por» van juntos o no van."""
    return models.CheckConstraint(
        condition=Q(**{f"{campo}_en__isnull": True, f"{campo}_por__isnull": True})
        | Q(**{f"{campo}_en__isnull": False, f"{campo}_por__isnull": False}),
        name=f"regla_{campo}_en_y_por_juntos",
        violation_error_message=_("Falta decir quién o cuándo."),
    )


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


# Lo único que cambia en una regla publicada: su estado cuando otra versión la sustituye.
PUBLICADA_INTACTA = pgtrigger.Trigger(
    name="regla_publicada_intacta",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    func="""
        IF OLD.estado IN ('publicado', 'sustituido')
            AND to_jsonb(NEW) - ARRAY['estado', 'edicion', 'actualizado_en']
                IS DISTINCT FROM to_jsonb(OLD) - ARRAY['estado', 'edicion', 'actualizado_en']
        THEN
            RAISE EXCEPTION 'La regla ya se publicó y no cambia. Abre una versión nueva.'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    """,
)
_PUBLICADA = pgtrigger.Q(old__estado__in=[EstadoRegla.PUBLICADO, EstadoRegla.SUSTITUIDO])


@pgtrigger.register(
    pgtrigger.FSM(
        name="regla_flujo",
        field="estado",
        transitions=FLUJO_REGLA.pares(),
    ),
    pgtrigger.Protect(
        name="regla_publicada_no_se_borra",
        operation=pgtrigger.Delete,
        condition=_PUBLICADA,
    ),
    PUBLICADA_INTACTA,
)
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
        max_length=10,
        choices=EstadoRegla,
        default=EstadoRegla.BORRADOR,
        editable=False,
    )
    origen = models.CharField(
        _("origen"), max_length=8, choices=Origen, default=Origen.CAPTURA, editable=False
    )
    edicion = models.PositiveIntegerField(_("edición"), default=0, editable=False)
    huella_catalogo = models.CharField(max_length=64, blank=True, editable=False)

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
    publicado_en = models.DateTimeField(_("publicado en"), null=True, blank=True, editable=False)
    publicado_por = _quien("publicadas", _("publicado por"))
    creado_en = models.DateTimeField(_("creado en"), auto_now_add=True)
    actualizado_en = models.DateTimeField(_("actualizado en"), auto_now=True)

    objects = ReglaQuerySet.as_manager()

    class Meta:
        verbose_name = _("regla de operación")
        verbose_name_plural = _("reglas de operación")
        ordering = ["-ejercicio", "nombre", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["programa", "ejercicio", "version"],
                name="regla_version_unica",
                violation_error_message=_("Ya existe esa versión de la regla en el ejercicio."),
            ),
            models.UniqueConstraint(
                fields=["programa", "ejercicio"],
                condition=Q(estado=EstadoRegla.PUBLICADO),
                name="regla_una_publicada_por_ejercicio",
                violation_error_message=_("Ya hay una versión publicada en ese ejercicio."),
            ),
            models.UniqueConstraint(
                fields=["programa", "ejercicio"],
                condition=Q(estado__in=sorted(EN_CURSO)),
                name="regla_una_en_curso_por_ejercicio",
                violation_error_message=_("Ya hay una versión en trabajo de ese ejercicio."),
            ),
            models.CheckConstraint(
                condition=Q(edad_min_meses__isnull=True)
                | Q(edad_max_meses__isnull=True)
                | Q(edad_max_meses__gte=F("edad_min_meses")),
                name="regla_edades_en_orden",
                violation_error_message=_("La edad máxima es menor que la mínima."),
            ),
            models.CheckConstraint(
                condition=Q(fecha_inicio__isnull=True)
                | Q(fecha_fin__isnull=True)
                | Q(fecha_fin__gte=F("fecha_inicio")),
                name="regla_fechas_en_orden",
                violation_error_message=_("La fecha de término es anterior a la de inicio."),
            ),
            *[
                models.CheckConstraint(
                    condition=Q(**{f"{campo}__isnull": True}) | Q(**{f"{campo}__gte": 0}),
                    name=f"regla_{campo}_no_negativo",
                    violation_error_message=_("El importe no puede ser negativo."),
                )
                for campo in ("presupuesto_aprobado", "presupuesto_ejercido", "facilitadores_monto")
            ],
            *[_pareja(campo) for campo in ("enviado", "validado", "publicado")],
            models.CheckConstraint(
                condition=Q(validado_por__isnull=True)
                | (~Q(validado_por=F("enviado_por")) & ~Q(validado_por=F("capturado_por"))),
                name="regla_no_valida_quien_captura",
                violation_error_message=_("Quien captura o envía no puede validar."),
            ),
            models.CheckConstraint(
                condition=~Q(estado=EstadoRegla.PUBLICADO, origen="captura")
                | (
                    ~Q(gaceta_numero="")
                    & Q(gaceta_fecha__isnull=False)
                    & Q(validado_en__isnull=False)
                ),
                name="regla_publicada_con_gaceta_y_validacion",
                violation_error_message=_("Para publicar faltan la Gaceta o la validación."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nombre} {self.ejercicio}"

    def get_absolute_url(self) -> str:
        return reverse("programas:programa_ejercicio", args=[self.programa.slug, self.ejercicio])

    @property
    def es_editable(self) -> bool:
        return self.estado in EDITABLES

    @property
    def edad_texto(self) -> str:
        return rango_en_palabras(self.edad_min_meses, self.edad_max_meses)

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
