"""Lo que se puede hallar en un padrón: su código, qué tan grave es y cómo se le dice a una persona.

El código es estable: lo leen otros sistemas y lo citan las recetas guardadas. El mensaje dice qué pasa
con el título de la columna; nunca repite un dato personal.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severidad(StrEnum):
    BLOQUEA = "bloquea"  # la fila espera hasta que se corrija
    AVISA = "avisa"  # entra, y conviene mirarla
    INFORMA = "informa"  # se dice lo que se hizo


class Familia(StrEnum):
    ARCHIVO = "archivo"
    CAMPO = "campo"
    ENTRE_CAMPOS = "entre campos"
    ENTRE_FILAS = "entre filas"
    CON_LA_BASE = "con la base"


@dataclass(frozen=True, slots=True)
class Codigo:
    """`mensaje` y `sugerencia` llevan {titulo} y los {datos} de la regla (`Regla.datos`)."""

    codigo: str
    familia: Familia
    severidad: Severidad
    mensaje: str
    sugerencia: str = ""


_B, _A, _I = Severidad.BLOQUEA, Severidad.AVISA, Severidad.INFORMA


def _de(familia: Familia, *codigos: tuple[str, Severidad, str, str]) -> list[Codigo]:
    return [Codigo(c, familia, s, mensaje, sugerencia) for c, s, mensaje, sugerencia in codigos]


_ARCHIVO = _de(
    Familia.ARCHIVO,
    (
        "columna_faltante",
        _B,
        "Falta la columna «{titulo}», que esta regla exige.",
        "Agrégala al archivo, o di en el mapeo cuál columna la trae.",
    ),
    (
        "columna_recomendada",
        _A,
        "No viene la columna «{titulo}» del formato del ejercicio.",
        "Puede cargarse así; lo que falte no aparecerá en el padrón publicado.",
    ),
    (
        "columna_repetida",
        _A,
        "Dos columnas del archivo se llaman igual.",
        "Revisa en el mapeo cuál es la buena.",
    ),
    (
        "cifra_control",
        _B,
        "Lo que la dependencia declaró no coincide con lo que trae el archivo: {detalle}.",
        "Revisa si falta una parte del archivo o corrige la cifra declarada.",
    ),
    (
        "sin_encabezado",
        _A,
        "El archivo no nombra sus columnas.",
        "Di en el mapeo qué es cada una.",
    ),
    (
        "celdas_combinadas",
        _I,
        "Hay celdas combinadas; su valor está solo en la primera.",
        "Si el valor era de todas, sepáralas y repítelo en cada fila.",
    ),
    (
        "celdas_de_mas",
        _B,
        "La fila tiene más celdas que el encabezado.",
        "Quizá un texto con comas va sin comillas.",
    ),
    (
        "renglon_de_total",
        _I,
        "Es un renglón de total: no se cuenta como persona.",
        "",
    ),
    (
        "encabezado_repetido",
        _I,
        "Se repite el encabezado: no se cuenta como persona.",
        "",
    ),
    ("nota_al_pie", _I, "Es una nota al pie: no se cuenta como persona.", ""),
    (
        "letra_rota",
        _I,
        "Las letras con acento llegaron mal escritas y se repararon.",
        "Guarda el archivo como CSV UTF-8 para que no vuelva a pasar.",
    ),
    (
        "comillas_sueltas",
        _A,
        "La fila tiene comillas sueltas; se leyó tal como viene.",
        "Revisa que cada celda sea la que debe.",
    ),
    (
        "digitos_perdidos",
        _B,
        "La hoja guardó un número tan largo que perdió sus últimas cifras.",
        "Da formato de texto a la columna y vuelve a escribirlo: no se puede recuperar.",
    ),
    (
        "macros_ignoradas",
        _I,
        "El libro trae macros: se leyeron los datos y nada se ejecutó.",
        "",
    ),
    (
        "letra_perdida",
        _A,
        "Se perdió una letra, quizá una Ñ o un acento.",
        "Corrige el texto: el sistema no inventa letras.",
    ),
)

_CAMPO = _de(
    Familia.CAMPO,
    ("obligatorio_vacio", _B, "Falta «{titulo}».", "Escríbelo o quita la fila."),
    (
        "curp_forma",
        _B,
        "La CURP no tiene la forma de una CURP: son 18 letras y números en un orden fijo.",
        "Cópiala de la constancia; no se puede adivinar.",
    ),
    (
        "curp_fecha",
        _B,
        "La CURP trae una fecha de nacimiento que no existe.",
        "Cópiala otra vez de la constancia.",
    ),
    (
        "curp_entidad",
        _B,
        "La CURP trae una entidad de nacimiento que no existe.",
        "Las dos letras 12 y 13 son la entidad; NE es nacida en el extranjero.",
    ),
    (
        "curp_digito",
        _B,
        "La CURP no cumple con su dígito verificador: hay una letra o un número mal copiado.",
        "Cópiala otra vez de la constancia.",
    ),
    (
        "curp_generica",
        _B,
        "La CURP es una genérica, que no es de nadie.",
        "Si la persona no tiene CURP, déjala vacía y escribe su folio.",
    ),
    ("sin_curp", _I, "No trae CURP; se identifica por su folio.", ""),
    (
        "sin_identificador",
        _B,
        "No trae CURP ni folio: no hay con qué identificar a la persona.",
        "Escribe uno de los dos.",
    ),
    (
        "nombre_con_cifras",
        _B,
        "«{titulo}» lleva números o signos que no son de un nombre.",
        "Deja solo el nombre.",
    ),
    (
        "nombre_de_relleno",
        _B,
        "«{titulo}» trae un relleno, no un nombre.",
        "Escribe el nombre o quita la fila.",
    ),
    (
        "nombre_con_tratamiento",
        _I,
        "«{titulo}» lleva un tratamiento (C., Lic., Sra.) que se quitó.",
        "",
    ),
    (
        "nombre_incompleto",
        _B,
        "«{titulo}» trae una sola palabra: falta el nombre o el apellido.",
        "Escribe nombre y apellidos.",
    ),
    (
        "fecha_ilegible",
        _B,
        "«{titulo}» no es una fecha que se pueda leer.",
        "Escríbela como 31/12/1980 o 1980-12-31.",
    ),
    ("fecha_imposible", _B, "«{titulo}» es un día que no existe.", "Revisa el día y el mes."),
    (
        "fecha_anio_corto",
        _B,
        "«{titulo}» trae el año con dos cifras y no se sabe de qué siglo es.",
        "Escribe el año con cuatro cifras, o di el siglo para todas a la vez.",
    ),
    (
        "fecha_ambigua",
        _B,
        "«{titulo}» puede leerse con el día y el mes cambiados, y el archivo usa los dos órdenes.",
        "Di en qué orden van para todas a la vez.",
    ),
    ("fecha_futura", _B, "«{titulo}» es una fecha que todavía no llega.", "Revisa el año."),
    (
        "fecha_de_relleno",
        _B,
        "«{titulo}» es una fecha de relleno (1900-01-01 y parecidas).",
        "Escribe la verdadera o déjala vacía.",
    ),
    ("edad_ilegible", _B, "«{titulo}» no es un número de años.", "Escribe los años cumplidos."),
    ("edad_imposible", _B, "«{titulo}» no es una edad posible.", "Revísala."),
    (
        "sexo_desconocido",
        _B,
        "«{titulo}» no se reconoce.",
        "Usa H, M o X (o Hombre, Mujer, No binario).",
    ),
    (
        "entidad_desconocida",
        _A,
        "«{titulo}» no es una entidad federativa conocida.",
        "Escríbela completa o con sus dos letras.",
    ),
    (
        "alcaldia_desconocida",
        _B,
        "«{titulo}» no es una de las 16 alcaldías.",
        "Escribe su nombre o su clave del INEGI.",
    ),
    (
        "colonia_desconocida",
        _A,
        "«{titulo}» no está en el catálogo de colonias.",
        "Revisa cómo se escribe.",
    ),
    ("cp_forma", _A, "«{titulo}» no es un código postal: son cinco cifras.", ""),
    ("telefono_forma", _A, "«{titulo}» no es un teléfono de diez cifras.", ""),
    ("correo_forma", _A, "«{titulo}» no parece un correo electrónico.", ""),
    ("clabe_forma", _B, "«{titulo}» no es una CLABE: son 18 cifras.", "Cópiala del contrato."),
    (
        "clabe_digito",
        _B,
        "«{titulo}» no cumple con su dígito de control: hay una cifra mal copiada.",
        "Cópiala del contrato; un depósito ahí iría a otra cuenta o se perdería.",
    ),
    ("monto_ilegible", _B, "«{titulo}» no es una cantidad.", "Escríbela como 1200.00."),
    (
        "monto_ambiguo",
        _B,
        "«{titulo}» puede leerse de dos maneras: mil con punto o decimales.",
        "Di cuál es para todas a la vez, o escríbela como 2900.00.",
    ),
    (
        "monto_negativo",
        _B,
        "«{titulo}» es negativo.",
        "Una devolución se registra en las entregas.",
    ),
    ("monto_cero", _A, "«{titulo}» es cero.", "Si el apoyo es en especie, déjalo vacío."),
    ("texto_largo", _B, "«{titulo}» es demasiado largo.", "Quizá se juntaron varias celdas."),
    (
        "formula",
        _A,
        "«{titulo}» empieza como una fórmula.",
        "Se guarda como texto, nunca se ejecuta.",
    ),
    (
        "tipo_persona_desconocido",
        _B,
        "«{titulo}» no se reconoce.",
        "Usa persona, menor, colectivo, empresa o facilitadora.",
    ),
    (
        "ministracion_ilegible",
        _B,
        "«{titulo}» no es un número de ministración.",
        "Escribe 1, 2, 3…",
    ),
)

_ENTRE_CAMPOS = _de(
    Familia.ENTRE_CAMPOS,
    (
        "curp_nombre",
        _A,
        "Las letras de la CURP no corresponden al nombre y los apellidos.",
        "Revisa si la CURP es de otra persona o si los apellidos van en otro orden.",
    ),
    (
        "curp_fecha_distinta",
        _B,
        "La CURP y la fecha de nacimiento dicen días distintos.",
        "Corrige la que esté mal.",
    ),
    ("curp_sexo_distinto", _B, "La CURP y el sexo no coinciden.", "Corrige el que esté mal."),
    ("curp_entidad_distinta", _A, "La CURP y la entidad de nacimiento no coinciden.", ""),
    ("edad_no_cuadra", _A, "La edad escrita no es la que resulta de la fecha de nacimiento.", ""),
    (
        "edad_menor",
        _B,
        "No llega a la edad mínima de la regla: {edad_minima}.",
        "Revisa la fecha de nacimiento o quita la fila.",
    ),
    (
        "edad_mayor",
        _B,
        "Pasa de la edad máxima de la regla: {edad_maxima}.",
        "Revisa la fecha de nacimiento o quita la fila.",
    ),
    ("sexo_fuera_de_regla", _B, "La regla es solo para {sexo_de_la_regla}.", ""),
    ("alcaldia_fuera_de_regla", _B, "La regla no opera en esa alcaldía.", ""),
    ("colonia_de_otra_alcaldia", _A, "La colonia es de otra alcaldía.", ""),
    ("cp_de_otra_alcaldia", _A, "El código postal es de otra alcaldía.", ""),
    (
        "monto_mayor_que_regla",
        _B,
        "El monto es mayor que el que fija la regla: {monto_maximo}.",
        "Revisa la cantidad o la modalidad.",
    ),
    (
        "monto_menor_que_regla",
        _A,
        "El monto es menor que el que fija la regla: {monto_minimo}.",
        "",
    ),
    (
        "apoyo_desconocido",
        _A,
        "Esa modalidad no está en la regla.",
        "Usa el nombre que da la regla.",
    ),
    ("menor_sin_tutor", _A, "Es menor de edad y no viene quién cobra en su nombre.", ""),
    (
        "tutor_igual",
        _B,
        "La CURP de quien cobra es la misma que la de la persona beneficiaria.",
        "",
    ),
    (
        "sin_denominacion",
        _B,
        "Es un colectivo o una empresa y no viene su denominación.",
        "Escríbela.",
    ),
    ("tipo_no_admitido", _B, "La regla no admite ese tipo de beneficiario.", ""),
    ("fecha_apoyo_fuera", _B, "La fecha del apoyo no es del ejercicio {ejercicio}.", ""),
)

_ENTRE_FILAS = _de(
    Familia.ENTRE_FILAS,
    ("fila_repetida", _B, "La fila es idéntica a otra anterior.", "Quita una de las dos."),
    (
        "persona_repetida",
        _B,
        "La misma persona ya viene antes con el mismo apoyo y la misma fecha.",
        "Quita la que sobre; si son dos entregas, ponles su ministración.",
    ),
    (
        "folio_repetido",
        _B,
        "El folio ya viene en otra fila, de otra persona.",
        "Cada quien lleva el suyo.",
    ),
    (
        "curp_de_varias",
        _B,
        "La misma CURP viene con tres nombres distintos o más: es un relleno.",
        "Escribe la de cada quien, o déjala vacía y escribe su folio.",
    ),
    ("telefono_de_muchas", _A, "El mismo teléfono viene en diez personas o más.", ""),
    ("clabe_de_varias", _A, "La misma CLABE viene en más de una persona.", ""),
)

_CON_LA_BASE = _de(
    Familia.CON_LA_BASE,
    (
        "ya_inscrita",
        _B,
        "La persona ya está en el padrón de este programa y periodo.",
        "Quita la fila, o carga el archivo como sustitución del anterior.",
    ),
    ("en_otra_carga", _A, "La persona viene también en otra carga que espera confirmarse.", ""),
)

CODIGOS: dict[str, Codigo] = {
    c.codigo: c for c in (*_ARCHIVO, *_CAMPO, *_ENTRE_CAMPOS, *_ENTRE_FILAS, *_CON_LA_BASE)
}
