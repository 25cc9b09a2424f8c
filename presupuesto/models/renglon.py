"""Los renglones de un corte y su resumen: claves cortas aquí, descripciones aparte y una sola vez."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from presupuesto.models.corte import CorteDeEgresos, importe


def _clave(largo: int) -> models.CharField:
    return models.CharField(max_length=largo, blank=True, default="")


@pgtrigger.register(pgtrigger.Protect(name="renglon_no_se_edita", operation=pgtrigger.Update))
class RenglonDeEgresos(models.Model):
    """Una clave presupuestaria y sus importes. Entra por COPY; nunca se edita."""

    corte = models.ForeignKey(
        CorteDeEgresos, models.CASCADE, related_name="renglones", db_index=False
    )
    fila = models.PositiveIntegerField()
    clave_presupuestaria = _clave(160)
    periodo = _clave(40)
    gobierno_general = _clave(20)
    sector = _clave(120)
    subsector = _clave(60)
    unidad_responsable = _clave(120)
    finalidad = _clave(20)
    funcion = _clave(20)
    subfuncion = _clave(20)
    area_funcional = _clave(40)
    modalidad = _clave(20)
    programa_presupuestario = _clave(120)
    eje = _clave(20)
    objetivo_desarrollo_sostenible = _clave(20)
    tipo_recurso = _clave(20)
    fuente_financiamiento = _clave(20)
    fuente_generica = _clave(20)
    fuente_especifica = _clave(20)
    ciclo_original = _clave(20)
    origen_recurso = _clave(20)
    fondo = _clave(20)
    gasto_programable = _clave(20)
    tipo_gasto = _clave(20)
    capitulo = _clave(20)
    concepto = _clave(20)
    partida_generica = _clave(20)
    partida_especifica = _clave(20)
    consolidado = _clave(20)
    detalle_consolidado = _clave(20)
    proyecto_inv = _clave(60)
    tipo_proyecto = _clave(20)
    monto_aprobado = importe(_("aprobado"))
    monto_modificado = importe(_("modificado"))
    monto_ejercido = importe(_("ejercido"))

    class Meta:
        verbose_name = _("renglón de egresos")
        verbose_name_plural = _("renglones de egresos")
        indexes = [
            # consultas/renglones.py: lo de un programa en un corte; y borrar un corte entero
            models.Index(
                fields=["corte", "programa_presupuestario"], name="renglon_corte_y_programa"
            ),
        ]

    def __str__(self) -> str:
        return self.clave_presupuestaria or f"fila {self.fila}"


class DescripcionDeClave(models.Model):
    """Qué quiere decir una clave en un corte: los nombres cambian de un año a otro."""

    corte = models.ForeignKey(CorteDeEgresos, models.CASCADE, related_name="descripciones")
    clasificador = models.CharField(max_length=40)
    clave = models.CharField(max_length=160)
    descripcion = models.CharField(max_length=500)

    class Meta:
        verbose_name = _("descripción de clave")
        verbose_name_plural = _("descripciones de claves")
        constraints = [
            models.UniqueConstraint(
                fields=["corte", "clasificador", "clave"],
                name="descripcion_una_por_clave",
                violation_error_message=_("Esa clave ya tiene descripción en el corte."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.clave} {self.descripcion}"[:120]


class ResumenDeEgresos(models.Model):
    """Suma por unidad responsable, programa y capítulo. Se rehace; de aquí leen las páginas."""

    corte = models.ForeignKey(
        CorteDeEgresos, models.CASCADE, related_name="resumen", db_index=False
    )
    unidad_responsable = models.CharField(max_length=120, blank=True)
    programa_presupuestario = models.CharField(max_length=120, blank=True)
    capitulo = models.CharField(max_length=20, blank=True)
    dependencia = models.ForeignKey(
        "cuentas.Dependencia", models.SET_NULL, null=True, related_name="+"
    )
    es_social = models.BooleanField(default=False)
    filas = models.PositiveIntegerField(default=0)
    aprobado = importe(_("aprobado"), 20)
    modificado = importe(_("modificado"), 20)
    ejercido = importe(_("ejercido"), 20)

    class Meta:
        verbose_name = _("resumen de egresos")
        verbose_name_plural = _("resúmenes de egresos")
        constraints = [
            models.UniqueConstraint(
                fields=["corte", "programa_presupuestario", "unidad_responsable", "capitulo"],
                name="resumen_uno_por_clave",
                violation_error_message=_("Ese grupo ya está sumado."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.programa_presupuestario} {self.unidad_responsable}".strip()


class TotalDeLoSocial(models.Model):
    """Lo social de un corte ya sumado, entero y por cada dimensión. Se rehace; nunca se edita.

    /presupuesto/ y la portada leen de aquí: con cuatro cortes de 150,000 renglones, sumar el resumen
    en cada visita era lo más caro de la página.
    """

    class Dimension(models.TextChoices):
        TOTAL = "total", _("total")
        PROGRAMA = "programa", _("programa presupuestario")
        DEPENDENCIA = "dependencia", _("unidad responsable")
        ALCALDIA = "alcaldia", _("alcaldía")
        CAPITULO = "capitulo", _("capítulo")

    corte = models.ForeignKey(
        CorteDeEgresos, models.CASCADE, related_name="totales", db_index=False
    )
    dimension = models.CharField(max_length=11, choices=Dimension)
    clave = models.CharField(max_length=120, blank=True)
    nombre = models.CharField(max_length=500, blank=True)
    dependencia = models.ForeignKey(
        "cuentas.Dependencia", models.SET_NULL, null=True, related_name="+"
    )
    aprobado = importe(_("aprobado"), 20)
    modificado = importe(_("modificado"), 20)
    ejercido = importe(_("ejercido"), 20)

    class Meta:
        verbose_name = _("total de lo social")
        verbose_name_plural = _("totales de lo social")
        constraints = [
            models.UniqueConstraint(
                fields=["corte", "dimension", "clave"],
                name="total_uno_por_clave",
                violation_error_message=_("Ese total ya está sumado."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.corte} {self.dimension} {self.clave}".strip()
