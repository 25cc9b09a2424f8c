"""Guardar, nombrar, compartir y quitar maneras de mirar una lista."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from sibis.cuentas.models import Dependencia, Usuario
from sibis.nucleo.errores import ErrorDeNegocio, SinPermiso
from sibis.panel.models import VistaGuardada
from sibis.vigencia.carga import en_palabras
from sibis.vigencia.restricciones import con_mensajes, validar

# Más que estas por persona y lista ya no ayudan a encontrar nada.
TOPE_POR_LISTA = 20


@transaction.atomic
def guardar(
    *, por: Usuario, modelo: str, nombre: str, consulta: str, compartida_con: Dependencia | None
) -> VistaGuardada:
    """Con un nombre que ya era suyo, la cambia: es «guardar», no «guardar otra»."""
    _exigir_que_es_suya(compartida_con, por=por)
    suyas = VistaGuardada.objects.select_for_update().filter(usuario=por, modelo=modelo)
    vista = suyas.filter(nombre=nombre.strip()).first()
    if vista is None:
        if suyas.count() >= TOPE_POR_LISTA:
            raise ErrorDeNegocio(
                _("Ya tienes %(n)s vistas en esta lista. Quita una que no uses.")
                % {"n": TOPE_POR_LISTA}
            )
        ultimo = suyas.aggregate(ultimo=Max("orden"))["ultimo"] or 0
        vista = VistaGuardada(usuario=por, modelo=modelo, orden=ultimo + 1)
    vista.nombre, vista.consulta, vista.compartida_con = nombre.strip(), consulta, compartida_con
    return _escribir(vista)


@transaction.atomic
def corregir(
    vista: VistaGuardada, *, por: Usuario, nombre: str, compartida_con: Dependencia | None
) -> VistaGuardada:
    vista = _suya(vista, por=por)
    if compartida_con != vista.compartida_con:
        _exigir_que_es_suya(compartida_con, por=por)
    vista.nombre, vista.compartida_con = nombre.strip(), compartida_con
    return _escribir(vista)


@transaction.atomic
def quitar(vista: VistaGuardada, *, por: Usuario) -> None:
    _suya(vista, por=por).delete()


@transaction.atomic
def adelantar(vista: VistaGuardada, *, por: Usuario) -> None:
    """Un lugar hacia el principio entre las propias."""
    vista = _suya(vista, por=por)
    suyas = list(VistaGuardada.objects.select_for_update().filter(usuario=por, modelo=vista.modelo))
    lugar = suyas.index(vista)
    if lugar:
        suyas.insert(lugar - 1, suyas.pop(lugar))
    for orden, una in enumerate(suyas):
        una.orden = orden
    VistaGuardada.objects.bulk_update(suyas, ["orden"])


def _suya(vista: VistaGuardada, *, por: Usuario) -> VistaGuardada:
    actual = VistaGuardada.objects.select_for_update().filter(pk=vista.pk).first()
    if actual is None or actual.usuario_id != por.pk:
        raise SinPermiso(_("Esa vista la guardó otra persona: puedes usarla y no cambiarla."))
    return actual


def _exigir_que_es_suya(dependencia: Dependencia | None, *, por: Usuario) -> None:
    suyas = {a.dependencia_id for a in por.adscripciones_vigentes()}
    if dependencia is not None and dependencia.pk not in suyas:
        raise SinPermiso(_("Solo se comparte con la dependencia donde ejerces tu función."))


def _escribir(vista: VistaGuardada) -> VistaGuardada:
    try:
        validar(vista)
        with con_mensajes(), transaction.atomic():
            vista.save()
    except ValidationError as error:
        raise ErrorDeNegocio(en_palabras(error)) from error
    return vista
