"""El archivo histórico: documentos de los programas, con su fuente, su archivo y su texto."""

from __future__ import annotations

import base64
import hashlib
import secrets

import pghistory
import pgtrigger
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import ExtractYear
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from programas.models.programa import Programa
from sibis.archivos.models import Archivo
from sibis.archivos.tipos import OFICINA, PDF, TEXTO
from sibis.cuentas.permisos import Ambito
from sibis.nucleo.normalizacion import clave_comparable

ANIO_MINIMO, ANIO_MAXIMO = 1900, 2100
LARGO_DE_DIRECCION = 80
# Ni páginas web ni programas: lo que se guarda se abre en cualquier computadora sin peligro.
TIPOS_ADMITIDOS = frozenset({PDF, TEXTO, "image/png", "image/jpeg", "image/tiff", *OFICINA})
_ANIO = [MinValueValidator(ANIO_MINIMO), MaxValueValidator(ANIO_MAXIMO)]


def clave_de(*partes: object) -> str:
    """La misma identidad da la misma clave, aquí y en cualquier instalación: la dirección se repite."""
    identidad = "|".join(clave_comparable(str(p or "")) for p in partes)
    huella = hashlib.sha256(identidad.encode()).digest()
    return base64.b32encode(huella).decode().lower()[:10]


def clave_nueva() -> str:
    return clave_de(secrets.token_hex(16))


class ClaseDeDocumento(models.TextChoices):
    GACETA = "gaceta", _("Gaceta Oficial")
    REGLA = "regla", _("reglas de operación")
    CONVOCATORIA = "convocatoria", _("convocatoria")
    PADRON = "padron", _("padrón publicado")
    EVALUACION_INTERNA = "evaluacion_interna", _("evaluación interna")
    EVALUACION_EXTERNA = "evaluacion_externa", _("evaluación externa")
    INFORME = "informe", _("informe")
    OTRO = "otro", _("otro documento")


class EstadoDeTexto(models.TextChoices):
    """Qué se sabe de lo que el archivo dice por dentro; su frase es la que lee la gente."""

    SIN_ARCHIVO = "sin_archivo", _("no guardamos copia del documento")
    PENDIENTE = "pendiente", _("estamos leyendo su texto; pronto se podrá buscar por dentro")
    LISTO = "listo", _("se puede buscar por dentro")
    PARCIAL = "parcial", _("se puede buscar en sus primeras páginas: es muy largo")
    IMAGEN = "imagen", _("sin texto: es una imagen")
    CIFRADO = "cifrado", _("tiene contraseña y no se pudo leer por dentro")
    ILEGIBLE = "ilegible", _("el archivo está dañado o no se pudo leer por dentro")
    OTRO_TIPO = "otro_tipo", _("no es un PDF: se busca por su título y su resumen")


class DocumentoQuerySet(models.QuerySet):
    def visibles(self) -> DocumentoQuerySet:
        return self.filter(visible=True)

    def por_leer(self) -> DocumentoQuerySet:
        return self.filter(texto_estado=EstadoDeTexto.PENDIENTE, archivo__isnull=False)

    def del_ambito(self, ambito: Ambito) -> DocumentoQuerySet:
        return self.filter(ambito.filtro())


