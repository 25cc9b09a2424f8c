"""El programa: lo que permanece cuando cambian el año, el nombre o la dependencia."""

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sibis.cuentas.permisos import Ambito
from sibis.vigencia.models import CLAVE_VALIDA


class TipoDePrograma(models.TextChoices):
    """Distinta aprobación, clave, fechas y forma (dominio: LDBIS y lineamientos de EVALÚA)."""

    PROGRAMA = "programa", _("programa social")
    ACCION = "accion", _("acción social")


# Al cambiar de dirección, por donde sea (panel, carga, SQL), la de antes queda apuntada.
SLUG_ANTERIOR_SE_GUARDA = pgtrigger.Trigger(
    name="slug_anterior_se_guarda",
    when=pgtrigger.After,
    operation=pgtrigger.Update,
    condition=pgtrigger.Q(old__slug__df=pgtrigger.F("new__slug")),
    func="""
        DELETE FROM programas_direccionanterior
            WHERE clase = 'slug' AND valor = NEW.slug AND programa_id = NEW.id;
        INSERT INTO programas_direccionanterior (clase, valor, programa_id, desde)
            VALUES ('slug', OLD.slug, NEW.id, now()) ON CONFLICT DO NOTHING;
        RETURN NULL;
    """,
)
SLUG_DE_NADIE_MAS = pgtrigger.Trigger(
    name="slug_de_nadie_mas",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    func="""
        IF EXISTS (
            SELECT 1 FROM programas_direccionanterior
            WHERE clase = 'slug' AND valor = NEW.slug AND programa_id IS DISTINCT FROM NEW.id
        ) THEN
            RAISE EXCEPTION 'Esa dirección fue de otro programa y sigue llevando a él. Elige otra.'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    """,
)
NO_ES_DE_UN_VIVO = pgtrigger.Trigger(
    name="no_es_de_un_vivo",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    func="""
        IF NEW.clase = 'slug' AND EXISTS (
            SELECT 1 FROM programas_programa WHERE slug = NEW.valor
        ) THEN
            RAISE EXCEPTION 'Esa es la dirección de un programa que existe: no es una de antes.'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    """,
)


class ProgramaQuerySet(models.QuerySet):
    def publicados(self) -> "ProgramaQuerySet":
        """Los que tienen al menos una regla en el portal."""
        return self.filter(fichas__isnull=False).distinct()

    def del_ambito(self, ambito: Ambito) -> "ProgramaQuerySet":
        return self.filter(ambito.filtro())


@pghistory.track(exclude=["huellas_catalogo"])
class Programa(models.Model):
    clave = models.CharField(
        _("clave"),
        max_length=80,
        unique=True,
        validators=[CLAVE_VALIDA],
        help_text=_("Identidad del programa a través de los años; no cambia ni se reutiliza."),
    )
    slug = models.SlugField(_("dirección pública"), max_length=80, unique=True)
    nombre = models.CharField(_("nombre"), max_length=250)
    tipo = models.CharField(_("tipo"), max_length=8, choices=TipoDePrograma)
    dependencia = models.ForeignKey(
        "cuentas.Dependencia",
        models.PROTECT,
        related_name="programas",
        verbose_name=_("dependencia que lo opera hoy"),
    )
    otros_nombres = ArrayField(
        models.CharField(max_length=250), default=list, blank=True, verbose_name=_("otros nombres")
    )
    palabras_clave = ArrayField(
        models.CharField(max_length=60), default=list, blank=True, verbose_name=_("palabras clave")
    )
    huellas_catalogo = models.JSONField(default=dict, blank=True, editable=False)

    objects = ProgramaQuerySet.as_manager()

    class Meta:
        verbose_name = _("programa")
        verbose_name_plural = _("programas")
        ordering = ["nombre"]
        triggers = [SLUG_DE_NADIE_MAS, SLUG_ANTERIOR_SE_GUARDA]

    def __str__(self) -> str:
        return self.nombre

    def get_absolute_url(self) -> str:
        return reverse("programas:programa", args=[self.slug])

    def clean(self) -> None:
        """Una dirección que fue de otro programa sigue llevando a él: no se reutiliza."""
        ajenas = DireccionAnterior.objects.exclude(programa_id=self.pk)
        if ajenas.filter(clase=DireccionAnterior.Clase.SLUG, valor=self.slug).exists():
            raise ValidationError({"slug": _("Esa dirección fue de otro programa y lleva a él.")})

    @property
    def es_accion(self) -> bool:
        return self.tipo == TipoDePrograma.ACCION


class DireccionAnterior(models.Model):
    """Una dirección que alguien guardó o citó; lleva para siempre al programa."""

    class Clase(models.TextChoices):
        SLUG = "slug", _("de este sitio")
        SITIO = "sitio", _("del sitio anterior («programa/565»)")

    clase = models.CharField(_("clase"), max_length=5, choices=Clase, default=Clase.SLUG)
    valor = models.CharField(_("dirección"), max_length=80)
    programa = models.ForeignKey(
        Programa, models.CASCADE, related_name="direcciones", verbose_name=_("programa")
    )
    desde = models.DateTimeField(_("guardada desde"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("dirección anterior")
        verbose_name_plural = _("direcciones anteriores")
        ordering = ["clase", "valor"]
        constraints = [
            models.UniqueConstraint(
                fields=["clase", "valor"],
                name="direccion_lleva_a_un_solo_programa",
                violation_error_message=_("Esa dirección ya lleva a otro programa."),
            )
        ]
        triggers = [NO_ES_DE_UN_VIVO]

    def __str__(self) -> str:
        return self.valor

    def clean(self) -> None:
        if self.clase == self.Clase.SLUG and Programa.objects.filter(slug=self.valor).exists():
            raise ValidationError({"valor": _("Esa es la dirección de un programa que existe.")})
