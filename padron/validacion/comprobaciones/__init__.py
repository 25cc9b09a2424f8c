"""Comprobaciones que miran más de una celda."""
