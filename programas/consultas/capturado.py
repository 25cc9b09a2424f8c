"""Todo lo que cuelga de una regla, en una sola consulta.

Son once relaciones: con `prefetch_related` su página pasaba más tiempo armando SQL que leyendo. Deja
lo mismo que dejaría él; donde se leen varias reglas se sigue usando `publicas.reglas_para_leer`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cache
from typing import Any

from django.db import connection, models

from programas.models import Programa, ReglaOperacion, TipoDeApoyo
from sibis.territorio.models import Alcaldia

_SECCIONES = (
    "fuentes",
    "requisitos",
    "poblaciones",
    "alineaciones",
    "compatibilidades",
    "apoyos",
    "metas",
)
_CATALOGOS = {
    "derechos": "c.orden, c.nombre",
    "grupos": "c.orden, c.nombre",
    "alcaldias": "c.clave",
}
_SIN_POLIGONO = "jsonb_build_object('id', c.id, 'clave', c.clave, 'nombre', c.nombre)"


@cache
def _consulta() -> tuple[str, tuple[str, ...]]:
    """El SQL y qué trae cada columna: se arma una vez, con los nombres que dicen los modelos."""
    columnas = {nombre: _seccion(_modelo(nombre)) for nombre in _SECCIONES}
    columnas |= {nombre: _de_catalogo(nombre, orden) for nombre, orden in _CATALOGOS.items()}
    columnas["denominaciones"] = _lista(
        "to_jsonb(c) ORDER BY c.vigente_desde NULLS FIRST",
        "cuentas_denominacion c WHERE c.dependencia_id = %(dependencia)s",
    )
    columnas["tipo"] = _apuntados(TipoDeApoyo, _modelo("apoyos"), "tipo_id")
    columnas["programa"] = _apuntados(Programa, _modelo("compatibilidades"), "programa_id")
    return f"SELECT {', '.join(columnas.values())}", tuple(columnas)


def _modelo(nombre: str) -> type[models.Model]:
    return ReglaOperacion._meta.get_field(nombre).related_model  # type: ignore[return-value]


def _lista(que: str, de: str) -> str:
    return f"(SELECT coalesce(jsonb_agg({que}), '[]') FROM {de})"  # noqa: S608  (solo lo escrito aquí)


def _seccion(modelo: type[models.Model]) -> str:
    de = f"{modelo._meta.db_table} c WHERE c.regla_id = %(regla)s"
    return _lista("to_jsonb(c) ORDER BY c.orden, c.id", de)


def _de_catalogo(nombre: str, orden: str) -> str:
    campo: Any = ReglaOperacion._meta.get_field(nombre)
    modelo = campo.related_model
    union = f"m.{campo.m2m_reverse_name()} = c.id AND m.{campo.m2m_column_name()} = %(regla)s"
    que = _SIN_POLIGONO if modelo is Alcaldia else "to_jsonb(c)"
    de = f"{modelo._meta.db_table} c JOIN {campo.m2m_db_table()} m ON {union}"
    return _lista(f"{que} ORDER BY {orden}", de)


def _apuntados(modelo: type[models.Model], desde: type[models.Model], columna: str) -> str:
    """Los que señalan los renglones de una sección: lo que traería su `select_related`."""
    suyos = f"SELECT {columna} FROM {desde._meta.db_table} WHERE regla_id = %(regla)s"  # noqa: S608
    return _lista("to_jsonb(c)", f"{modelo._meta.db_table} c WHERE c.id IN ({suyos})")


def completar(regla: ReglaOperacion) -> None:
    """Le pone a la regla sus secciones y catálogos, y a su dependencia los nombres que ha tenido."""
    sql, nombres = _consulta()
    with connection.cursor() as cursor:
        cursor.execute(sql, {"regla": regla.pk, "dependencia": regla.dependencia_id})
        textos = cursor.fetchone() or ()
    filas = {
        nombre: json.loads(texto, parse_float=Decimal)
        for nombre, texto in zip(nombres, textos, strict=True)
    }
    dependencia = regla.dependencia
    denominaciones = _objetos(
        dependencia.denominaciones.model, filas["denominaciones"], dependencia=dependencia
    )
    _guardar(dependencia, "denominaciones", denominaciones)
    for nombre in _CATALOGOS:
        _guardar(regla, nombre, _objetos(_modelo(nombre), filas[nombre]))
    suyos: dict[str, dict[int, models.Model]] = {
        "tipo": _por_llave(_objetos(TipoDeApoyo, filas["tipo"])),
        "programa": _por_llave(_objetos(Programa, filas["programa"])),
    }
    for nombre in _SECCIONES:  # las fuentes van primero: las demás las señalan
        objetos = _objetos(_modelo(nombre), filas[nombre], regla=regla)
        if nombre == "fuentes":
            suyos["fuente"] = _por_llave(objetos)
        _enlazar(objetos, suyos)
        _guardar(regla, nombre, objetos)


def _objetos(
    modelo: type[models.Model], filas: Iterable[dict[str, Any]], **enlaces: models.Model
) -> list[models.Model]:
    """Cada fila como objeto del modelo. JSON no tiene fechas: esas columnas se leen aparte."""
    objetos = []
    for fila in filas:
        campos = [f for f in modelo._meta.concrete_fields if f.column in fila]
        valores = [
            f.to_python(fila[f.column]) if isinstance(f, models.DateField) else fila[f.column]
            for f in campos
        ]
        objeto = modelo.from_db(connection.alias, [f.attname for f in campos], valores)
        for nombre, enlazado in enlaces.items():
            setattr(objeto, nombre, enlazado)
        objetos.append(objeto)
    return objetos


def _por_llave(objetos: Iterable[models.Model]) -> dict[int, models.Model]:
    return {objeto.pk: objeto for objeto in objetos}


def _enlazar(objetos: Sequence[models.Model], suyos: dict[str, dict[int, models.Model]]) -> None:
    for objeto in objetos:
        for nombre, por_llave in suyos.items():
            llave = getattr(objeto, f"{nombre}_id", None)
            if llave is not None:
                setattr(objeto, nombre, por_llave[llave])


def _guardar(dueno: models.Model, nombre: str, objetos: list[models.Model]) -> None:
    """Donde lo dejaría `prefetch_related`: `dueno.nombre.all()` ya no pregunta."""
    leidas = getattr(dueno, nombre).get_queryset()
    leidas._result_cache, leidas._prefetch_done = objetos, True
    guardado = dueno.__dict__.setdefault("_prefetched_objects_cache", {})
    guardado[nombre] = leidas
