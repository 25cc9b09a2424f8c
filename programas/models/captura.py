"""Lo que acompaña a escribir una regla: por dónde va cada sección, lo aún no guardado, lo revisado."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from programas.models.regla import ReglaOperacion


def _de(nombre: str) -> models.ForeignKey:
    return models.ForeignKey(
        ReglaOperacion, models.CASCADE, related_name=nombre, verbose_name=_("regla de operación")
    )


def _quien(etiqueta: str, **opciones: object) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=etiqueta,
        **opciones,  # type: ignore[arg-type]
    )


class EdicionDeSeccion(models.Model):
    """Cuántas veces se ha guardado una sección: quien la abrió antes de la última, lo sabrá."""

    regla = _de("ediciones")
    seccion = models.CharField(_("sección"), max_length=100)
    numero = models.PositiveIntegerField(_("número"), default=0)
    guardada_en = models.DateTimeField(_("guardada en"), null=True, blank=True)
    quien = _quien(_("quién la guardó"), null=True, blank=True)

    class Meta:
        verbose_name = _("edición de una sección")
        verbose_name_plural = _("ediciones de las secciones")
        constraints = [
            models.UniqueConstraint(
                fields=["regla", "seccion"],
                name="edicion_una_por_seccion",
                violation_error_message=_("Esa sección ya lleva su cuenta."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.seccion}: {self.numero}"


class BorradorDeSeccion(models.Model):
    """Lo que una persona lleva escrito de una sección y no ha guardado, tal como lo tecleó."""

    regla = _de("borradores")
    seccion = models.CharField(_("sección"), max_length=100)
    usuario = _quien(_("de quién"))
    contenido = models.JSONField(_("contenido"), default=dict)
    base_edicion = models.PositiveIntegerField(_("edición que abrió"), default=0)
    guardado_en = models.DateTimeField(_("guardado en"), default=timezone.now)

    class Meta:
        verbose_name = _("borrador de una sección")
        verbose_name_plural = _("borradores de las secciones")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["regla", "seccion", "usuario"],
                name="borrador_uno_por_persona_y_seccion",
                violation_error_message=_("Ya tienes un borrador de esa sección."),
            )
        ]

    def __str__(self) -> str:
        return f"borrador {self.pk} de {self.seccion}"


class CampoRevisado(models.Model):
    """Alguien miró un campo copiado de otro año y dijo que sigue igual."""

    regla = _de("revisados")
    campo = models.CharField(_("campo"), max_length=120)
    quien = _quien(_("quién lo revisó"))
    cuando = models.DateTimeField(_("cuándo"), default=timezone.now)

    class Meta:
        verbose_name = _("campo revisado")
        verbose_name_plural = _("campos revisados")
        constraints = [
            models.UniqueConstraint(
                fields=["regla", "campo"],
                name="revisado_uno_por_campo",
                violation_error_message=_("Ese campo ya está revisado."),
            )
        ]

    def __str__(self) -> str:
        return self.campo
