"""Folio y claves que casi no se repiten: CURP, teléfono, correo, CLABE. Se leen en SQL, todas a la vez."""

from __future__ import annotations

from padron.validacion.piezas import Columna, Condicion
from sibis.nucleo.entidades import CLAVES
from sibis.nucleo.identificadores import LARGO_CURP, PESOS_CLABE, RAICES_GENERICAS

_ENTIDADES = ", ".join(f"'{clave}'" for clave in sorted(CLAVES))
_GENERICAS = ", ".join(f"'{raiz}'" for raiz in sorted(RAICES_GENERICAS))
_FORMA = "[A-Z][AEIOUX][A-Z]{2}[0-9]{6}[HMX][A-Z]{2}[B-DF-HJ-NP-TV-Z]{3}[A-Z0-9][0-9]"
LARGO_DE_FOLIO = 60
_CIFRAS = range(4, 10)  # los lugares de la fecha


def _sin_adornos(alias: str) -> str:
    """Lo usual ya viene en 18 caracteres: solo lo demás paga por quitar espacios y guiones."""
    return (
        f"CASE WHEN length({alias}) = {LARGO_CURP} THEN upper({alias}) "
        f"ELSE nullif(upper(regexp_replace({alias}, '[\\s\\-]', '', 'g')), '') END"
    )


def _digito_de_curp(alias: str) -> str:
    """Lo mismo que `identificadores.digito_verificador`, para una CURP con la forma debida.

    Las cifras valen lo suyo; A-N, de 10 a 23; O-Z, de 25 a 35 (la Ñ, que no aparece, ocupa el 24). Como
    se sabe qué lugares son letra y cuáles cifra, solo el 17 puede ser las dos.
    """
    sumandos, fijo = [], 0
    for i in range(LARGO_CURP - 1):
        letra, peso = f"ascii(substr({alias}, {i + 1}, 1))", LARGO_CURP - i
        sumandos.append(f"{letra} * {peso}")
        if i in _CIFRAS:
            fijo += ord("0") * peso
        elif i == LARGO_CURP - 2:
            sumandos.append(f"({letra} >= 79)::INT * {peso} - 7 * ({letra} >= 65)::INT * {peso}")
            fijo += ord("0") * peso
        else:
            sumandos.append(f"({letra} >= 79)::INT * {peso}")
            fijo += (ord("A") - 10) * peso
    return f"(10 - ({' + '.join(sumandos)} - {fijo}) % 10) % 10"


def _digito_de_clabe(alias: str) -> str:
    sumandos = (
        f"((ascii(substr({alias}, {i + 1}, 1)) - 48) * {PESOS_CLABE[i % 3]}) % 10"
        for i in range(17)
    )
    return f"(10 - ({' + '.join(sumandos)}) % 10) % 10"


def _derivadas_de_curp(que: str) -> dict[str, str]:
    x = f"x_{que}"
    return {
        x: _sin_adornos(f"t_{que}"),
        f"{que}__forma": f"coalesce(regexp_full_match({x}, '{_FORMA}'), false)",
        f"{que}__generica": (
            f"{que}__forma AND (substr({x}, 1, 10) IN ({_GENERICAS}) "
            f"OR (substr({x}, 1, 4) = repeat('X', 4) AND substr({x}, 14, 3) = repeat('X', 3)))"
        ),
        f"{que}__fecha": (
            f"CASE WHEN {que}__forma THEN TRY_CAST("
            f"(CASE WHEN substr({x}, 17, 1) <= '9' THEN '19' ELSE '20' END) || substr({x}, 5, 2) || '-' || "
            f"substr({x}, 7, 2) || '-' || substr({x}, 9, 2) AS DATE) END"
        ),
        f"{que}__entidad_bien": f"coalesce(substr({x}, 12, 2) IN ({_ENTIDADES}), false)",
        f"{que}__digito_bien": (
            f"CASE WHEN {que}__forma THEN {_digito_de_curp(x)} = ascii(substr({x}, 18, 1)) - 48 "
            "ELSE false END"
        ),
        que: (
            f"CASE WHEN {que}__forma AND {que}__fecha IS NOT NULL AND {que}__entidad_bien "
            f"AND {que}__digito_bien AND NOT {que}__generica THEN {x} END"
        ),
    }


def _condiciones_de_curp(que: str) -> tuple[Condicion, ...]:
    """Una sola a la vez: la primera falla, en el orden en que se lee una CURP."""
    x, forma, fecha = f"x_{que}", f"{que}__forma", f"{que}__fecha"
    generica = f"{forma} AND {que}__generica"
    return (
        Condicion(que, "curp_forma", f"{x} IS NOT NULL AND NOT {forma}"),
        Condicion(que, "curp_generica", generica),
        Condicion(que, "curp_fecha", f"{forma} AND NOT {que}__generica AND {fecha} IS NULL"),
        Condicion(
            que,
            "curp_entidad",
            f"{forma} AND NOT {que}__generica AND {fecha} IS NOT NULL AND NOT {que}__entidad_bien",
        ),
        Condicion(
            que,
            "curp_digito",
            f"{forma} AND NOT {que}__generica AND {fecha} IS NOT NULL AND {que}__entidad_bien "
            f"AND NOT {que}__digito_bien",
        ),
    )


