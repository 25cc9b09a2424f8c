"""Lo que se ve mirando varias filas, o lo ya guardado."""

from __future__ import annotations

from padron.validacion.codigos.codigo import AVISA, BLOQUEA, Familia, de_la_familia

ENTRE_FILAS = de_la_familia(
    Familia.ENTRE_FILAS,
    ("fila_repetida", BLOQUEA, "La fila es idéntica a otra anterior.", "Quita una de las dos."),
    (
        "persona_repetida",
        BLOQUEA,
        "La misma persona ya viene antes con el mismo apoyo y la misma fecha.",
        "Quita la que sobre; si son dos entregas, ponles su ministración.",
    ),
    (
        "folio_repetido",
        BLOQUEA,
        "El folio ya viene en otra fila, de otra persona.",
        "Cada quien lleva el suyo.",
    ),
    (
        "curp_de_varias",
        BLOQUEA,
        "La misma CURP viene con tres nombres distintos o más: es un relleno.",
        "Escribe la de cada quien, o déjala vacía y escribe su folio.",
    ),
    ("telefono_de_muchas", AVISA, "El mismo teléfono viene en diez personas o más.", ""),
    ("clabe_de_varias", AVISA, "La misma CLABE viene en más de una persona.", ""),
)

CON_LA_BASE = de_la_familia(
    Familia.CON_LA_BASE,
    (
        "ya_inscrita",
        BLOQUEA,
        "La persona ya está en el padrón de este programa y periodo.",
        "Quita la fila, o carga el archivo como sustitución del anterior.",
    ),
    ("en_otra_carga", AVISA, "La persona viene también en otra carga que espera confirmarse.", ""),
)
