"""Echar a andar una pasada, y pausarla, reanudarla o repetirla."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from padron import tasks
from padron.consultas.mapeos import huella_de
from padron.estados import PASADAS_ABIERTAS, EstadoPasada
from padron.importacion import avance, pasadas
from padron.models import Carga, MapeoRecordado, Pasada
from padron.servicios.exigencias import anotar, apartar, exigir_paso
from padron.validacion.columnas import POR_IDENTIFICADOR
from programas.models import ReglaOperacion
from sibis.cuentas.models import Usuario
from sibis.nucleo.errores import ErrorDeNegocio

# Lo chico se revisa en la misma petición: quien lo sube ve el resultado al momento.
SEGUNDOS_AL_MOMENTO = 8


def echar_a_andar(pasada: Pasada, *, bytes_: int) -> None:
    """Al confirmarse la transacción. Lo grande, en la cola; lo chico, aquí mismo."""
    if bytes_ <= settings.PADRON_AL_MOMENTO:
        transaction.on_commit(lambda: _al_momento(pasada.pk), robust=True)
    else:
        transaction.on_commit(lambda: tasks.tocar_timbre(pasada.pk), robust=True)


def _al_momento(pasada_id: int) -> None:
    if avance.avanzar(pasada_id, segundos=SEGUNDOS_AL_MOMENTO):
        tasks.tocar_timbre(pasada_id)


@transaction.atomic
def confirmar_mapeo(
    carga: Carga,
    *,
    mapeo: Mapping[str, int],
    por: Usuario,
    recordar: bool = True,
    edicion: int | None = None,
    en_cola: bool = True,
) -> Carga:
    """Dice qué es cada columna («curp» → 3, desde 0) y sigue la revisión; se recuerda por encabezado.

    Desde «por revisar» vuelve a revisarla entera con el mapeo nuevo.
    """
    carga = apartar(carga, edicion=edicion)
    exigir_paso(carga, "confirmar_mapeo", por=por)
    limpio = _mapeo_posible(carga, mapeo)
    pasadas.mover(carga, "confirmar_mapeo", mapeo=limpio, error="")
    if recordar and carga.lectura.get("fila_encabezado"):
        _recordar(carga, limpio, por=por)
    anotar("carga.mapeo_confirmado", carga, por=por, columnas=sorted(limpio))
    pasada = carga.pasadas.filter(estado=EstadoPasada.PAUSADA).select_for_update().first()
    if pasada is None:
        pasada = siguiente_pasada(carga)
    else:
        pasadas.mover_pasada(pasada, "reanudar", latido=timezone.now())
    _seguir(carga, pasada, en_cola)
    return carga


@transaction.atomic
def revisar_de_nuevo(
    carga: Carga, *, por: Usuario, edicion: int | None = None, en_cola: bool = True
) -> Carga:
    """Otra pasada con lo corregido; la de antes se ve hasta que esta termine."""
    carga = apartar(carga, edicion=edicion)
    exigir_paso(carga, "revisar_de_nuevo", por=por)
    pasadas.mover(carga, "revisar_de_nuevo", error="")
    pasada = siguiente_pasada(carga)
    anotar("carga.revision_pedida", carga, por=por, pasada=pasada.numero)
    _seguir(carga, pasada, en_cola)
    return carga


@transaction.atomic
def pausar(carga: Carga, *, por: Usuario, edicion: int | None = None) -> Carga:
    """Se detiene en uno o dos segundos, sin perder los pasos completos."""
    carga = apartar(carga, edicion=edicion)
    exigir_paso(carga, "pausar", por=por)
    pasadas.mover_pasada(_abierta(carga), "pausar")
    pasadas.mover(carga, "pausar")
    anotar("carga.pausada", carga, por=por)
    return carga


@transaction.atomic
def reanudar(
    carga: Carga, *, por: Usuario, edicion: int | None = None, en_cola: bool = True
) -> Carga:
    """Sigue desde su último paso completo."""
    carga = apartar(carga, edicion=edicion)
    exigir_paso(carga, "reanudar", por=por)
    pasada = _abierta(carga)
    pasadas.mover_pasada(pasada, "reanudar", intentos=0, error="", latido=timezone.now())
    pasadas.mover(carga, "reanudar", error="")
    anotar("carga.reanudada", carga, por=por)
    _seguir(carga, pasada, en_cola)
    return carga


def siguiente_pasada(
    carga: Carga,
    *,
    motivo: str = Pasada.Motivo.CORRECCIONES,
    regla: ReglaOperacion | None = None,
) -> Pasada:
    """Abre otra; quien llama ya tiene la carga apartada."""
    ultima = carga.pasadas.order_by("-numero").values_list("numero", flat=True).first() or 0
    return Pasada.objects.create(
        carga=carga,
        numero=ultima + 1,
        motivo=motivo,
        regla=regla or carga.regla,
        latido=timezone.now(),
    )


def _abierta(carga: Carga) -> Pasada:
    return (
        carga.pasadas.select_for_update(of=("self",))
        .filter(estado__in=PASADAS_ABIERTAS)
        .exclude(motivo=Pasada.Motivo.SOMBRA)
        .get()
    )


def _seguir(carga: Carga, pasada: Pasada, en_cola: bool) -> None:
    if en_cola:
        seguir(carga, pasada)


def seguir(carga: Carga, pasada: Pasada) -> None:
    """Al momento o en la cola, según pese su archivo."""
    echar_a_andar(pasada, bytes_=carga.archivo.bytes if carga.archivo else 0)


def _mapeo_posible(carga: Carga, mapeo: Mapping[str, int]) -> dict[str, int]:
    """Columnas que existen, en lugares del archivo, sin que dos digan lo mismo del mismo lugar."""
    cuantas = len(carga.lectura.get("encabezado", ()))
    limpio = {str(columna): lugar for columna, lugar in mapeo.items()}
    desconocidas = sorted(limpio.keys() - POR_IDENTIFICADOR.keys())
    fuera = [c for c, lugar in limpio.items() if type(lugar) is not int or not 0 <= lugar < cuantas]
    if desconocidas or fuera:
        raise ErrorDeNegocio(
            _("No se reconoce %(que)s. Revisa qué columna es cada una.")
            % {"que": ", ".join(f"«{c}»" for c in [*desconocidas, *fuera])}
        )
    if not limpio:
        raise ErrorDeNegocio(_("Di al menos qué columna trae la CURP o el folio, y el nombre."))
    if len(set(limpio.values())) < len(limpio):
        raise ErrorDeNegocio(_("La misma columna del archivo está en dos lugares. Deja uno."))
    return limpio


def _recordar(carga: Carga, mapeo: dict[str, int], *, por: Usuario) -> None:
    encabezado = carga.lectura["encabezado"]
    MapeoRecordado.objects.update_or_create(
        dependencia=carga.dependencia,
        programa=carga.programa,
        huella=huella_de(encabezado),
        defaults={"encabezado": encabezado, "mapeo": mapeo, "confirmado_por": por},
    )
