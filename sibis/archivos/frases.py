"""Las oraciones de la bitácora para archivos."""

from django.utils.translation import gettext_lazy as _

FRASES = {
    "archivo.guardado": _("{por} guardó un archivo de {bytes} bytes, huella {sha256}"),
    "archivo.depurado": _("Se quitó un archivo que nada usaba, huella {sha256}"),
}
