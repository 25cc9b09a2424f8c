"""Bitácora: quién hizo o leyó qué y cuándo. Solo crece, y su cadena de huellas delata lo alterado."""
