"""El recibo de una carga aplicada: qué se entregó, qué entró y quién respondió. Se emite una vez."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from padron.estados import EstadoCarga
from padron.models.carga import Carga
from padron.models.opciones import juntos, quien
from padron.models.resguardos import no_se_vacia
from programas.models import Programa
from sibis.archivos.models import Archivo
from sibis.cuentas.permisos import Ambito
from sibis.documentos.resguardos import solo_le_llega_su_archivo

# Solo hay recibo de lo que entró al padrón, y su número es el de su carga.
RECIBO_DE_CARGA_APLICADA = pgtrigger.Trigger(
    name="recibo_de_carga_aplicada",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    func="""
        IF NOT EXISTS (
            SELECT 1 FROM padron_carga c WHERE c.id = NEW.carga_id
                AND c.aplicada_en IS NOT NULL AND NEW.folio = 'R' || substr(c.folio, 2)
        ) THEN
            RAISE EXCEPTION 'El recibo es de una carga aplicada, y lleva su mismo número.'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    """,
)


class ReciboQuerySet(models.QuerySet["Recibo"]):
    def vigentes(self) -> ReciboQuerySet:
        """Los de lo que hoy forma el padrón."""
        return self.filter(carga__estado=EstadoCarga.APLICADA)

    def de_programas_publicados(self) -> ReciboQuerySet:
        """Un programa que no está en el portal no se anuncia por su recibo."""
        return self.filter(carga__programa__in=Programa.objects.publicados().values("pk"))

    def del_ambito(self, ambito: Ambito) -> ReciboQuerySet:
        return self.filter(ambito.filtro("carga__dependencia"))


class Recibo(models.Model):
    """La constancia queda congelada al aplicarse la carga; su PDF firmado llega después, una vez."""

    folio = models.CharField(_("folio"), max_length=20, unique=True, editable=False)
    carga = models.OneToOneField(
        Carga, models.PROTECT, related_name="recibo", editable=False, verbose_name=_("carga")
    )
    constancia = models.JSONField(_("constancia"), editable=False)
    sha256 = models.CharField(
        _("huella de la constancia"), max_length=64, unique=True, editable=False
    )
    emitido_en = models.DateTimeField(_("emitido en"), default=timezone.now, editable=False)
    emitido_por = quien(_("emitido por"), vacio=False)
    archivo = models.ForeignKey(
        Archivo,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("documento firmado"),
    )

    objects = ReciboQuerySet.as_manager()

    class Meta:
        verbose_name = _("recibo de padrón")
        verbose_name_plural = _("recibos de padrón")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(folio__regex=r"^R-\d{4}-\d{6,}$"),
                name="recibo_folio_bien_escrito",
                violation_error_message=_("El folio de un recibo se escribe «R-2025-000123»."),
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"),
                name="recibo_huella_bien_escrita",
                violation_error_message=_("La huella son 64 cifras hexadecimales en minúsculas."),
            ),
            juntos("emitido", "recibo"),
        ]
        triggers = [
            RECIBO_DE_CARGA_APLICADA,
            solo_le_llega_su_archivo("recibo_intacto", "Un recibo emitido no cambia ni se borra."),
            no_se_vacia("recibo_no_se_vacia", "El registro de recibos no se vacía."),
        ]

    def __str__(self) -> str:
        return self.folio

    @property
    def es_vigente(self) -> bool:
        return self.carga.estado == EstadoCarga.APLICADA

    @property
    def nombre_de_archivo(self) -> str:
        return f"recibo-{self.folio}.pdf"
