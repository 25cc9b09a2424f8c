"""Personas inventadas, con una CURP bien formada que no es de nadie. Puro: no toca la base."""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from sibis.demo.azar import azar


def _palabras(texto: str) -> tuple[str, ...]:
    return tuple(texto.split())


_MUJERES = _palabras(
    "Adriana Alejandra Alicia Araceli Beatriz Carmen Cecilia Claudia Daniela Elena Elizabeth "
    "Esperanza Fabiola Gabriela Guadalupe Irma Isabel Jimena Laura Leticia Lucía Margarita "
    "Mariana Norma Patricia Rocío Rosa Sofía Teresa Verónica Yolanda Ximena"
)
_HOMBRES = _palabras(
    "Alberto Alejandro Antonio Arturo Carlos Daniel David Eduardo Emiliano Enrique Ernesto "
    "Felipe Fernando Francisco Gerardo Guillermo Héctor Hugo Ignacio Jorge Javier Leonardo Luis "
    "Manuel Mario Miguel Óscar Pedro Rafael Raúl Ricardo Roberto Rodrigo Saúl Sergio Tomás"
)
_APELLIDOS = _palabras(
    "Aguilar Álvarez Bautista Cabrera Camacho Campos Castillo Castro Cervantes Chávez Contreras "
    "Cortés Cruz Delgado Díaz Domínguez Espinosa Estrada Flores Fuentes García Gómez González "
    "Guerrero Gutiérrez Guzmán Hernández Herrera Ibarra Jiménez Juárez Lara León López Luna "
    "Maldonado Martínez Medina Mejía Méndez Mendoza Miranda Morales Moreno Muñoz Navarro Núñez "
    "Ortega Ortiz Padilla Peña Pérez Ramírez Ramos Reyes Ríos Rivera Rojas Romero Rosas Ruiz "
    "Salazar Sánchez Sandoval Santiago Silva Solís Soto Suárez Torres Valdez Vargas Vázquez "
    "Vega Velázquez Villanueva Zamora Zavala"
)
_ENTIDADES = ("DF",) * 7 + ("MC", "PL", "OC", "HG", "VZ", "GR", "MN")

_PARTICULAS = frozenset(
    _palabras("DA DAS DE DEL DER DI DIE DD EL LA LOS LAS LE LES MAC MC VAN VON Y")
)
_NOMBRES_QUE_SE_SALTAN = frozenset(("JOSE", "J", "MARIA", "MA"))
# Cuatro primeras letras que formarían una palabra molesta: la segunda se vuelve X.
_MOLESTAS = frozenset(
    _palabras(
        "BACA BAKA BUEI BUEY CACA CACO CAGA CAGO CAKA CAKO COGE COGI COJA COJE COJI COJO COLA CULO "
        "FALO FETO GETA GUEI GUEY JETA JOTO KACA KACO KAGA KAGO KAKA KAKO KOGE KOGI KOJA KOJE KOJI "
        "KOJO KOLA KULO LILO LOCA LOCO LOKA LOKO MAME MAMO MEAR MEAS MEON MIAR MION MOCO MOKO MULA "
        "MULO NACA NACO PEDA PEDO PENE PIPI PITO POPO PUTA PUTO QULO RATA ROBA ROBE ROBO RUIN SENO "
        "TETA VACA VAGA VAGO VAKA VUEI VUEY WUEI WUEY"
    )
)
_ALFABETO = "0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ"
_VOCALES = frozenset("AEIOU")
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
        base = _raiz(self) + f"{self.nacimiento:%y%m%d}" + self.sexo + self.entidad
        partes = (self.primer_apellido, self.segundo_apellido, self.nombres)
        base += "".join(_consonante_interna(_palabra(parte)) for parte in partes)
        siglo_xxi = self.nacimiento.year >= _PRIMER_ANIO_DEL_XXI
        base += _HOMOCLAVE_DEL_XXI if siglo_xxi else _HOMOCLAVE_DEL_XX
        return base + digito_verificador(base)


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


def digito_verificador(base: str) -> str:
    """El dígito 18 de una CURP, a partir de sus 17 primeros caracteres."""
    suma = sum(_ALFABETO.index(letra) * (18 - i) for i, letra in enumerate(base))
    return str(-suma % 10)


def _raiz(persona: Persona) -> str:
    primero = _palabra(persona.primer_apellido)
    vocal = next((letra for letra in primero[1:] if letra in _VOCALES), "X")
    segundo = _palabra(persona.segundo_apellido) or "X"
    raiz = primero[0] + vocal + segundo[0] + _palabra(persona.nombres)[0]
    return raiz[0] + "X" + raiz[2:] if raiz in _MOLESTAS else raiz


def _consonante_interna(palabra: str) -> str:
    return next((letra for letra in palabra[1:] if letra not in _VOCALES), "X")


def _palabra(texto: str) -> str:
    """La que cuenta para la CURP: sin partículas, y sin José o María si hay otro nombre."""
    mayusculas = texto.upper().replace("Ñ", "X").replace(".", " ")
    limpio = "".join(
        c for c in unicodedata.normalize("NFD", mayusculas) if not unicodedata.combining(c)
    )
    palabras = [p for p in limpio.split() if p not in _PARTICULAS] or limpio.split()
    otras = [p for p in palabras if p not in _NOMBRES_QUE_SE_SALTAN]
    return (otras or palabras or [""])[0]
