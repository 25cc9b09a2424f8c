"""De qué trata una suscripción: en palabras, y si un programa le toca."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ciudadania.models import Alcance
from programas.consultas.filtros import Opciones
from programas.models import FichaPublica

# Los filtros del buscador que describen a una persona o lo que busca, con las mismas claves.
FACETAS_DE_PERFIL = ("derecho", "grupo", "alcaldia", "dependencia", "apoyo")
VALORES_POR_FACETA = 10

Perfil = Mapping[str, list[str]]


@dataclass(frozen=True, slots=True)
class Rasgos:
    """Lo que del programa se compara con un perfil: su ficha pública más reciente."""

    dependencia: str
    derechos: frozenset[str]
    grupos: frozenset[str]
    apoyos: frozenset[str]
    alcaldias: frozenset[str]


def rasgos_de(programas: Iterable[int]) -> dict[int, Rasgos]:
    """De los que están en el portal; los demás no se anuncian."""
    fichas = FichaPublica.objects.filter(es_ultima=True, programa__in=set(programas))
    campos = ("programa_id", "dependencia", "derechos", "grupos", "apoyos", "alcaldias")
    return {
        programa: Rasgos(dependencia, *(frozenset(lista) for lista in listas))
        for programa, dependencia, *listas in fichas.values_list(*campos)
    }


def casa(perfil: Perfil, rasgos: Rasgos) -> bool:
    """Lo mismo que encontraría el buscador con esos filtros."""
    listas = {"derecho": rasgos.derechos, "grupo": rasgos.grupos, "apoyo": rasgos.apoyos}
    for faceta, propios in listas.items():
        if perfil.get(faceta) and propios.isdisjoint(perfil[faceta]):
            return False
    if perfil.get("dependencia") and rasgos.dependencia not in perfil["dependencia"]:
        return False
    alcaldias = perfil.get("alcaldia")
    # Sin alcaldías es de toda la ciudad: también le toca.
    return not (alcaldias and rasgos.alcaldias and rasgos.alcaldias.isdisjoint(alcaldias))


def en_palabras(alcance: Alcance, opciones: Opciones) -> str:
    """«Mi Beca», o «todos los programas con: personas mayores, Iztapalapa»."""
    if alcance.programa is not None:
        return str(alcance.programa.nombre)
    return perfil_en_palabras(alcance.perfil, opciones)


def perfil_en_palabras(perfil: Perfil, opciones: Opciones) -> str:
    nombres = [
        opciones.nombre(faceta, valor)
        for faceta in FACETAS_DE_PERFIL
        for valor in perfil.get(faceta, ())
    ]
    return _("Programas de: %(filtros)s") % {"filtros": ", ".join(nombres)}
