"""Cuándo se pide y cuándo se recibe."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from reportes.consultas.conjuntos.piezas import Columna, Conjunto, Tipo

_PROGRAMA = Columna("programa", "p.clave", _("Clave del programa."))
_NOMBRE_DEL_PROGRAMA = Columna("programa_nombre", "p.nombre", _("Nombre del programa hoy."))
_TABLA_PROGRAMA = "programas_programa"
# Solo de programas que ya están en el portal.
_A_LA_VISTA = "EXISTS (SELECT 1 FROM programas_fichapublica f WHERE f.programa_id = p.id)"


def _demostracion(alias: str) -> Columna:
    return Columna(
        "es_demostracion",
        f"{alias}.es_demostracion",
        _("true: inventado para enseñar el sistema; no lo uses como dato."),
        Tipo.BOOLEANO,
    )


def _ejercicio(alias: str) -> Columna:
    return Columna("ejercicio", f"{alias}.ejercicio", _("Año."), Tipo.ENTERO, _("año"))


CONVOCATORIAS = Conjunto(
    clave="convocatorias",
    titulo=_("Convocatorias"),
    descripcion=_("Un renglón por ventana en que un programa recibe solicitudes."),
    columnas=(
        Columna("convocatoria", "c.id", _("Número de la convocatoria."), Tipo.ENTERO),
        _PROGRAMA,
        _NOMBRE_DEL_PROGRAMA,
        _ejercicio("c"),
        Columna("nombre", "c.nombre", _("Nombre de la convocatoria.")),
        Columna("abre", "c.abre", _("Desde cuándo recibe (UTC)."), Tipo.FECHA_HORA),
        Columna(
            "cierra", "c.cierra", _("Hasta cuándo recibe (UTC); vacío si no tiene fin."),
            Tipo.FECHA_HORA,
        ),
        Columna("modo", "c.modo", _("normal, pausada o lista_de_espera.")),
        Columna("cupo", "c.cupo", _("Cuántos lugares hay."), Tipo.ENTERO, _("lugares")),
        Columna("como", "c.como", _("Cómo se solicita.")),
        Columna("enlace", "c.enlace", _("Dirección para solicitar.")),
        _demostracion("c"),
    ),
    desde=(
        "programas_convocatoria c JOIN programas_programa p ON p.id = c.programa_id "
        f"WHERE {_A_LA_VISTA}"
    ),
    orden="c.abre, c.id",
    tablas=("programas_convocatoria", _TABLA_PROGRAMA, "programas_fichapublica"),
    palabras=(_("convocatorias"), _("fechas")),
)  # fmt: skip

ENTREGAS = Conjunto(
    clave="entregas",
    titulo=_("Calendario de entregas"),
    descripcion=_("Un renglón por fecha en que un programa entrega: depósitos, tarjetas, despensas."),
    columnas=(
        _PROGRAMA,
        _NOMBRE_DEL_PROGRAMA,
        _ejercicio("e"),
        Columna("concepto", "e.concepto", _("Qué se entrega.")),
        Columna("desde", "e.desde", _("Primer día."), Tipo.FECHA),
        Columna("hasta", "e.hasta", _("Último día; vacío si es uno solo."), Tipo.FECHA),
        Columna("lugar", "e.lugar", _("Dónde.")),
        _demostracion("e"),
    ),
    desde=(
        "programas_fechadeentrega e JOIN programas_programa p ON p.id = e.programa_id "
        f"WHERE {_A_LA_VISTA}"
    ),
    orden="e.desde, e.id",
    tablas=("programas_fechadeentrega", _TABLA_PROGRAMA, "programas_fichapublica"),
    palabras=(_("calendario"), _("entregas")),
)  # fmt: skip
