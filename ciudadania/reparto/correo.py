"""Un envío, escrito como correo: en texto y en HTML, con la salida a la vista."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ciudadania.cifrado import descifrar
from ciudadania.consultas.alcance import en_palabras
from ciudadania.consultas.hechos import Hecho
from ciudadania.estados import ClaseDeEnvio, Motivo
from ciudadania.models import Aviso, Envio, Suscripcion
from programas.consultas.filtros import opciones
from programas.consultas.redaccion import fecha_corta
from programas.models import Programa


@dataclass(frozen=True, slots=True)
class Renglon:
    """Un hecho, como se lee en un correo, en una notificación o en la página."""

    titulo: str
    detalle: str
    url: str
    demostracion: bool


def correo_de(envio: Envio, suscripcion: Suscripcion) -> EmailMultiAlternatives:
    """El mensaje de ese envío. El mismo envío lleva siempre el mismo Message-ID."""
    with translation.override(suscripcion.idioma):
        asunto, contexto = _DE_CADA_CLASE[ClaseDeEnvio(envio.clase)](envio, suscripcion)
        contexto |= _comun(suscripcion)
        en_texto, en_html = _PLANTILLAS[ClaseDeEnvio(envio.clase)]
        texto = render_to_string(en_texto, contexto)
        html = render_to_string(en_html, contexto)
    mensaje = EmailMultiAlternatives(
        subject=" ".join(asunto.split()),
        body=texto,
        to=[suscripcion.correo],
        headers={
            "Message-ID": f"<{envio.uid}@{urlsplit(settings.URL_PUBLICA).hostname}>",
            "Auto-Submitted": "auto-generated",
            "List-Unsubscribe": f"<{contexto['url_baja']}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",  # RFC 8058
        },
    )
    mensaje.attach_alternative(html, "text/html")
    return mensaje


def avisos_vivos(envio: Envio) -> QuerySet[Aviso]:
    """Los de ese envío cuya suscripción sigue confirmada: entre tanto alguna pudo darse de baja."""
    vivas = Suscripcion.objects.confirmadas()
    avisos = envio.avisos.filter(suscripcion__in=vivas) if envio.suscripcion_id else envio.avisos
    return avisos.select_related("programa", "suscripcion__programa").order_by("dia", "pk")


def enlace(nombre: str, **consulta: str) -> str:
    """Con la dirección completa. La llave va en la consulta, que los registros no anotan."""
    cola = f"?{urlencode(consulta)}" if consulta else ""
    return f"{settings.URL_PUBLICA}{reverse(nombre)}{cola}"


def _comun(suscripcion: Suscripcion) -> dict[str, object]:
    llave = suscripcion.llave
    return {
        "sitio": settings.SIBIS_NOMBRE,
        "telefono": settings.SIBIS_TELEFONO,
        "idioma": suscripcion.idioma,
        "url_baja": enlace("ciudadania:baja", llave=llave),
        "url_administrar": enlace("ciudadania:administrar", llave=llave),
        "url_privacidad": enlace("portal:privacidad"),
    }


def _confirmacion(envio: Envio, suscripcion: Suscripcion) -> tuple[str, dict[str, object]]:
    contexto: dict[str, object] = {
        "de_que": en_palabras(suscripcion, opciones()),
        "url_confirmar": enlace("ciudadania:confirmar", llave=descifrar(envio.secreto)),
        "motivos": [str(Motivo(m).label) for m in Motivo.values if m in suscripcion.motivos],
    }
    return _("Confirma que quieres recibir avisos"), contexto


def _ya_suscrita(_envio: Envio, suscripcion: Suscripcion) -> tuple[str, dict[str, object]]:
    contexto: dict[str, object] = {"de_que": en_palabras(suscripcion, opciones())}
    return _("Ya recibes estos avisos"), contexto


def _avisos(envio: Envio, _suscripcion: Suscripcion) -> tuple[str, dict[str, object]]:
    renglones = renglones_de(list(avisos_vivos(envio)))
    return asunto_de(renglones), {"renglones": renglones}


_PLANTILLAS = {
    ClaseDeEnvio.CONFIRMACION: (
        "ciudadania/correos/confirmacion.txt",
        "ciudadania/correos/confirmacion.html",
    ),
    ClaseDeEnvio.YA_SUSCRITA: (
        "ciudadania/correos/ya_suscrita.txt",
        "ciudadania/correos/ya_suscrita.html",
    ),
    ClaseDeEnvio.AVISOS: ("ciudadania/correos/avisos.txt", "ciudadania/correos/avisos.html"),
}
_DE_CADA_CLASE = {
    ClaseDeEnvio.CONFIRMACION: _confirmacion,
    ClaseDeEnvio.YA_SUSCRITA: _ya_suscrita,
    ClaseDeEnvio.AVISOS: _avisos,
}


def renglones_de(avisos: list[Aviso]) -> list[Renglon]:
    """El mismo hecho, pedido por dos suscripciones, se cuenta una vez."""
    por_hecho = {aviso.hecho: aviso for aviso in avisos}
    return [renglon(aviso, aviso.programa) for aviso in por_hecho.values()]


def asunto_de(renglones: list[Renglon]) -> str:
    if len(renglones) == 1:
        return renglones[0].titulo
    cuantos = len(renglones) - 1
    return ngettext("%(primero)s, y un aviso más", "%(primero)s, y %(n)s avisos más", cuantos) % {
        "primero": renglones[0].titulo,
        "n": cuantos,
    }


def renglon(aviso: Aviso | Hecho, programa: Programa) -> Renglon:
    hoy = timezone.localdate()
    dia = fecha_corta(aviso.dia, hoy=hoy)
    datos = {
        "programa": programa.nombre,
        "dia": dia,
        "hora": aviso.hora.strftime("%H:%M") if aviso.hora else "",
        "que": aviso.que,
    }
    titulo, detalle = (str(frase) % datos for frase in _frases(aviso, hoy))
    partes = [p for p in (detalle, aviso.lugar) if p]
    return Renglon(
        titulo=titulo,
        detalle=". ".join(partes),
        url=f"{settings.URL_PUBLICA}{programa.get_absolute_url()}",
        demostracion=aviso.demostracion,
    )


def _frases(aviso: Aviso | Hecho, hoy: object) -> tuple[str, str]:
    if aviso.motivo == Motivo.ABRE and aviso.dia == hoy:
        return _("Hoy abre: %(programa)s"), _("%(que)s. Desde las %(hora)s")
    return {
        Motivo.ABRE: (_("Ya abrió: %(programa)s"), _("%(que)s. Abrió el %(dia)s")),
        Motivo.CIERRA: (
            _("Últimos días: %(programa)s"),
            _("%(que)s. Cierra el %(dia)s a las %(hora)s"),
        ),
        Motivo.ENTREGA: (_("Entrega el %(dia)s: %(programa)s"), "%(que)s"),
        Motivo.REGLA: (
            _("Reglas nuevas: %(programa)s"),
            _("Se publicaron las reglas de operación de %(que)s"),
        ),
    }[Motivo(aviso.motivo)]
