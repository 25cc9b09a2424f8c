"""Del catálogo de programas al archivo histórico: qué Gaceta y qué reglas se sabe que se publicaron.

Solo hechos (número, fecha, enlace) y el resumen propio del catálogo; el documento no se copia.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from programas.importacion.texto_de_documentos import indexar
from programas.models import ClaseDeDocumento, Documento, Fuente, ReglaOperacion
from programas.models.documento import clave_de
from sibis.vigencia.carga import InformeDeCarga, alta_o_cambio, en_palabras

_OFICIALES = (Fuente.Clase.GACETA, Fuente.Clase.OFICIAL)
_GACETA = "Gaceta Oficial de la Ciudad de México"
# Antes de febrero de 2016 se llamaba de otro modo: la ciudad también.
_CAMBIO_DE_NOMBRE = datetime.date(2016, 2, 5)
_GACETA_DE_ANTES = "Gaceta Oficial del Distrito Federal"
_NOMBRADOS = 6


def derivar() -> InformeDeCarga:
    """Alta o cambio de lo que el catálogo permite saber. Lo que alguien corrigió no se toca."""
    informe = InformeDeCarga("Archivo histórico")
    reglas = list(_reglas())
    deseados = [*map(_de_la_regla, reglas), *_de_las_gacetas(reglas)]
    suyos = Documento.objects.filter(clave__in=[d["clave"] for d in deseados])
    conocidos = {d.clave: d for d in suyos.defer("vector", "vector_ficha")}
    for numero, valores in enumerate(deseados, 1):
        _asentar(numero, valores, conocidos, informe)
    indexar()
    return informe


def _asentar(
    numero: int,
    valores: Mapping[str, Any],
    conocidos: Mapping[str, Documento],
    informe: InformeDeCarga,
) -> None:
    conocido = conocidos.get(valores["clave"])
    if conocido is not None and conocido.origen != Documento.Origen.CATALOGO:
        informe.contar("iguales")
        return
    try:
        _documento, resultado = alta_o_cambio(conocido, Documento, valores)
    except ValidationError as error:
        informe.rechazar(numero, f"{valores['titulo']}: {en_palabras(error)}")
    else:
        informe.contar(resultado)


def _reglas() -> Iterator[ReglaOperacion]:
    """Las publicadas del catálogo de las que se sabe dónde salieron."""
    reglas = (
        ReglaOperacion.objects.publicadas()
        .filter(origen=ReglaOperacion.Origen.CATALOGO)
        .select_related("programa", "dependencia")
        .prefetch_related("fuentes")
        .order_by("pk")
    )
    return (r for r in reglas if r.gaceta_fecha or r.gaceta_numero or r.enlace or _fuente(r))


def _fuente(regla: ReglaOperacion) -> Fuente | None:
    """La que mejor lleva al documento: la Gaceta antes que otra página, con dirección antes que sin ella."""
    oficiales = [f for f in regla.fuentes.all() if f.clase in _OFICIALES]
    return min(oficiales, key=lambda f: (f.clase != Fuente.Clase.GACETA, not f.url), default=None)


def _de_la_regla(regla: ReglaOperacion) -> dict[str, Any]:
    fuente = _fuente(regla)
    titulo = (
        _("Lineamientos de la acción social %(nombre)s")
        if regla.programa.es_accion
        else _("Reglas de operación de %(nombre)s")
    ) % {"nombre": regla.nombre}
    fecha = regla.gaceta_fecha or (fuente.fecha if fuente and _es_gaceta(fuente) else None)
    return {
        "clave": clave_de("catalogo", "regla", regla.programa.clave, regla.ejercicio),
        "clase": ClaseDeDocumento.REGLA.value,
        "titulo": titulo[:300],
        "ejercicio": regla.ejercicio,
        "fecha": fecha,
        "anio_publicacion": fecha.year if fecha else None,
        "programa": regla.programa,
        "dependencia": regla.dependencia,
        "resumen": regla.resumen,
        "gaceta_numero": regla.gaceta_numero,
        "fuente": _dicho_por(fuente, fecha),
        "enlace": regla.enlace or (fuente.url if fuente else ""),
        "origen": Documento.Origen.CATALOGO.value,
    }


def _es_gaceta(fuente: Fuente) -> bool:
    return fuente.clase == Fuente.Clase.GACETA


def _dicho_por(fuente: Fuente | None, fecha: datetime.date | None) -> str:
    """Dónde se publicó y, si lo sabemos por otro, por quién."""
    if fuente is None:
        return _nombre_de_gaceta(fecha)
    if not _es_gaceta(fuente):
        return fuente.texto[:300]
    return _("%(gaceta)s, según %(fuente)s") % {
        "gaceta": _nombre_de_gaceta(fecha),
        "fuente": fuente.texto[:200],
    }


def _nombre_de_gaceta(fecha: datetime.date | None) -> str:
    return _GACETA_DE_ANTES if fecha and fecha < _CAMBIO_DE_NOMBRE else _GACETA


def _de_las_gacetas(reglas: Iterable[ReglaOperacion]) -> Iterator[dict[str, Any]]:
    """Un documento por número de la Gaceta que el catálogo cita, con las reglas que se le conocen."""
    por_numero: dict[tuple[datetime.date, str], list[ReglaOperacion]] = defaultdict(list)
    for regla in reglas:
        if regla.gaceta_fecha:
            por_numero[regla.gaceta_fecha, regla.gaceta_numero].append(regla)
    for (fecha, numero), suyas in sorted(por_numero.items()):
        nombre = _nombre_de_gaceta(fecha)
        dia = fecha.strftime("%d/%m/%Y")
        yield {
            "clave": clave_de("catalogo", "gaceta", fecha.isoformat(), numero),
            "clase": ClaseDeDocumento.GACETA.value,
            "titulo": f"{nombre}, núm. {numero}, {dia}" if numero else f"{nombre}, {dia}",
            "ejercicio": fecha.year,
            "fecha": fecha,
            "anio_publicacion": fecha.year,
            "resumen": _que_publico(suyas),
            "gaceta_numero": numero,
            "fuente": nombre,
            "origen": Documento.Origen.CATALOGO.value,
        }


def _que_publico(reglas: list[ReglaOperacion]) -> str:
    nombres = sorted({r.nombre for r in reglas})
    vistos = "; ".join(nombres[:_NOMBRADOS])
    resto = len(nombres) - _NOMBRADOS
    final = _(" y %(n)s más") % {"n": resto} if resto > 0 else ""
    return _("Ese día se publicaron las reglas de: %(nombres)s%(final)s.") % {
        "nombres": vistos,
        "final": final,
    }
