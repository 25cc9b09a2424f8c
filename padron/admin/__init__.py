from padron.admin import cargas, catalogos, entregas

__all__ = ["cargas", "catalogos", "entregas"]
