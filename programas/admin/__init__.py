from programas.admin import catalogos, documento, programa, regla, territorio

__all__ = ["catalogos", "documento", "programa", "regla", "territorio"]
