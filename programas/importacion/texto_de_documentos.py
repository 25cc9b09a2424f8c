"""Del PDF guardado a páginas que se buscan: cada documento se lee una vez, en otro proceso."""

from __future__ import annotations

import datetime
import json
import time
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import override

from programas.models import ClaseDeDocumento, Documento, EstadoDeTexto, PaginaDeDocumento
from sibis.archivos import texto_pdf
from sibis.archivos.servicios import ArchivoPerdido
from sibis.archivos.texto_pdf import Falla, TextoDePdf

INTENTOS = 3
# Más que lo que dura una lectura: quien no contestó en esto, murió.
PLAZO = datetime.timedelta(minutes=3)
# Ningún índice pasa del máximo de PostgreSQL (1 MB): palabras cortas y contadas.
_PALABRAS, _LARGO_DE_PALABRA = 25_000, 40

_SQL_TOMAR = """
    UPDATE programas_documento
    SET texto_tomado_en = %(ahora)s, texto_intentos = texto_intentos + 1
    WHERE id = (
        SELECT id FROM programas_documento
        WHERE texto_estado = 'pendiente' AND texto_intentos < %(intentos)s
            AND (texto_tomado_en IS NULL OR texto_tomado_en < %(vencido)s)
        ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED
    )
    RETURNING id
"""
_SQL_RENDIRSE = """
    UPDATE programas_documento SET texto_estado = 'ilegible'
    WHERE texto_estado = 'pendiente' AND texto_intentos >= %(intentos)s
        AND texto_tomado_en < %(vencido)s
"""
# Peso: A el título; B el programa y la clase; C quién y cuándo; D el resumen. El texto de las
# páginas va sin lugar ni peso: solo dice que la palabra está. Lo que muchos comparten (programa,
# dependencia, clase) se lee una vez.
_SQL_INDEXAR = """
    WITH cuales AS MATERIALIZED (
        SELECT id, programa_id, dependencia_id, clase, ejercicio, titulo, gaceta_numero, resumen, fuente
        FROM programas_documento WHERE %(repasa)s OR id = ANY(%(cuales)s::bigint[])
    ),
    programa AS MATERIALIZED (
        SELECT id, setweight(to_tsvector('sibis_es', concat_ws(' . ', nombre,
            array_to_string(otros_nombres, ' . '))), 'B') AS v
        FROM programas_programa WHERE id IN (SELECT programa_id FROM cuales)
    ),
    dependencia AS MATERIALIZED (
        SELECT dep.id, setweight(to_tsvector('sibis_es', concat_ws(' . ', dep.siglas, dep.nombre,
            (SELECT string_agg(n.nombre || ' ' || n.siglas, ' . ' ORDER BY n.id)
             FROM cuentas_denominacion n WHERE n.dependencia_id = dep.id))), 'C') AS v
        FROM cuentas_dependencia dep WHERE id IN (SELECT dependencia_id FROM cuales)
    ),
    clase AS MATERIALIZED (
        SELECT key AS clase, setweight(to_tsvector('sibis_es', value), 'B') AS v
        FROM jsonb_each_text(%(clases)s::jsonb)
    ),
    ficha AS MATERIALIZED (
        SELECT d.id, setweight(to_tsvector('sibis_es', d.titulo), 'A')
            || coalesce(p.v, '') || coalesce(c.v, '')
            || setweight(to_tsvector('sibis_es', d.gaceta_numero), 'B')
            || setweight(to_tsvector('sibis_es', d.ejercicio::text), 'C') || coalesce(dep.v, '')
            || setweight(to_tsvector('sibis_es', concat_ws(' . ', d.resumen, d.fuente)), 'D') AS v
        FROM cuales d
        LEFT JOIN programa p ON p.id = d.programa_id
        LEFT JOIN dependencia dep ON dep.id = d.dependencia_id
        LEFT JOIN clase c ON c.clase = d.clase
    )
    UPDATE programas_documento d SET vector_ficha = ficha.v, vector = ficha.v || array_to_tsvector(
        ARRAY(
            SELECT DISTINCT palabra.lexeme
            FROM programas_paginadedocumento pagina, unnest(pagina.vector) AS palabra
            WHERE pagina.documento_id = d.id AND octet_length(palabra.lexeme) <= %(largo)s
            LIMIT %(palabras)s
        ))
    FROM ficha
    WHERE ficha.id = d.id AND (NOT %(repasa)s OR d.vector_ficha IS DISTINCT FROM ficha.v)
"""
_ESTADO_DE_FALLA = {
    Falla.CIFRADO: EstadoDeTexto.CIFRADO,
    Falla.ILEGIBLE: EstadoDeTexto.ILEGIBLE,
}


