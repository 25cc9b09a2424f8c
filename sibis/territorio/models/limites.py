"""Alcaldías y colonias: dónde empieza y termina cada una."""

from __future__ import annotations

from django.contrib.gis.db import models
from django.contrib.gis.geos import Point
from django.core.validators import RegexValidator
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sibis.nucleo.normalizacion import clave_comparable
from sibis.territorio.ciudad import SRID
from sibis.territorio.models.expresiones import LA_CIUDAD, CabeEn, Comparable, EsValida
from sibis.territorio.models.teselas import cambia_la_capa
from sibis.vigencia.models import ConVigencia, VigenciaQuerySet

CLAVE_DE_ALCALDIA = RegexValidator(
    r"^090(0[2-9]|1[0-7])$", _("La clave INEGI de una alcaldía va de 09002 a 09017.")
)


def _geometria_valida(nombre: str) -> list[models.CheckConstraint]:
    return [
        models.CheckConstraint(
            condition=EsValida("geometria"),
            name=f"territorio_{nombre}_geometria_valida",
            violation_error_message=_(
                "El polígono se cruza consigo mismo o tiene un anillo abierto."
            ),
        ),
        models.CheckConstraint(
            condition=CabeEn("geometria", LA_CIUDAD),
            name=f"territorio_{nombre}_en_la_ciudad",
            violation_error_message=_("El polígono sale de la Ciudad de México."),
        ),
    ]


class AlcaldiaQuerySet(models.QuerySet["Alcaldia"]):
    def que_contiene(self, punto: Point) -> AlcaldiaQuerySet:
        """La alcaldía donde cae el punto; en el lindero pueden ser dos."""
        return self.filter(geometria__covers=punto)

    def sin_geometria(self) -> AlcaldiaQuerySet:
        """Clave y nombre, sin cargar los polígonos: para listas y filtros."""
        return self.defer("geometria", "punto_interior")


class Alcaldia(models.Model):
    """Una de las 16 demarcaciones. Su clave es la del INEGI, no la de Finanzas (02CD…)."""

    clave = models.CharField(
        _("clave INEGI"), max_length=5, unique=True, validators=[CLAVE_DE_ALCALDIA]
    )
    nombre = models.CharField(_("nombre"), max_length=60)
    geometria = models.MultiPolygonField(_("límite"), srid=SRID)
    punto_interior = models.PointField(
        _("punto interior"),
        srid=SRID,
        spatial_index=False,
        help_text=_("Dónde se escribe su nombre en un mapa."),
    )

    objects = AlcaldiaQuerySet.as_manager()

    class Meta:
        verbose_name = _("alcaldía")
        verbose_name_plural = _("alcaldías")
        ordering = ["clave"]
        constraints = [
            models.CheckConstraint(
                condition=Q(clave__regex=r"^090(0[2-9]|1[0-7])$"),
                name="territorio_alcaldia_clave_inegi",
                violation_error_message=_("La clave INEGI de una alcaldía va de 09002 a 09017."),
            ),
            *_geometria_valida("alcaldia"),
        ]
        triggers = [cambia_la_capa("alcaldias")]

    def __str__(self) -> str:
        return self.nombre


class ColoniaQuerySet(VigenciaQuerySet):
    def que_contiene(self, punto: Point) -> ColoniaQuerySet:
        return self.filter(geometria__covers=punto)

    def buscar(self, texto: str) -> ColoniaQuerySet:
        """Las que tienen todas las palabras, sin importar acentos, mayúsculas ni orden."""
        consulta = self
        for palabra in clave_comparable(texto).split():
            consulta = consulta.filter(comparable__contains=palabra)
        return consulta


class Colonia(ConVigencia):
    """Colonia, pueblo, barrio o unidad habitacional según una fuente; cada fuente traza las suyas."""

    fuente = models.CharField(
        _("fuente"), max_length=80, help_text=_("Quién la trazó y cuándo: «IECM 2016».")
    )
    clave = models.CharField(_("clave en la fuente"), max_length=20)
    nombre = models.CharField(_("nombre"), max_length=150)
    alcaldia = models.ForeignKey(
        Alcaldia,
        verbose_name=_("alcaldía"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="colonias",
    )
    geometria = models.MultiPolygonField(_("límite"), srid=SRID)
    comparable = models.GeneratedField(
        expression=Comparable("nombre"), output_field=models.TextField(), db_persist=True
    )

    objects = ColoniaQuerySet.as_manager()

    class Meta(ConVigencia.Meta):
        verbose_name = _("colonia")
        verbose_name_plural = _("colonias")
        ordering = ["nombre", "clave"]
        constraints = [
            *ConVigencia.Meta.constraints,
            models.UniqueConstraint(
                fields=["fuente", "clave"], name="territorio_colonia_unica_en_su_fuente"
            ),
            *_geometria_valida("colonia"),
        ]
        triggers = [cambia_la_capa("colonias")]

    def __str__(self) -> str:
        return self.nombre
