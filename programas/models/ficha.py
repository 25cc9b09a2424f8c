"""Proyección de lo publicado para el portal: lo que se busca y se filtra, ya armado."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _

from programas.models.programa import Programa
from programas.models.regla import ReglaOperacion


def _claves() -> ArrayField:
    return ArrayField(models.CharField(max_length=80), default=list)


class FichaPublica(models.Model):
    """Un renglón por regla publicada. Se rehace entera desde la regla: nunca se edita."""

    regla = models.OneToOneField(
        ReglaOperacion, models.CASCADE, primary_key=True, related_name="ficha"
    )
    programa = models.ForeignKey(Programa, models.CASCADE, related_name="fichas")
    ejercicio = models.PositiveSmallIntegerField()
    es_ultima = models.BooleanField()
    tipo = models.CharField(max_length=8)
    dependencia = models.CharField(max_length=40)
    nombre_comparable = models.CharField(max_length=300)
    derechos = _claves()
    grupos = _claves()
    apoyos = _claves()
    alcaldias = _claves()
    vector = SearchVectorField(null=True)

    class Meta:
        verbose_name = _("ficha pública")
        verbose_name_plural = _("fichas públicas")
        indexes = [
            # consultas/busqueda.py: `vector @@ consulta`
            # Sin lista de espera: después de publicar se busca igual de rápido, sin aguardar al vacuum.
            GinIndex(fields=["vector"], name="ficha_vector", fastupdate=False),
            models.Index(fields=["es_ultima", "ejercicio"], name="ficha_ejercicio"),
        ]

    def __str__(self) -> str:
        return self.nombre_comparable


class RevisionDelPortal(models.Model):
    """Un solo renglón con un número que cambia cuando cambia lo que el portal tiene en memoria.

    Lo mueven disparadores (migración 0006) al tocar fichas, convocatorias o catálogos, en la misma
    transacción. Es la hora en microsegundos: ni borrar la base ni restaurarla repite uno.
    """

    numero = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("revisión del portal")
        verbose_name_plural = _("revisiones del portal")
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="revision_es_una_sola")
        ]

    def __str__(self) -> str:
        return str(self.numero)


class Vocabulario(models.Model):
    """Las palabras del catálogo y sus sinónimos, ya armados para corregir y ampliar búsquedas.

    Un solo renglón que se rehace con las fichas; cada proceso lo tiene en memoria y solo pregunta
    si la versión cambió.
    """

    version = models.PositiveIntegerField(default=0)
    palabras = models.JSONField(default=dict, help_text="{palabra: [raíz, documentos que la usan]}")
    sinonimos = models.JSONField(default=dict, help_text="{término: [equivalencias]}")
    documentos = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("vocabulario")
        verbose_name_plural = _("vocabularios")
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="vocabulario_es_uno_solo")
        ]

    def __str__(self) -> str:
        return f"versión {self.version}"
