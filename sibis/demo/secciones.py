"""Cada sección de las reglas de un programa inventado, del año pasado y de este."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from programas.models import (
    Alineacion,
    Apartado,
    Apoyo,
    Compatibilidad,
    Fuente,
    MetaFisica,
    Poblacion,
    ReglaOperacion,
    Requisito,
    Residencia,
    TextoApartado,
    TipoDeApoyo,
)
from programas.models.secciones import Seccion
from sibis.demo import textos
from sibis.demo.guiones import Ejemplo

_FUENTE = "DEMO"
_MENOS = Decimal("0.9")  # el año pasado alcanzó para menos
_QUEJA = (
    "Por escrito o de palabra en la dependencia, en su Órgano Interno de Control o en LOCATEL, "
    "55 5658 1111. Se responde en quince días hábiles. Si la respuesta no te convence, acude a la "
    "Procuraduría Social."
)


def campos(regla: ReglaOperacion, ejemplo: Ejemplo, es_de_antes: bool) -> dict[str, Any]:
    desde, hasta = ejemplo.edades
    aprobado = Decimal(ejemplo.personas * (ejemplo.monto or 900) * (4 if es_de_antes else 5))
    trimestre = (aprobado / 4).quantize(Decimal(1))
    campos: dict[str, Any] = {
        "resumen": ejemplo.resumen,
        "a_quien": f"{ejemplo.quien} que viven en la Ciudad.",
        "objetivo": f"Que más personas puedan {ejemplo.que}.",
        "unidad_responsable": "Dirección de Programas Sociales",
        "edad_min_meses": desde or None,
        "edad_max_meses": hasta,
        "residencia": Residencia.CIUDAD,
        "como_solicitar": "En línea, o con ayuda en cualquiera de los módulos. El trámite es gratuito.",
        "acceso_simultaneo": "condicionado",
        "queja": _QUEJA,
        "presupuesto_aprobado": aprobado,
        "presupuesto_trimestres": [trimestre] * 4,
        "presupuesto_fuente": _FUENTE,
        "notas": ["Programa inventado para la demostración: no existe."],
    }
    if ejemplo.tipo == "accion":
        campos["fecha_inicio"] = datetime.date(regla.ejercicio, 11, 15)
        campos["fecha_fin"] = datetime.date(regla.ejercicio, 12, 31)
    return campos


def secciones(
    regla: ReglaOperacion, ejemplo: Ejemplo, es_de_antes: bool, hoy: datetime.date
) -> Iterator[Seccion]:
    fuente = Fuente(
        regla=regla,
        clave=_FUENTE,
        texto="Demostración: cifra inventada",
        fecha=hoy,
        clase="captura",
    )
    yield fuente
    yield from _apoyos(regla, ejemplo, es_de_antes, fuente)
    yield from _condiciones(regla, ejemplo, es_de_antes)
    clase = Poblacion.Clase
    for orden, (cual, veces) in enumerate(
        ((clase.POTENCIAL, 12), (clase.OBJETIVO, 4), (clase.BENEFICIARIA, 1))
    ):
        total = ejemplo.personas * veces
        yield Poblacion(
            regla=regla, orden=orden, clase=cual, total=total, mujeres=total // 2, fuente=fuente
        )
    yield MetaFisica(
        regla=regla,
        cantidad=int(ejemplo.personas * (_MENOS if es_de_antes else 1)),
        unidad="personas",
        fuente=fuente,
    )
    yield Alineacion(
        regla=regla, instrumento="Objetivos de Desarrollo Sostenible", texto="Fin de la pobreza"
    )
    yield Compatibilidad(
        regla=regla,
        clase="condicionada",
        nombre="Becas y ayudas de otros gobiernos",
        condicion="Si juntas no pasan de un salario mínimo al mes",
    )


def _apoyos(
    regla: ReglaOperacion, ejemplo: Ejemplo, es_de_antes: bool, fuente: Fuente
) -> Iterator[Apoyo]:
    menos = _MENOS if es_de_antes else Decimal(1)
    yield Apoyo(
        regla=regla,
        orden=1,
        modalidad="Básica",
        tipo=TipoDeApoyo.objects.get(clave=ejemplo.apoyo),
        descripcion="Cobija, chamarra y bebida caliente." if ejemplo.monto is None else "",
        monto_minimo=ejemplo.monto * menos if ejemplo.monto else None,
        periodicidad="mensual" if ejemplo.apoyo == "transferencia" else "unica",
        base="por_ministracion" if ejemplo.apoyo == "transferencia" else "por_proyecto",
        ministraciones=6 if ejemplo.apoyo == "transferencia" else 1,
        personas=int(ejemplo.personas * menos),
        fuente=fuente,
    )
    if not es_de_antes:
        yield Apoyo(
            regla=regla,
            orden=2,
            modalidad="Con acompañamiento",
            tipo=TipoDeApoyo.objects.get(clave=ejemplo.apoyo),
            descripcion="Lo mismo que la básica y una persona que te acompaña todo el año.",
            monto_minimo=ejemplo.monto + 400 if ejemplo.monto else None,
            personas=ejemplo.personas // 10,
            fuente=fuente,
        )


def _condiciones(regla: ReglaOperacion, ejemplo: Ejemplo, es_de_antes: bool) -> Iterator[Requisito]:
    numeral = "10" if ejemplo.tipo == "accion" else "8.2"
    condiciones = [
        "Vivir en la Ciudad de México",
        "No trabajar en el gobierno que opera el programa"
        if es_de_antes
        else "No trabajar en el gobierno que opera el programa ni ser familiar de quien decide",
        f"Querer {ejemplo.que}",
    ]
    documentos = ["Identificación oficial con fotografía", "CURP"]
    documentos += ["Acta de nacimiento, original y copia"] if es_de_antes else []
    documentos += ["Comprobante de domicilio de los últimos tres meses"]
    pares = [("condicion", texto) for texto in condiciones]
    pares += [("documento", texto) for texto in documentos]
    for orden, (clase, texto) in enumerate(pares, 1):
        yield Requisito(
            regla=regla, orden=orden, clase=clase, texto=texto, numeral=f"{numeral}.{orden}"
        )


def numerales(regla: ReglaOperacion, ejemplo: Ejemplo, es_de_antes: bool) -> None:
    escritos = textos.ACCION if ejemplo.tipo == "accion" else textos.PROGRAMA
    datos = {
        "que": ejemplo.que,
        "quien": ejemplo.quien,
        "dias": "quince" if es_de_antes else "diez",
        "dependencia": regla.dependencia.nombre_actual,
        "anio_uno": regla.ejercicio - (1 if es_de_antes else 2),
    }
    for apartado in Apartado.objects.filter(clave__in=escritos):
        texto = escritos[apartado.clave].format(**datos)
        for nuevo, viejo in textos.EL_ANIO_ANTES if es_de_antes else ():
            texto = texto.replace(nuevo, viejo)
        TextoApartado.objects.create(regla=regla, apartado=apartado, texto=texto)
