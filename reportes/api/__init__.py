"""La API pública `/api/v1/`: solo lectura, sin clave, para cualquiera (contrato.md §4)."""
