"""Delegar la función propia por un tiempo, con su oficio, y retirarla antes de que venza."""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sibis.bitacora.datos_personales import DatoPersonalEnBitacora, exigir_sin_datos_personales
from sibis.cuentas.delegaciones import dias_maximos
from sibis.cuentas.models import Adscripcion, Usuario
from sibis.cuentas.permisos import Permiso
from sibis.cuentas.servicios import adscripciones
from sibis.formatos.fechas import fecha_larga
from sibis.nucleo.errores import ErrorDeNegocio, SinPermiso


@transaction.atomic
def delegar(
    *,
    funcion: Adscripcion,
    en: Usuario,
    desde: datetime.date,
    hasta: datetime.date,
    oficio: str,
    por: Usuario,
) -> Adscripcion:
    """Otra cuenta de la misma dependencia ejerce la función entre esas fechas, incluidas.

    Levanta SinPermiso o ErrorDeNegocio con lo que lo impide; entonces no cambia nada.
    """
    Usuario.objects.select_for_update().get(pk=en.pk)  # dos altas a la vez no se cruzan
    funcion = _bloquear(funcion)
    _exigir_que_sea_suya(funcion, por=por)
    _exigir_de_la_casa(funcion, en)
    _exigir_periodo(funcion, desde, hasta)
    nueva = Adscripcion(
        usuario=en,
        dependencia=funcion.dependencia,
        rol=funcion.rol,
        vigente_desde=desde,
        vigente_hasta=hasta,
        otorgada_por=por,
        delegada_por=por,
        oficio=_oficio(oficio),
    )
    adscripciones.exigir_valida(nueva)
    adscripciones.exigir_compatible(nueva)
    nueva.save()
    adscripciones.dejar_constancia(
        "adscripcion.delegada", nueva, por=por, desde=desde, hasta=hasta, oficio=nueva.oficio
    )
    _avisar(nueva, por=por, hecho="recibida", titulo=_("%(quien)s te delegó «%(funcion)s»"))
    return nueva


@transaction.atomic
def revocar(delegacion: Adscripcion, *, por: Usuario, motivo: str) -> Adscripcion:
    """La retira quien la dio, desde ahora mismo; las sesiones de quien la tenía terminan."""
    delegacion = _bloquear(delegacion)
    if delegacion.delegada_por_id != por.pk:
        raise SinPermiso(_("Solo retira una delegación quien la dio, o la administración técnica."))
    if not delegacion.vigente_hasta or delegacion.vigente_hasta < timezone.localdate():
        raise ErrorDeNegocio(_("Esa delegación ya había vencido sola. No se cambió nada."))
    _exigir_decible(motivo)
    adscripciones.cerrar(delegacion, por=por, motivo=motivo)
    _avisar(delegacion, por=por, hecho="retirada", titulo=_("%(quien)s te retiró «%(funcion)s»"))
    return delegacion


def _bloquear(adscripcion: Adscripcion) -> Adscripcion:
    suyas = Adscripcion.objects.select_for_update(of=("self",))
    return suyas.select_related("dependencia", "usuario").get(pk=adscripcion.pk)


def _exigir_que_sea_suya(funcion: Adscripcion, *, por: Usuario) -> None:
    hoy = timezone.localdate()
    if funcion.usuario_id != por.pk or not funcion.rige(hoy) or not por.is_active:
        raise SinPermiso(_("Solo se delega una función propia y en vigor."))
    if funcion.es_delegada:
        raise SinPermiso(_("Esta función te la delegaron: no se puede volver a delegar."))
    if not funcion.concede(Permiso.FUNCION_DELEGAR):
        raise SinPermiso(_("Tu función no se puede delegar."))


def _exigir_de_la_casa(funcion: Adscripcion, en: Usuario) -> None:
    if en.pk == funcion.usuario_id:
        raise ErrorDeNegocio(_("Nadie se delega una función a sí mismo."))
    suyas = [a for a in en.adscripciones_vigentes() if not a.es_delegada]
    if not en.is_active or funcion.dependencia_id not in {a.dependencia_id for a in suyas}:
        raise ErrorDeNegocio(
            _("Se delega en una cuenta activa de la misma dependencia: %(donde)s.")
            % {"donde": funcion.dependencia}
        )


def _exigir_periodo(funcion: Adscripcion, desde: datetime.date, hasta: datetime.date) -> None:
    tope = dias_maximos(desde)
    if desde < timezone.localdate():
        raise ErrorDeNegocio(_("Una delegación empieza hoy o después."))
    if hasta < desde:
        raise ErrorDeNegocio(_("Una delegación termina después de empezar."))
    if (hasta - desde).days + 1 > tope:
        raise ErrorDeNegocio(
            ngettext(
                "Una delegación dura a lo más %(n)s día.",
                "Una delegación dura a lo más %(n)s días.",
                tope,
            )
            % {"n": tope}
        )
    if funcion.vigente_hasta is not None and hasta > funcion.vigente_hasta:
        raise ErrorDeNegocio(
            _("Tu función termina el %(dia)s: no se delega por más tiempo.")
            % {"dia": fecha_larga(funcion.vigente_hasta)}
        )


def _oficio(texto: str) -> str:
    if not texto.strip():
        raise ErrorDeNegocio(_("Escribe el número del oficio con que delegas."))
    _exigir_decible(texto)
    return texto.strip()[:60]


def _exigir_decible(texto: str) -> None:
    try:
        exigir_sin_datos_personales({"texto": texto})
    except DatoPersonalEnBitacora as error:
        raise ErrorDeNegocio(
            _("El texto parece traer una CURP, una CLABE o un correo. Quítalo: queda para siempre.")
        ) from error


def _avisar(delegacion: Adscripcion, *, por: Usuario, hecho: str, titulo: str) -> None:
    avisar: Any = import_string(settings.AVISAR_AL_PERSONAL)
    datos = {"quien": por.get_username(), "funcion": delegacion.get_rol_display()}
    hasta = delegacion.vigente_hasta or delegacion.vigente_desde  # la base exige que la haya
    periodo = _("Del %(desde)s al %(hasta)s, en %(donde)s, con el oficio %(oficio)s.") % {
        "desde": fecha_larga(delegacion.vigente_desde),
        "hasta": fecha_larga(hasta),
        "donde": delegacion.dependencia.siglas,
        "oficio": delegacion.oficio,
    }
    avisar(
        para=[delegacion.usuario],
        clase="delegacion",
        hecho=f"delegacion-{delegacion.pk}-{hecho}",
        titulo=titulo % datos,
        texto=periodo,
        url=reverse("delegaciones:lista"),
        por=por,
    )
