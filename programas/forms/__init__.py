from programas.forms.busqueda import BusquedaForm
from programas.forms.exigencia import ExigenciaForm
from programas.forms.oracion import en_una_oracion
from programas.forms.regla import PublicarForm, ReglaForm, ReglaNuevaForm, TransicionForm

__all__ = [
    "BusquedaForm",
    "ExigenciaForm",
    "PublicarForm",
    "ReglaForm",
    "ReglaNuevaForm",
    "TransicionForm",
    "en_una_oracion",
]