@pgtrigger.register(
    # Su dirección se cita en otros lados: la identidad no cambia.
    pgtrigger.Trigger(
        name="documento_clave_fija",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.Q(old__clave__df=pgtrigger.F("new__clave")),
        func="""
            RAISE EXCEPTION 'La clave de un documento no cambia: su dirección ya se citó.'
                USING ERRCODE = 'check_violation';
        """,
    )
)
@pghistory.track(
    exclude=["vector", "vector_ficha", "texto_estado", "texto_intentos", "texto_tomado_en"]
)
class Documento(models.Model):
    """Puede tenerse el archivo, solo su enlace, o solo saberse dónde se publicó."""

    class Origen(models.TextChoices):
        CATALOGO = "catalogo", _("catálogo de fuentes públicas")
        MANIFIESTO = "manifiesto", _("carga por manifiesto")
        PANEL = "panel", _("capturado en el panel")

    clave = models.CharField(
        _("clave"),
        max_length=12,
        unique=True,
        default=clave_nueva,
        editable=False,
        validators=[RegexValidator(r"^[a-z0-9]{4,12}$")],
    )
    clase = models.CharField(_("clase"), max_length=18, choices=ClaseDeDocumento)
    titulo = models.CharField(_("título"), max_length=300)
    slug = models.SlugField(_("dirección pública"), max_length=LARGO_DE_DIRECCION, editable=False)
    ejercicio = models.PositiveSmallIntegerField(
        _("año del que habla"),
        validators=_ANIO,
        help_text=_("La evaluación de 2015 que se publicó en 2016 es de 2015."),
    )
    fecha = models.DateField(_("fecha de publicación"), null=True, blank=True)
    anio_publicacion = models.PositiveSmallIntegerField(
        _("año de publicación"),
        null=True,
        blank=True,
        validators=_ANIO,
        help_text=_("Si no se sabe el día."),
    )
    programa = models.ForeignKey(
        Programa,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="archivo_historico",
        verbose_name=_("programa"),
    )
    dependencia = models.ForeignKey(
        "cuentas.Dependencia",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="archivo_historico",
        verbose_name=_("dependencia"),
        help_text=_("Vacía: es de toda la ciudad, como un número de la Gaceta."),
    )
    resumen = models.TextField(
        _("resumen"), blank=True, max_length=2000, help_text=_("Con tus palabras, sin copiar.")
    )
    gaceta_numero = models.CharField(_("número de Gaceta"), max_length=20, blank=True)
    fuente = models.CharField(_("quién lo publicó"), max_length=300, blank=True)
    enlace = models.URLField(_("enlace original"), max_length=1000, blank=True)
    archivo = models.ForeignKey(
        "archivos.Archivo",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="documentos",
        verbose_name=_("archivo"),
    )
    paginas = models.PositiveIntegerField(_("páginas"), null=True, blank=True, editable=False)
    visible = models.BooleanField(
        _("visible en el portal"),
        default=True,
        help_text=_("Si se apaga, su dirección dice que el documento se retiró."),
    )
    origen = models.CharField(
        _("origen"), max_length=10, choices=Origen, default=Origen.PANEL, editable=False
    )
    es_demostracion = models.BooleanField(_("es demostración"), default=False, editable=False)
    texto_estado = models.CharField(
        _("texto del archivo"),
        max_length=11,
        choices=EstadoDeTexto,
        default=EstadoDeTexto.SIN_ARCHIVO,
        editable=False,
    )
    texto_intentos = models.PositiveSmallIntegerField(
        _("intentos de lectura"), default=0, editable=False
    )
    texto_tomado_en = models.DateTimeField(
        _("lectura empezada en"), null=True, blank=True, editable=False
    )
    # Todo lo que se busca, páginas incluidas; y aparte lo de la ficha, chico, para ordenar.
    vector = SearchVectorField(_("índice de búsqueda"), null=True, editable=False)
    vector_ficha = SearchVectorField(_("índice de la ficha"), null=True, editable=False)
    creado_en = models.DateTimeField(_("creado en"), auto_now_add=True)
    actualizado_en = models.DateTimeField(_("actualizado en"), auto_now=True)

    objects = DocumentoQuerySet.as_manager()

    class Meta:
        verbose_name = _("documento histórico")
        verbose_name_plural = _("documentos históricos")
        ordering = ["-ejercicio", "titulo", "pk"]
        indexes = [
            # consultas/busqueda_historico.py: `vector @@ consulta`
            GinIndex(fields=["vector"], name="documento_vector"),
            # La misma, sin texto: el orden de la lista y todo lo que se cuenta, sin abrir la tabla
            models.Index(
                F("ejercicio").desc(),
                F("fecha").desc(nulls_last=True),
                "id",
                include=["clase", "dependencia", "programa"],
                condition=Q(visible=True),
                name="documento_por_anio",
            ),
            # tasks.leer_textos: los que faltan, que casi siempre son ninguno
            models.Index(
                fields=["id"],
                condition=Q(texto_estado="pendiente"),
                name="documento_por_leer",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ejercicio__gte=ANIO_MINIMO, ejercicio__lte=ANIO_MAXIMO),
                name="documento_ejercicio_posible",
                violation_error_message=_("El año va de 1900 a 2100."),
            ),
            models.CheckConstraint(
                condition=Q(fecha__isnull=True)
                | Q(anio_publicacion__isnull=False, anio_publicacion=ExtractYear("fecha")),
                name="documento_fecha_y_anio_de_acuerdo",
                violation_error_message=_("La fecha y el año de publicación no coinciden."),
            ),
            models.CheckConstraint(
                condition=Q(archivo__isnull=False) | ~Q(enlace="") | ~Q(fuente=""),
                name="documento_dice_de_donde_sale",
                violation_error_message=_(
                    "Di de dónde sale: sube el archivo, o escribe su enlace o quién lo publicó."
                ),
            ),
            models.CheckConstraint(
                condition=Q(archivo__isnull=True, texto_estado="sin_archivo")
                | (Q(archivo__isnull=False) & ~Q(texto_estado="sin_archivo")),
                name="documento_texto_solo_con_archivo",
                violation_error_message=_("Solo se lee el texto de un archivo guardado."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.titulo} ({self.ejercicio})"

    def get_absolute_url(self) -> str:
        return reverse("programas:documento", args=[self.direccion])

    @property
    def direccion(self) -> str:
        """«evaluacion-interna-2015-k3x9f2a1»: la clave manda, lo demás es para leerse."""
        return f"{self.slug}-{self.clave}" if self.slug else self.clave

    def clean(self) -> None:
        """La dirección sale del título, el año de la fecha, y la dependencia del programa."""
        self.slug = slugify(self.titulo)[:LARGO_DE_DIRECCION].strip("-")
        if self.fecha is not None:
            self.anio_publicacion = self.fecha.year
        if self.dependencia_id is None and self.programa is not None:
            self.dependencia = self.programa.dependencia

    def cambiar_archivo(self, archivo: Archivo) -> None:
        """Lo leído del anterior ya no vale; un PDF espera su turno de lectura."""
        self.archivo, self.paginas = archivo, None
        self.texto_intentos, self.texto_tomado_en = 0, None
        es_pdf = archivo.tipo == PDF
        self.texto_estado = EstadoDeTexto.PENDIENTE if es_pdf else EstadoDeTexto.OTRO_TIPO


class PaginaDeDocumento(models.Model):
    """El texto de una página, para decir en cuál está lo que se busca. Se rehace con el archivo."""

    documento = models.ForeignKey(
        Documento, models.CASCADE, related_name="texto", verbose_name=_("documento")
    )
    numero = models.PositiveIntegerField(_("página"))
    texto = models.TextField(_("texto"))
    vector = SearchVectorField(_("índice de búsqueda"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("página de un documento")
        verbose_name_plural = _("páginas de documentos")
        ordering = ["documento", "numero"]
        constraints = [
            models.UniqueConstraint(fields=["documento", "numero"], name="pagina_una_por_numero"),
            models.CheckConstraint(
                condition=Q(numero__gte=1),
                name="pagina_desde_uno",
                violation_error_message=_("Las páginas se cuentan desde 1."),
            ),
        ]

    def __str__(self) -> str:
        return f"p. {self.numero}"
