from padron.admin import capturas, cargas, catalogos, entregas

__all__ = ["capturas", "cargas", "catalogos", "entregas"]
