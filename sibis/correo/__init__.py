"""Entregar correos a un servidor SMTP sin perder ninguno. No es una aplicación: cada quien trae sus renglones."""
