"""Preguntas a la base que devuelven páginas armadas en dataclasses inmutables."""
