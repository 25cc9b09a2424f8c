"""El corte: un archivo de egresos cargado entero, con las sumas que lo comprueban."""

import pgtrigger
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


def importe(etiqueta: object, digitos: int = 18) -> models.DecimalField:
    """Pesos con centavos, también negativos; vacío es «el archivo no lo dice», que no es cero."""
    return models.DecimalField(
        etiqueta, max_digits=digitos, decimal_places=2, null=True, blank=True
    )


class Momento(models.TextChoices):
    """De qué momento del año son las cifras; los trimestres son acumulados."""

    APROBADO = "aprobado", _("presupuesto aprobado")
    T1 = "t1", _("enero a marzo")
    T2 = "t2", _("enero a junio")
    T3 = "t3", _("enero a septiembre")
    T4 = "t4", _("enero a diciembre")
    CUENTA_PUBLICA = "cp", _("Cuenta Pública")


# De menos a más reciente dentro de un ejercicio.
ORDEN_DE_MOMENTOS = tuple(Momento.values)


class Disposicion(models.TextChoices):
    """Qué clase de archivo es: cada una se lee a su manera y no se suma con las otras."""

    EGRESOS = "egresos", _("egresos por clave presupuestaria")
    POR_PROGRAMA = "por_programa", _("totales por programa presupuestario")
    NOMBRADOS = "nombrados", _("lista de programas con nombre y monto")


# Las que cubren todo el gasto de la Ciudad: de la mejor a la que solo da totales.
DE_TODA_LA_CIUDAD = (Disposicion.EGRESOS, Disposicion.POR_PROGRAMA)


class CorteQuerySet(models.QuerySet["CorteDeEgresos"]):
    def vigentes(self) -> "CorteQuerySet":
        return self.filter(estado=CorteDeEgresos.Estado.VIGENTE)


@pgtrigger.register(
    pgtrigger.Trigger(
        name="corte_sumas_intactas",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        func="""
            IF to_jsonb(NEW) - ARRAY['estado', 'fuente', 'fuente_url', 'fecha_corte']
                IS DISTINCT FROM to_jsonb(OLD) - ARRAY['estado', 'fuente', 'fuente_url', 'fecha_corte']
            THEN
                RAISE EXCEPTION 'Las sumas de un corte cargado no cambian. Carga el archivo corregido.'
                    USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """,
    ),
    # Se revisa al confirmar la transacción: para entonces ya entraron los renglones.
    pgtrigger.Trigger(
        name="corte_cuadra",
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        timing=pgtrigger.Deferred,
        declare=[("suma", "record")],
        func="""
            IF NOT EXISTS (
                SELECT FROM presupuesto_cortedeegresos WHERE id = NEW.id AND estado = 'vigente'
            ) THEN
                RETURN NULL;
            END IF;
            SELECT count(*) AS filas, sum(monto_aprobado) AS aprobado,
                sum(monto_modificado) AS modificado, sum(monto_ejercido) AS ejercido
            INTO suma FROM presupuesto_renglondeegresos WHERE corte_id = NEW.id;
            IF (suma.filas, suma.aprobado, suma.modificado, suma.ejercido) IS DISTINCT FROM
                (NEW.filas::bigint, NEW.total_aprobado, NEW.total_modificado, NEW.total_ejercido)
            THEN
                RAISE EXCEPTION 'Las sumas del corte no son las de sus renglones.'
                    USING ERRCODE = 'check_violation';
            END IF;
            RETURN NULL;
        """,
    ),
)
class CorteDeEgresos(models.Model):
    """Un archivo de un ejercicio y momento. Al corregirse queda sustituido, con sus sumas."""

    class Estado(models.TextChoices):
        VIGENTE = "vigente", _("vigente")
        SUSTITUIDO = "sustituido", _("sustituido")

    ejercicio = models.PositiveSmallIntegerField(
        _("ejercicio"), validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    momento = models.CharField(_("momento"), max_length=8, choices=Momento)
    disposicion = models.CharField(_("clase de archivo"), max_length=12, choices=Disposicion)
    estado = models.CharField(
        _("estado"), max_length=10, choices=Estado, default=Estado.VIGENTE, editable=False
    )
    archivo = models.CharField(_("archivo"), max_length=255)
    sha256 = models.CharField(
        _("huella SHA-256"),
        max_length=64,
        validators=[RegexValidator(r"^[0-9a-f]{64}$", _("Son 64 letras y números."))],
    )
    codificacion = models.CharField(_("codificación"), max_length=12, blank=True)
    filas = models.PositiveIntegerField(_("renglones"))
    total_aprobado = importe(_("suma de aprobado"), 20)
    total_modificado = importe(_("suma de modificado"), 20)
    total_ejercido = importe(_("suma de ejercido"), 20)
    fuente = models.CharField(_("fuente"), max_length=300, blank=True)
    fuente_url = models.URLField(_("dirección de la fuente"), max_length=500, blank=True)
    fecha_corte = models.DateField(_("fecha de corte"), help_text=_("Hasta cuándo es cierto."))
    es_demostracion = models.BooleanField(_("demostración"), default=False, editable=False)
    cargado_en = models.DateTimeField(_("cargado el"), auto_now_add=True)
    responsable = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("quién lo cargó"),
    )

    objects = CorteQuerySet.as_manager()

    class Meta:
        verbose_name = _("corte de egresos")
        verbose_name_plural = _("cortes de egresos")
        ordering = ["-ejercicio", "-cargado_en"]
        constraints = [
            models.UniqueConstraint(
                fields=["ejercicio", "momento", "disposicion"],
                condition=Q(estado="vigente"),
                name="corte_un_vigente_por_momento",
                violation_error_message=_("Ese ejercicio y momento ya tienen un corte vigente."),
            ),
            models.CheckConstraint(
                condition=Q(ejercicio__gte=2000, ejercicio__lte=2100),
                name="corte_ejercicio_posible",
                violation_error_message=_("El ejercicio va de 2000 a 2100."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ejercicio} · {self.get_momento_display()}"

    @property
    def clave(self) -> str:
        """Como se escribe en la orden: «2024-cp»."""
        return f"{self.ejercicio}-{self.momento}"
