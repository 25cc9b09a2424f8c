"""Formatos de fecha y número de la Ciudad: los de Django, con el mes en minúscula."""
