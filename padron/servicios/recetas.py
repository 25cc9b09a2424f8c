"""Arreglar de una vez todas las filas que traen lo mismo, recordarlo, y deshacerlo."""

from __future__ import annotations

from collections.abc import Collection

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from padron.consultas.arreglos import Arreglo, recordadas
from padron.consultas.filas import Contexto
from padron.models import Carga, Receta
from padron.servicios.correcciones import (
    LARGO_DE_MOTIVO,
    Celda,
    apartar_para_corregir,
    escribir_celdas,
    escribir_descartes,
    exigir_motivo_de_descarte,
)
from padron.servicios.en_marcha import revisar_de_nuevo
from padron.servicios.exigencias import anotar, exigir_facultad
from padron.validacion.patrones import mensaje_de
from sibis.bitacora.registro import registrar
from sibis.cuentas.models import Usuario
from sibis.cuentas.permisos import Permiso
from sibis.nucleo.errores import ErrorDeNegocio

# Lo que vale hoy de cada celda y lo hizo esa receta vuelve a lo que traía el archivo; nada se borra.
_DESHACER_CELDAS = """
    INSERT INTO padron_correccion (carga_id, fila, lugar, crudo, nuevo, por_id, en)
    SELECT carga_id, fila, lugar, crudo, crudo, %(por)s, now() FROM (
        SELECT DISTINCT ON (fila, lugar) * FROM padron_correccion
        WHERE carga_id = %(carga)s ORDER BY fila, lugar, id DESC
    ) ultimas WHERE receta_id = %(receta)s AND nuevo <> crudo
"""
_DESHACER_DESCARTES = """
    INSERT INTO padron_descarte (carga_id, fila, fuera, motivo, por_id, en)
    SELECT carga_id, fila, false, '', %(por)s, now() FROM (
        SELECT DISTINCT ON (fila) * FROM padron_descarte
        WHERE carga_id = %(carga)s ORDER BY fila, id DESC
    ) ultimos WHERE receta_id = %(receta)s AND fuera
"""


@transaction.atomic
def aplicar(
    carga: Carga, arreglo: Arreglo, *, por: Usuario, motivo: str = "", en_cola: bool = True
) -> int:
    """Todas las filas del patrón, o ninguna; se recuerda y la carga se revisa de nuevo. Dice cuántas."""
    contexto = apartar_para_corregir(carga, por=por)
    cuantas = _aplicar(contexto, arreglo, motivo=motivo, por=por)
    if not cuantas:
        raise ErrorDeNegocio(
            _("Ese arreglo no cambia ninguna fila de las que quedan. No se hizo nada.")
        )
    revisar_de_nuevo(carga, por=por, en_cola=en_cola)
    return cuantas


@transaction.atomic
def aplicar_recordadas(
    carga: Carga, *, cuales: Collection[int], por: Usuario, en_cola: bool = True
) -> int:
    """Las recetas elegidas de entre las que se ofrecen, y una sola revisión al final."""
    contexto = apartar_para_corregir(carga, por=por)
    elegidas = [r for r in recordadas(contexto) if r.receta.pk in cuales]
    cuantas = sum(
        _aplicar(contexto, r.arreglo, motivo=_motivo_de(contexto, r.arreglo), por=por)
        for r in elegidas
    )
    if not cuantas:
        raise ErrorDeNegocio(_("Lo elegido ya no cambia ninguna fila. No se hizo nada."))
    revisar_de_nuevo(carga, por=por, en_cola=en_cola)
    return cuantas


def _aplicar(contexto: Contexto, arreglo: Arreglo, *, motivo: str, por: Usuario) -> int:
    if arreglo.descarta:
        motivo = exigir_motivo_de_descarte(motivo or _motivo_de(contexto, arreglo))
    receta = _recordar(contexto.carga, arreglo, por=por)
    cuantas = 0
    if arreglo.descarta:
        for lote in arreglo.filas(contexto):
            numeros = [f.fila for f in lote]
            cuantas += escribir_descartes(
                contexto.carga, numeros, motivo=motivo, por=por, receta=receta
            )
    else:
        for cambios in arreglo.cambios(contexto):
            celdas = [
                Celda(c.fila.fila, c.lugar, c.fila.crudo(c.lugar), c.despues) for c in cambios
            ]
            cuantas += escribir_celdas(contexto.carga, celdas, por=por, receta=receta)
    if cuantas:
        Receta.objects.filter(pk=receta.pk).update(veces=F("veces") + 1)
        anotar(
            "carga.arreglada",
            contexto.carga,
            por=por,
            codigo=arreglo.caso.codigo,
            columna=arreglo.caso.columna,
            arreglo=arreglo.transformacion.identificador,
            filas=cuantas,
        )
    return cuantas


def _motivo_de(contexto: Contexto, arreglo: Arreglo) -> str:
    """Por qué queda fuera, con las palabras de lo hallado."""
    dicho = mensaje_de(arreglo.caso.codigo, arreglo.caso.columna, contexto.regla)
    return dicho[:LARGO_DE_MOTIVO]


def _recordar(carga: Carga, arreglo: Arreglo, *, por: Usuario) -> Receta:
    """Una por forma: si la dependencia cambia de idea, se recuerda lo último."""
    receta, _nueva = Receta.objects.update_or_create(
        dependencia=carga.dependencia,
        columna=arreglo.caso.columna,
        codigo=arreglo.caso.codigo,
        forma=arreglo.caso.forma,
        defaults={
            "transformacion": arreglo.transformacion.identificador,
            "parametros": dict(arreglo.parametros),
            "olvidada_por": None,
            "olvidada_en": None,
        },
        create_defaults={
            "transformacion": arreglo.transformacion.identificador,
            "parametros": dict(arreglo.parametros),
            "creada_por": por,
        },
    )
    return receta


@transaction.atomic
def deshacer(carga: Carga, receta: Receta, *, por: Usuario, en_cola: bool = True) -> int:
    """Las celdas vuelven a lo que traía el archivo y las filas vuelven a entrar. Dice cuántas."""
    contexto = apartar_para_corregir(carga, por=por)
    datos = {"carga": carga.pk, "receta": receta.pk, "por": por.pk}
    cuantas = 0
    with connection.cursor() as cursor:
        for orden in (_DESHACER_CELDAS, _DESHACER_DESCARTES):
            cursor.execute(orden, datos)
            cuantas += cursor.rowcount
    if not cuantas:
        raise ErrorDeNegocio(_("Ese arreglo ya se había deshecho. No se hizo nada."))
    anotar(
        "carga.arreglo_deshecho",
        contexto.carga,
        por=por,
        codigo=receta.codigo,
        columna=receta.columna,
        arreglo=receta.transformacion,
        filas=cuantas,
    )
    revisar_de_nuevo(carga, por=por, en_cola=en_cola)
    return cuantas


@transaction.atomic
def olvidar(receta: Receta, *, por: Usuario) -> None:
    """Ya no se ofrece; lo que con ella se arregló se queda como está."""
    receta = Receta.objects.select_for_update().select_related("dependencia").get(pk=receta.pk)
    exigir_facultad(Permiso.PADRON_CARGAR, receta.dependencia_id, por=por)
    if receta.olvidada_en is not None:
        return
    receta.olvidada_por, receta.olvidada_en = por, timezone.now()
    receta.save(update_fields=["olvidada_por", "olvidada_en"])
    registrar(
        "receta.olvidada",
        receta,
        por=por,
        dependencia=receta.dependencia,
        codigo=receta.codigo,
        columna=receta.columna,
    )
