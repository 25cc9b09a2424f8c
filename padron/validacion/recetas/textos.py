"""Cambiar un valor por otro de su lista, vaciar lo que no hace falta, dejar fuera filas que sobran."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from padron.validacion.codigos import CODIGOS, Severidad
from padron.validacion.columnas import POR_IDENTIFICADOR
from padron.validacion.columnas.territorio import ALCALDIAS, NOMBRE_DE_ALCALDIA, clave_de_alcaldia
from padron.validacion.recetas.piezas import Caso, Parametro, Parametros, Renglon, Transformacion
from sibis.nucleo.entidades import ENTIDADES
from sibis.nucleo.normalizacion import clave_comparable

# Desde aquí dos palabras se parecen lo bastante para proponer una, nunca para ponerla sola.
PARECIDO = 0.8
_FORMULA = re.compile(r"[(|!]")
_PALABRAS_DE_MAS = re.compile(
    r"\b(?:alcaldia|alc|delegacion|deleg|del|demarcacion territorial|demarcacion|territorial|municipio|mpio|"
    r"ciudad de mexico|cdmx|c d m x|distrito federal|d f|df|mexico|mex)\b"
)
_SEXOS = (("Mujer", "Mujer"), ("Hombre", "Hombre"), ("X", "No binario"))


def catalogo(caso: Caso) -> tuple[str, ...]:
    """Los valores buenos de esa columna, como se escriben."""
    if caso.columna == "alcaldia":
        return tuple(nombre for _c, nombre, *_ in ALCALDIAS)
    if caso.columna == "entidad_nacimiento":
        return tuple(e.nombre for e in ENTIDADES)
    if caso.columna == "apoyo":
        return tuple(dict.fromkeys(a.nombre for a in caso.regla.apoyos if a.nombre))
    columna = POR_IDENTIFICADOR.get(caso.columna)
    return columna.opciones if columna else ()


def _valores(caso: Caso) -> tuple[tuple[str, str], ...]:
    if caso.columna == "sexo":
        return _SEXOS
    if caso.columna == "tipo_persona":
        return tuple((t, t.capitalize()) for t in catalogo(caso))
    return tuple((v, v) for v in catalogo(caso))


def mas_parecido(caso: Caso) -> str:
    """El que más se parece, si se parece bastante y a ningún otro igual. Solo se propone."""
    pares = sorted(
        (
            (SequenceMatcher(None, caso.forma, clave_comparable(valor)).ratio(), valor)
            for valor, _etiqueta in _valores(caso)
        ),
        reverse=True,
    )
    if not pares or pares[0][0] < PARECIDO:
        return ""
    return "" if len(pares) > 1 and pares[1][0] == pares[0][0] else pares[0][1]


def _se_puede_cambiar(caso: Caso) -> bool:
    """Solo lo que no es dato personal: su forma es el valor mismo, así que se sabe qué se cambia."""
    columna = POR_IDENTIFICADOR.get(caso.columna)
    return bool(columna and not columna.es_personal and caso.forma and _valores(caso))


def cambiar(texto: str, renglon: Renglon, parametros: Parametros) -> str | None:
    return parametros["por"]


def alcaldia_sin_adornos(texto: str, renglon: Renglon, parametros: Parametros) -> str | None:
    """«Alc. Iztapalapa, CDMX», «09007 IZTAPALAPA». Si el número y el nombre no dicen lo mismo, nada."""
    if clave_de_alcaldia(texto):
        return None
    palabras = _PALABRAS_DE_MAS.sub(" ", clave_comparable(texto)).split()
    numeros = [p for p in palabras if p.isdigit()]
    nombre = " ".join(p for p in palabras if not p.isdigit())
    clave = clave_de_alcaldia(nombre) if nombre else None
    otras = {clave_de_alcaldia(n) for n in numeros}
    if clave is None or otras - {clave}:
        return None
    return NOMBRE_DE_ALCALDIA[clave]


def _es_alcaldia_con_adornos(caso: Caso) -> bool:
    """La forma es el valor mismo: si con él no procede, no se ofrece."""
    return alcaldia_sin_adornos(caso.forma, Renglon({}, caso.regla), {}) is not None


def vaciar(texto: str, renglon: Renglon, parametros: Parametros) -> str | None:
    return "" if texto.strip() and renglon.puede_faltar else None


def sin_signo_de_formula(texto: str, renglon: Renglon, parametros: Parametros) -> str | None:
    """Solo el signo del principio; si lo demás parece una fórmula de verdad, no se toca."""
    nuevo = texto.strip().lstrip("=+@").strip()
    if not nuevo or nuevo == texto.strip() or _FORMULA.search(nuevo):
        return None
    return nuevo


def dejar_fuera(texto: str, renglon: Renglon, parametros: Parametros) -> str | None:
    return None


_PUEDEN_VACIARSE = frozenset(
    (
        *("telefono_forma", "telefono_de_muchas", "correo_forma", "cp_forma", "clabe_forma"),
        *("clabe_digito", "clabe_de_varias", "fecha_de_relleno", "edad_ilegible", "edad_imposible"),
        *("edad_no_cuadra", "entidad_desconocida", "curp_generica", "curp_de_varias"),
        *("nombre_de_relleno", "ministracion_ilegible", "monto_cero"),
    )
)
_QUE_DEJAN_FUERA = frozenset(
    c.codigo for c in CODIGOS.values() if c.severidad is Severidad.BLOQUEA
) - {"columna_faltante", "cifra_control"}

TRANSFORMACIONES = (
    Transformacion(
        "alcaldia_sin_adornos",
        "Dejar solo el nombre de la alcaldía",
        "«Alc. Iztapalapa, CDMX» se escribe «Iztapalapa».",
        frozenset(("alcaldia_desconocida",)),
        alcaldia_sin_adornos,
        columnas=frozenset(("alcaldia",)),
        procede=_es_alcaldia_con_adornos,
    ),
    Transformacion(
        "cambiar_valor",
        "Cambiar ese valor por otro",
        "En todas las filas que lo traen.",
        frozenset(
            (
                *("alcaldia_desconocida", "entidad_desconocida", "sexo_desconocido"),
                *("apoyo_desconocido", "tipo_persona_desconocido"),
            )
        ),
        cambiar,
        parametros=(Parametro("por", "Qué debe decir", _valores, mas_parecido),),
        procede=_se_puede_cambiar,
    ),
    Transformacion(
        "sin_signo_de_formula",
        "Quitar el signo del principio",
        "«=ROSA» se escribe «ROSA».",
        frozenset(("formula",)),
        sin_signo_de_formula,
    ),
    Transformacion(
        "vaciar",
        "Dejar la celda vacía",
        "Donde la regla no la pide, o lo que diría ya lo dice otra columna de la misma fila.",
        _PUEDEN_VACIARSE,
        vaciar,
    ),
    Transformacion(
        "dejar_fuera",
        "Dejar fuera estas filas",
        "No entran al padrón y queda escrito por qué y quién lo decidió. Se puede deshacer.",
        _QUE_DEJAN_FUERA,
        dejar_fuera,
        descarta=True,
    ),
)