FOLIO = Columna(
    "folio",
    "Folio",
    "2025-000123",
    {"folio": "VARCHAR"},
    sinonimos=(
        *(
            "folio interno",
            "no folio",
            "numero de folio",
            "folio de registro",
            "id beneficiario",
            "id",
            "id persona",
        ),
        *(
            "expediente",
            "clave de productor",
            "folio del beneficiario",
            "no de expediente",
            "folio solicitud",
        ),
    ),
    ayuda="El que la dependencia le dio a la persona. Obligatorio si no hay CURP.",
    derivadas={"folio": f"CASE WHEN length(t_folio) <= {LARGO_DE_FOLIO} THEN t_folio END"},
    condiciones=(
        Condicion("folio", "texto_largo", f"length(t_folio) > {LARGO_DE_FOLIO}"),
        Condicion("folio", "formula", "substr(t_folio, 1, 1) IN ('=', '+', '@')"),
    ),
)
CURP = Columna(
    "curp",
    "CURP",
    "HELG801231MDFRPD05",
    {"curp": "VARCHAR", "curp__fecha": "DATE"},
    sinonimos=(
        "clave unica de registro de poblacion",
        "curp del beneficiario",
        "curp beneficiario",
        "clave curp",
    ),
    ayuda="18 caracteres. Si la persona no tiene, déjala vacía y escribe su folio: nunca se inventa.",
    es_personal=True,
    derivadas=_derivadas_de_curp("curp"),
    condiciones=_condiciones_de_curp("curp"),
)
TUTOR_CURP = Columna(
    "tutor_curp",
    "CURP de quien cobra",
    "LOHM750505HDFPRR09",
    {"tutor_curp": "VARCHAR"},
    sinonimos=(
        "curp tutor",
        "curp del tutor",
        "curp del padre madre o tutor",
        "curp representante",
        "curp de la persona tutora",
    ),
    ayuda="Madre, padre o tutor de una persona menor de edad.",
    es_personal=True,
    derivadas=_derivadas_de_curp("tutor_curp"),
    condiciones=_condiciones_de_curp("tutor_curp"),
)
TELEFONO = Columna(
    "telefono",
    "Teléfono",
    "5512345678",
    {"telefono": "VARCHAR"},
    sinonimos=(
        "tel",
        "celular",
        "telefono celular",
        "telefono de contacto",
        "numero telefonico",
        "telefono fijo",
        "tel celular",
    ),
    ayuda="Diez cifras.",
    es_personal=True,
    derivadas={
        "x_telefono": (
            "CASE WHEN length(t_telefono) = 10 AND regexp_full_match(t_telefono, '[0-9]{10}') THEN t_telefono "
            "ELSE regexp_replace(regexp_replace(t_telefono, '\\.0$', ''), '[^0-9]', '', 'g') END"
        ),
        "telefono": (
            "CASE WHEN length(x_telefono) = 10 AND substr(x_telefono, 1, 1) > '1' THEN x_telefono "
            "WHEN regexp_full_match(x_telefono, '(52|521|044|045|01)[2-9][0-9]{9}') THEN right(x_telefono, 10) END"
        ),
    },
    condiciones=(
        Condicion("telefono", "telefono_forma", "t_telefono IS NOT NULL AND telefono IS NULL"),
    ),
)
CORREO = Columna(
    "correo",
    "Correo electrónico",
    "persona@ejemplo.mx",
    {"correo": "VARCHAR"},
    sinonimos=("email", "e mail", "correo", "mail", "correo e"),
    es_personal=True,
    derivadas={
        "correo": (
            "CASE WHEN length(t_correo) <= 254 AND regexp_full_match(t_correo, "
            "'[^\\s@,;]+@[^\\s@,;]+\\.[A-Za-z]{2,}') THEN lower(t_correo) END"
        )
    },
    condiciones=(Condicion("correo", "correo_forma", "t_correo IS NOT NULL AND correo IS NULL"),),
)
CLABE = Columna(
    "clabe",
    "CLABE",
    "012180001234567899",
    {"clabe": "VARCHAR"},
    sinonimos=(
        "clabe interbancaria",
        "cuenta clabe",
        "clave interbancaria",
        "cuenta clabe interbancaria",
    ),
    ayuda="18 cifras. En una hoja de cálculo, guárdala como texto o se pierden las últimas.",
    es_personal=True,
    derivadas={
        "x_clabe": (
            "CASE WHEN length(t_clabe) = 18 THEN t_clabe ELSE regexp_replace(t_clabe, '[\\s\\-'']', '', 'g') END"
        ),
        "clabe__forma": "coalesce(regexp_full_match(x_clabe, '[0-9]{18}'), false)",
        "clabe__bien": f"CASE WHEN clabe__forma THEN {_digito_de_clabe('x_clabe')} = ascii(substr(x_clabe, 18, 1)) - 48 ELSE false END",
        "clabe": "CASE WHEN clabe__bien THEN x_clabe END",
    },
    condiciones=(
        Condicion("clabe", "clabe_forma", "t_clabe IS NOT NULL AND NOT clabe__forma"),
        Condicion("clabe", "clabe_digito", "clabe__forma AND NOT clabe__bien"),
    ),
)
COLUMNAS = (FOLIO, CURP, TELEFONO, CORREO, CLABE, TUTOR_CURP)
