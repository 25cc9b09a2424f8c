"""Otorgar y retirar funciones."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sibis.bitacora.registro import registrar
from sibis.cuentas import roles
from sibis.cuentas.models import Adscripcion, Dependencia, Usuario
from sibis.cuentas.permisos import Permiso, puede
from sibis.nucleo.errores import ErrorDeNegocio, SinPermiso
from sibis.vigencia.carga import en_palabras


@transaction.atomic
def adscribir(
    *,
    usuario: Usuario,
    dependencia: Dependencia,
    rol: str,
    por: Usuario | None,
    desde: datetime.date | None = None,
    hasta: datetime.date | None = None,
) -> Adscripcion:
    """Da una función a otra persona. `por=None` es la instalación del sistema, no una persona."""
    Usuario.objects.select_for_update().get(pk=usuario.pk)  # dos altas a la vez no se cruzan
    nueva = Adscripcion(
        usuario=usuario,
        dependencia=dependencia,
        rol=rol,
        vigente_desde=desde or timezone.localdate(),
        vigente_hasta=hasta,
        otorgada_por=por,
    )
    exigir_que_proceda(nueva, por=por)
    nueva.save()
    dejar_constancia("adscripcion.otorgada", nueva, por=por, desde=nueva.vigente_desde, hasta=hasta)
    return nueva


def exigir_que_proceda(nueva: Adscripcion, *, por: Usuario | None) -> None:
    """Levanta ErrorDeNegocio con lo que impide otorgarla. No escribe nada."""
    _exigir_administracion(por)
    if por is not None and por == nueva.usuario:
        raise SinPermiso(_("Nadie se otorga una función a sí mismo: pídelo a otra persona."))
    exigir_valida(nueva)
    exigir_compatible(nueva)


@transaction.atomic
def dar_de_baja(adscripcion: Adscripcion, *, por: Usuario | None, motivo: str) -> Adscripcion:
    """Retira la función desde ahora mismo y termina las sesiones abiertas de esa cuenta."""
    adscripcion = Adscripcion.objects.select_for_update(of=("self",)).get(pk=adscripcion.pk)
    _exigir_administracion(por)
    cerrar(adscripcion, por=por, motivo=motivo)
    for delegada in delegadas_de(adscripcion):
        cerrar(delegada, por=por, motivo=_("Quien la delegó ya no tiene la función."))
    return adscripcion


def delegadas_de(adscripcion: Adscripcion) -> list[Adscripcion]:
    """Las delegaciones vivas que salen de esa función: sin ella no tienen de dónde."""
    if adscripcion.es_delegada:
        return []
    return list(
        Adscripcion.objects.select_for_update(of=("self",)).filter(
            delegada_por=adscripcion.usuario_id,
            dependencia=adscripcion.dependencia_id,
            rol=adscripcion.rol,
            baja_en__isnull=True,
            vigente_hasta__gte=timezone.localdate(),
        )
    )


def cerrar(adscripcion: Adscripcion, *, por: Usuario | None, motivo: str) -> None:
    """El acto de retirarla, ya decidido que procede. Va dentro de una transacción."""
    if adscripcion.baja_en is not None:
        raise ErrorDeNegocio(_("Esa función ya estaba dada de baja. No se cambió nada."))
    if not motivo.strip():
        raise ErrorDeNegocio(_("Escribe el motivo de la baja: queda en la bitácora."))
    adscripcion.baja_en, adscripcion.baja_por = timezone.now(), por
    adscripcion.motivo_de_baja = motivo.strip()[:300]
    adscripcion.save(update_fields=["baja_en", "baja_por", "motivo_de_baja"])
    adscripcion.usuario.cerrar_sesiones()
    tipo = "adscripcion.delegacion_retirada" if adscripcion.es_delegada else "adscripcion.retirada"
    dejar_constancia(tipo, adscripcion, por=por, motivo=adscripcion.motivo_de_baja)


def _exigir_administracion(por: Usuario | None) -> None:
    if por is not None and not puede(por, Permiso.USUARIOS_ADMINISTRAR):
        raise SinPermiso(_("Solo la administración técnica otorga o retira funciones."))


def exigir_valida(nueva: Adscripcion) -> None:
    try:
        nueva.full_clean()
    except ValidationError as error:
        raise ErrorDeNegocio(en_palabras(error)) from error


def exigir_compatible(nueva: Adscripcion) -> None:
    """Basta con que las fechas se toquen un día para que no proceda."""
    for otra in nueva.usuario.adscripciones.filter(baja_en__isnull=True):
        motivo = roles.INCOMPATIBLES.get(frozenset({nueva.rol, otra.rol}))
        if motivo is not None and _se_tocan(nueva, otra):
            raise ErrorDeNegocio(
                _(
                    "No se puede: ya tiene la función «%(otra)s», y %(motivo)s. Retira antes la otra."
                )
                % {"otra": otra.get_rol_display(), "motivo": motivo}
            )


def _se_tocan(una: Adscripcion, otra: Adscripcion) -> bool:
    siempre = datetime.date.max
    return una.vigente_desde <= (otra.vigente_hasta or siempre) and otra.vigente_desde <= (
        una.vigente_hasta or siempre
    )


def dejar_constancia(
    tipo: str, adscripcion: Adscripcion, *, por: Usuario | None, **detalle: object
) -> None:
    adscripcion.usuario.olvidar_adscripciones()
    registrar(
        tipo,
        adscripcion,
        por=por,
        dependencia=adscripcion.dependencia,
        cuenta=adscripcion.usuario.username,
        rol=adscripcion.rol,
        funcion=adscripcion.get_rol_display(),
        **detalle,
    )
