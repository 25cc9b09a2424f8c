"""Lo que una fila dice en dos lugares, y lo que dice la regla."""

from __future__ import annotations

from padron.validacion.codigos.codigo import AVISA, BLOQUEA, Familia, de_la_familia

ENTRE_CAMPOS = de_la_familia(
    Familia.ENTRE_CAMPOS,
    (
        "curp_nombre",
        AVISA,
        "Las letras de la CURP no corresponden al nombre y los apellidos.",
        "Revisa si la CURP es de otra persona o si los apellidos van en otro orden.",
    ),
    (
        "curp_fecha_distinta",
        BLOQUEA,
        "La CURP y la fecha de nacimiento dicen días distintos.",
        "Corrige la que esté mal.",
    ),
    ("curp_sexo_distinto", BLOQUEA, "La CURP y el sexo no coinciden.", "Corrige el que esté mal."),
    ("curp_entidad_distinta", AVISA, "La CURP y la entidad de nacimiento no coinciden.", ""),
    (
        "edad_no_cuadra",
        AVISA,
        "La edad escrita no es la que resulta de la fecha de nacimiento.",
        "",
    ),
    (
        "edad_menor",
        BLOQUEA,
        "No llega a la edad mínima de la regla: {edad_minima}.",
        "Revisa la fecha de nacimiento o quita la fila.",
    ),
    (
        "edad_mayor",
        BLOQUEA,
        "Pasa de la edad máxima de la regla: {edad_maxima}.",
        "Revisa la fecha de nacimiento o quita la fila.",
    ),
    ("sexo_fuera_de_regla", BLOQUEA, "La regla es solo para {sexo_de_la_regla}.", ""),
    ("alcaldia_fuera_de_regla", BLOQUEA, "La regla no opera en esa alcaldía.", ""),
    ("colonia_de_otra_alcaldia", AVISA, "La colonia es de otra alcaldía.", ""),
    ("cp_de_otra_alcaldia", AVISA, "El código postal es de otra alcaldía.", ""),
    (
        "monto_mayor_que_regla",
        BLOQUEA,
        "El monto es mayor que el que fija la regla: {monto_maximo}.",
        "Revisa la cantidad o la modalidad.",
    ),
    (
        "monto_menor_que_regla",
        AVISA,
        "El monto es menor que el que fija la regla: {monto_minimo}.",
        "",
    ),
    (
        "apoyo_desconocido",
        AVISA,
        "Esa modalidad no está en la regla.",
        "Usa el nombre que da la regla.",
    ),
    ("menor_sin_tutor", AVISA, "Es menor de edad y no viene quién cobra en su nombre.", ""),
    (
        "tutor_igual",
        BLOQUEA,
        "La CURP de quien cobra es la misma que la de la persona beneficiaria.",
        "",
    ),
    (
        "sin_denominacion",
        BLOQUEA,
        "Es un colectivo o una empresa y no viene su denominación.",
        "Escríbela.",
    ),
    ("tipo_no_admitido", BLOQUEA, "La regla no admite ese tipo de beneficiario.", ""),
    ("fecha_apoyo_fuera", BLOQUEA, "La fecha del apoyo no es del ejercicio {ejercicio}.", ""),
)
