"""Nombres y apellidos que se oyen todos los días: bastan para saber cuál va primero en una lista.

Listas cortas, escritas de memoria y sin pesos: no son una estadística. Están como se comparan
(minúsculas, sin acentos). Lo que es nombre y apellido por igual («martin», «santiago») está en las dos.
"""

from __future__ import annotations

from sibis.nucleo.listas import de_palabras

NOMBRES = frozenset(
    de_palabras(
        "maria jose juan guadalupe francisco antonio jesus luis carlos miguel pedro alejandro "
        "manuel jorge roberto fernando rafael ricardo eduardo javier raul sergio daniel david "
        "victor arturo enrique alberto gerardo mario oscar ramon hector alfredo armando ruben "
        "gabriel felipe agustin jaime pablo salvador ignacio gustavo guillermo ernesto hugo "
        "adrian ivan diego emiliano mateo sebastian leonardo angel andres cesar edgar omar "
        "rodrigo saul tomas martin santiago cristian erick kevin brandon uriel abel aaron isaac "
        "joel noe moises margarita juana rosa elena teresa josefina leticia martha marta silvia "
        "patricia alicia veronica gabriela adriana laura claudia sandra norma irma yolanda "
        "beatriz carmen gloria lucia esperanza isabel ana luz rocio araceli cecilia monica "
        "mariana fernanda daniela andrea karla diana paola alejandra valeria ximena jimena "
        "camila regina sofia natalia renata brenda jessica elizabeth erika lorena susana miriam "
        "ruth esther graciela maricela guillermina concepcion dolores catalina antonia francisca "
        "victoria virginia angelica angelina blanca olivia ofelia consuelo socorro rosario "
        "maricruz viridiana itzel citlali"
    )
)
APELLIDOS = frozenset(
    de_palabras(
        "hernandez garcia martinez lopez gonzalez perez rodriguez sanchez ramirez cruz flores "
        "gomez morales vazquez jimenez reyes diaz torres gutierrez ruiz mendoza aguilar ortiz "
        "castillo moreno romero alvarez mendez chavez rivera juarez ramos dominguez herrera "
        "medina castro vargas guzman velazquez rojas munoz contreras salazar luna ortega "
        "guerrero santiago estrada bautista cortes soto alvarado espinoza espinosa lara avila "
        "rios cervantes silva delgado vega marquez sandoval carrillo leon fernandez mejia solis "
        "rosas ibarra valdez nunez campos santos camacho navarro pena maldonado acosta miranda "
        "valencia cabrera robles rosales trejo molina pacheco padilla meza rangel suarez fuentes "
        "orozco zamora galvan serrano cisneros villegas salinas montes duran barrera nava mora "
        "martin tapia franco velasco salas zavala aguirre bravo macias cardenas hidalgo becerra "
        "villanueva corona olvera arellano escobar granados villa tovar zarate esquivel osorio "
        "lozano arias pineda"
    )
)
