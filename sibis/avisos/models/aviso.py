"""Lo que se le dijo a cada quien, una sola vez."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sibis.avisos.estados import Cuando
from sibis.avisos.models.correo import CorreoDeAviso

# Una ruta de este sitio: ni «//otro.mx» ni «/\otro.mx», que un navegador lee como otro servidor.
RUTA_PROPIA = r"^/([^/\\[:space:]][^\\[:space:]]*)?$"


# También los lee quien avisa: recorta lo que se lee y rechaza lo que identifica.
LARGOS = {"clase": 40, "hecho": 120, "titulo": 200, "texto": 600, "url": 300}


class AvisoQuerySet(models.QuerySet):
    def no_leidos(self) -> "AvisoQuerySet":
        return self.filter(leido_en__isnull=True)

    def sin_repartir(self) -> "AvisoQuerySet":
        """Los que aún no van en ningún correo y alguien espera en el suyo."""
        return self.filter(correo__isnull=True).exclude(por_correo=Cuando.NUNCA)

    def primero_los_no_leidos(self) -> "AvisoQuerySet":
        return self.order_by(F("leido_en").desc(nulls_first=True), "-creado_en", "-pk")


class Aviso(models.Model):
    """Un hecho contado a una persona del personal. La base niega el repetido."""

    para = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        editable=False,
        related_name="avisos",
        verbose_name=_("para"),
    )
    clase = models.CharField(_("clase"), max_length=LARGOS["clase"], editable=False)
    hecho = models.CharField(_("hecho"), max_length=LARGOS["hecho"], editable=False)
    titulo = models.CharField(_("título"), max_length=LARGOS["titulo"], editable=False)
    texto = models.CharField(_("texto"), max_length=LARGOS["texto"], blank=True, editable=False)
    url = models.CharField(_("a dónde lleva"), max_length=LARGOS["url"], editable=False)
    urgente = models.BooleanField(_("urgente"), default=False, editable=False)
    # Lo que la persona había elegido ese día: cambiarlo después no desentierra avisos viejos.
    por_correo = models.CharField(
        _("por correo"), max_length=14, choices=Cuando, default=Cuando.AL_MOMENTO, editable=False
    )
    correo = models.ForeignKey(
        CorreoDeAviso,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="avisos",
        verbose_name=_("correo en que salió"),
    )
    creado_en = models.DateTimeField(_("creado en"), default=timezone.now, editable=False)
    leido_en = models.DateTimeField(_("leído en"), null=True, editable=False)

    objects = AvisoQuerySet.as_manager()

    class Meta:
        verbose_name = _("aviso al personal")
        verbose_name_plural = _("avisos al personal")
        ordering = ["-creado_en", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["para", "hecho"], name="aviso_una_vez_a_cada_quien"),
            models.CheckConstraint(
                condition=Q(url__regex=RUTA_PROPIA),
                name="aviso_lleva_dentro_del_sitio",
                violation_error_message=_("Un aviso lleva a una página de este sitio."),
            ),
            models.CheckConstraint(
                condition=~Q(clase="") & ~Q(hecho="") & ~Q(titulo=""),
                name="aviso_completo",
                violation_error_message=_("Un aviso dice de qué clase es, qué pasó y su título."),
            ),
            models.CheckConstraint(
                condition=~Q(urgente=True) | Q(por_correo=Cuando.AL_MOMENTO),
                name="aviso_urgente_al_momento",
                violation_error_message=_("Lo urgente se manda en cuanto pasa."),
            ),
        ]
        indexes = [
            models.Index(fields=["para", "leido_en", "-creado_en"], name="aviso_bandeja"),
            models.Index(
                fields=["por_correo", "creado_en"],
                condition=Q(correo__isnull=True),
                name="aviso_sin_correo",
            ),
        ]

    def __str__(self) -> str:
        return self.titulo
