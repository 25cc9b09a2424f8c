from programas.forms.captura.pagina import Pagina

__all__ = ["Pagina"]
