"""Decidir qué se hace con un hilo que cumplió su plazo. La decisión queda escrita; nada se borra."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sibis.bitacora.registro import registrar
from sibis.cuentas.models import Usuario
from sibis.mensajes.consultas.conservacion import puede_decidir
from sibis.mensajes.models import Disposicion
from sibis.mensajes.servicios.requisitos import aviso_de_dato_personal
from sibis.mensajes.texto import en_un_renglon
from sibis.nucleo.errores import ErrorDeNegocio, SinPermiso, TransicionInvalida


@transaction.atomic
def decidir(disposicion: Disposicion, *, decision: str, motivo: str, por: Usuario) -> Disposicion:
    """Levanta SinPermiso, TransicionInvalida (ya se decidió) o ErrorDeNegocio."""
    disposicion = (
        Disposicion.objects.select_for_update(of=("self",))
        .select_related("hilo")
        .get(pk=disposicion.pk)
    )
    if disposicion.decision:
        raise TransicionInvalida(_("Ya se había decidido sobre ese hilo. No se cambió nada."))
    if not puede_decidir(por):
        raise SinPermiso(_("Tu función no decide sobre la conservación de los hilos."))
    if decision not in Disposicion.Decision.values:
        raise ErrorDeNegocio(_("Elige qué se hará con el hilo."))
    motivo = en_un_renglon(motivo)[:500]
    if not motivo:
        raise ErrorDeNegocio(_("Escribe el motivo: queda en el expediente."))
    if aviso := aviso_de_dato_personal(motivo):
        raise ErrorDeNegocio(aviso)
    disposicion.decision, disposicion.motivo = decision, motivo
    disposicion.decidido_en, disposicion.decidido_por = timezone.now(), por
    disposicion.save(update_fields=["decision", "motivo", "decidido_en", "decidido_por"])
    registrar(
        "hilo.dispuesto",
        disposicion.hilo,
        por=por,
        decision=str(disposicion.get_decision_display()),
    )
    return disposicion
