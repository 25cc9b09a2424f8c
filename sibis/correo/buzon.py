"""El servidor de correo, y qué hacer con cada cosa que puede contestar."""

from __future__ import annotations

import smtplib
from enum import Enum

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

_PERMANENTE = 500


class Veredicto(Enum):
    """Lo que pasó con un envío."""

    ENTREGADO = "entregado"
    NUNCA = "nunca"  # dijo que no y no sirve repetir
    DESPUES = "después"  # este no pudo salir ahora; los demás quizá sí
    ALTO = "alto"  # el servidor no está: ninguno puede salir
    SOBRA = "sobra"  # quien lo iba a recibir ya no quiere
    BORRADO = "borrado"  # quien lo iba a recibir ya no existe, ni su envío


class Buzon:
    """Una conexión que se abre al primer correo y se suelta si algo sale mal."""

    def __init__(self) -> None:
        self._conexion: BaseEmailBackend | None = None

    def entregar(self, mensaje: EmailMessage) -> tuple[Veredicto, str]:
        """(qué pasó, cómo se llama la falla). La falla nunca trae la dirección."""
        try:
            self._abierta().send_messages([mensaje])
        except (smtplib.SMTPException, OSError) as error:
            self.cerrar()
            return _veredicto(error), _nombre(error)
        return Veredicto.ENTREGADO, ""

    def _abierta(self) -> BaseEmailBackend:
        if self._conexion is None:
            conexion = get_connection()
            conexion.open()
            self._conexion = conexion
        return self._conexion

    def cerrar(self) -> None:
        conexion, self._conexion = self._conexion, None
        if conexion is not None:
            conexion.fail_silently = True  # ya se cayó: despedirse no importa
            conexion.close()


def _codigo(error: Exception) -> int:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return min(int(codigo) for codigo, _texto in error.recipients.values())
    return int(getattr(error, "smtp_code", 0))


def _veredicto(error: Exception) -> Veredicto:
    if isinstance(error, smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError):
        return Veredicto.NUNCA if _codigo(error) >= _PERMANENTE else Veredicto.DESPUES
    # Remitente rechazado, contraseña mala, sin TLS, sin red: es del servidor, no del destinatario.
    return Veredicto.ALTO


def _nombre(error: Exception) -> str:
    """La clase de la falla y su código; el texto del servidor suele repetir la dirección."""
    codigo = _codigo(error)
    return f"{type(error).__name__} {codigo}" if codigo else type(error).__name__
