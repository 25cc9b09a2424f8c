"""Propuestas de vínculo entre un programa presupuestario y uno social, con su parecido.

Proponer no decide: una persona de Finanzas confirma, corrige o rechaza cada una. Lo ya revisado no
se vuelve a proponer.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from presupuesto.consultas.parecido import mejor, palabras
from presupuesto.models import (
    Certeza,
    CorteDeEgresos,
    DescripcionDeClave,
    Disposicion,
    VinculoPresupuestal,
)
from programas.models import Programa, ReglaOperacion, TextoApartado

METODO = VinculoPresupuestal.Metodo
IGUAL = Decimal("0.95")
PARECIDO = Decimal("0.62")
_DECLARADA = re.compile(r"\b[EFKPRSU]\d{3}\b", re.ASCII)


@dataclass(frozen=True, slots=True)
class _Social:
    """Un programa del sitio con todos los nombres por los que se le conoce."""

    pk: int
    dependencia: int
    es_de_alcaldia: bool
    nombres: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class _Presupuestario:
    clave: str
    descripcion: str
    unidades: Mapping[int | None, frozenset[str]]  # dependencia → sus unidades responsables

    @property
    def dependencias(self) -> frozenset[int]:
        return frozenset(d for d in self.unidades if d is not None)

    def unidad_de(self, dependencia: int) -> str:
        """La unidad, si hay otras: un programa de varias no es todo de una."""
        todas = frozenset[str]().union(*self.unidades.values())
        suyas = self.unidades.get(dependencia, frozenset())
        return next(iter(suyas)) if len(todas) > 1 and len(suyas) == 1 else ""


def proponer(corte: CorteDeEgresos) -> int:
    """Escribe las propuestas nuevas de un corte y dice cuántas son."""
    sociales, declaradas = _sociales(corte.ejercicio), _declaradas(corte.ejercicio)
    revisadas = set(
        VinculoPresupuestal.objects.filter(ejercicio=corte.ejercicio).values_list(
            "programa_presupuestario", flat=True
        )
    )
    propuestas = [
        vinculo
        for presupuestario in _presupuestarios(corte)
        if presupuestario.clave not in revisadas
        for vinculo in _de(presupuestario, sociales, declaradas, corte)
    ]
    VinculoPresupuestal.objects.bulk_create(propuestas)
    return len(propuestas)


def _sociales(ejercicio: int) -> list[_Social]:
    """Los nombres de siempre y el de ese año."""
    del_anio: dict[int, list[str]] = defaultdict(list)
    reglas = ReglaOperacion.objects.publicadas().filter(ejercicio=ejercicio)
    for programa, nombre in reglas.values_list("programa", "nombre"):
        del_anio[programa].append(nombre)
    return [
        _Social(
            p.pk,
            p.dependencia_id,
            p.dependencia.clave_inegi is not None,
            tuple(palabras(n) for n in (p.nombre, *p.otros_nombres, *del_anio[p.pk])),
        )
        for p in Programa.objects.select_related("dependencia")
    ]


def _declaradas(ejercicio: int) -> dict[str, set[int]]:
    """Claves que el texto de una regla publicada de ese año escribe al hablar de su presupuesto."""
    textos = TextoApartado.objects.filter(
        regla__in=ReglaOperacion.objects.publicadas().filter(ejercicio=ejercicio),
        texto__icontains="programa presupuestario",
    )
    halladas: dict[str, set[int]] = defaultdict(set)
    for programa, texto in textos.values_list("regla__programa", "texto"):
        for clave in _DECLARADA.findall(texto):
            halladas[clave].add(programa)
    return halladas


def _presupuestarios(corte: CorteDeEgresos) -> list[_Presupuestario]:
    nombres = dict(
        DescripcionDeClave.objects.filter(
            corte=corte, clasificador="programa_presupuestario"
        ).values_list("clave", "descripcion")
    )
    unidades: dict[str, dict[int | None, set[str]]] = defaultdict(lambda: defaultdict(set))
    renglones = corte.resumen.exclude(programa_presupuestario="")
    if corte.disposicion == Disposicion.NOMBRADOS:
        renglones = renglones.filter(es_social=True)
    for clave, dependencia, unidad in renglones.values_list(
        "programa_presupuestario", "dependencia", "unidad_responsable"
    ):
        unidades[clave][dependencia].add(unidad)
    return [
        _Presupuestario(clave, nombres.get(clave, ""), {d: frozenset(u) for d, u in suyas.items()})
        for clave, suyas in sorted(unidades.items())
    ]


def _de(
    presupuestario: _Presupuestario,
    sociales: list[_Social],
    declaradas: Mapping[str, set[int]],
    corte: CorteDeEgresos,
) -> list[VinculoPresupuestal]:
    """Lo declarado manda; si no, el más parecido. Un empate se propone entero, y dudoso."""
    suyos = declaradas.get(presupuestario.clave, set())
    if len(suyos) == 1:
        social = next(s for s in sociales if s.pk in suyos)
        return [_vinculo(presupuestario, social, corte, Certeza.SEGURA, METODO.DECLARADA, None)]
    nombre = palabras(presupuestario.descripcion)
    puntajes = [(mejor(nombre, s.nombres), s) for s in sociales]
    de_su_casa = [p for p in puntajes if p[1].dependencia in presupuestario.dependencias]
    for posibles, con_dependencia in ((de_su_casa, True), (puntajes, False)):
        tope = max((p for p, _s in posibles), default=Decimal(0))
        mejores = [s for p, s in posibles if p == tope]
        if tope >= PARECIDO:
            certeza = _certeza(presupuestario, tope, mejores, con_dependencia)
            metodo = METODO.NOMBRE_Y_DEPENDENCIA if con_dependencia else METODO.NOMBRE
            return [_vinculo(presupuestario, s, corte, certeza, metodo, tope) for s in mejores[:3]]
    return []


def _certeza(
    presupuestario: _Presupuestario,
    puntaje: Decimal,
    mejores: list[_Social],
    con_dependencia: bool,
) -> str:
    """Probable: mismo nombre y dependencia; o el mismo nombre, si el archivo no dice de quién es.

    Las alcaldías repiten nombres («Apoyo a personas con discapacidad»): sin saber de cuál es, se duda.
    """
    if len(mejores) > 1 or puntaje < IGUAL:
        return Certeza.DUDOSA
    se_ignora_de_quien = not con_dependencia and (
        bool(presupuestario.dependencias) or mejores[0].es_de_alcaldia
    )
    return Certeza.DUDOSA if se_ignora_de_quien else Certeza.PROBABLE


def _vinculo(
    presupuestario: _Presupuestario,
    social: _Social,
    corte: CorteDeEgresos,
    certeza: str,
    metodo: str,
    puntaje: Decimal | None,
) -> VinculoPresupuestal:
    return VinculoPresupuestal(
        programa_presupuestario=presupuestario.clave,
        unidad_responsable=presupuestario.unidad_de(social.dependencia),
        descripcion=presupuestario.descripcion,
        programa_id=social.pk,
        ejercicio=corte.ejercicio,
        certeza=certeza,
        metodo=metodo,
        puntaje=puntaje,
        es_demostracion=corte.es_demostracion,
    )
