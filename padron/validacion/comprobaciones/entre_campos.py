"""Lo que un renglón dice en dos lugares, y lo que dice la regla: edades, montos, sexo, territorio."""

from __future__ import annotations

from decimal import Decimal

from padron.validacion.columnas.nombres import SIN_LETRAS
from padron.validacion.columnas.perfil import PERFIL
from padron.validacion.columnas.territorio import PREFIJO_POSTAL
from padron.validacion.piezas import Condicion
from padron.validacion.regla import TIPOS_DE_PERSONA, Regla

MAYORIA_DE_EDAD = 216  # meses (CPEUM, art. 34: dieciocho años)
NADA = "NULL"


def derivadas(regla: Regla) -> dict[str, str]:
    """Lo que se guarda de la fila (`r_…`), ya reunido de donde venga. Nada se inventa: sale de lo escrito."""
    dia = regla.dia_de_la_edad
    al = f"DATE '{dia.isoformat()}'" if dia else "fecha_apoyo"
    return {
        "r_nombres": "coalesce(nombres, nombre_completo__nombres)",
        "r_primer_apellido": "coalesce(primer_apellido, nombre_completo__primero)",
        "r_segundo_apellido": "coalesce(segundo_apellido, nombre_completo__segundo)",
        "r_denominacion": "coalesce(denominacion__dicha, nombre_completo__denominacion)",
        "r_fecha_nacimiento": "coalesce(fecha_nacimiento, CASE WHEN curp IS NOT NULL THEN curp__fecha END)",
        "r_sexo": "coalesce(sexo, CASE WHEN curp IS NOT NULL THEN substr(curp, 11, 1) END)",
        "r_entidad_nacimiento": (
            "coalesce(entidad_nacimiento, CASE WHEN curp IS NOT NULL THEN substr(curp, 12, 2) END)"
        ),
        "edad_al": al,
        "r_edad_meses": (
            "CASE WHEN r_fecha_nacimiento <= edad_al THEN "
            "(year(edad_al) - year(r_fecha_nacimiento)) * 12 + month(edad_al) - month(r_fecha_nacimiento) "
            "- (day(edad_al) < day(r_fecha_nacimiento))::INT "
            "WHEN r_fecha_nacimiento IS NULL THEN edad * 12 END"
        ),
        # Con solo los años cumplidos, los meses quedan entre dos números.
        "edad_hasta": "CASE WHEN r_fecha_nacimiento IS NULL THEN edad * 12 + 11 ELSE r_edad_meses END",
        "r_tipo_persona": (
            "coalesce(tipo_persona__dicho, nombre_completo__tipo, "
            "CASE WHEN r_denominacion IS NOT NULL AND r_nombres IS NULL THEN 'colectivo' "
            f"WHEN edad_hasta < {MAYORIA_DE_EDAD} THEN 'menor' ELSE {_tipo_por_apoyo(regla)} END)"
        ),
        "es_persona": "r_tipo_persona NOT IN ('colectivo', 'empresa')",
        "letras_primero": "coalesce(primer_apellido__curp, nombre_completo__primero_curp)",
        "letras_segundo": (
            f"coalesce(segundo_apellido__curp, nombre_completo__segundo_curp, '{SIN_LETRAS}')"
        ),
        "letras_nombre": "coalesce(nombres__curp, nombre_completo__nombres_curp)",
        "monto_minimo": _limite(regla, [a.minimo for a in regla.apoyos], menor=True),
        "monto_maximo": _limite(regla, [a.maximo for a in regla.apoyos], menor=False),
        "r_perfil": _perfil(),
    }


def _perfil() -> str:
    hay = " OR ".join(f"{columna} IS NOT NULL" for columna in PERFIL)
    partes = ", ".join(f"{columna} := {columna}" for columna in PERFIL)
    return f"CASE WHEN {hay} THEN to_json(struct_pack({partes})) END"


def _tipo_por_apoyo(regla: Regla) -> str:
    """La modalidad dice si es facilitadora o colectivo; si no lo dice, es una persona."""
    casos = [
        f"WHEN {i} THEN '{apoyo.para}'"
        for i, apoyo in enumerate(regla.apoyos)
        if apoyo.para in TIPOS_DE_PERSONA and apoyo.para != "persona"
    ]
    return f"CASE apoyo__lugar {' '.join(casos)} ELSE 'persona' END" if casos else "'persona'"


def _limite(regla: Regla, montos: list[Decimal | None], *, menor: bool) -> str:
    """El de su modalidad; si no se sabe cuál es, el más amplio de todas. Sin él no hay límite.

    Un renglón sin ministración ni fecha puede ser el total del año.
    """
    if not montos or all(m is None for m in montos):
        return "CAST(NULL AS DECIMAL(14,2))"
    veces = [1 if menor else (a.ministraciones or 1) for a in regla.apoyos]
    casos = " ".join(
        f"WHEN {i} THEN {_tope(m, v)}" for i, (m, v) in enumerate(zip(montos, veces, strict=True))
    )
    conocidos = [m for m in montos if m is not None]
    if len(conocidos) < len(montos):
        general = NADA
    else:
        elegido = min(conocidos) if menor else max(conocidos)
        general = _tope(elegido, 1 if menor else max(veces))
    return f"CAST(CASE apoyo__lugar {casos} ELSE {general} END AS DECIMAL(14,2))"


def _tope(monto: Decimal | None, veces: int) -> str:
    if monto is None:
        return NADA
    if veces == 1:
        return f"{monto}"
    return f"CASE WHEN ministracion IS NULL AND fecha_apoyo IS NULL THEN {monto * veces} ELSE {monto} END"


