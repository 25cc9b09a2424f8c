"""Corregir una carga sin tocar su archivo: celdas, filas que no entran, y hacerlas volver."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

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


@dataclass(frozen=True, slots=True)
class Pedido:
    """Lo que alguien quiere de una fila que vio con esa `edicion`. `fuera` es el motivo, si no entra."""

    edicion: str
    celdas: Mapping[int, str] = field(default_factory=dict)
    fuera: str | None = None
    vuelve: bool = False


@dataclass(frozen=True, slots=True)
class Guardado:
    """Si algo cambió; y si no se pudo, por qué."""

    cambio: bool = False
    mensaje: str = ""


@transaction.atomic
def guardar_filas(
    carga: Carga, pedidos: Mapping[int, Pedido], *, por: Usuario
) -> dict[int, Guardado]:
    """Cada fila entera o nada: la que no se puede dice por qué y no estorba a las demás."""
    contexto = apartar_para_corregir(carga, por=por)
    actuales = {f.fila: f for f in filas_de(contexto, pedidos)}
    return {
        fila: _guardar_una(contexto, actuales.get(fila), fila, pedido, por=por)
        for fila, pedido in pedidos.items()
    }


def _guardar_una(
    contexto: Contexto, actual: FilaDeCarga | None, fila: int, pedido: Pedido, *, por: Usuario
) -> Guardado:
    """Todo se comprueba antes de escribir."""
    try:
        if actual is None:
            raise ErrorDeNegocio(
                _("La fila %(fila)s no está entre las que esperan. No se cambió nada.")
                % {"fila": fila}
            )
        if pedido.fuera is not None:
            return _dejar_fuera(contexto, actual, pedido, por=por)
        if pedido.vuelve:
            return _hacer_volver(contexto, actual, pedido, por=por)
        return _corregir(contexto, actual, pedido, por=por)
    except ErrorDeNegocio as error:
        return Guardado(mensaje=error.mensaje)


def _corregir(contexto: Contexto, actual: FilaDeCarga, pedido: Pedido, *, por: Usuario) -> Guardado:
    """Lo que queda igual no se anota."""
    nuevas = {lugar: _como_se_guarda(valor) for lugar, valor in pedido.celdas.items()}
    distintas = {
        lugar: valor
        for lugar, valor in nuevas.items()
        if valor != _como_se_guarda(actual.celda(lugar))
    }
    if not distintas:
        return Guardado()
    _exigir_la_misma(actual, pedido.edicion)
    _exigir_que_quepan(contexto, distintas)
    Correccion.objects.bulk_create(
        Correccion(
            carga=contexto.carga,
            fila=actual.fila,
            lugar=lugar,
            crudo=actual.crudo(lugar),
            nuevo=valor,
            por=por,
        )
        for lugar, valor in sorted(distintas.items())
    )
    anotar("carga.fila_corregida", contexto.carga, por=por, fila=actual.fila, celdas=len(distintas))
    return Guardado(cambio=True)


def _como_se_guarda(valor: str) -> str:
    """Un navegador manda los renglones con CRLF."""
    return valor.replace("\r\n", "\n").strip()


def _dejar_fuera(
    contexto: Contexto, actual: FilaDeCarga, pedido: Pedido, *, por: Usuario
) -> Guardado:
    if actual.fuera:
        return Guardado()
    motivo = exigir_motivo_de_descarte(pedido.fuera or "")
    _exigir_la_misma(actual, pedido.edicion)
    Descarte.objects.create(carga=contexto.carga, fila=actual.fila, motivo=motivo, por=por)
    anotar("carga.fila_fuera", contexto.carga, por=por, fila=actual.fila, motivo=motivo)
    return Guardado(cambio=True)


def _hacer_volver(
    contexto: Contexto, actual: FilaDeCarga, pedido: Pedido, *, por: Usuario
) -> Guardado:
    if not actual.fuera:
        return Guardado()
    _exigir_la_misma(actual, pedido.edicion)
    Descarte.objects.create(carga=contexto.carga, fila=actual.fila, fuera=False, por=por)
    anotar("carga.fila_vuelve", contexto.carga, por=por, fila=actual.fila)
    return Guardado(cambio=True)


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
