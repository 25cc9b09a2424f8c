"""Lo que hace una persona con una carga: permiso, bitácora y transacción juntos."""
