"""Lo que se comprueba antes de escribir, dicho para quien escribe."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sibis.bitacora.datos_personales import dato_personal_en
from sibis.cuentas.models import Usuario
from sibis.mensajes.models import Hilo
from sibis.mensajes.models.hilo import LARGO_DE_ASUNTO
from sibis.mensajes.models.mensaje import LARGO_DE_TEXTO
from sibis.nucleo.errores import ErrorDeNegocio, SinPermiso

_EN_SU_LUGAR = {
    "curp": gettext_lazy(
        "No escribas aquí una CURP: usa el folio de la solicitud o el renglón del padrón."
    ),
    "correo": gettext_lazy(
        "No escribas aquí un correo: nombra a la persona con «@» y su usuario, o di en qué oficio está."
    ),
    "clabe": gettext_lazy(
        "No escribas aquí una CLABE ni un número de 18 cifras: usa el folio de la dispersión."
    ),
}


def aviso_de_dato_personal(texto: str) -> str:
    """Qué no escribir y qué usar; vacío si no hay nada que decir."""
    hallado = dato_personal_en(texto)
    return str(_EN_SU_LUGAR[hallado]) if hallado else ""


def exigir_texto(texto: str) -> None:
    if not texto:
        raise ErrorDeNegocio(_("Escribe el mensaje."))
    if len(texto) > LARGO_DE_TEXTO:
        raise ErrorDeNegocio(
            _("El mensaje pasa de %(n)s caracteres: pártelo en dos o adjunta un documento.")
            % {"n": f"{LARGO_DE_TEXTO:,}"}
        )
    if aviso := aviso_de_dato_personal(texto):
        raise ErrorDeNegocio(aviso)


def exigir_asunto(asunto: str) -> None:
    if not asunto:
        raise ErrorDeNegocio(_("Escribe de qué trata."))
    if len(asunto) > LARGO_DE_ASUNTO:
        raise ErrorDeNegocio(
            _("El asunto pasa de %(n)s caracteres: lo demás va en el mensaje.")
            % {"n": LARGO_DE_ASUNTO}
        )
    if aviso := aviso_de_dato_personal(asunto):
        raise ErrorDeNegocio(aviso)


def exigir_que_lo_vea(hilo: Hilo, *, por: Usuario) -> None:
    if not Hilo.objects.visibles_para(por).filter(pk=hilo.pk).exists():
        raise SinPermiso(_("Ese hilo no está entre los que puedes ver."))
