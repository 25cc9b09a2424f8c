"""Datos abiertos y API: con qué licencia se comparten y cuánto puede pedir cada quien."""

from sibis.settings import entorno

DATOS_LICENCIA = entorno.texto(
    "SIBIS_DATOS_LICENCIA", "Creative Commons Atribución 4.0 (CC BY 4.0)"
)
DATOS_LICENCIA_URL = entorno.texto(
    "SIBIS_DATOS_LICENCIA_URL", "https://creativecommons.org/licenses/by/4.0/deed.es"
)
# Peticiones por minuto y por dirección a /api/v1/. 0: sin límite.
API_POR_MINUTO = entorno.entero("SIBIS_API_POR_MINUTO", 240)
# Descargas grandes a la vez por proceso: cada una ocupa una conexión a la base mientras dura.
DATOS_A_LA_VEZ = entorno.entero("SIBIS_DATOS_A_LA_VEZ", 2)
# Cuántas personas hacen falta para decir en público cuántas son: con menos, quien conoce el barrio
# sabe quiénes. Debajo de ella se lee «menos de 5».
UMBRAL_DE_PRIVACIDAD = 5
