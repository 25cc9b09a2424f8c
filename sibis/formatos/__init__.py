"""Formatos de fecha propios; lo demás es de Django."""
