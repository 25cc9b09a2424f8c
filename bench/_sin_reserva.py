"""El par de bench/paginas.py: los mismos ajustes con una conexión nueva por petición."""

# ruff: noqa: F403, TID251
from sibis.settings.local import *
from sibis.settings.local import DATABASES

del DATABASES["default"]["OPTIONS"]["pool"]
