"""Una persona inventada que sí cumple la regla: el ejemplo de la plantilla se puede cargar tal cual."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from padron.validacion.columnas import POR_IDENTIFICADOR
from padron.validacion.columnas.territorio import NOMBRE_DE_ALCALDIA, PREFIJO_POSTAL
from padron.validacion.comprobaciones.entre_campos import MAYORIA_DE_EDAD
from padron.validacion.regla import ApoyoDeRegla, Regla
from sibis.nucleo.identificadores import formar_curp

_EDAD = 45 * 12
_MAYOR = 110 * 12
_MONTO = "1200.00"
_DE_CASA = "09007"
_MUJER, _HOMBRE = "María Guadalupe", "Juan Carlos"
_APELLIDOS = ("Hernández", "López")
_GRUPOS = ("colectivo", "empresa")


def fila_de_ejemplo(regla: Regla) -> dict[str, str]:
    """Cada columna con un valor que concuerda con los demás y con la regla."""
    entregado = datetime.date(regla.ejercicio, 1, 15)
    apoyo, tipo = _apoyo_y_tipo(regla)
    comunes = {c.identificador: c.ejemplo for c in POR_IDENTIFICADOR.values()} | {
        "folio": f"{regla.ejercicio}-000123",
        "tipo_persona": tipo,
        "apoyo": apoyo.nombre if apoyo else POR_IDENTIFICADOR["apoyo"].ejemplo,
        "monto": _monto(apoyo),
        "fecha_apoyo": f"{entregado:%d/%m/%Y}",
        **_domicilio(regla),
    }
    if tipo in _GRUPOS:
        return {**comunes, **_sin_persona()}
    return {**comunes, **_persona(regla, regla.dia_de_la_edad or entregado, tipo)}


def _apoyo_y_tipo(regla: Regla) -> tuple[ApoyoDeRegla | None, str]:
    """El primer apoyo que sea para alguien que la regla admite."""
    for apoyo in regla.apoyos:
        if tipo := _tipo(regla, apoyo.para):
            return apoyo, tipo
    return (regla.apoyos[0] if regla.apoyos else None), _tipo(regla, "persona") or (
        regla.tipos_admitidos[0]
    )


def _tipo(regla: Regla, para: str) -> str:
    if para != "persona":
        return para if para in regla.tipos_admitidos else ""
    if _meses(regla) < MAYORIA_DE_EDAD and "menor" in regla.tipos_admitidos:
        return "menor"
    return "persona" if "persona" in regla.tipos_admitidos else ""


def _meses(regla: Regla) -> int:
    """Lejos de las orillas: la edad se cumple aunque se mida otro día."""
    desde = regla.edad_min_meses or 0
    hasta = _MAYOR if regla.edad_max_meses is None else regla.edad_max_meses
    if hasta < _EDAD:
        return (desde + hasta) // 2
    return _EDAD if desde <= _EDAD else min(desde + 24, hasta)


def _persona(regla: Regla, al: datetime.date, tipo: str) -> dict[str, str]:
    meses = _meses(regla)
    nacimiento = _hace(al, meses)
    sexo = regla.sexo or "M"
    nombres = _MUJER if sexo == "M" else _HOMBRE
    curp = formar_curp(
        nombres=nombres,
        primer_apellido=_APELLIDOS[0],
        segundo_apellido=_APELLIDOS[1],
        nacimiento=nacimiento,
        sexo=sexo,
        entidad="DF",
        homoclave="0" if nacimiento.year < 2000 else "A",
    )
    datos = {
        "curp": curp,
        "nombres": nombres,
        "primer_apellido": _APELLIDOS[0],
        "segundo_apellido": _APELLIDOS[1],
        "nombre_completo": f"{_APELLIDOS[0]} {_APELLIDOS[1]} {nombres}",
        "fecha_nacimiento": f"{nacimiento:%d/%m/%Y}",
        "edad": str(meses // 12),
        "sexo": sexo,
        "denominacion": "",
    }
    if tipo != "menor":
        datos |= {"tutor_curp": "", "tutor_nombre": ""}
    return datos


def _sin_persona() -> dict[str, str]:
    de_persona = ("curp", "nombres", "primer_apellido", "segundo_apellido", "nombre_completo")
    del_perfil = ("fecha_nacimiento", "edad", "sexo", "entidad_nacimiento", "estado_civil")
    return dict.fromkeys((*de_persona, *del_perfil, "tutor_curp", "tutor_nombre"), "")


def _hace(dia: datetime.date, meses: int) -> datetime.date:
    """Ese mismo día del mes, tantos meses antes."""
    total = dia.year * 12 + dia.month - 1 - meses
    return datetime.date(total // 12, total % 12 + 1, min(dia.day, 28))


def _monto(apoyo: ApoyoDeRegla | None) -> str:
    if apoyo is None:
        return _MONTO
    monto = apoyo.maximo if apoyo.maximo is not None else apoyo.minimo
    return _MONTO if monto is None else f"{monto:.2f}"


def _domicilio(regla: Regla) -> Mapping[str, str]:
    """En una alcaldía que la regla admita, con una colonia y un código postal de ahí."""
    clave = _DE_CASA if not regla.alcaldias or _DE_CASA in regla.alcaldias else regla.alcaldias[0]
    datos = {"alcaldia": NOMBRE_DE_ALCALDIA[clave]}
    if clave == _DE_CASA:
        return datos
    colonia = next((nombre.title() for de, nombre in regla.colonias if de == clave), "")
    return {**datos, "colonia": colonia, "codigo_postal": f"{PREFIJO_POSTAL[clave]}000"}
