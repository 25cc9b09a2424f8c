"""Lo que hace una persona con el presupuesto: permiso, bitácora y transacción juntos."""
