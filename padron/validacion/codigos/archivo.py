"""Lo que se ve al leer el archivo, antes de saber qué es cada columna."""

from __future__ import annotations

from padron.validacion.codigos.codigo import AVISA, BLOQUEA, INFORMA, Familia, de_la_familia

ARCHIVO = de_la_familia(
    Familia.ARCHIVO,
    (
        "columna_faltante",
        BLOQUEA,
        "Falta la columna «{titulo}», que esta regla exige.",
        "Agrégala al archivo, o di en el mapeo cuál columna la trae.",
    ),
    (
        "columna_recomendada",
        AVISA,
        "No viene la columna «{titulo}» del formato del ejercicio.",
        "Puede cargarse así; lo que falte no aparecerá en el padrón publicado.",
    ),
    (
        "columna_repetida",
        AVISA,
        "Dos columnas del archivo se llaman igual.",
        "Revisa en el mapeo cuál es la buena.",
    ),
    (
        "cifra_control",
        BLOQUEA,
        "Lo que la dependencia declaró no coincide con lo que trae el archivo: {detalle}.",
        "Revisa si falta una parte del archivo o corrige la cifra declarada.",
    ),
    (
        "sin_encabezado",
        AVISA,
        "El archivo no nombra sus columnas.",
        "Di en el mapeo qué es cada una.",
    ),
    (
        "celdas_combinadas",
        INFORMA,
        "Hay celdas combinadas; su valor está solo en la primera.",
        "Si el valor era de todas, sepáralas y repítelo en cada fila.",
    ),
    (
        "celdas_de_mas",
        BLOQUEA,
        "La fila tiene más celdas que el encabezado.",
        "Quizá un texto con comas va sin comillas.",
    ),
    (
        "renglon_de_total",
        INFORMA,
        "Es un renglón de total: no se cuenta como persona.",
        "",
    ),
    (
        "encabezado_repetido",
        INFORMA,
        "Se repite el encabezado: no se cuenta como persona.",
        "",
    ),
    ("nota_al_pie", INFORMA, "Es una nota al pie: no se cuenta como persona.", ""),
    (
        "letra_rota",
        INFORMA,
        "Las letras con acento llegaron mal escritas y se repararon.",
        "Guarda el archivo como CSV UTF-8 para que no vuelva a pasar.",
    ),
    (
        "comillas_sueltas",
        AVISA,
        "La fila tiene comillas sueltas; se leyó tal como viene.",
        "Revisa que cada celda sea la que debe.",
    ),
    (
        "digitos_perdidos",
        BLOQUEA,
        "La hoja guardó un número tan largo que perdió sus últimas cifras.",
        "Da formato de texto a la columna y vuelve a escribirlo: no se puede recuperar.",
    ),
    (
        "macros_ignoradas",
        INFORMA,
        "El libro trae macros: se leyeron los datos y nada se ejecutó.",
        "",
    ),
    (
        "letra_perdida",
        AVISA,
        "Se perdió una letra, quizá una Ñ o un acento.",
        "Corrige el texto: el sistema no inventa letras.",
    ),
)
