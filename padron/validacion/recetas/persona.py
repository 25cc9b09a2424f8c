"""Arreglar lo de la persona: su sexo, su nombre, y lo que una CURP bien escrita ya dice."""

from __future__ import annotations

import re

from padron.validacion.piezas import esta_vacio
from padron.validacion.recetas.piezas import Caso, Parametro, Parametros, Renglon, Transformacion
from sibis.nucleo.identificadores import Curp, raiz_y_consonantes
from sibis.nucleo.nombres import NombrePartido, Orden, partir, sin_tratamiento
from sibis.nucleo.normalizacion import clave_comparable, limpiar_texto

_NOMBRES = frozenset(
    ("nombres", "primer_apellido", "segundo_apellido", "nombre_completo", "tutor_nombre")
)
_AJENO = re.compile(r"[0-9@#$%&*_=+<>{}\[\]\\|¿!¡()]")
_ORILLAS = re.compile(r"^[\W\d_]+|(?:\s+[\W\d_]+|[*_#]+)$")
_DISTINTOS = {
    "curp_fecha_distinta": "fecha_nacimiento",
    "curp_sexo_distinto": "sexo",
    "curp_entidad_distinta": "entidad_nacimiento",
}


def letra_m(texto: str, renglon: Renglon, parametros: Parametros) -> str | None:
    if clave_comparable(texto) != "m":
        return None
    return {"mujer": "Mujer", "hombre": "Hombre"}[parametros["es"]]


def es_de_la_persona(curp: Curp, renglon: Renglon) -> bool:
    """Las letras de la CURP son las del nombre de esa fila. Sin nombre separado no se puede saber."""
    if esta_vacio(renglon["nombres"]) or esta_vacio(renglon["primer_apellido"]):
        return _algun_orden(renglon["nombre_completo"], curp) is not None
    segundo = renglon["segundo_apellido"]
    return _cuadra(
        NombrePartido(
            sin_tratamiento(renglon["nombres"]),
            renglon["primer_apellido"],
            "" if esta_vacio(segundo) else segundo,
        ),
        curp,
    )


def _cuadra(partes: NombrePartido, curp: Curp) -> bool:
    if not partes.nombres or not partes.primer_apellido:
        return False
    return raiz_y_consonantes(partes.nombres, partes.primer_apellido, partes.segundo_apellido) == (
        curp.raiz,
        curp.consonantes,
    )


def _algun_orden(completo: str, curp: Curp) -> NombrePartido | None:
    """Como se parte el nombre para que sus letras sean las de la CURP; None si no hay, o hay dos."""
    if esta_vacio(completo):
        return None
    ordenes = (Orden.COMA,) if "," in completo else tuple(Orden)
    partidos = {p for o in ordenes if _cuadra(p := partir(completo, o), curp)}
    distintos = {(p.nombres, p.primer_apellido, p.segundo_apellido) for p in partidos}
    return next(iter(partidos)) if len(distintos) == 1 else None


def _de_la_curp(que: str) -> Transformacion:
    titulos = {
        "sexo": ("Tomar el sexo de la CURP", ("sexo_desconocido", "curp_sexo_distinto")),
        "fecha_nacimiento": (
            "Tomar la fecha de nacimiento de la CURP",
            (
                *("fecha_ilegible", "fecha_imposible", "fecha_futura", "fecha_de_relleno"),
                *("fecha_anio_corto", "fecha_ambigua", "edad_imposible", "curp_fecha_distinta"),
            ),
        ),
        "entidad_nacimiento": (
            "Tomar la entidad de nacimiento de la CURP",
            ("entidad_desconocida", "curp_entidad_distinta"),
        ),
    }
    titulo, codigos = titulos[que]

    def hacer(texto: str, renglon: Renglon, parametros: Parametros) -> str | None:
        curp = renglon.curp
        if curp is None or not es_de_la_persona(curp, renglon):
            return None
        return {
            "sexo": curp.sexo,
            "fecha_nacimiento": curp.nacimiento.isoformat(),
            "entidad_nacimiento": curp.entidad,
        }[que]

    return Transformacion(
        f"{que}_de_la_curp",
        titulo,
        "Solo donde la CURP está bien escrita y sus letras son las del nombre de esa fila. En las demás "
        "no se sabe cuál de las dos está mal, y no se toca.",
        frozenset(codigos),
        hacer,
        columnas=frozenset((que,)),
        destinos={c: d for c, d in _DISTINTOS.items() if c in codigos},
        procede=lambda caso: "curp" in caso.columnas,
    )


def sin_signos(texto: str, renglon: Renglon, parametros: Parametros) -> str | None:
    """«12.- ROSA LUNA *» → «ROSA LUNA». Un número o un signo dentro del nombre no se adivina."""
    limpio = limpiar_texto(texto)
    if _AJENO.search(limpio) is None:
        return None
    nuevo = _ORILLAS.sub("", _ORILLAS.sub("", limpio)).strip()
    if len(nuevo) < 2 or _AJENO.search(nuevo):
        return None
    return nuevo


def otro_orden(texto: str, renglon: Renglon, parametros: Parametros) -> str | None:
    """El nombre completo, escrito en el orden de su columna, cuando la CURP dice que venía en otro."""
    curp = renglon.curp
    del_archivo = renglon.evidencias.get("nombre_completo") or Orden.APELLIDOS_PRIMERO
    if curp is None or _cuadra(partir(texto, del_archivo), curp):
        return None
    partes = _algun_orden(texto, curp)
    if partes is None:
        return None
    nuevo = _escrito(partes, del_archivo)
    queda = partir(nuevo, del_archivo)
    iguales = (queda.nombres, queda.primer_apellido, queda.segundo_apellido) == (
        *(partes.nombres, partes.primer_apellido, partes.segundo_apellido),
    )
    return nuevo if iguales else None


def _escrito(partes: NombrePartido, orden: Orden) -> str:
    apellidos = f"{partes.primer_apellido} {partes.segundo_apellido}".strip()
    if orden is Orden.COMA:
        return f"{apellidos}, {partes.nombres}"
    if orden is Orden.NOMBRES_PRIMERO:
        return f"{partes.nombres} {apellidos}"
    return f"{apellidos} {partes.nombres}"


def _es_m(caso: Caso) -> bool:
    return caso.forma == "m"


TRANSFORMACIONES = (
    Transformacion(
        "letra_m",
        "Decir qué es la «M»",
        "El archivo usa H y F a la vez, y la M puede ser de mujer o de masculino.",
        frozenset(("sexo_desconocido",)),
        letra_m,
        columnas=frozenset(("sexo",)),
        parametros=(
            Parametro(
                "es",
                "La «M» quiere decir",
                lambda caso: (("mujer", "Mujer"), ("hombre", "Masculino: hombre")),
            ),
        ),
        procede=_es_m,
    ),
    *(_de_la_curp(que) for que in ("sexo", "fecha_nacimiento", "entidad_nacimiento")),
    Transformacion(
        "nombre_sin_signos",
        "Quitar números y signos de las orillas",
        "«12.- ROSA LUNA *» se escribe «ROSA LUNA». Si van dentro del nombre, no se toca.",
        frozenset(("nombre_con_cifras",)),
        sin_signos,
        columnas=_NOMBRES,
    ),
    Transformacion(
        "nombre_en_otro_orden",
        "Poner el nombre en el orden de su columna",
        "Donde las letras de una CURP bien escrita dicen que nombres y apellidos venían al revés.",
        frozenset(("curp_nombre",)),
        otro_orden,
        columnas=frozenset(("nombre_completo",)),
        destinos={"curp_nombre": "nombre_completo"},
    ),
)
