"""Piezas pequeñas de las páginas: íconos, etiquetas de estado, dinero, fechas y páginas."""

import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from sibis.formatos import fechas
from sibis.nucleo import edades

register = template.Library()

_NOMBRE_DE_ICONO = re.compile(r"^[a-z0-9-]+$")
_CONTENIDO_SVG = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)

# Los pedazos de lista ya escritos que cada proceso recuerda: unos cuantos MB.
PIEZAS_RECORDADAS = 4096

# El color de la barra del navegador es atributo de <meta>: el CSS no puede ponerlo.
COLORES_DE_TEMA = {"institucional": "#621132", "neutro": "#17404D", "veda": "#3D4042"}

# (claves que puede traer la etiqueta, ícono): un derecho o grupo nuevo cae en el último.
ICONOS_DE_DERECHO = (
    ("aliment", "salad"),
    ("educa", "school"),
    ("trabajo", "briefcase"),
    ("seguridad", "shield-check"),
    ("protecci", "shield-check"),
    ("ambiente", "leaf"),
    ("vivienda", "home"),
    ("discrimina", "scale"),
    ("igualdad", "scale"),
    ("salud", "stethoscope"),
    ("transporte", "bus"),
    ("movilidad", "bus"),
    ("infraestructura", "building-community"),
    ("cuidado", "heart-handshake"),
    ("deporte", "ball-football"),
    ("cultura", "palette"),
    ("nimo vital", "coin"),
    ("vida", "heart"),
)

# El catálogo nombra cada tipo de centro por lo que es; el dibujo lo pone el portal.
ICONOS_DE_CENTRO = {
    "olla": "soup",
    "plato": "tools-kitchen-2",
    "camion": "truck",
    "cuchara": "ladle",
    "techo": "building-cottage",
    "brujula": "compass",
    "cama": "bed",
    "rehabilitacion": "wheelchair",
    "familia": "users-group",
    "infancia": "baby-carriage",
    "manos": "heart-handshake",
    "libro": "book",
    "sol": "sun-high",
    "luna": "moon-stars",
    "casa": "home-heart",
    "ventanilla": "id-badge-2",
}

MILLON = 1_000_000


@lru_cache(maxsize=128)
def _trazos(nombre: str) -> SafeString:
    """El dibujo de static/img/iconos; es del repositorio, no de una persona."""
    if not _NOMBRE_DE_ICONO.match(nombre):
        raise template.TemplateSyntaxError(f"Nombre de ícono inválido: {nombre!r}")
    archivo = settings.RAIZ / "static" / "img" / "iconos" / f"{nombre}.svg"
    hallado = _CONTENIDO_SVG.search(archivo.read_text(encoding="utf-8"))
    if hallado is None:
        raise template.TemplateSyntaxError(f"{archivo.name} no es un SVG")
    return SafeString(" ".join(hallado.group(1).split()))


@register.simple_tag
def icono(nombre: str, clase: str = "") -> str:
    """{% icono "search" %}: adorno junto a un texto, nunca solo."""
    return _dibujo(nombre, clase)


@lru_cache(maxsize=256)
def _dibujo(nombre: str, clase: str) -> str:
    return format_html(
        '<svg class="icono {}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{}</svg>',
        clase,
        _trazos(nombre),
    )


@register.simple_tag
def icono_de_centro(nombre: str) -> str:
    """El de un tipo de centro; uno que no conocemos es un lugar en el mapa."""
    return icono(ICONOS_DE_CENTRO.get(nombre, "map-pin"))


@register.simple_tag
def icono_de_derecho(nombre: str) -> str:
    plano = str(nombre).lower()
    return icono(next((i for pista, i in ICONOS_DE_DERECHO if pista in plano), "users"))


@register.simple_tag
def marca() -> str:
    """La seña del sitio: una persona sobre un cuenco; no es el escudo de nadie."""
    return format_html(
        '<svg class="marca-sena" viewBox="0 0 32 32" aria-hidden="true" focusable="false">{}</svg>',
        SafeString(
            '<path class="marca-cuenco" d="M2 15h28a14 14 0 0 1-28 0z"/>'
            '<circle class="marca-punto" cx="16" cy="7" r="5"/>'
        ),
    )


@register.simple_tag
def color_de_tema(tema: str | None) -> str:
    return COLORES_DE_TEMA.get(tema or "", COLORES_DE_TEMA["institucional"])


@register.inclusion_tag("componentes/etiqueta_estado.html")
def etiqueta_estado(estado: str | None, texto: str) -> dict[str, str]:
    """{% etiqueta_estado ficha.estado ficha.estado_texto %}; un estado vacío se pinta neutro."""
    return {"estado": (estado or "sin-dato").replace("_", "-"), "texto": texto}


