"""El dinero y los resultados: egresos resumidos, lo que toca a cada programa, y sus indicadores."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from reportes.consultas.conjuntos.piezas import Columna, Conjunto, Tipo

_CORTE = (
    Columna("ejercicio", "c.ejercicio", _("Año del presupuesto."), Tipo.ENTERO, _("año")),
    Columna(
        "momento", "c.momento",
        _("aprobado, t1 a t4 (acumulado al trimestre) o cp (Cuenta Pública)."),
    ),
)  # fmt: skip
_DEL_CORTE = (
    Columna("fecha_corte", "c.fecha_corte", _("Hasta qué día es cierto."), Tipo.FECHA),
    Columna("fuente", "c.fuente", _("De dónde salió el archivo.")),
    Columna("fuente_url", "c.fuente_url", _("Dirección de la fuente.")),
    Columna("sha256", "c.sha256", _("Huella SHA-256 del archivo cargado.")),
    Columna(
        "es_demostracion", "c.es_demostracion",
        _("true: inventado para enseñar el sistema; no lo uses como dato."), Tipo.BOOLEANO,
    ),
)  # fmt: skip
_VIGENTE = "JOIN presupuesto_cortedeegresos c ON c.id = {0}.corte_id AND c.estado = 'vigente'"
_CORTES = "presupuesto_cortedeegresos"
_FECHA = "SELECT max(fecha_corte) FROM presupuesto_cortedeegresos WHERE estado = 'vigente'"


def _importes(alias: str) -> tuple[Columna, ...]:
    return (
        Columna("aprobado", f"{alias}.aprobado", _("Aprobado al empezar el año."), Tipo.DECIMAL, _("pesos")),
        Columna("modificado", f"{alias}.modificado", _("Con sus cambios al corte."), Tipo.DECIMAL, _("pesos")),
        Columna("ejercido", f"{alias}.ejercido", _("Gastado al corte."), Tipo.DECIMAL, _("pesos")),
    )  # fmt: skip


PRESUPUESTO = Conjunto(
    clave="presupuesto",
    titulo=_("Presupuesto por programa, unidad y capítulo"),
    descripcion=_(
        "Un renglón por programa presupuestario, unidad responsable y capítulo de gasto de cada "
        "corte vigente de egresos. No sumes momentos: cada uno es una foto del año."
    ),
    columnas=(
        *_CORTE,
        Columna(
            "programa_presupuestario", "r.programa_presupuestario",
            _("Clave del programa en Finanzas."),
        ),
        Columna("unidad_responsable", "r.unidad_responsable", _("Clave de la unidad que gasta.")),
        Columna("dependencia", "d.clave", _("Dependencia de esa unidad, si se conoce.")),
        Columna("capitulo", "r.capitulo", _("Capítulo de gasto.")),
        Columna("es_social", "r.es_social", _("true: sujeto a reglas de operación o subsidio."), Tipo.BOOLEANO),
        *_importes("r"),
        *_DEL_CORTE,
    ),
    desde=(
        f"presupuesto_resumendeegresos r {_VIGENTE.format('r')} "
        "LEFT JOIN cuentas_dependencia d ON d.id = r.dependencia_id"
    ),
    orden="c.ejercicio, c.momento, r.programa_presupuestario, r.unidad_responsable, r.capitulo, r.id",
    tablas=("presupuesto_resumendeegresos", _CORTES, "cuentas_dependencia"),
    palabras=(_("presupuesto"), _("egresos"), _("gasto público")),
    fecha=_FECHA,
    frecuencia="QUARTERLY",
)  # fmt: skip

PRESUPUESTO_DE_PROGRAMAS = Conjunto(
    clave="presupuesto-programas",
    titulo=_("Presupuesto de cada programa social"),
    descripcion=_(
        "Un renglón por programa social y corte. El enlace con la clave de Finanzas dice qué tan "
        "seguro es: mira la columna «certeza» antes de citar un monto."
    ),
    columnas=(
        Columna("programa", "p.clave", _("Clave del programa social.")),
        Columna("programa_nombre", "p.nombre", _("Nombre del programa social hoy.")),
        *_CORTE,
        *_importes("m"),
        Columna("certeza", "m.certeza", _("segura, probable o dudosa.")),
        Columna("confirmado", "m.confirmado", _("true: una persona revisó el enlace."), Tipo.BOOLEANO),
        Columna("claves", "m.claves", _("Claves de Finanzas de donde sale.")),
        *_DEL_CORTE,
    ),
    desde=(
        f"presupuesto_montodeprograma m {_VIGENTE.format('m')} "
        "JOIN programas_programa p ON p.id = m.programa_id"
    ),
    orden="p.clave, c.ejercicio, c.momento, m.id",
    tablas=("presupuesto_montodeprograma", _CORTES, "programas_programa"),
    palabras=(_("presupuesto"), _("programas sociales")),
    fecha=_FECHA,
    frecuencia="QUARTERLY",
)  # fmt: skip

INDICADORES = Conjunto(
    clave="indicadores",
    titulo=_("Indicadores y sus resultados (MIR)"),
    descripcion=_(
        "Un renglón por medición de cada indicador de la Matriz de Indicadores para Resultados; "
        "el indicador sin medir sale una vez, con el valor vacío."
    ),
    columnas=(
        Columna("programa", "p.clave", _("Clave del programa.")),
        Columna("ejercicio", "i.ejercicio", _("Año de la matriz."), Tipo.ENTERO, _("año")),
        Columna("nivel", "i.nivel", _("fin, proposito, componente o actividad.")),
        Columna("objetivo", "i.objetivo", _("Qué se busca.")),
        Columna("indicador", "i.nombre", _("Nombre del indicador.")),
        Columna("formula", "i.formula", _("Cómo se calcula.")),
        Columna("unidad", "i.unidad", _("Unidad de medida.")),
        Columna("sentido", "i.sentido", _("ascendente: más es mejor; descendente: menos es mejor.")),
        Columna("linea_base", "i.linea_base", _("De dónde se partió."), Tipo.DECIMAL),
        Columna("meta", "i.meta", _("A dónde se quería llegar."), Tipo.DECIMAL),
        Columna("desde", "x.desde", _("Principio del periodo medido."), Tipo.FECHA),
        Columna("hasta", "x.hasta", _("Fin del periodo medido."), Tipo.FECHA),
        Columna("valor", "x.valor", _("Lo que salió."), Tipo.DECIMAL),
        Columna("fuente", "coalesce(nullif(x.fuente, ''), i.fuente)", _("De dónde salió.")),
        Columna(
            "es_demostracion", "i.es_demostracion OR coalesce(x.es_demostracion, false)",
            _("true: inventado para enseñar el sistema; no lo uses como dato."), Tipo.BOOLEANO,
        ),
    ),
    desde=(
        "presupuesto_indicador i JOIN programas_programa p ON p.id = i.programa_id "
        "LEFT JOIN presupuesto_medicion x ON x.indicador_id = i.id"
    ),
    orden="p.clave, i.ejercicio, i.orden, i.id, x.hasta",
    tablas=("presupuesto_indicador", "presupuesto_medicion", "programas_programa"),
    palabras=(_("indicadores"), _("resultados"), "MIR"),
    fecha="SELECT max(hasta) FROM presupuesto_medicion",
    frecuencia="QUARTERLY",
)  # fmt: skip

AVANCE = Conjunto(
    clave="avance",
    titulo=_("Avance de metas y gasto, según los informes trimestrales"),
    descripcion=_(
        "Un renglón por meta de cada informe trimestral aprobado. Todo es acumulado desde enero: no "
        "sumes trimestres. Lo que se corrigió sale con su versión vigente y su razón."
    ),
    columnas=(
        Columna("programa", "p.clave", _("Clave del programa.")),
        Columna("ejercicio", "i.ejercicio", _("Año que se informa."), Tipo.ENTERO, _("año")),
        Columna("trimestre", "i.trimestre", _("Hasta qué trimestre acumula, de 1 a 4."), Tipo.ENTERO, _("trimestre")),
        Columna("version", "i.version", _("Mayor que 1 si se corrigió."), Tipo.ENTERO, _("versión")),
        Columna("razon", "i.razon", _("Por qué se corrigió.")),
        Columna("meta", "r.orden", _("Lugar de la meta en la regla."), Tipo.ENTERO, _("lugar")),
        Columna("unidad", "r.unidad", _("Unidad de medida.")),
        Columna("meta_original", "r.meta_original", _("La de la regla publicada."), Tipo.DECIMAL, _("la de la columna «unidad»")),
        Columna("meta_modificada", "r.meta_modificada", _("Vacía si no cambió."), Tipo.DECIMAL, _("la de la columna «unidad»")),
        Columna("programada", "r.programada", _("Programada al periodo."), Tipo.DECIMAL, _("la de la columna «unidad»")),
        Columna("alcanzada", "r.alcanzada", _("Alcanzada en el periodo."), Tipo.DECIMAL, _("la de la columna «unidad»")),
        Columna(
            "icmpp", "round(r.alcanzada / nullif(r.programada, 0) * 100, 2)",
            _("Alcanzada ÷ programada × 100; vacío si no se puede calcular."), Tipo.DECIMAL, _("por ciento"),
        ),
        Columna("explicacion", "r.explicacion", _("Por qué varía, según la dependencia.")),
        Columna("presupuesto_modificado", "i.presupuesto_modificado", _("Del programa entero: se repite en cada meta."), Tipo.DECIMAL, _("pesos")),
        Columna("presupuesto_programado", "i.presupuesto_programado", _("Del programa entero, al periodo."), Tipo.DECIMAL, _("pesos")),
        Columna("presupuesto_ejercido", "i.presupuesto_ejercido", _("Del programa entero, al periodo."), Tipo.DECIMAL, _("pesos")),
        Columna("aprobado_el", "(i.aprobado_en AT TIME ZONE 'America/Mexico_City')::date", _("Qué día se aprobó el informe."), Tipo.FECHA),
        Columna(
            "es_demostracion", "i.es_demostracion",
            _("true: inventado para enseñar el sistema; no lo uses como dato."), Tipo.BOOLEANO,
        ),
    ),
    desde=(
        "presupuesto_renglondeavance r JOIN presupuesto_informedeavance i "
        "ON i.id = r.informe_id AND i.estado = 'aprobado' "
        "JOIN programas_programa p ON p.id = i.programa_id"
    ),
    orden="p.clave, i.ejercicio, i.trimestre, r.orden, r.id",
    tablas=("presupuesto_renglondeavance", "presupuesto_informedeavance", "programas_programa"),
    palabras=(_("avance físico"), _("avance financiero"), _("metas")),
    fecha=(
        "SELECT max((aprobado_en AT TIME ZONE 'America/Mexico_City')::date) "
        "FROM presupuesto_informedeavance WHERE estado = 'aprobado'"
    ),
    frecuencia="QUARTERLY",
)  # fmt: skip
