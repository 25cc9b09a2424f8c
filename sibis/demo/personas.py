"""Personas inventadas, con una CURP bien formada que no es de nadie. Puro: no toca la base."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from sibis.demo.azar import azar
from sibis.nucleo.identificadores import formar_curp
from sibis.nucleo.listas import de_palabras

_MUJERES = de_palabras(
    "Adriana Alejandra Alicia Araceli Beatriz Carmen Cecilia Claudia Daniela Elena Elizabeth "
    "Esperanza Fabiola Gabriela Guadalupe Irma Isabel Jimena Laura Leticia Lucía Margarita "
    "Mariana Norma Patricia Rocío Rosa Sofía Teresa Verónica Yolanda Ximena"
)
_HOMBRES = de_palabras(
    "Alberto Alejandro Antonio Arturo Carlos Daniel David Eduardo Emiliano Enrique Ernesto "
    "Felipe Fernando Francisco Gerardo Guillermo Héctor Hugo Ignacio Jorge Javier Leonardo Luis "
    "Manuel Mario Miguel Óscar Pedro Rafael Raúl Ricardo Roberto Rodrigo Saúl Sergio Tomás"
)
_APELLIDOS = de_palabras(
    "Aguilar Álvarez Bautista Cabrera Camacho Campos Castillo Castro Cervantes Chávez Contreras "
    "Cortés Cruz Delgado Díaz Domínguez Espinosa Estrada Flores Fuentes García Gómez González "
    "Guerrero Gutiérrez Guzmán Hernández Herrera Ibarra Jiménez Juárez Lara León López Luna "
    "Maldonado Martínez Medina Mejía Méndez Mendoza Miranda Morales Moreno Muñoz Navarro Núñez "
    "Ortega Ortiz Padilla Peña Pérez Ramírez Ramos Reyes Ríos Rivera Rojas Romero Rosas Ruiz "
    "Salazar Sánchez Sandoval Santiago Silva Solís Soto Suárez Torres Valdez Vargas Vázquez "
    "Vega Velázquez Villanueva Zamora Zavala"
)
_ENTIDADES = ("DF",) * 7 + ("MC", "PL", "OC", "HG", "VZ", "GR", "MN")

# El Registro reparte 0, 1, 2… y A, B, C… a quien coincide en lo demás: el último casi no se usa.
_HOMOCLAVE_DEL_XX, _HOMOCLAVE_DEL_XXI = "9", "Z"
_PRIMER_ANIO_DEL_XXI = 2000
_MAYOR, _MENOR = datetime.date(1940, 1, 1), datetime.date(2007, 12, 31)


@dataclass(frozen=True, slots=True)
class Persona:
    nombres: str
    primer_apellido: str
    segundo_apellido: str
    sexo: str
    nacimiento: datetime.date
    entidad: str

    @property
    def apellidos(self) -> str:
        return f"{self.primer_apellido} {self.segundo_apellido}"

    @property
    def nombre_completo(self) -> str:
        return f"{self.nombres} {self.apellidos}"

    @property
    def curp(self) -> str:
        siglo_xxi = self.nacimiento.year >= _PRIMER_ANIO_DEL_XXI
        return formar_curp(
            nombres=self.nombres,
            primer_apellido=self.primer_apellido,
            segundo_apellido=self.segundo_apellido,
            nacimiento=self.nacimiento,
            sexo=self.sexo,
            entidad=self.entidad,
            homoclave=_HOMOCLAVE_DEL_XXI if siglo_xxi else _HOMOCLAVE_DEL_XX,
        )


def inventar(semilla: int, *asunto: object) -> Persona:
    """Nombre y apellidos comunes, combinados al azar de ese asunto."""
    dado = azar(semilla, "persona", *asunto)
    sexo = dado.choice("MH")
    nombres = dado.sample(_MUJERES if sexo == "M" else _HOMBRES, dado.choice((1, 2)))
    primero, segundo = dado.choices(_APELLIDOS, k=2)
    dias = dado.randrange((_MENOR - _MAYOR).days)
    return Persona(
        nombres=" ".join(nombres),
        primer_apellido=primero,
        segundo_apellido=segundo,
        sexo=sexo,
        nacimiento=_MAYOR + datetime.timedelta(days=dias),
        entidad=dado.choice(_ENTIDADES),
    )


def ciudadanas(semilla: int, cuantas: int) -> Iterator[Persona]:
    """Tantas personas como se pidan, sin repetir CURP; pedir más conserva las primeras."""
    vistas: set[str] = set()
    numero = 0
    while len(vistas) < cuantas:
        persona = inventar(semilla, "ciudadana", numero)
        numero += 1
        if persona.curp not in vistas:
            vistas.add(persona.curp)
            yield persona
