"""Las cifras del catálogo: cada una se cuenta aquí y en ningún otro lugar.

Se cuentan sobre lo publicado (`FichaPublica`), igual que el buscador: si la página dice 78 programas,
la cifra dice 78.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from django.db import connection
from django.db.models import Max, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programas.consultas.filtros import Filtros, opciones
from programas.models import FichaPublica, ReglaOperacion
from sibis.nucleo.cifras import Calculo, DefinicionDeCifra, Fila, Origen, Peticion
from sibis.territorio.models import Alcaldia, Centro, TipoDeCentro

DIMENSIONES = ("dependencia", "derecho", "grupo", "apoyo", "alcaldia", "tipo", "ejercicio")

# De cada dimensión: qué se une a la ficha y por qué clave se agrupa.
_GRUPO = {
    "dependencia": ("", "f.dependencia"),
    "derecho": (", unnest(f.derechos) AS d (clave)", "d.clave"),
    "grupo": (", unnest(f.grupos) AS d (clave)", "d.clave"),
    "apoyo": (", unnest(f.apoyos) AS d (clave)", "d.clave"),
    # Lo que es de toda la ciudad se puede pedir en cada alcaldía, como en el buscador.
    "alcaldia": (
        " JOIN territorio_alcaldia d ON f.alcaldias = '{}' OR d.clave = ANY(f.alcaldias)",
        "d.clave",
    ),
    "tipo": ("", "f.tipo"),
    "ejercicio": ("", "f.ejercicio::text"),
}
_FILTRO = {
    "dependencia": "f.dependencia = %(dependencia)s",
    "derecho": "%(derecho)s = ANY(f.derechos)",
    "grupo": "%(grupo)s = ANY(f.grupos)",
    "apoyo": "%(apoyo)s = ANY(f.apoyos)",
    "alcaldia": "(f.alcaldias = '{}' OR %(alcaldia)s = ANY(f.alcaldias))",
    "tipo": "f.tipo = %(tipo)s",
}
_ABIERTA_AHORA = (
    "EXISTS (SELECT 1 FROM programas_convocatoria c WHERE c.programa_id = f.programa_id "
    "AND c.ejercicio = f.ejercicio AND c.modo = 'normal' "
    "AND c.abre <= now() AND (c.cierra IS NULL OR c.cierra > now()))"
)
_POBLACION = "LEFT JOIN programas_poblacion p ON p.regla_id = f.regla_id AND p.clase = '{clase}'"
_SIN_REPETIR = tuple(d for d in DIMENSIONES if d not in {"derecho", "grupo", "apoyo", "alcaldia"})


def _ultimo_ejercicio() -> int | None:
    ultimo = FichaPublica.objects.aggregate(ultimo=Max("ejercicio"))["ultimo"]
    return None if ultimo is None else int(ultimo)


def _corte(reglas: QuerySet[ReglaOperacion]) -> datetime.date | None:
    corte = reglas.publicadas().aggregate(corte=Max("actualizado_en"))["corte"]
    return timezone.localdate(corte) if corte else None


def _nombres(por: str) -> Callable[[str], str]:
    """Cómo se llama cada grupo; sin agrupar no hace falta preguntar."""
    return partial(opciones().nombre, por) if por else str


def _consulta(peticion: Peticion, *, medida: str, union: str, donde: str) -> str:
    """Solo entran trozos fijos de este archivo; lo que pide la persona va como parámetro."""
    de_grupo, clave = _GRUPO.get(peticion.por, ("", "''"))
    condiciones = [donde, *(_FILTRO[f] for f in peticion.filtros)]
    return f"""
        SELECT {clave} AS clave, {medida} AS valor
        FROM programas_fichapublica f {union} {de_grupo}
        WHERE {" AND ".join(condiciones)} GROUP BY {clave if peticion.por else "()"} ORDER BY 1
    """  # noqa: S608


def _de_fichas(
    peticion: Peticion,
    *,
    medida: str = "count(*)",
    union: str = "",
    con_nota: bool = False,
) -> Calculo:
    """Cuenta o suma sobre lo publicado en un ejercicio (todos, si se agrupa por ejercicio)."""
    ejercicio = peticion.ejercicio
    if ejercicio is None and peticion.por != "ejercicio":
        ejercicio = _ultimo_ejercicio()
    donde = "true" if ejercicio is None else "f.ejercicio = %(ejercicio)s"
    datos = {**peticion.filtros, "ejercicio": ejercicio}
    sql = _consulta(peticion, medida=medida, union=union, donde=donde)
    filas = _filas(sql, datos, _nombres(peticion.por))
    reglas = ReglaOperacion.objects.all()
    return Calculo(
        filas=filas,
        corte=_corte(reglas if ejercicio is None else reglas.filter(ejercicio=ejercicio)),
        ejercicio=ejercicio,
        origenes=(_reglas_publicadas(peticion, ejercicio),),
        nota=_cuantas_lo_dicen(peticion, union=union, donde=donde, **datos) if con_nota else "",
    )


def _filas(sql: str, parametros: dict[str, Any], nombre: Callable[[str], str]) -> tuple[Fila, ...]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parametros)
        return tuple(
            Fila(clave, nombre(clave) if clave else "", None if valor is None else int(valor))
            for clave, valor in cursor.fetchall()
        )


def _reglas_publicadas(peticion: Peticion, ejercicio: int | None) -> Origen:
    """El enlace lleva a la búsqueda que cuenta lo mismo."""
    valores = {filtro: (valor,) for filtro, valor in peticion.filtros.items()}
    if ejercicio is not None:
        valores["ejercicio"] = (str(ejercicio),)
    return Origen(
        _("Reglas de operación publicadas en la Gaceta Oficial"),
        Filtros(valores=valores).url(reverse("programas:buscar")),
    )


def _cuantas_lo_dicen(peticion: Peticion, *, union: str, donde: str, **datos: Any) -> str:
    """La suma de lo que se sabe no es el total: la nota dice de cuántas reglas sale."""
    sin_grupo = replace(peticion, por="")
    dicen, todas = (
        _filas(_consulta(sin_grupo, medida=m, union=union, donde=donde), datos, str)[0].valor
        for m in ("count(p.total)", "count(*)")
    )
    return _("El dato está en %(dicen)s de %(todas)s reglas publicadas.") % {
        "dicen": dicen,
        "todas": todas,
    }


def _personas(clase: str) -> Callable[[Peticion], Calculo]:
    return partial(
        _de_fichas,
        medida="sum(p.total)",
        union=_POBLACION.format(clase=clase),
        con_nota=True,
    )


def _abiertas(peticion: Peticion) -> Calculo:
    """Hoy: el mismo estado que muestra el buscador, de la regla más reciente de cada programa."""
    sql = _consulta(
        peticion,
        medida="count(*)",
        union="",
        donde=f"f.es_ultima AND {_ABIERTA_AHORA}",
    )
    abiertos = Filtros(valores={"estado": ("abierto",)}).url(reverse("programas:buscar"))
    return Calculo(
        filas=_filas(sql, dict(peticion.filtros), _nombres(peticion.por)),
        corte=timezone.localdate(),
        origenes=(Origen(_("Convocatorias registradas por cada dependencia"), abiertos),),
    )


def _centros(peticion: Peticion) -> Calculo:
    centros = Centro.objects.publicos().order_by()
    for filtro, valor in peticion.filtros.items():
        centros = centros.filter(**{f"{filtro}__clave": valor})
    corte = centros.aggregate(corte=Max("fecha_corte"))["corte"]
    origenes = (Origen(_("Directorio de centros de atención"), reverse("programas:centros")),)
    if not peticion.por:
        return Calculo((Fila("", "", centros.count()),), corte, origenes=origenes)
    modelo = {"tipo": TipoDeCentro, "alcaldia": Alcaldia}[peticion.por]
    nombres: dict[str, str] = dict(modelo.objects.values_list("clave", "nombre"))
    cuentas: dict[str, int] = {}
    for clave in centros.values_list(f"{peticion.por}__clave", flat=True):
        cuentas[clave or ""] = cuentas.get(clave or "", 0) + 1
    filas = tuple(Fila(c, nombres.get(c, ""), n) for c, n in sorted(cuentas.items()))
    return Calculo(filas, corte, origenes=origenes)


_FILTROS = tuple(_FILTRO)

CIFRAS = (
    DefinicionDeCifra(
        clave="programas_publicados",
        nombre=gettext_lazy("Programas y acciones con reglas publicadas"),
        unidad="programas",
        descripcion=gettext_lazy(
            "Cuántos programas y acciones sociales tienen reglas publicadas en el año. Uno puede "
            "contarse en varios derechos, grupos o alcaldías."
        ),
        dimensiones=DIMENSIONES,
        filtros=_FILTROS,
        calcular=_de_fichas,
    ),
    DefinicionDeCifra(
        clave="apoyos_publicados",
        nombre=gettext_lazy("Apoyos distintos que dan los programas"),
        unidad="apoyos",
        descripcion=gettext_lazy("Cuántas modalidades de apoyo describen las reglas del año."),
        dimensiones=DIMENSIONES,
        filtros=_FILTROS,
        calcular=partial(
            _de_fichas,
            medida="count(a.id)",
            union="JOIN programas_apoyo a ON a.regla_id = f.regla_id",
        ),
    ),
    DefinicionDeCifra(
        clave="personas_objetivo",
        nombre=gettext_lazy("Personas a las que los programas buscan llegar"),
        unidad="personas",
        descripcion=gettext_lazy(
            "Suma de la población objetivo que dicen las reglas del año. Una persona puede estar "
            "en varios programas. No hay dato donde ninguna regla lo dice."
        ),
        dimensiones=_SIN_REPETIR,
        filtros=_FILTROS,
        calcular=_personas("objetivo"),
    ),
    DefinicionDeCifra(
        clave="personas_beneficiarias_meta",
        nombre=gettext_lazy("Personas que los programas planean atender"),
        unidad="personas",
        descripcion=gettext_lazy(
            "Suma de la población beneficiaria que dicen las reglas del año: es un plan, no un "
            "conteo de quienes recibieron. Una persona puede estar en varios programas."
        ),
        dimensiones=_SIN_REPETIR,
        filtros=_FILTROS,
        calcular=_personas("beneficiaria"),
    ),
    DefinicionDeCifra(
        clave="convocatorias_abiertas",
        nombre=gettext_lazy("Programas que hoy reciben solicitudes"),
        unidad="programas",
        descripcion=gettext_lazy(
            "Cuántos programas tienen hoy una convocatoria abierta. Cambia cada día."
        ),
        dimensiones=tuple(d for d in DIMENSIONES if d != "ejercicio"),
        filtros=_FILTROS,
        calcular=_abiertas,
    ),
    DefinicionDeCifra(
        clave="centros",
        nombre=gettext_lazy("Centros y lugares de atención"),
        unidad="centros",
        descripcion=gettext_lazy("Cuántos centros del directorio están abiertos hoy."),
        dimensiones=("tipo", "alcaldia"),
        filtros=("tipo", "alcaldia"),
        calcular=_centros,
    ),
)
