"""Padrones: cuánto se recibe, con cuánta memoria se revisa y desde cuándo una carga es partición."""

from sibis.settings import entorno

PADRON_LIMITE = entorno.entero("SIBIS_PADRON_MB", 4_000) * 1_000_000
# Hasta cuántos bytes se revisa en la misma petición, sin pasar por la cola.
PADRON_AL_MOMENTO = entorno.entero("SIBIS_PADRON_AL_MOMENTO_KB", 300) * 1_000
PADRON_MEMORIA_MB = entorno.entero("SIBIS_PADRON_MEMORIA_MB", 400)
PADRON_HILOS = entorno.entero("SIBIS_PADRON_HILOS", 2)
# Desde cuántas filas entra como su propia partición; las menores comparten la de su año.
PADRON_PARTICION_DESDE = entorno.entero("SIBIS_PADRON_PARTICION_DESDE", 50_000)
# Hasta cuánto pesa lo que se manda a comprobar en /padron/verificar/: solo se le toma la huella.
PADRON_COMPROBAR_LIMITE = 200_000_000
# La cuadrícula manda cincuenta filas con todas sus columnas en un formulario; el tope de Django es de mil campos.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
# Cuántos renglones se teclean en una captura: con más, la página estorba y conviene subir el archivo.
PADRON_CAPTURA_RENGLONES = 2_000
# Lo tecleado y sin entregar son datos de personas que no están en ningún padrón: no hay por qué
# guardarlos. Un mes cubre vacaciones y licencias de quien captura; se avisa una semana antes.
PADRON_CAPTURA_DIAS = entorno.entero("SIBIS_PADRON_CAPTURA_DIAS", 30)
PADRON_CAPTURA_AVISO_DIAS = 7
