"""Anotar a mano que algo se cumplió, cuando el sistema no tiene de dónde saberlo."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone

from sibis.agenda.costuras import se_anota_a_mano
from sibis.agenda.models import Vencimiento
from sibis.agenda.servicios.decision import (
    bloquear,
    exigir_otra_instancia,
    exigir_por_cumplir,
    exigir_texto_publicable,
)
from sibis.bitacora.registro import registrar
from sibis.cuentas.models import Usuario
from sibis.formatos.fechas import fecha_larga
from sibis.nucleo.errores import ErrorDeNegocio
from sibis.vigencia.restricciones import con_mensajes


@transaction.atomic
def anotar(
    vencimiento: Vencimiento, *, el: datetime.date, que: str, por: Usuario, url: str = ""
) -> Vencimiento:
    """Quien valida dice qué día se cumplió y con qué: una Gaceta, un oficio, una publicación."""
    v = bloquear(vencimiento.pk)
    exigir_por_cumplir(v)
    exigir_otra_instancia(v, por=por)
    if not se_anota_a_mano(v.obligacion):
        raise ErrorDeNegocio(
            "Este plazo se cumple solo, cuando el sistema tiene lo que se pide. No se anota a mano."
        )
    if not que.strip():
        raise ErrorDeNegocio("Di con qué se cumplió: la Gaceta, el oficio o dónde se publicó.")
    if el > timezone.localdate():
        raise ErrorDeNegocio("Ese día todavía no llega.")
    exigir_texto_publicable(que=que, url=url)
    v.cumplido_el, v.cumplido_que, v.cumplido_url = el, que.strip(), url.strip()
    v.anotado_en, v.anotado_por = timezone.now(), por
    with con_mensajes(), transaction.atomic():
        v.save(update_fields=_CAMPOS)
    _registrar("anotar", v, por=por, dia=fecha_larga(el), que=v.cumplido_que)
    return v


@transaction.atomic
def desanotar(vencimiento: Vencimiento, *, motivo: str, por: Usuario) -> Vencimiento:
    """Fue un error: el plazo vuelve a estar por cumplirse. Lo anotado queda en la bitácora."""
    v = bloquear(vencimiento.pk)
    if v.anotado_por_id is None:
        raise ErrorDeNegocio("Nadie ha anotado que este plazo se cumplió.")
    exigir_otra_instancia(v, por=por)
    if not motivo.strip():
        raise ErrorDeNegocio("Para quitar lo anotado hay que escribir el motivo.")
    exigir_texto_publicable(motivo=motivo)
    decia = v.cumplido_que
    v.cumplido_el, v.cumplido_que, v.cumplido_url = None, "", ""
    v.anotado_en = v.anotado_por = None
    v.save(update_fields=_CAMPOS)
    _registrar("desanotar", v, por=por, motivo=motivo.strip(), que=decia)
    return v


_CAMPOS = ["cumplido_el", "cumplido_que", "cumplido_url", "anotado_en", "anotado_por"]


def _registrar(nombre: str, v: Vencimiento, *, por: Usuario, **detalle: str) -> None:
    registrar(
        f"vencimiento.{nombre}",
        v,
        por=por,
        dependencia=v.dependencia.clave,
        plazo=str(v),
        **detalle,
    )