def condiciones(regla: Regla) -> tuple[Condicion, ...]:
    return (*_identidad(), *_de_la_regla(regla), *_del_apoyo(regla), *_territorio(regla))


def _identidad() -> tuple[Condicion, ...]:
    return (
        Condicion("curp", "sin_curp", "curp__vacio AND NOT folio__vacio AND es_persona"),
        Condicion("curp", "sin_identificador", "curp__vacio AND folio__vacio AND es_persona"),
        Condicion("curp", "curp_nombre", _no_es_su_nombre()),
        Condicion(
            "curp", "curp_fecha_distinta", "curp IS NOT NULL AND curp__fecha <> fecha_nacimiento"
        ),
        Condicion("curp", "curp_sexo_distinto", "curp IS NOT NULL AND substr(curp, 11, 1) <> sexo"),
        Condicion(
            "curp",
            "curp_entidad_distinta",
            "curp IS NOT NULL AND substr(curp, 12, 2) <> entidad_nacimiento",
        ),
        Condicion(
            "edad",
            "edad_no_cuadra",
            "edad IS NOT NULL AND r_fecha_nacimiento IS NOT NULL AND abs(r_edad_meses // 12 - edad) > 1",
        ),
        Condicion("tutor_curp", "tutor_igual", "curp IS NOT NULL AND curp = tutor_curp"),
        Condicion(
            "denominacion",
            "sin_denominacion",
            "NOT es_persona AND r_denominacion IS NULL AND r_nombres IS NULL",
        ),
    )


def _no_es_su_nombre() -> str:
    """Las cuatro iniciales y las tres consonantes. La segunda letra es X si formaba una palabra molesta."""
    distintas = (
        "substr(curp, 1, 1) <> substr(letras_primero, 1, 1)",
        "substr(curp, 2, 1) NOT IN (substr(letras_primero, 2, 1), 'X')",
        "substr(curp, 3, 1) <> substr(letras_segundo, 1, 1)",
        "substr(curp, 4, 1) <> substr(letras_nombre, 1, 1)",
        "substr(curp, 14, 1) <> substr(letras_primero, 3, 1)",
        "substr(curp, 15, 1) <> substr(letras_segundo, 3, 1)",
        "substr(curp, 16, 1) <> substr(letras_nombre, 3, 1)",
    )
    return (
        "curp IS NOT NULL AND letras_primero IS NOT NULL AND letras_nombre IS NOT NULL "
        f"AND ({' OR '.join(distintas)})"
    )


def _de_la_regla(regla: Regla) -> tuple[Condicion, ...]:
    halladas = []
    edad = "CAST(r_edad_meses AS VARCHAR)"
    if regla.edad_min_meses is not None:
        sql = f"es_persona AND edad_hasta < {regla.edad_min_meses}"
        halladas.append(Condicion("fecha_nacimiento", "edad_menor", sql, edad))
    if regla.edad_max_meses is not None:
        sql = f"es_persona AND r_edad_meses > {regla.edad_max_meses}"
        halladas.append(Condicion("fecha_nacimiento", "edad_mayor", sql, edad))
    if regla.sexo:
        halladas.append(
            Condicion(
                "sexo",
                "sexo_fuera_de_regla",
                f"es_persona AND r_sexo <> '{regla.sexo}' AND r_sexo <> 'X'",
            )
        )
    return (
        *halladas,
        Condicion(
            "tutor_nombre",
            "menor_sin_tutor",
            "r_tipo_persona = 'menor' AND tutor_curp__vacio AND tutor_nombre__vacio",
        ),
        Condicion(
            "tipo_persona",
            "tipo_no_admitido",
            "tipo_persona__dicho IS NOT NULL AND "
            f"tipo_persona__dicho NOT IN ({', '.join(repr(t) for t in regla.tipos_admitidos)})",
        ),
    )


def _del_apoyo(regla: Regla) -> tuple[Condicion, ...]:
    monto = "CAST(monto AS VARCHAR)"
    fuera = f"year(fecha_apoyo) NOT BETWEEN {regla.ejercicio} AND {regla.ejercicio + 1}"
    return (
        Condicion("monto", "monto_mayor_que_regla", "monto > monto_maximo", monto),
        Condicion("monto", "monto_menor_que_regla", "monto > 0 AND monto < monto_minimo", monto),
        # El pago del último trimestre suele dispersarse en enero del año siguiente.
        Condicion(
            "fecha_apoyo",
            "fecha_apoyo_fuera",
            f"{fuera} OR fecha_apoyo > DATE '{regla.ejercicio + 1}-03-31'",
        ),
    )


def _territorio(regla: Regla) -> tuple[Condicion, ...]:
    postales = " ".join(
        f"WHEN '{clave}' THEN '{prefijo}'" for clave, prefijo in PREFIJO_POSTAL.items()
    )
    halladas = [
        Condicion(
            "codigo_postal",
            "cp_de_otra_alcaldia",
            f"substr(codigo_postal, 1, 2) <> CASE alcaldia {postales} END",
        )
    ]
    if regla.alcaldias:
        lista = ", ".join(f"'{clave}'" for clave in regla.alcaldias)
        halladas.append(
            Condicion("alcaldia", "alcaldia_fuera_de_regla", f"alcaldia NOT IN ({lista})")
        )
    if regla.colonias:
        ajena = (
            "colonia__comparable IS NOT NULL AND NOT list_contains(colonia__alcaldias, alcaldia)"
        )
        halladas += [
            Condicion(
                "colonia",
                "colonia_desconocida",
                "colonia__comparable IS NOT NULL AND colonia__alcaldias IS NULL",
            ),
            Condicion("colonia", "colonia_de_otra_alcaldia", ajena),
        ]
    return tuple(halladas)
