"""De un archivo de egresos a un corte: entra entero y cuadrado, o no entra."""
