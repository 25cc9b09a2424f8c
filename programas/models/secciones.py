"""Secciones de la regla: listas con renglones, porque nunca son un solo número ni un solo texto."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programas.models.catalogos import Apartado
from programas.models.programa import Programa
from programas.models.regla import ReglaOperacion
from programas.models.resguardos import DE_PUBLICADA_INTACTA, NO_SE_VACIA


def de_la_regla(nombre: str) -> models.ForeignKey:
    return models.ForeignKey(
        ReglaOperacion, models.CASCADE, related_name=nombre, verbose_name=_("regla de operación")
    )


class Seccion(models.Model):
    """Renglón de una regla, en su orden. Quien copia una versión copia todas sus secciones."""

    regla: models.ForeignKey[ReglaOperacion, ReglaOperacion]
    orden = models.PositiveSmallIntegerField(_("orden"), default=0)

    class Meta:
        abstract = True
        ordering = ["orden", "pk"]
        triggers = [DE_PUBLICADA_INTACTA, NO_SE_VACIA]


@pghistory.track()
class Fuente(Seccion):
    """De dónde salió una cifra: sin fuente y fecha no se muestra ningún número."""

    class Clase(models.TextChoices):
        GACETA = "gaceta", _("Gaceta Oficial")
        OFICIAL = "oficial", _("página oficial")
        PRENSA = "prensa", _("prensa")
        INDICE = "indice", _("índice de publicación")
        CAPTURA = "captura", _("captura de la dependencia")

    regla = de_la_regla("fuentes")
    clave = models.CharField(_("clave"), max_length=12)
    texto = models.CharField(_("texto"), max_length=400)
    url = models.URLField(_("dirección"), max_length=500, blank=True)
    fecha = models.DateField(_("fecha de la fuente"), null=True, blank=True)
    clase = models.CharField(_("clase"), max_length=8, choices=Clase, default=Clase.CAPTURA)

    class Meta(Seccion.Meta):
        verbose_name = _("fuente")
        verbose_name_plural = _("fuentes")
        constraints = [
            models.UniqueConstraint(
                fields=["regla", "clave"],
                name="fuente_clave_unica_en_la_regla",
                violation_error_message=_("Otra fuente de la regla ya usa esa clave."),
            )
        ]

    def __str__(self) -> str:
        return self.texto


@pghistory.track()
class Requisito(Seccion):
    class Clase(models.TextChoices):
        CONDICION = "condicion", _("requisito")
        DOCUMENTO = "documento", _("documento")

    regla = de_la_regla("requisitos")
    clase = models.CharField(_("clase"), max_length=9, choices=Clase, default=Clase.CONDICION)
    numeral = models.CharField(_("numeral"), max_length=12, blank=True)
    texto = models.CharField(_("texto"), max_length=600)

    class Meta(Seccion.Meta):
        verbose_name = _("requisito o documento")
        verbose_name_plural = _("requisitos y documentos")

    def __str__(self) -> str:
        return self.texto[:80]


@pghistory.track()
class Compatibilidad(Seccion):
    """Con qué otro apoyo se puede o no tener a la vez; del sistema o de fuera."""

    class Clase(models.TextChoices):
        COMPATIBLE = "compatible", _("compatible")
        INCOMPATIBLE = "incompatible", _("incompatible")
        CONDICIONADA = "condicionada", _("condicionada")

    regla = de_la_regla("compatibilidades")
    clase = models.CharField(_("clase"), max_length=12, choices=Clase)
    programa = models.ForeignKey(
        Programa,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("programa"),
    )
    nombre = models.CharField(_("nombre del otro apoyo"), max_length=250, blank=True)
    condicion = models.CharField(_("condición"), max_length=300, blank=True)

    class Meta(Seccion.Meta):
        verbose_name = _("compatibilidad")
        verbose_name_plural = _("compatibilidades")
        constraints = [
            models.CheckConstraint(
                condition=Q(programa__isnull=False) | ~Q(nombre=""),
                name="compatibilidad_dice_con_quien",
                violation_error_message=_(
                    "Di con qué apoyo: elige un programa o escribe su nombre."
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_clase_display()}: {self.programa or self.nombre}"


@pghistory.track()
class Alineacion(Seccion):
    """A qué meta de otro instrumento contribuye: Programa de Gobierno, ODS, derechos humanos."""

    regla = de_la_regla("alineaciones")
    instrumento = models.CharField(_("instrumento"), max_length=160)
    texto = models.CharField(_("a qué contribuye"), max_length=400)

    class Meta(Seccion.Meta):
        verbose_name = _("alineación")
        verbose_name_plural = _("alineaciones")

    def __str__(self) -> str:
        return f"{self.instrumento}: {self.texto}"[:120]


@pghistory.track()
class TextoApartado(Seccion):
    """El texto de un numeral; de todos juntos sale el documento que va a la Gaceta."""

    regla = de_la_regla("textos")
    apartado = models.ForeignKey(Apartado, models.PROTECT, verbose_name=_("apartado"))
    texto = models.TextField(_("texto"))

    class Meta(Seccion.Meta):
        verbose_name = _("apartado del documento")
        verbose_name_plural = _("apartados del documento")
        ordering = ["apartado__orden"]
        constraints = [
            models.UniqueConstraint(
                fields=["regla", "apartado"],
                name="texto_uno_por_apartado",
                violation_error_message=_("Ese apartado ya tiene texto."),
            )
        ]

    def __str__(self) -> str:
        return str(self.apartado)