def indexar(documentos: Iterable[int] | None = None) -> int:
    """Rehace el índice de esos documentos: lo que dice su ficha y lo que dicen sus páginas.

    Sin decir cuáles los repasa todos y solo escribe los que cambiaron por fuera, como cuando cambia
    el nombre de su programa; sus páginas no, que al cambiar se indexan solas. Devuelve cuántos escribió.
    """
    with override(
        settings.LANGUAGE_CODE
    ):  # el índice no depende de en qué idioma trabaja quien guarda
        clases = json.dumps({c.value: str(c.label) for c in ClaseDeDocumento})
    valores: dict[str, Any] = {
        "clases": clases,
        "repasa": documentos is None,
        "cuales": list(documentos or ()),
        "largo": _LARGO_DE_PALABRA,
        "palabras": _PALABRAS,
    }
    with connection.cursor() as cursor:
        cursor.execute(_SQL_INDEXAR, valores)
        return int(cursor.rowcount)


def leer_pendientes(*, segundos: float) -> int:
    """Lee los que faltan, uno a uno, mientras quede tiempo para empezar otro. Devuelve cuántos."""
    limite, leidos = time.monotonic() + segundos, 0
    while time.monotonic() < limite and (pk := _tomar()) is not None:
        leer(Documento.objects.select_related("archivo").get(pk=pk))
        leidos += 1
    return leidos


def quedan_por_leer() -> bool:
    return Documento.objects.por_leer().filter(texto_tomado_en__isnull=True).exists()


def _tomar() -> int | None:
    """El siguiente que nadie está leyendo. Al que ha fallado varias veces se le deja en paz."""
    ahora = timezone.now()
    valores: dict[str, Any] = {"ahora": ahora, "vencido": ahora - PLAZO, "intentos": INTENTOS}
    with connection.cursor() as cursor:
        cursor.execute(_SQL_RENDIRSE, valores)
        cursor.execute(_SQL_TOMAR, valores)
        renglon = cursor.fetchone()
    return renglon[0] if renglon else None


def leer(documento: Documento) -> EstadoDeTexto:
    """Extrae y guarda su texto. Si mientras tanto cambió de archivo, no escribe nada."""
    leido, archivo = _extraer(documento), documento.archivo_id
    with transaction.atomic():
        vigente = Documento.objects.select_for_update().get(pk=documento.pk)
        if vigente.archivo_id != archivo:
            return EstadoDeTexto(vigente.texto_estado)
        _guardar_paginas(vigente, leido)
        vigente.paginas, vigente.texto_estado = leido.paginas, _estado(leido)
        vigente.save(update_fields=["paginas", "texto_estado"])
        indexar([vigente.pk])
    return EstadoDeTexto(vigente.texto_estado)


def _extraer(documento: Documento) -> TextoDePdf:
    if documento.archivo is None:
        return TextoDePdf(falla=Falla.ILEGIBLE)
    try:
        return texto_pdf.leer(documento.archivo)
    except ArchivoPerdido:
        return TextoDePdf(falla=Falla.ILEGIBLE)


def _estado(leido: TextoDePdf) -> EstadoDeTexto:
    if leido.falla is not None:
        return _ESTADO_DE_FALLA[leido.falla]
    if leido.es_imagen:
        return EstadoDeTexto.IMAGEN
    return EstadoDeTexto.LISTO if leido.entero else EstadoDeTexto.PARCIAL


def _guardar_paginas(documento: Documento, leido: TextoDePdf) -> None:
    olvidar(documento)
    PaginaDeDocumento.objects.bulk_create(
        [
            PaginaDeDocumento(documento=documento, numero=numero, texto=texto)
            for numero, texto in leido.texto
        ],
        batch_size=200,
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE programas_paginadedocumento SET vector = to_tsvector('sibis_es', texto) "
            "WHERE documento_id = %s",
            [documento.pk],
        )


def olvidar(documento: Documento) -> None:
    """Quita lo leído: su archivo cambió o se va a leer otra vez."""
    PaginaDeDocumento.objects.filter(documento=documento).delete()
