"""Lo que la administración técnica hace con las cuentas; cada acto deja constancia."""
