from padron.admin import cargas, catalogos

__all__ = ["cargas", "catalogos"]
