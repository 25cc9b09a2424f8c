"""Las oraciones de la bitácora para lo de esta aplicación. Ninguna lleva el texto de un mensaje."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FRASES: dict[str, Promise] = {
    "hilo.abierto": _("{por} abrió un hilo de mensajes desde {organo}"),
    "mensaje.escrito": _("{por} escribió desde {organo}"),
    "hilo.cerrado": _("{por} cerró el hilo"),
    "hilo.reabierto": _("{por} reabrió el hilo"),
    "hilo.exportado": _("{por} exportó el hilo en PDF, huella {sha256}"),
    "hilo.plazo_cumplido": _("El hilo cumplió su plazo de conservación de {anios} años"),
    "hilo.dispuesto": _("{por} decidió sobre la conservación del hilo: {decision}"),
    "adjunto.descargado": _("{por} descargó un adjunto, huella {sha256}"),
    "adjunto.liberado": _("El antivirus dejó pasar un adjunto, huella {sha256}"),
    "adjunto.rechazado": _("El antivirus rechazó un adjunto, huella {sha256}"),
}
