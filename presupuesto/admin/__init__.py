from presupuesto.admin import cortes, resultados, vinculos

__all__ = ["cortes", "resultados", "vinculos"]
