"""Emitir el recibo de una carga: el renglón queda con ella; su PDF firmado lo hace el trabajador."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from padron import tasks
from padron.consultas.constancia import constancia_de, folio_de, huella
from padron.consultas.huella_de_registros import resumir
from padron.estados import EstadoCarga
from padron.models import Carga, Recibo
from sibis.bitacora.registro import registrar
from sibis.cuentas.models import Usuario
from sibis.nucleo.errores import ErrorDeNegocio, TransicionInvalida


@transaction.atomic
def emitir(carga: Carga, *, por: Usuario) -> Recibo:
    """Va al final de la transacción que aplica: si algo no cuadra, la carga tampoco se aplica.

    Repetirlo devuelve el mismo recibo.
    """
    emitido = Recibo.objects.filter(carga=carga).first()
    if emitido is not None:
        return emitido
    if carga.estado != EstadoCarga.APLICADA:
        raise TransicionInvalida(_("Solo una carga aplicada tiene recibo."))
    resumen = resumir(carga)
    if resumen.registros != carga.validas:
        raise ErrorDeNegocio(
            _(
                "Lo que entró al padrón no coincide con lo que se revisó. No se aplicó nada: avisa a "
                "quien opera el sistema con el folio %(folio)s."
            )
            % {"folio": carga.folio}
        )
    constancia = constancia_de(carga, resumen)
    recibo = Recibo.objects.create(
        folio=folio_de(carga),
        carga=carga,
        constancia=constancia,
        sha256=huella(constancia),
        emitido_por=por,
        emitido_en=carga.aplicada_en,
    )
    registrar(
        "recibo.emitido",
        carga,
        por=por,
        dependencia=carga.dependencia,
        folio=recibo.folio,
        sha256=recibo.sha256,
    )
    transaction.on_commit(lambda: tasks.hacer_recibo.delay(recibo.pk), robust=True)
    return recibo
