"""Datos con fecha: la ley y los catálogos son renglones que rigen de un día a otro, no constantes."""
