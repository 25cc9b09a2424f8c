"""Recibir un padrón y desistir de él."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from padron.estados import PASADAS_ABIERTAS, SIN_EFECTO, EstadoCarga
from padron.importacion import pasadas, revisar, trabajo
from padron.models import Carga, Pasada
from padron.models.opciones import PERIODO_VALIDO
from padron.servicios.en_marcha import echar_a_andar
from padron.servicios.exigencias import anotar, apartar, exigir_facultad, exigir_paso
from padron.validacion.motor import CifrasDeControl
from programas.models import Programa, ReglaOperacion
from sibis.archivos import servicios as archivos
from sibis.archivos.models import Archivo
from sibis.bitacora.datos_personales import dato_personal_en
from sibis.cuentas.models import Usuario
from sibis.cuentas.permisos import Permiso
from sibis.mensajes.texto import nombre_de_archivo
from sibis.nucleo.errores import ErrorDeNegocio
from sibis.vigencia.carga import en_palabras
from sibis.vigencia.restricciones import con_mensajes

_SIN_CIFRAS = CifrasDeControl()


class ArchivoRepetido(ErrorDeNegocio):
    """Ese mismo archivo ya se cargó para ese programa y periodo; `folio` dice cuál es."""

    def __init__(self, mensaje: str, *, folio: str) -> None:
        super().__init__(mensaje)
        self.folio = folio


@transaction.atomic
def recibir(
    contenido: BinaryIO,
    *,
    nombre: str,
    programa: Programa,
    ejercicio: int,
    por: Usuario,
    periodo: str = "anual",
    hoja: str = "",
    cifras: CifrasDeControl = _SIN_CIFRAS,
    sustituye: Carga | None = None,
    origen: str = Carga.Origen.ARCHIVO,
    mapeo: Mapping[str, int] | None = None,
    en_cola: bool = True,
) -> Carga:
    """Guarda el archivo tal como llegó, abre su carga y la echa a andar.

    La dependencia es la de la regla. Levanta ErrorDeNegocio (ArchivoRepetido, SinPermiso…), y entonces
    no queda nada. Con `mapeo` no se preguntan sus columnas; sin `en_cola`, la mueve quien llama.
    """
    regla = _regla_publicada(programa, ejercicio)
    exigir_facultad(Permiso.PADRON_CARGAR, regla.dependencia_id, por=por)
    _exigir_periodo(periodo)
    archivo = archivos.guardar(contenido, por=por, limite=settings.PADRON_LIMITE)
    datos: dict[str, Any] = {"programa": programa, "ejercicio": ejercicio, "periodo": periodo}
    _exigir_que_no_este(archivo, datos | {"hoja": hoja.strip()})
    if sustituye is not None:
        _exigir_que_se_sustituya(sustituye.pk, datos)
    carga = _crear(
        **datos | _declaradas(cifras) | _de_archivo(archivo, nombre, hoja),
        regla=regla,
        dependencia=regla.dependencia,
        origen=origen,
        mapeo=dict(mapeo or {}),
        sustituye=sustituye,
        cargada_por=por,
    )
    _abrir(carga, archivo, por=por, en_cola=en_cola)
    return carga


def _de_archivo(archivo: Archivo, nombre: str, hoja: str) -> dict[str, Any]:
    return {
        "archivo": archivo,
        "nombre_del_archivo": nombre_sin_datos(nombre, archivo.tipo),
        "hoja": hoja.strip(),
    }


def _abrir(carga: Carga, archivo: Archivo, *, por: Usuario, en_cola: bool) -> None:
    """Su primera pasada, y en la bitácora qué llegó."""
    pasada = Pasada.objects.create(carga=carga, numero=1, regla=carga.regla)
    detalle = {"ejercicio": carga.ejercicio, "periodo": carga.periodo, "sha256": archivo.sha256}
    anotar("carga.recibida", carga, por=por, programa=carga.programa.clave, **detalle)
    if en_cola:
        echar_a_andar(pasada, bytes_=archivo.bytes)


def _declaradas(cifras: CifrasDeControl) -> dict[str, Any]:
    return {
        "filas_declaradas": cifras.filas,
        "monto_declarado": cifras.monto,
        "mujeres_declaradas": cifras.mujeres,
        "hombres_declarados": cifras.hombres,
    }


def nombre_sin_datos(nombre: str, tipo: str) -> str:
    """Como se enseña; si parece traer un dato de alguien, uno que no dice nada."""
    limpio = nombre_de_archivo(nombre, tipo)
    if dato_personal_en(limpio):
        limpio = nombre_de_archivo(_("padrón recibido") + Path(limpio).suffix, tipo)
    return limpio[:120]


@transaction.atomic
def cancelar(carga: Carga, *, por: Usuario, edicion: int | None = None) -> Carga:
    """La dependencia desiste: nada entró al padrón y el archivo se conserva."""
    carga = apartar(carga, edicion=edicion)
    exigir_paso(carga, "cancelar", por=por)
    for pasada in carga.pasadas.select_for_update(of=("self",)):
        if pasada.estado in PASADAS_ABIERTAS:
            pasadas.mover_pasada(pasada, "cancelar")
        revisar.olvidar(pasada)
        transaction.on_commit(partial(trabajo.tirar, pasada))
    carga.pasadas.update(tabla="")
    pasadas.mover(carga, "cancelar", cancelada_por=por, cancelada_en=timezone.now())
    anotar("carga.cancelada", carga, por=por)
    return carga


def _regla_publicada(programa: Programa, ejercicio: int) -> ReglaOperacion:
    regla: ReglaOperacion | None = (
        ReglaOperacion.objects.publicadas()
        .select_related("dependencia")
        .filter(programa=programa, ejercicio=ejercicio)
        .first()
    )
    if regla is None:
        raise ErrorDeNegocio(
            _("«%(programa)s» no tiene reglas publicadas en %(anio)s: sin ellas no hay padrón.")
            % {"programa": programa.nombre, "anio": ejercicio}
        )
    return regla


def _exigir_periodo(periodo: str) -> None:
    try:
        PERIODO_VALIDO(periodo)
    except ValidationError as error:
        raise ErrorDeNegocio(en_palabras(error)) from error


def _exigir_que_no_este(archivo: Archivo, datos: dict[str, Any]) -> None:
    """`guardar` ya dio turno por huella: dos que suben lo mismo a la vez llegan aquí uno tras otro."""
    otra = Carga.objects.filter(archivo=archivo, **datos).exclude(estado__in=SIN_EFECTO).first()
    if otra is not None:
        raise ArchivoRepetido(
            _(
                "Ese mismo archivo ya se cargó para este programa y periodo: es la carga %(folio)s "
                "(%(estado)s). No se cargó otra vez; ábrela, o cancélala si quieres empezar de nuevo."
            )
            % {"folio": otra.folio, "estado": otra.get_estado_display()},
            folio=otra.folio,
        )


def _exigir_que_se_sustituya(llave: int, datos: dict[str, Any]) -> None:
    otra = Carga.objects.get(pk=llave)
    if (otra.programa, otra.ejercicio, otra.periodo) != (
        datos["programa"],
        datos["ejercicio"],
        datos["periodo"],
    ):
        raise ErrorDeNegocio(_("Solo se sustituye una carga del mismo programa y periodo."))
    if otra.estado != EstadoCarga.APLICADA:
        raise ErrorDeNegocio(
            _("La carga %(folio)s no está aplicada: no hay qué sustituir. No se cargó nada.")
            % {"folio": otra.folio}
        )


def _crear(*, ejercicio: int, **valores: Any) -> Carga:
    """El folio se toma por turnos dentro del ejercicio."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('padron.folio'), %s)", [ejercicio])
    ultimo = Carga.objects.filter(ejercicio=ejercicio).aggregate(n=Max("consecutivo"))["n"] or 0
    try:
        with con_mensajes(), transaction.atomic():
            return Carga.objects.create(
                ejercicio=ejercicio,
                consecutivo=ultimo + 1,
                folio=f"P-{ejercicio}-{ultimo + 1:06d}",
                **valores,
            )
    except ValidationError as error:
        raise ErrorDeNegocio(en_palabras(error)) from error
