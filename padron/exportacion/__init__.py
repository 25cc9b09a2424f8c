"""Lo que sale del padrón en archivo."""
