from programas.forms.busqueda import BusquedaForm
from programas.forms.centros import CentrosForm

__all__ = ["BusquedaForm", "CentrosForm"]
