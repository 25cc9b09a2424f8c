"""Qué archivos se reciben y hasta cuánto pesan; dónde se guardan lo dice STORAGES, en base."""

from sibis.settings import entorno

# Archivo histórico: hasta cuánto pesa un documento, y si el revisor de enlaces toca redes privadas.
HISTORICO_LIMITE = entorno.entero("SIBIS_HISTORICO_MB", 200) * 1_000_000
HISTORICO_ENLACES_PRIVADOS = False

# Mensajes: hasta cuánto pesa un adjunto, y dónde contesta el antivirus («/run/clamav/clamd.ctl» o
# «anfitrión:3310»). Sin antivirus se entregan; con él y sin respuesta, esperan.
MENSAJES_LIMITE = entorno.entero("SIBIS_MENSAJES_MB", 20) * 1_000_000
CLAMD = entorno.texto("SIBIS_CLAMD", "")

# Evidencia de un informe trimestral: hasta cuánto pesa cada archivo.
EVIDENCIA_LIMITE = entorno.entero("SIBIS_EVIDENCIA_MB", 20) * 1_000_000
