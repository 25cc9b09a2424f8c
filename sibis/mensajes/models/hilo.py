"""Una conversación sobre un asunto, o entre órganos y personas, y quién toma parte en ella."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pgtrigger
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Case, Count, Exists, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sibis.expedientes.models import Expediente
from sibis.mensajes.alcance import Alcance, alcance
from sibis.mensajes.models.lectura import Lectura, Mencion
from sibis.mensajes.models.mensaje import Mensaje
from sibis.mensajes.models.participante import Participante

if TYPE_CHECKING:
    from sibis.cuentas.models import Usuario

LARGO_DE_ASUNTO = 200


def _participa(quien: Alcance) -> Exists:
    return Exists(
        Participante.objects.filter(hilo=OuterRef("pk")).filter(
            Q(usuario=quien.usuario) | Q(dependencia__in=quien.organos)
        )
    )


def _le_toca(quien: Alcance) -> Q:
    mencion = Mencion.objects.filter(mensaje__hilo=OuterRef("pk"), usuario=quien.usuario)
    return Q(_participa(quien)) | Q(Exists(mencion))


def _sin_leer(usuario: Usuario) -> Q:
    """Su último mensaje está después de lo que ya leyó. Quien escribe queda al día con lo suyo."""
    al_dia = Lectura.objects.filter(
        hilo=OuterRef("pk"), usuario=usuario, hasta__gte=OuterRef("ultimo")
    )
    return Q(~Exists(al_dia), ultimo__isnull=False)


class HiloQuerySet(models.QuerySet["Hilo"]):
    def visibles_para(self, usuario: Usuario | AnonymousUser) -> HiloQuerySet:
        """Los que esta persona puede ver hoy; los demás, para ella, no existen."""
        quien = alcance(usuario)
        return self.filter(quien.filtro(_participa(quien))) if quien else self.none()

    def que_tocan_a(self, usuario: Usuario | AnonymousUser) -> HiloQuerySet:
        """De los visibles, aquellos en que toma parte o donde la mencionaron."""
        return self.visibles_para(usuario).filter(_le_toca(alcance(usuario)))

    def con_lo_nuevo_para(self, usuario: Usuario) -> HiloQuerySet:
        """Anota `nuevos`: de los que le tocan, cuántos mensajes ajenos hay después de lo leído.

        Quien revisa ve también lo que otros se escriben; eso no le suma pendientes.
        """
        leido = Lectura.objects.filter(hilo=OuterRef("hilo"), usuario=usuario).order_by()
        despues = (
            Mensaje.objects.filter(hilo=OuterRef("pk"))
            .filter(pk__gt=Coalesce(Subquery(leido.values("hasta")[:1]), 0))
            .exclude(autor=usuario)
            .order_by()
            .values("hilo")
            .annotate(cuantos=Count("pk"))
            .values("cuantos")
        )
        cuenta = When(_le_toca(alcance(usuario)), then=Coalesce(Subquery(despues), 0))
        return self.annotate(nuevos=Case(cuenta, default=0, output_field=models.IntegerField()))

    def con_pendiente_para(self, usuario: Usuario) -> HiloQuerySet:
        """Anota `pendiente`: 1 si le toca y trae algo que no ha leído. No abre los mensajes."""
        sin_leer = _le_toca(alcance(usuario)) & _sin_leer(usuario)
        return self.annotate(
            pendiente=Case(When(sin_leer, then=1), default=0, output_field=models.IntegerField())
        )

    def sin_leer_por(self, usuario: Usuario) -> HiloQuerySet:
        """Los que le tocan y traen algo que no ha leído."""
        return self.que_tocan_a(usuario).filter(_sin_leer(usuario))

    def cerrados(self) -> HiloQuerySet:
        return self.filter(cerrado_en__isnull=False)

    def abiertos(self) -> HiloQuerySet:
        return self.filter(cerrado_en__isnull=True)


@pgtrigger.register(
    # Mover un hilo de asunto cambiaría quién lo ve; borrarlo, qué se dijo.
    pgtrigger.Trigger(
        name="hilo_no_cambia_de_asunto",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.AnyChange("expediente", "asunto", "creado_por", "creado_en"),
        func="""
            RAISE EXCEPTION 'Un hilo conserva su asunto y a quien lo abrió: para otro asunto se abre otro hilo.'
                USING ERRCODE = 'check_violation';
        """,
    ),
    pgtrigger.Trigger(
        name="hilo_no_se_borra",
        when=pgtrigger.Before,
        operation=pgtrigger.Delete,
        func="""
            RAISE EXCEPTION 'Un hilo no se borra: se cierra, y su plazo de conservación lo decide una persona.'
                USING ERRCODE = 'check_violation';
        """,
    ),
)
class Hilo(models.Model):
    """Lo que se dice de un asunto, en orden. Quién lo ve: `HiloQuerySet.visibles_para`."""

    expediente = models.ForeignKey(
        Expediente,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="hilos",
        verbose_name=_("expediente"),
        help_text=_("Vacío: es entre órganos o personas, sin un asunto del sistema."),
    )
    asunto = models.CharField(_("asunto"), max_length=LARGO_DE_ASUNTO)
    creado_en = models.DateTimeField(_("abierto en"), default=timezone.now, editable=False)
    creado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        editable=False,
        related_name="hilos_abiertos",
        verbose_name=_("abierto por"),
    )
    cerrado_en = models.DateTimeField(_("cerrado en"), null=True, blank=True, editable=False)
    cerrado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="hilos_cerrados",
        verbose_name=_("cerrado por"),
    )
    ultimo_en = models.DateTimeField(_("último mensaje"), default=timezone.now, editable=False)
    ultimo = models.ForeignKey(
        Mensaje,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("lo último escrito"),
    )
    vector = models.GeneratedField(
        expression=SearchVector("asunto", config="sibis_es"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = HiloQuerySet.as_manager()

    class Meta:
        verbose_name = _("hilo de mensajes")
        verbose_name_plural = _("hilos de mensajes")
        ordering = ["-ultimo_en", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(creado_en__isnull=False, creado_por__isnull=False),
                name="hilo_creado_en_y_por_juntos",
                violation_error_message=_("Un hilo dice quién lo abrió y cuándo."),
            ),
            models.CheckConstraint(
                condition=Q(cerrado_en__isnull=True, cerrado_por__isnull=True)
                | Q(cerrado_en__isnull=False, cerrado_por__isnull=False),
                name="hilo_cerrado_en_y_por_juntos",
                violation_error_message=_("El cierre de un hilo dice quién y cuándo."),
            ),
            models.CheckConstraint(
                condition=~Q(asunto=""),
                name="hilo_con_asunto",
                violation_error_message=_("Escribe de qué trata."),
            ),
        ]
        indexes = [
            models.Index(fields=["-ultimo_en"], name="hilo_ultimo"),  # el orden de la bandeja
            models.Index(fields=["expediente", "-ultimo_en"], name="hilo_de_expediente"),
            GinIndex(fields=["vector"], name="hilo_vector"),  # consultas/busqueda.py
        ]

    def __str__(self) -> str:
        return self.asunto

    def get_absolute_url(self) -> str:
        return reverse("mensajes:hilo", args=[self.pk])

    @property
    def esta_cerrado(self) -> bool:
        return self.cerrado_en is not None

    @property
    def materia(self) -> str:
        """Sobre qué es, para un aviso: el asunto del sistema o, si no hay, el del hilo."""
        return self.expediente.titulo if self.expediente else self.asunto
