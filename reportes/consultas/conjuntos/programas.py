"""Lo publicado de cada programa: el programa, sus reglas por año, sus apoyos y sus requisitos."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from reportes.consultas.conjuntos.piezas import Columna, Conjunto, Tipo

PROGRAMA = Columna(
    "programa", "p.clave", _("Clave del programa; no cambia con los años. Une los conjuntos.")
)
NOMBRE = Columna("nombre", "r.nombre", _("Nombre del programa en ese ejercicio."))
EJERCICIO = Columna("ejercicio", "r.ejercicio", _("Año de las reglas."), Tipo.ENTERO, _("año"))
_VERSION = Columna(
    "version", "r.version", _("Versión de las reglas dentro del año; se publica la última."),
    Tipo.ENTERO,
)  # fmt: skip

_PUBLICADAS = (
    "programas_reglaoperacion r JOIN programas_programa p ON p.id = r.programa_id "
    "JOIN cuentas_dependencia d ON d.id = r.dependencia_id"
)
_TABLAS = ("programas_programa", "programas_reglaoperacion", "cuentas_dependencia")


def _claves(tabla: str, columna: str, catalogo: str) -> str:
    """Las claves de una relación de muchos a muchos, separadas por «; » y en orden."""
    return (
        f"(SELECT string_agg(c.clave, '; ' ORDER BY c.clave) FROM {tabla} m "  # noqa: S608
        f"JOIN {catalogo} c ON c.id = m.{columna} WHERE m.reglaoperacion_id = r.id)"
    )


def _poblacion(clase: str, que: str = "total") -> str:
    return (
        f"(SELECT o.{que} FROM programas_poblacion o "  # noqa: S608
        f"WHERE o.regla_id = r.id AND o.clase = '{clase}')"
    )


PROGRAMAS = Conjunto(
    clave="programas",
    titulo=_("Programas y acciones sociales"),
    descripcion=_(
        "Un renglón por programa o acción social con reglas publicadas, como se ve en su año más "
        "reciente."
    ),
    columnas=(
        PROGRAMA,
        NOMBRE,
        Columna("tipo", "p.tipo", _("«programa» (dura el año) o «accion» (con fechas).")),
        Columna("dependencia", "d.clave", _("Clave de la dependencia responsable.")),
        Columna(
            "dependencia_nombre",
            "d.nombre",
            _("Nombre de la dependencia hoy."),
        ),
        Columna(
            "ultimo_ejercicio", "r.ejercicio", _("Año de las reglas más recientes."),
            Tipo.ENTERO, _("año"),
        ),
        Columna(
            "ejercicios",
            "(SELECT string_agg(o.ejercicio::text, '; ' ORDER BY o.ejercicio) "
            "FROM programas_fichapublica o WHERE o.programa_id = p.id)",
            _("Años con reglas publicadas aquí, separados por «; »."),
        ),
        Columna("que_es", "r.resumen", _("Qué es, en una o dos oraciones.")),
        Columna("a_quien", "r.a_quien", _("A quién va dirigido.")),
        Columna(
            "derechos",
            _claves("programas_reglaoperacion_derechos", "derechosocial_id", "programas_derechosocial"),
            _("Claves de los derechos que garantiza, separadas por «; »."),
        ),
        Columna(
            "grupos",
            _claves("programas_reglaoperacion_grupos", "grupoprioritario_id", "programas_grupoprioritario"),
            _("Claves de los grupos prioritarios, separadas por «; »."),
        ),
        Columna(
            "alcaldias",
            _claves("programas_reglaoperacion_alcaldias", "alcaldia_id", "territorio_alcaldia"),
            _("Claves INEGI de las alcaldías donde opera; vacío es toda la ciudad."),
        ),
        Columna("pagina", "'/programas/' || p.slug || '/'", _("Ruta de su página en este sitio.")),
    ),
    desde=f"programas_fichapublica f JOIN {_PUBLICADAS} ON f.regla_id = r.id AND f.es_ultima",
    orden="p.clave",
    tablas=(
        *_TABLAS,
        "programas_fichapublica",
        "programas_reglaoperacion_derechos",
        "programas_reglaoperacion_grupos",
        "programas_reglaoperacion_alcaldias",
        "programas_derechosocial",
        "programas_grupoprioritario",
        "territorio_alcaldia",
    ),
    palabras=(_("programas sociales"), _("acciones sociales"), _("bienestar")),
    fecha="SELECT (max(actualizado_en) AT TIME ZONE 'America/Mexico_City')::date FROM programas_reglaoperacion WHERE estado IN ('publicado', 'suspendido', 'cerrado')",
)  # fmt: skip

REGLAS = Conjunto(
    clave="reglas",
    titulo=_("Reglas de operación por año"),
    descripcion=_(
        "Un renglón por programa y año con reglas publicadas: a quién va, cuánto presupuesto "
        "aprobado dicen las reglas, a cuántas personas y en qué Gaceta salieron."
    ),
    columnas=(
        Columna(
            "regla", "p.clave || '.' || r.ejercicio || '.' || r.version",
            _("Identificador de la regla: programa, año y versión. Es el de la API."),
        ),
        PROGRAMA,
        EJERCICIO,
        _VERSION,
        NOMBRE,
        Columna("clave_oficial", "r.clave_oficial", _("Clave oficial del programa en ese año.")),
        Columna("dependencia", "d.clave", _("Clave de la dependencia responsable.")),
        Columna("unidad_responsable", "r.unidad_responsable", _("Área que lo opera.")),
        Columna("objetivo", "r.objetivo", _("Objetivo general.")),
        Columna("a_quien", "r.a_quien", _("A quién va dirigido.")),
        Columna("edad_min_meses", "r.edad_min_meses", _("Edad mínima."), Tipo.ENTERO, _("meses")),
        Columna(
            "edad_max_meses", "r.edad_max_meses", _("Edad máxima, incluida."),
            Tipo.ENTERO, _("meses"),
        ),
        Columna("sexo", "r.sexo", _("«mujer» u «hombre»; vacío si es para todas las personas.")),
        Columna("residencia", "r.residencia", _("Dónde hay que vivir; «sin_dato» si no se dice.")),
        Columna(
            "poblacion_objetivo", _poblacion("objetivo"),
            _("Personas a las que busca llegar."), Tipo.ENTERO, _("personas"),
        ),
        Columna(
            "poblacion_beneficiaria", _poblacion("beneficiaria"),
            _("Personas que planea atender."), Tipo.ENTERO, _("personas"),
        ),
        Columna(
            "presupuesto_aprobado", "r.presupuesto_aprobado",
            _("Presupuesto aprobado que dicen las reglas."), Tipo.DECIMAL, _("pesos"),
        ),
        Columna(
            "presupuesto_ejercido", "r.presupuesto_ejercido",
            _("Presupuesto ejercido, si la fuente lo dice."), Tipo.DECIMAL, _("pesos"),
        ),
        Columna(
            "acceso_simultaneo", "r.acceso_simultaneo",
            _("Si se puede tener con otro apoyo: si, no, condicionado o sin_dato."),
        ),
        Columna("fecha_inicio", "r.fecha_inicio", _("Inicio, en acciones sociales."), Tipo.FECHA),
        Columna("fecha_fin", "r.fecha_fin", _("Término, en acciones sociales."), Tipo.FECHA),
        Columna("estado", "r.estado", _("Publicado, suspendido o cerrado.")),
        Columna("rige_desde", "r.vigente_desde", _("Desde cuándo rige esta versión."), Tipo.FECHA),
        Columna("gaceta_numero", "r.gaceta_numero", _("Número de la Gaceta Oficial.")),
        Columna("gaceta_fecha", "r.gaceta_fecha", _("Fecha de la Gaceta Oficial."), Tipo.FECHA),
        Columna("enlace", "r.enlace", _("Página oficial.")),
        Columna(
            "actualizado", "r.actualizado_en", _("Cuándo cambió este renglón (UTC)."),
            Tipo.FECHA_HORA,
        ),
    ),
    desde=f"{_PUBLICADAS} WHERE r.estado IN ('publicado', 'suspendido', 'cerrado')",
    orden="p.clave, r.ejercicio",
    tablas=(*_TABLAS, "programas_poblacion"),
    palabras=(_("reglas de operación"), _("Gaceta Oficial"), _("presupuesto")),
    fecha=PROGRAMAS.fecha,
)  # fmt: skip

APOYOS = Conjunto(
    clave="apoyos",
    titulo=_("Apoyos que da cada programa"),
    descripcion=_("Un renglón por modalidad: qué se recibe, cuánto, cuántas veces y para cuántos."),
    columnas=(
        PROGRAMA,
        EJERCICIO,
        NOMBRE,
        Columna("modalidad", "a.modalidad", _("Nombre de la modalidad.")),
        Columna("tipo", "t.clave", _("Clave del tipo de apoyo.")),
        Columna("tipo_nombre", "t.nombre", _("Tipo de apoyo.")),
        Columna("descripcion", "a.descripcion", _("En qué consiste.")),
        Columna(
            "monto_minimo", "a.monto_minimo", _("Monto, o el menor si es un rango."),
            Tipo.DECIMAL, _("pesos"),
        ),
        Columna(
            "monto_maximo", "a.monto_maximo", _("El mayor, si hay tope o rango."),
            Tipo.DECIMAL, _("pesos"),
        ),
        Columna(
            "base", "a.base",
            _("Cada cuánto es el monto: por_ministracion, total, por_proyecto o por_persona_una_vez."),
        ),
        Columna("periodicidad", "a.periodicidad", _("mensual, bimestral, unica…")),
        Columna(
            "ministraciones", "a.ministraciones", _("Cuántas entregas."), Tipo.ENTERO, _("entregas")
        ),
        Columna("personas", "a.personas", _("Cuántos apoyos de esta modalidad."), Tipo.ENTERO, _("apoyos")),
        Columna("para", "a.para", _("beneficiarias, facilitadoras o colectivos.")),
        Columna("fuente", "s.texto", _("De dónde salió, si el renglón lo dice.")),
        Columna("fuente_url", "s.url", _("Dirección de la fuente.")),
    ),
    desde=(
        f"programas_apoyo a JOIN ({_PUBLICADAS}) ON r.id = a.regla_id "
        "JOIN programas_tipodeapoyo t ON t.id = a.tipo_id "
        "LEFT JOIN programas_fuente s ON s.id = a.fuente_id WHERE r.estado IN ('publicado', 'suspendido', 'cerrado')"
    ),
    orden="p.clave, r.ejercicio, a.orden, a.id",
    tablas=(*_TABLAS, "programas_apoyo", "programas_tipodeapoyo", "programas_fuente"),
    palabras=(_("apoyos"), _("montos"), _("transferencias")),
    fecha=PROGRAMAS.fecha,
)  # fmt: skip

REQUISITOS = Conjunto(
    clave="requisitos",
    titulo=_("Requisitos y documentos"),
    descripcion=_("Un renglón por requisito o documento que pide cada programa en cada año."),
    columnas=(
        PROGRAMA,
        EJERCICIO,
        NOMBRE,
        Columna("orden", "q.orden", _("Lugar en la lista."), Tipo.ENTERO),
        Columna("clase", "q.clase", _("«condicion» (hay que cumplirla) o «documento» (se entrega).")),
        Columna("numeral", "q.numeral", _("Numeral de las reglas, si se conoce.")),
        Columna("texto", "q.texto", _("Lo que se pide.")),
    ),
    desde=(
        f"programas_requisito q JOIN ({_PUBLICADAS}) ON r.id = q.regla_id "
        "WHERE r.estado IN ('publicado', 'suspendido', 'cerrado')"
    ),
    orden="p.clave, r.ejercicio, q.clase, q.orden, q.id",
    tablas=(*_TABLAS, "programas_requisito"),
    palabras=(_("requisitos"), _("documentos"), _("trámites")),
    fecha=PROGRAMAS.fecha,
)  # fmt: skip
