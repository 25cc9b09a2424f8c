"""Páginas públicas del presupuesto. Cada vista traduce una dirección en una consulta."""
