from programas.admin import catalogos, programa, regla, territorio

__all__ = ["catalogos", "programa", "regla", "territorio"]
