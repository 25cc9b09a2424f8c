"""Fábricas de objetos mínimos y válidos, un archivo por app."""
