"""SIBIS: el proyecto y lo que comparten sus aplicaciones."""

# Así `shared_task` y `.delay()` usan esta aplicación de Celery en cualquier proceso.
from sibis.celery import app as celery_app

__all__ = ("celery_app",)
