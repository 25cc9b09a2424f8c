"""Preparar, confirmar y cancelar un lote. Hacerlo, renglón por renglón, es de `avance_de_lotes`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sibis.bitacora.registro import registrar
from sibis.cuentas.models import Usuario
from sibis.nucleo.errores import ErrorDeNegocio, SinPermiso
from sibis.panel import tasks
from sibis.panel.estados import ACABADOS, FLUJO_LOTE, Resultado
from sibis.panel.lotes import AccionEnLote, Renglon, acciones, modelo_de
from sibis.panel.models import Lote, RenglonDeLote
from sibis.panel.textos import corto

# Más que estos no los revisa nadie en una vista previa: se acota el filtro.
TOPE = 5_000


@transaction.atomic
def preparar(
    clase: type[AccionEnLote], elegidos: models.QuerySet, *, por: Usuario, volver_a: str = ""
) -> Lote:
    """Guarda la selección con lo que pasaría con cada uno. No cambia ningún objeto."""
    _exigir_facultad(clase, por=por)
    llaves = list(dict.fromkeys(elegidos.order_by().values_list("pk", flat=True)[: TOPE + 1]))
    if not llaves:
        raise ErrorDeNegocio(_("No elegiste nada. Marca renglones o elige toda la lista."))
    if len(llaves) > TOPE:
        raise ErrorDeNegocio(
            _("Son más de %(n)s. Acota con un filtro y hazlo por partes.") % {"n": f"{TOPE:,}"}
        )
    lote = Lote.objects.create(
        accion=clase.clave,
        titulo=str(clase.nombre)[:200],
        modelo=elegidos.model._meta.label_lower,
        datos=clase.datos_iniciales(),
        usuario=por,
        volver_a=volver_a[:2_000],
    )
    _prever(lote, clase(lote.datos), llaves, por=por)
    return lote


@transaction.atomic
def recalcular(lote: Lote, *, datos: dict[str, Any], por: Usuario) -> Lote:
    """Otra vista previa de los mismos objetos, con otra respuesta."""
    lote, clase = _propio(lote, por=por)
    if lote.estado != FLUJO_LOTE.inicial:
        raise ErrorDeNegocio(_("El lote ya se confirmó: prepara otro para cambiar los datos."))
    llaves = list(lote.renglones.values_list("objeto", flat=True))
    lote.renglones.all().delete()
    lote.datos = datos
    _prever(lote, clase(datos), llaves, por=por)
    return lote


@transaction.atomic
def confirmar(lote: Lote, *, por: Usuario) -> Lote:
    """Lo manda hacer. Desde aquí la verdad es el renglón: si nadie oye el timbre, el reloj lo empuja."""
    lote, _clase = _propio(lote, por=por)
    paso = FLUJO_LOTE.exigir("confirmar", estado=lote.estado)
    if not lote.por_hacer:
        raise ErrorDeNegocio(_("No hay nada que hacer: ningún renglón procede."))
    lote.estado = paso.hacia
    lote.save(update_fields=["estado"])
    registrar(
        "lote.confirmado", lote, por=por, accion=lote.accion, que=lote.titulo, total=lote.por_hacer
    )
    transaction.on_commit(lambda: tasks.tocar_timbre(lote.pk))
    return lote


@transaction.atomic
def cancelar(lote: Lote, *, por: Usuario) -> Lote:
    """Deja de hacerse lo que falta; lo hecho queda hecho y dicho."""
    lote = Lote.objects.select_for_update().get(pk=lote.pk)
    if lote.usuario_id != por.pk:
        raise SinPermiso(_("Ese lote lo preparó otra persona."))
    if lote.estado in ACABADOS:
        raise ErrorDeNegocio(_("El lote ya había acabado: no quedaba nada que cancelar."))
    paso = FLUJO_LOTE.exigir("cancelar", estado=lote.estado)
    lote.estado, lote.acabado_en = paso.hacia, timezone.now()
    lote.save(update_fields=["estado", "acabado_en"])
    registrar(
        "lote.cancelado", lote, por=por, que=lote.titulo, hechos=lote.hechos, faltaban=lote.faltan
    )
    return lote


def _propio(lote: Lote, *, por: Usuario) -> tuple[Lote, type[AccionEnLote]]:
    lote = Lote.objects.select_for_update().get(pk=lote.pk)
    if lote.usuario_id != por.pk:
        raise SinPermiso(_("Ese lote lo preparó otra persona."))
    clase = acciones().get(lote.accion)
    if clase is None:
        raise ErrorDeNegocio(_("Esa acción ya no existe. Cancela el lote."))
    _exigir_facultad(clase, por=por)
    return lote, clase


def _exigir_facultad(clase: type[AccionEnLote], *, por: Usuario) -> None:
    if not clase.la_puede(por):
        raise SinPermiso(
            _("Tu función no permite esto: hace falta %(facultad)s.")
            % {"facultad": clase.permiso.frase}
        )


def _prever(lote: Lote, accion: AccionEnLote, llaves: Iterable[int], *, por: Usuario) -> None:
    modelo = modelo_de(lote.modelo)
    objetos = list(
        modelo._default_manager.filter(pk__in=llaves)
        .select_related(*accion.relacionados)
        .order_by("pk")
    )
    previstos = accion.previsualizar(objetos, por=por)
    RenglonDeLote.objects.bulk_create((_renglon(lote, p) for p in previstos), batch_size=1_000)
    lote.total = len(previstos)
    lote.por_hacer = sum(1 for p in previstos if p.que_pasara)
    lote.save(update_fields=["total", "por_hacer", "datos"])


def _renglon(lote: Lote, previsto: Renglon) -> RenglonDeLote:
    return RenglonDeLote(
        lote=lote,
        objeto=previsto.objeto.pk,
        nombre=corto(str(previsto.objeto), 300),
        previsto=corto(previsto.que_pasara or previsto.por_que_no, 500),
        resultado=Resultado.PENDIENTE if previsto.que_pasara else Resultado.OMITIDO,
    )
