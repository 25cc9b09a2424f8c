"""Una captura a mano: empezarla, apartarla para escribir y anotar quién la vio."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from padron.consultas.columnas_de_captura import (
    regla_publicada,
)
from padron.consultas.periodos import admitidos
from padron.models import Captura, DisposicionDePadron
from padron.servicios.exigencias import exigir_facultad
from programas.models import Programa
from sibis.bitacora.registro import registrar, registrar_lectura
from sibis.cuentas.models import Dependencia, Usuario
from sibis.cuentas.permisos import Permiso, puede
from sibis.nucleo.errores import ErrorDeNegocio, SinPermiso
from sibis.vigencia.carga import en_palabras
from sibis.vigencia.restricciones import con_mensajes


@transaction.atomic
def empezar(*, programa: Programa, ejercicio: int, periodo: str, por: Usuario) -> Captura:
    """La dependencia es la de la regla. Levanta SinPermiso u otro ErrorDeNegocio."""
    captura = Captura(
        programa=programa, ejercicio=ejercicio, periodo=periodo, creada_por=por, tocada_por=por
    )
    regla = regla_publicada(captura)
    if regla is None:
        raise ErrorDeNegocio(
            _("«%(programa)s» no tiene reglas publicadas en %(anio)s: sin ellas no hay padrón.")
            % {"programa": programa.nombre, "anio": ejercicio}
        )
    exigir_capturar(regla.dependencia, por=por)
    if periodo not in admitidos(DisposicionDePadron.de(programa, ejercicio).periodicidad):
        raise ErrorDeNegocio(_("Este programa no entrega su padrón en ese periodo: elige otro."))
    captura.dependencia = regla.dependencia
    try:
        with con_mensajes():
            captura.save()
    except ValidationError as error:
        raise ErrorDeNegocio(en_palabras(error)) from error
    anotar("captura.empezada", captura, por=por)
    return captura


@transaction.atomic
def anotar_lectura(captura: Captura, *, por: Usuario) -> None:
    """Antes de enseñar lo que otra persona tecleó. Levanta SinPermiso si no le toca."""
    exigir_capturar(captura.dependencia, por=por)
    registrar_lectura(
        "captura",
        captura,
        por=por,
        dependencia=captura.dependencia,
        captura=captura.pk,
        filas=captura.renglones.puestos().count(),
    )


def apartar(captura: Captura, *, por: Usuario) -> Captura:
    """La bloquea. Levanta ErrorDeNegocio si ya se entregó o se descartó, y SinPermiso si no le toca."""
    apartada = (
        Captura.objects.select_for_update(of=("self",))
        .select_related("programa", "dependencia", "carga")
        .get(pk=captura.pk)
    )
    exigir_capturar(apartada.dependencia, por=por)
    if not apartada.esta_abierta:
        raise ErrorDeNegocio(
            _("Esta captura ya está %(estado)s: sus renglones no cambian. No se guardó nada.")
            % {"estado": apartada.get_estado_display()}
        )
    return apartada


def exigir_capturar(dependencia: Dependencia, *, por: Usuario) -> None:
    exigir_facultad(Permiso.PADRON_CARGAR, dependencia, por=por)
    if not puede(por, Permiso.DATOS_PERSONALES_VER, en=dependencia):
        raise SinPermiso(_("Tu función no permite ver datos personales de esta dependencia."))


def tocar(captura: Captura, *, por: Usuario) -> None:
    captura.tocada_por, captura.tocada_el = por, timezone.now()
    captura.save(update_fields=["tocada_por", "tocada_el", "columnas"])


def anotar(tipo: str, captura: Captura, *, por: Usuario | None, **detalle: Any) -> None:
    registrar(
        tipo,
        captura,
        por=por,
        dependencia=captura.dependencia,
        captura=captura.pk,
        programa=captura.programa.clave,
        ejercicio=captura.ejercicio,
        periodo=captura.periodo,
        **detalle,
    )
