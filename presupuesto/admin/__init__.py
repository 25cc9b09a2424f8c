from presupuesto.admin import cortes, informes, resultados, vinculos

__all__ = ["cortes", "informes", "resultados", "vinculos"]
