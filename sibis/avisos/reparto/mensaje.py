"""Un correo con sus avisos, escrito en texto y en HTML. No dice el nombre de nadie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sibis.avisos.estados import ClaseDeCorreo
from sibis.avisos.models import Aviso, CorreoDeAviso
from sibis.formatos.fechas import fecha_corta

A_LA_VISTA = 40  # los demás se leen en la bandeja


@dataclass(frozen=True, slots=True)
class Renglon:
    titulo: str
    texto: str
    url: str
    urgente: bool


def mensaje_de(correo: CorreoDeAviso, avisos: Sequence[Aviso]) -> EmailMultiAlternatives:
    """El mismo correo lleva siempre el mismo Message-ID y los mismos avisos."""
    with translation.override(settings.LANGUAGE_CODE):
        asunto, contexto = _asunto(correo, avisos), _contexto(avisos)
        texto = render_to_string("avisos/correos/avisos.txt", contexto)
        html = render_to_string("avisos/correos/avisos.html", contexto)
    mensaje = EmailMultiAlternatives(
        subject=" ".join(asunto.split()),
        body=texto,
        to=[correo.para.email],
        headers={
            "Message-ID": f"<{correo.uid}@{urlsplit(settings.URL_PUBLICA).hostname}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    mensaje.attach_alternative(html, "text/html")
    return mensaje


def _asunto(correo: CorreoDeAviso, avisos: Sequence[Aviso]) -> str:
    primero, cuantos = avisos[0], len(avisos)
    if correo.clase == ClaseDeCorreo.RESUMEN:
        return ngettext(
            "Tu resumen del %(dia)s: un aviso", "Tu resumen del %(dia)s: %(n)s avisos", cuantos
        ) % {"dia": fecha_corta(correo.dia, hoy=timezone.localdate()), "n": cuantos}
    titulo = _("Urgente: %(titulo)s") % {"titulo": primero.titulo}
    titulo = titulo if primero.urgente else primero.titulo
    if cuantos == 1:
        return titulo
    return ngettext(
        "%(primero)s, y un aviso más", "%(primero)s, y %(n)s avisos más", cuantos - 1
    ) % {
        "primero": titulo,
        "n": cuantos - 1,
    }


def _contexto(avisos: Sequence[Aviso]) -> dict[str, object]:
    return {
        "sitio": settings.SIBIS_NOMBRE,
        "idioma": settings.LANGUAGE_CODE,
        "telefono": settings.SIBIS_TELEFONO,
        "renglones": [
            Renglon(a.titulo, a.texto, f"{settings.URL_PUBLICA}{a.url}", a.urgente)
            for a in avisos[:A_LA_VISTA]
        ],
        "otros": max(len(avisos) - A_LA_VISTA, 0),
        "url_bandeja": f"{settings.URL_PUBLICA}{reverse('avisos:bandeja')}",
        "url_preferencias": f"{settings.URL_PUBLICA}{reverse('avisos:preferencias')}",
    }
