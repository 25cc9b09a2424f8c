from programas.forms.busqueda import BusquedaForm
from programas.forms.exigencia import ExigenciaForm
from programas.forms.oracion import en_una_oracion
from programas.forms.regla import PublicarForm, ReglaNuevaForm, VersionForm
from programas.forms.sinonimo import SinonimoForm

__all__ = [
    "BusquedaForm",
    "ExigenciaForm",
    "PublicarForm",
    "ReglaNuevaForm",
    "SinonimoForm",
    "VersionForm",
    "en_una_oracion",
]
