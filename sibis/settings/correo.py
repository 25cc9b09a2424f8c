"""Por dónde sale el correo, cuando hay por dónde."""

from sibis.settings import entorno

EMAIL_HOST = entorno.texto("SIBIS_CORREO_ANFITRION", "localhost")
EMAIL_PORT = entorno.entero("SIBIS_CORREO_PUERTO", 587)
EMAIL_HOST_USER = entorno.texto("SIBIS_CORREO_USUARIO", "")
EMAIL_HOST_PASSWORD = entorno.texto("SIBIS_CORREO_CLAVE", "")
EMAIL_USE_TLS = entorno.booleano("SIBIS_CORREO_TLS", True)
EMAIL_TIMEOUT = 10
