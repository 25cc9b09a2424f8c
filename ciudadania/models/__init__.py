from ciudadania.models.aviso import Aviso, Envio
from ciudadania.models.suscripcion import Alcance, Suscripcion, SuscripcionPush

__all__ = ["Alcance", "Aviso", "Envio", "Suscripcion", "SuscripcionPush"]
