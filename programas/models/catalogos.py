"""Catálogos del programa social: cada renglón con su norma y su vigencia."""

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from sibis.nucleo.normalizacion import clave_comparable
from sibis.vigencia.models import CatalogoFechado


class AplicaA(models.TextChoices):
    PROGRAMA = "programa", _("programas sociales")
    ACCION = "accion", _("acciones sociales")
    AMBOS = "ambos", _("ambos")


class DerechoSocial(CatalogoFechado):
    """Derecho que el programa garantiza."""

    class Meta(CatalogoFechado.Meta):
        verbose_name = _("derecho social")
        verbose_name_plural = _("derechos sociales")


class GrupoPrioritario(CatalogoFechado):
    """Grupo de atención prioritaria (Constitución Política de la CDMX, art. 11)."""

    class Meta(CatalogoFechado.Meta):
        verbose_name = _("grupo prioritario")
        verbose_name_plural = _("grupos prioritarios")


class TipoDeApoyo(CatalogoFechado):
    class Meta(CatalogoFechado.Meta):
        verbose_name = _("tipo de apoyo")
        verbose_name_plural = _("tipos de apoyo")


class Apartado(CatalogoFechado):
    """Numeral del documento de reglas: la forma del documento también cambia con los años."""

    numeral = models.CharField(_("numeral"), max_length=12)
    ayuda = models.TextField(_("ayuda para quien lo escribe"), blank=True)
    aplica_a = models.CharField(_("aplica a"), max_length=8, choices=AplicaA, default=AplicaA.AMBOS)

    class Meta(CatalogoFechado.Meta):
        verbose_name = _("apartado de las reglas")
        verbose_name_plural = _("apartados de las reglas")

    def __str__(self) -> str:
        return f"{self.numeral} {self.nombre}"


class Leyenda(CatalogoFechado):
    """Texto que la ley obliga a mostrar en todo documento y página de un programa."""

    texto = models.TextField(_("texto"))

    class Meta(CatalogoFechado.Meta):
        verbose_name = _("leyenda obligatoria")
        verbose_name_plural = _("leyendas obligatorias")


class Exigencia(CatalogoFechado):
    """Lo que una regla debe tener antes de enviarse o publicarse; `nombre` es lo que se lee si falta.

    La comprobación de cada clave está en programas/requisitos.py; aquí está si rige y por qué norma.
    """

    class Momento(models.TextChoices):
        ENVIAR = "enviar", _("al enviar")
        PUBLICAR = "publicar", _("al publicar")

    aplica_a = models.CharField(_("aplica a"), max_length=8, choices=AplicaA, default=AplicaA.AMBOS)
    momento = models.CharField(_("momento"), max_length=8, choices=Momento)
    articulo = models.CharField(_("artículo"), max_length=120, blank=True)

    class Meta(CatalogoFechado.Meta):
        verbose_name = _("exigencia")
        verbose_name_plural = _("exigencias")


class AyudaDeCampo(CatalogoFechado):
    """Qué se escribe en un campo de la regla y qué norma lo pide, para quien lo está llenando."""

    campo = models.CharField(
        _("campo"), max_length=120, help_text=_("La clave del campo: «resumen», «apoyos».")
    )
    texto = models.TextField(_("qué se escribe"))
    ejemplo = models.TextField(_("ejemplo"), blank=True)
    articulo = models.CharField(
        _("artículo"), max_length=120, blank=True, help_text=_("Sin verificar: «por confirmar».")
    )
    aplica_a = models.CharField(_("aplica a"), max_length=8, choices=AplicaA, default=AplicaA.AMBOS)

    class Meta(CatalogoFechado.Meta):
        verbose_name = _("ayuda de un campo")
        verbose_name_plural = _("ayudas de los campos")

    @property
    def sustento(self) -> str:
        return ", ".join(filter(None, [self.norma, self.articulo]))


class Sinonimo(models.Model):
    """Palabra de la gente y las palabras del catálogo que quieren decir lo mismo."""

    termino = models.CharField(
        _("término"), max_length=80, unique=True, help_text=_("Como lo dice la gente: «abuelita».")
    )
    equivale_a = ArrayField(
        models.CharField(max_length=80),
        verbose_name=_("equivale a"),
        help_text=_("Como lo dice el catálogo, separado por comas: «persona mayor, adulto mayor»."),
    )
    ida_y_vuelta = models.BooleanField(
        _("vale en los dos sentidos"),
        default=False,
        help_text=_("También quien busca lo del catálogo halla lo que dice el término."),
    )
    activo = models.BooleanField(
        _("en uso"), default=True, help_text=_("Desmárcalo para que la búsqueda ya no lo tome.")
    )
    huellas_catalogo = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        verbose_name = _("sinónimo")
        verbose_name_plural = _("sinónimos")
        ordering = ["termino"]

    def __str__(self) -> str:
        return self.termino

    def clean(self) -> None:
        """Se guarda como se compara, sin acentos ni mayúsculas."""
        self.termino = clave_comparable(self.termino)
        if not self.termino:
            raise ValidationError({"termino": _("Escribe al menos una palabra.")})
        equivalencias = map(clave_comparable, self.equivale_a or [])
        self.equivale_a = list(dict.fromkeys(e for e in equivalencias if e))
        if not self.equivale_a:
            raise ValidationError({"equivale_a": _("Escribe al menos una equivalencia.")})
        if self.termino in self.equivale_a:
            raise ValidationError({"equivale_a": _("Un término no equivale a sí mismo.")})
