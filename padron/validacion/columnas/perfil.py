"""Lo que el formato de EVALÚA pide además y no decide nada: se guarda junto, tal como viene."""

from __future__ import annotations

from padron.validacion.piezas import Columna, texto_simple


def _de_perfil(identificador: str, titulo: str, ejemplo: str, *sinonimos: str) -> Columna:
    return Columna(
        identificador,
        titulo,
        ejemplo,
        {identificador: "VARCHAR"},
        sinonimos=sinonimos,
        es_personal=True,
        leer=texto_simple,
        codigos=("texto_largo", "formula"),
    )


COLUMNAS = (
    _de_perfil(
        "escolaridad", "Escolaridad", "Secundaria", "grado maximo de estudios", "nivel de estudios"
    ),
    _de_perfil("ocupacion", "Ocupación", "Comerciante", "actividad"),
    _de_perfil("estado_civil", "Estado civil", "Soltera", "edo civil"),
    _de_perfil("pertenencia_etnica", "Pertenencia étnica", "Nahua", "etnia", "pueblo indigena"),
    _de_perfil("discapacidad", "Discapacidad", "Motriz", "tipo de discapacidad"),
    _de_perfil("tiempo_residencia", "Tiempo de residencia", "12 años", "anos de residencia"),
    _de_perfil("observaciones", "Observaciones", "Cambió de domicilio", "notas", "comentarios"),
)
PERFIL = tuple(c.identificador for c in COLUMNAS)
