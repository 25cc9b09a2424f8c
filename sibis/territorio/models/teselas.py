"""Lo que las teselas del mapa leen: centros ya contados por celda, y qué tan nuevo es cada dato."""

from __future__ import annotations

import pgtrigger
from django.contrib.gis.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

SRID_DE_TESELAS = 3857


class CeldaDeCentros(models.Model):
    """Los centros de un cuadrito del mapa en un acercamiento. Se rehace entera; nadie la edita.

    Las cuentas por tipo van juntas en la celda: una celda por tipo multiplica por veinte los
    renglones y la tesela deja de ser pequeña.
    """

    z = models.PositiveSmallIntegerField(_("acercamiento"))
    x = models.IntegerField(_("columna"))
    y = models.IntegerField(_("renglón"))
    lugar = models.PointField(_("centro de sus puntos"), srid=SRID_DE_TESELAS, spatial_index=False)
    total = models.PositiveIntegerField(_("centros"))
    tipos = models.JSONField(_("centros por tipo"))
    # Del único centro de la celda: con ellos el mapa lo muestra como punto y no como «1».
    slug = models.SlugField(_("dirección de su página"), max_length=250, null=True)
    nombre = models.CharField(_("nombre"), max_length=150, null=True)

    class Meta:
        verbose_name = _("celda de centros")
        verbose_name_plural = _("celdas de centros")
        constraints = [
            models.UniqueConstraint(fields=["z", "x", "y"], name="territorio_celda_unica"),
            models.CheckConstraint(
                condition=Q(total=1) | Q(slug__isnull=True),
                name="territorio_celda_nombra_al_unico",
                violation_error_message=_("Solo la celda de un único centro lleva su nombre."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.z}/{self.x}/{self.y}: {self.total}"


class CambioDeCentros(models.Model):
    """Una transacción que tocó centros después de la última cuenta. Lo anota la base, no quien guarda.

    Así una carga, el panel o SQL a mano dejan aviso, y perder el timbre no pierde el trabajo.
    """

    transaccion = models.BigIntegerField(_("transacción"), primary_key=True)

    class Meta:
        verbose_name = _("cambio de centros")
        verbose_name_plural = _("cambios de centros")

    def __str__(self) -> str:
        return str(self.transaccion)


class VersionDeCapa(models.Model):
    """Cuándo cambió por última vez lo que una capa dibuja: de aquí sale la huella de sus teselas."""

    capa = models.CharField(_("capa"), max_length=20, primary_key=True)
    cambio = models.DateTimeField(_("cambió"))

    class Meta:
        verbose_name = _("versión de capa")
        verbose_name_plural = _("versiones de capa")

    def __str__(self) -> str:
        return f"{self.capa} {self.cambio:%Y-%m-%d %H:%M}"


def _al_escribir(nombre: str, que_hace: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=nombre,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=f"{que_hace} RETURN NULL;",
    )


# Un renglón por transacción: dos cargas a la vez no se esperan una a otra.
AVISA_QUE_CAMBIARON = _al_escribir(
    "avisa_que_cambiaron",
    "INSERT INTO territorio_cambiodecentros (transaccion) "
    "VALUES (pg_current_xact_id()::text::bigint) ON CONFLICT DO NOTHING;",
)


def cambia_la_capa(capa: str) -> pgtrigger.Trigger:
    """Los límites cambian pocas veces y de a muchos: basta fechar la capa."""
    return _al_escribir(
        f"fecha_la_capa_{capa}",
        f"INSERT INTO territorio_versiondecapa (capa, cambio) VALUES ('{capa}', now()) "  # noqa: S608
        "ON CONFLICT (capa) DO UPDATE SET cambio = excluded.cambio "
        "WHERE territorio_versiondecapa.cambio <> excluded.cambio;",
    )