@register.inclusion_tag("componentes/paginacion.html")
def paginacion(paginas: object, que: str = "") -> dict[str, object]:
    """{% paginacion busqueda.paginas "resultados" %}: .actual .total .anterior_url .siguiente_url."""
    return {"paginas": paginas, "que": que}


def _decimal(valor: object) -> Decimal | None:
    try:
        return Decimal(str(valor))
    except InvalidOperation:
        return None


@register.filter
def pesos(valor: object) -> str:
    """6820000000 → «$6,820,000,000»; 3439.46 → «$3,439.46»; vacío → «»."""
    monto = _decimal(valor)
    if monto is None or not monto.is_finite():
        return ""
    centavos = 0 if monto == monto.to_integral_value() else 2
    signo = "−" if monto < 0 else ""
    return signo + _("$%(monto)s") % {"monto": _con_miles(abs(monto), decimales=centavos)}


@register.filter
def pesos_cortos(valor: object) -> str:
    """6820000000 → «$6,820 millones»; por debajo del millón, el número entero."""
    monto = _decimal(valor)
    if monto is None or not monto.is_finite():
        return ""
    if abs(monto) < MILLON:
        return pesos(monto)
    millones = monto / MILLON
    decimales = 0 if millones == millones.to_integral_value() or abs(millones) >= 100 else 1
    texto = _con_miles(abs(millones), decimales=decimales)
    signo = "−" if monto < 0 else ""
    if texto == "1":
        return signo + _("$1 millón")
    return signo + _("$%(millones)s millones") % {"millones": texto}


@register.filter
def miles(valor: object) -> str:
    """1200000 → «1,200,000», sin depender de USE_THOUSAND_SEPARATOR."""
    if type(valor) is int and 0 <= valor < 1000:
        return str(valor)  # las cien cuentas del buscador casi siempre son así: sin rodeos
    numero = _decimal(valor)
    return "" if numero is None or not numero.is_finite() else _con_miles(numero, decimales=0)


def _con_miles(numero: Decimal, *, decimales: int) -> str:
    """number_format corta los decimales que sobran; aquí se redondea antes, como se hace a mano."""
    redondo = numero.quantize(Decimal(1).scaleb(-decimales), rounding=ROUND_HALF_UP)
    return number_format(redondo, decimal_pos=decimales, force_grouping=True)


@register.filter
def porcentaje_de(parte: object, todo: object) -> str:
    """72 % con espacio duro; vacío si no hay con qué comparar."""
    valor, total = _decimal(parte), _decimal(todo)
    if valor is None or not total or not valor.is_finite() or not total.is_finite():
        return ""
    return por_ciento(valor / total * 100)


@register.filter
def por_ciento(valor: object) -> str:
    """72.4 → «72 %» con espacio duro; en inglés, «72%»."""
    numero = _decimal(valor)
    if numero is None or not numero.is_finite():
        return ""
    escrito = _("%(numero)s %%") % {"numero": _con_miles(numero, decimales=0)}
    return escrito.replace(" ", "\u00a0")


@register.filter
def fecha_larga(valor: date | datetime | None) -> str:
    """date(2025, 2, 28) → «28 de febrero de 2025», en la hora de la Ciudad."""
    if valor is None or valor == "":
        return ""
    if isinstance(valor, datetime) and timezone.is_aware(valor):
        valor = timezone.localtime(valor)
    return fechas.fecha_larga(valor)


@register.filter
def edad_en_palabras(meses: int | None) -> str:
    """778 → «64 años 10 meses»."""
    return "" if meses is None else edades.en_palabras(int(meses), idioma=translation)


@register.inclusion_tag("componentes/barra.html")
def barra(valor: object, maximo: object, serie: int = 1) -> dict[str, object]:
    """Barra dibujada con atributos; el número va siempre al lado, en texto. `serie`: 1 a 3."""
    parte, todo = _decimal(valor), _decimal(maximo)
    ancho = Decimal(0)
    if parte is not None and todo and parte.is_finite() and todo.is_finite():
        ancho = max(Decimal(0), min(Decimal(100), parte / todo * 100))
    return {"ancho": f"{ancho:.1f}", "serie": serie}


@register.simple_tag
def pieza(plantilla: str, **datos: object) -> SafeString:
    """{% pieza "programas/_resultado.html" resultado=resultado en_espanol=en_espanol %}

    Como `include … only`, para lo que se repite igual de una página a otra: la plantilla recibe solo
    esos datos, que no cambian (dataclass congelada, texto), y con los mismos ya está escrita.
    """
    escribir = _pieza.__wrapped__ if settings.DEBUG else _pieza
    return escribir(plantilla, translation.get_language(), tuple(datos.items()))


@lru_cache(maxsize=PIEZAS_RECORDADAS)
def _pieza(
    plantilla: str, _idioma: str | None, datos: tuple[tuple[str, object], ...]
) -> SafeString:
    return render_to_string(plantilla, dict(datos))
