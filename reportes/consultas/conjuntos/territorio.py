"""Los lugares y los límites."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from reportes.consultas.conjuntos.piezas import Columna, Conjunto, Tipo

_HOY = "(now() AT TIME ZONE 'America/Mexico_City')::date"


def _vigente(alias: str) -> str:
    """Los que rigen hoy en la Ciudad; los extremos cuentan."""
    return (
        f"coalesce({alias}.vigente_desde <= {_HOY}, true) "
        f"AND coalesce({alias}.vigente_hasta >= {_HOY}, true)"
    )


CENTROS = Conjunto(
    clave="centros",
    titulo=_("Centros y lugares de atención"),
    descripcion=_(
        "Un renglón por lugar abierto donde se pide o se recibe un apoyo: comedores, PILARES, "
        "centros DIF y otros, con su punto en el mapa."
    ),
    columnas=(
        Columna("centro", "c.clave", _("Clave del centro; no cambia.")),
        Columna("nombre", "c.nombre", _("Nombre.")),
        Columna("tipo", "t.clave", _("Clave del tipo de centro.")),
        Columna("tipo_nombre", "t.nombre", _("Tipo de centro.")),
        Columna("direccion", "c.direccion", _("Calle y número.")),
        Columna("colonia", "c.colonia", _("Colonia, como la escribe la fuente.")),
        Columna("alcaldia", "a.clave", _("Clave INEGI de la alcaldía.")),
        Columna("alcaldia_nombre", "a.nombre", _("Alcaldía.")),
        Columna("latitud", "round(ST_Y(c.punto)::numeric, 6)", _("Latitud (WGS 84)."), Tipo.REAL, _("grados")),
        Columna("longitud", "round(ST_X(c.punto)::numeric, 6)", _("Longitud (WGS 84)."), Tipo.REAL, _("grados")),
        Columna("horario", "c.horario", _("Horario, como lo dice la fuente.")),
        Columna("telefono", "c.telefono", _("Teléfono del lugar.")),
        Columna("correo", "c.correo", _("Correo del lugar.")),
        Columna("servicios", "array_to_string(c.servicios, '; ')", _("Servicios, separados por «; ».")),
        Columna("accesibilidad", "c.accesibilidad", _("Rampas, elevador, baño adaptado…")),
        Columna("capacidad", "c.capacidad", _("Personas a la vez."), Tipo.ENTERO, _("personas")),
        Columna("fuente", "c.fuente", _("Quién lo informa.")),
        Columna("fuente_url", "c.fuente_url", _("Dirección de la fuente.")),
        Columna("fecha_corte", "c.fecha_corte", _("Hasta qué día es cierto."), Tipo.FECHA),
        Columna(
            "es_demostracion", "c.es_demostracion",
            _("true: inventado para enseñar el sistema; no lo uses como dato."), Tipo.BOOLEANO,
        ),
    ),
    desde=(
        "territorio_centro c JOIN territorio_tipodecentro t ON t.id = c.tipo_id "
        f"LEFT JOIN territorio_alcaldia a ON a.id = c.alcaldia_id WHERE {_vigente('c')}"
    ),
    orden="c.clave",
    tablas=("territorio_centro", "territorio_tipodecentro", "territorio_alcaldia"),
    geometria="c.punto",
    palabras=(_("centros"), _("mapa"), _("infraestructura social")),
    fecha="SELECT max(fecha_corte) FROM territorio_centro",
)  # fmt: skip

ALCALDIAS = Conjunto(
    clave="alcaldias",
    titulo=_("Límites de las alcaldías"),
    descripcion=_("Las 16 demarcaciones. El GeoJSON trae sus límites; el CSV, su punto interior."),
    columnas=(
        Columna("alcaldia", "a.clave", _("Clave INEGI.")),
        Columna("nombre", "a.nombre", _("Nombre.")),
        Columna(
            "latitud", "round(ST_Y(a.punto_interior)::numeric, 6)",
            _("Latitud de un punto de adentro (WGS 84)."), Tipo.REAL, _("grados"),
        ),
        Columna(
            "longitud", "round(ST_X(a.punto_interior)::numeric, 6)",
            _("Longitud de un punto de adentro (WGS 84)."), Tipo.REAL, _("grados"),
        ),
        Columna(
            "superficie_km2", "round((ST_Area(a.geometria::geography) / 1e6)::numeric, 2)",
            _("Superficie, medida sobre el límite."), Tipo.DECIMAL, "km²",
        ),
    ),
    desde="territorio_alcaldia a",
    orden="a.clave",
    tablas=("territorio_alcaldia",),
    geometria="a.geometria",
    palabras=(_("alcaldías"), _("límites"), _("mapa")),
    frecuencia="IRREG",
)  # fmt: skip

COLONIAS = Conjunto(
    clave="colonias",
    titulo=_("Límites de las colonias"),
    descripcion=_(
        "Colonias, pueblos, barrios y unidades habitacionales según cada fuente. El GeoJSON trae "
        "sus límites."
    ),
    columnas=(
        Columna("fuente", "c.fuente", _("Quién la trazó y cuándo.")),
        Columna("clave", "c.clave", _("Clave en esa fuente.")),
        Columna("nombre", "c.nombre", _("Nombre.")),
        Columna("alcaldia", "a.clave", _("Clave INEGI de su alcaldía.")),
        Columna("alcaldia_nombre", "a.nombre", _("Alcaldía.")),
        Columna(
            "superficie_km2", "round((ST_Area(c.geometria::geography) / 1e6)::numeric, 2)",
            _("Superficie, medida sobre el límite."), Tipo.DECIMAL, "km²",
        ),
        Columna("vigente_desde", "c.vigente_desde", _("Desde cuándo rige."), Tipo.FECHA),
    ),
    desde=(
        "territorio_colonia c LEFT JOIN territorio_alcaldia a ON a.id = c.alcaldia_id "
        f"WHERE {_vigente('c')}"
    ),
    orden="c.fuente, c.clave",
    tablas=("territorio_colonia", "territorio_alcaldia"),
    geometria="c.geometria",
    palabras=(_("colonias"), _("límites"), _("mapa")),
    frecuencia="IRREG",
)  # fmt: skip
