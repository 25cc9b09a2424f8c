"""Qué programa se pide o recibe en qué centro: cada cual donde tiene sentido."""

from __future__ import annotations

from collections.abc import Iterator

from programas.models import Sede
from sibis.demo.azar import azar
from sibis.demo.catalogo import EnPortal
from sibis.demo.sincronia import Balance, igualar
from sibis.territorio.models import Centro

_COMEDORES = frozenset(
    {"comedor-comunitario", "comedor-publico", "comedor-movil", "comedor-popular"}
)
_DEL_DIF = frozenset({"centro-dif", "cacdi", "ubr"})
_DE_MUJERES = frozenset({"luna", "casa-de-la-mujer"})
_MODULO = frozenset({"modulo-de-atencion"})
# Un programa de toda la ciudad no llena su página: unos cuantos centros por alcaldía bastan.
_CENTROS_POR_PROGRAMA = 40


def sembrar(programas: list[EnPortal], *, semilla: int) -> Balance:
    """Une programas y centros inventados. Una sede capturada de verdad no se repite ni se toca."""
    centros = list(
        Centro.objects.vigentes()
        .filter(es_demostracion=True)
        .select_related("tipo", "alcaldia")
        .defer("alcaldia__geometria", "alcaldia__punto_interior")
        .order_by("clave")
    )
    capturadas = set(
        Sede.objects.filter(es_demostracion=False).values_list(
            "programa_id", "ejercicio", "centro_id"
        )
    )
    deseadas = [
        Sede(programa=p.programa, ejercicio=p.ejercicio, centro=centro, es_demostracion=True)
        for p in programas
        for centro in _elegidos(p, centros, semilla)
        if (p.programa.pk, p.ejercicio, centro.pk) not in capturadas
    ]
    return igualar(
        deseadas, modelo=Sede, asunto="sedes", llave=("programa_id", "ejercicio", "centro_id")
    )


def _elegidos(p: EnPortal, centros: list[Centro], semilla: int) -> list[Centro]:
    posibles = list(_posibles(p, centros))
    if len(posibles) <= _CENTROS_POR_PROGRAMA:
        return posibles
    return azar(semilla, "sedes", p.clave).sample(posibles, _CENTROS_POR_PROGRAMA)


def _posibles(p: EnPortal, centros: list[Centro]) -> Iterator[Centro]:
    tipos = _tipos_de(p)
    for centro in centros:
        en_su_territorio = p.es_de_toda_la_ciudad or centro.alcaldia.clave in p.alcaldias
        if en_su_territorio and centro.tipo.clave in tipos:
            yield centro


def _tipos_de(p: EnPortal) -> frozenset[str]:
    """Los comedores, PILARES y el DIF se atienden en lo suyo; lo demás empieza en un módulo."""
    if p.clave.startswith("comedores"):
        return _COMEDORES
    if p.dependencia == "PILARES":
        return frozenset({"pilares"})
    if p.dependencia == "DIF":
        return _DEL_DIF
    tipos = _MODULO
    if "educacion" in p.derechos:
        tipos |= {"pilares"}
    if "mujeres" in p.grupos:
        tipos |= _DE_MUJERES
    if "alimentacion" in p.derechos and "especie" in p.apoyos:
        tipos |= {"centro-dif", "comedor-comunitario"}
    if "deporte" in p.derechos:
        tipos |= {"utopia", "pilares"}
    if {"personas-mayores", "personas-con-discapacidad"} & p.grupos or "cuidados" in p.derechos:
        tipos |= {"casa-de-cuidados", "ubr"}
    return tipos
