"""Corregir una carga sin tocar su archivo: celdas, filas que no entran, y hacerlas volver."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from psycopg import sql

from padron.consultas.filas import Contexto, FilaDeCarga, contexto_de, filas_de
from padron.models import Carga, Correccion, Descarte, Receta
from padron.servicios.exigencias import anotar, apartar, exigir_paso
from sibis.bitacora.datos_personales import dato_personal_en
from sibis.cuentas.models import Usuario
from sibis.nucleo.errores import EdicionConcurrente, ErrorDeNegocio

LARGO_DE_CELDA = 10_000
LARGO_DE_MOTIVO = 200
_CELDAS = sql.SQL(
    "COPY padron_correccion (carga_id, fila, lugar, crudo, nuevo, receta_id, por_id, en) FROM STDIN"
)
_FILAS = sql.SQL(
    "COPY padron_descarte (carga_id, fila, fuera, motivo, receta_id, por_id, en) FROM STDIN"
)


class FilaCambiada(EdicionConcurrente):
    """Otra persona tocó esa fila después de verla."""


@dataclass(frozen=True, slots=True)
class Celda:
    """Una por escribir. `crudo` es lo que traía el archivo, no lo que decía antes."""

    fila: int
    lugar: int
    crudo: str
    nuevo: str


def apartar_para_corregir(carga: Carga, *, por: Usuario) -> Contexto:
    """Solo mientras está por revisar, y solo quien carga en esa dependencia. Va en una transacción."""
    apartada = apartar(carga)
    exigir_paso(apartada, "revisar_de_nuevo", por=por)
    contexto = contexto_de(apartada)
    if contexto is None:
        raise ErrorDeNegocio(_("La carga no tiene un resultado completo: revísala de nuevo."))
    return contexto


@transaction.atomic
def corregir(
    carga: Carga, *, fila: int, celdas: Mapping[int, str], edicion: str, por: Usuario
) -> int:
    """Cambia esas celdas de una fila y dice cuántas. Levanta FilaCambiada si alguien la tocó antes.

    Lo que queda igual no se anota. La fila se vuelve a revisar con toda la carga.
    """
    contexto = apartar_para_corregir(carga, por=por)
    actual = _fila(contexto, fila)
    nuevas = {lugar: valor.strip() for lugar, valor in celdas.items()}
    distintas = {lugar: v for lugar, v in nuevas.items() if v != actual.celda(lugar).strip()}
    if not distintas:
        return 0
    _exigir_la_misma(actual, edicion)
    _exigir_que_quepan(contexto, distintas)
    Correccion.objects.bulk_create(
        Correccion(
            carga=contexto.carga,
            fila=fila,
            lugar=lugar,
            crudo=actual.crudo(lugar),
            nuevo=valor,
            por=por,
        )
        for lugar, valor in sorted(distintas.items())
    )
    anotar("carga.fila_corregida", contexto.carga, por=por, fila=fila, celdas=len(distintas))
    return len(distintas)


@transaction.atomic
def dejar_fuera(carga: Carga, *, fila: int, motivo: str, edicion: str, por: Usuario) -> None:
    """La fila no entra al padrón; queda escrito por qué."""
    contexto = apartar_para_corregir(carga, por=por)
    actual = _fila(contexto, fila)
    motivo = exigir_motivo_de_descarte(motivo)
    if actual.fuera:
        return
    _exigir_la_misma(actual, edicion)
    Descarte.objects.create(carga=contexto.carga, fila=fila, motivo=motivo, por=por)
    anotar("carga.fila_fuera", contexto.carga, por=por, fila=fila, motivo=motivo)


@transaction.atomic
def hacer_volver(carga: Carga, *, fila: int, edicion: str, por: Usuario) -> None:
    contexto = apartar_para_corregir(carga, por=por)
    actual = _fila(contexto, fila)
    if not actual.fuera:
        return
    _exigir_la_misma(actual, edicion)
    Descarte.objects.create(carga=contexto.carga, fila=fila, fuera=False, por=por)
    anotar("carga.fila_vuelve", contexto.carga, por=por, fila=fila)


def exigir_motivo_de_descarte(motivo: str) -> str:
    """Va a la bitácora, que no se borra: sin datos de nadie."""
    limpio = " ".join(motivo.split())
    if not limpio:
        raise ErrorDeNegocio(_("Di por qué la fila no entra: queda escrito con tu nombre."))
    if len(limpio) > LARGO_DE_MOTIVO:
        raise ErrorDeNegocio(
            _("El motivo pasa de %(n)s letras: dilo en menos.") % {"n": LARGO_DE_MOTIVO}
        )
    if dato_personal_en(limpio):
        raise ErrorDeNegocio(
            _(
                "El motivo parece traer una CURP, una CLABE o un correo. Escríbelo sin datos de nadie."
            )
        )
    return limpio


def _fila(contexto: Contexto, fila: int) -> FilaDeCarga:
    halladas = filas_de(contexto, [fila])
    if not halladas:
        raise ErrorDeNegocio(
            _("La fila %(fila)s no está entre las que esperan. No se cambió nada.") % {"fila": fila}
        )
    return halladas[0]


def _exigir_la_misma(actual: FilaDeCarga, edicion: str) -> None:
    if edicion != actual.edicion:
        raise FilaCambiada(
            _(
                "Alguien cambió la fila %(fila)s mientras la veías. No se guardó lo tuyo: aquí está como "
                "quedó."
            )
            % {"fila": actual.fila}
        )


def _exigir_que_quepan(contexto: Contexto, celdas: Mapping[int, str]) -> None:
    if any(not 0 <= lugar < len(contexto.encabezado) for lugar in celdas):
        raise ErrorDeNegocio(_("El archivo no tiene esa columna. No se cambió nada."))
    if any(len(valor) > LARGO_DE_CELDA or "\0" in valor for valor in celdas.values()):
        raise ErrorDeNegocio(
            _("Una celda pasa de %(n)s letras. No se cambió nada.") % {"n": f"{LARGO_DE_CELDA:,}"}
        )


def escribir_celdas(
    carga: Carga, celdas: Iterable[Celda], *, por: Usuario, receta: Receta | None = None
) -> int:
    """Un lote, por COPY. Quien llama ya apartó la carga."""
    ahora, cuantas = timezone.now(), 0
    llave = receta.pk if receta else None
    with connection.cursor() as cursor, cursor.copy(_CELDAS) as copia:
        for c in celdas:
            copia.write_row((carga.pk, c.fila, c.lugar, c.crudo, c.nuevo, llave, por.pk, ahora))
            cuantas += 1
    return cuantas


def escribir_descartes(
    carga: Carga, filas: Iterable[int], *, motivo: str, por: Usuario, receta: Receta | None = None
) -> int:
    ahora, cuantas = timezone.now(), 0
    llave = receta.pk if receta else None
    with connection.cursor() as cursor, cursor.copy(_FILAS) as copia:
        for fila in filas:
            copia.write_row((carga.pk, fila, True, motivo, llave, por.pk, ahora))
            cuantas += 1
    return cuantas
