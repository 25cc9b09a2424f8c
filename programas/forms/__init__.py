from programas.forms.busqueda import BusquedaForm
from programas.forms.exigencia import ExigenciaForm
from programas.forms.oracion import en_una_oracion
from programas.forms.regla import PublicarForm, ReglaForm, ReglaNuevaForm
from programas.forms.sinonimo import SinonimoForm

__all__ = [
    "BusquedaForm",
    "ExigenciaForm",
    "PublicarForm",
    "ReglaForm",
    "ReglaNuevaForm",
    "SinonimoForm",
    "en_una_oracion",
]
