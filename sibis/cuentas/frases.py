"""Las oraciones de la bitácora para cuentas y sesiones."""

from django.utils.translation import gettext_lazy as _

FRASES = {
    "sesion.iniciada": _("{por} entró al sistema"),
    "sesion.cerrada": _("{por} salió del sistema"),
    "sesion.fallida": _("Intento fallido de entrar con la cuenta {cuenta}"),
    "sesion.bloqueada": _(
        "Intento de entrar con la cuenta {cuenta}, bloqueada por intentos fallidos"
    ),
    "sesion.codigo_rechazado": _("La cuenta {cuenta} puso bien su contraseña y mal su código"),
    "cuenta.creada": _("{por} dio de alta la cuenta {cuenta}"),
    "cuenta.corregida": _("{por} corrigió la cuenta {cuenta}: {campos}"),
    "cuenta.suspendida": _("{por} suspendió la cuenta {cuenta}"),
    "cuenta.reactivada": _("{por} reactivó la cuenta {cuenta}"),
    "cuenta.desbloqueada": _("{por} desbloqueó la cuenta {cuenta}"),
    "cuenta.contrasena_cambiada": _("{por} cambió su contraseña"),
    "cuenta.contrasena_repuesta": _("{por} repuso su contraseña desde su correo"),
    "segundo_factor.activado": _("{por} activó su segundo factor"),
    "segundo_factor.retirado": _("{por} retiró su segundo factor para activar otro"),
    "segundo_factor.restablecido": _("{por} borró el segundo factor de {cuenta}: {motivo}"),
    "adscripcion.otorgada": _("{por} dio a {cuenta} la función «{funcion}» en {dependencia}"),
    "adscripcion.retirada": _(
        "{por} retiró a {cuenta} la función «{funcion}» en {dependencia}: {motivo}"
    ),
    "adscripcion.delegada": _(
        "{por} delegó en {cuenta} la función «{funcion}» en {dependencia}, con el oficio {oficio}"
    ),
    "adscripcion.delegacion_retirada": _(
        "{por} retiró a {cuenta} la función «{funcion}» en {dependencia}, que era delegada: {motivo}"
    ),
    "dependencia.corregida": _("{por} corrigió los datos de {dependencia}"),
}
