"""Avisos a la ciudadanía y al personal: cuánto se admite, con qué se notifica, cuánto se guarda."""

from sibis.settings import entorno

# Topes que no dependen de Redis: confirmaciones por dirección al día, y pedidos sin confirmar por hora.
AVISOS_POR_DIRECCION = 3
AVISOS_SIN_CONFIRMAR_POR_HORA = 1_000
AVISOS_POR_CLIENTE = 20  # por hora y por conexión; este sí, con la caché

# Sin clave dada, cada instalación hace la suya en var/vapid.pem al necesitarla.
VAPID_CLAVE = entorno.texto("SIBIS_VAPID_CLAVE", "")
VAPID_CONTACTO = entorno.texto("SIBIS_VAPID_CONTACTO", "")
# Terminaciones de los servidores de notificaciones a los que se puede llamar; vacía: los públicos.
PUSH_ANFITRIONES = entorno.lista("SIBIS_PUSH_ANFITRIONES")
PUSH_EN_ESTA_MAQUINA = False  # solo las pruebas: deja llamar por http a esta máquina

# Avisos al personal: los que ya leyó se borran a los tantos días.
AVISOS_DIAS = entorno.entero("SIBIS_AVISOS_DIAS", 400)
