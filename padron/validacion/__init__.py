"""Revisar un padrón: columnas y comprobaciones como objetos, y un motor que las corre en DuckDB.

Puro: ni Django ni PostgreSQL. La carga, la orden `validar_padron`, el formulario y el validador que
viaja a la dependencia corren exactamente esto (ADR 0032).
"""
