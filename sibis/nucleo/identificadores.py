"""CURP, RFC y CLABE: qué dice cada carácter, y qué diría si estuviera bien. Puro: viaja con el validador.

La CURP se forma según el Instructivo normativo para la asignación de la Clave Única de Registro de
Población (RENAPO). Lo que aquí lleva «por confirmar» no se ha cotejado con ese texto.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from dataclasses import dataclass

from sibis.nucleo.entidades import CLAVES as CLAVES_DE_ENTIDAD
from sibis.nucleo.listas import de_palabras

LARGO_CURP, LARGO_CLABE = 18, 18
# Los diez primeros caracteres de las claves que se usan para quien no tiene una propia.
RAICES_GENERICAS = frozenset(("XEXX010101", "XAXX010101"))
# La forma, sin mirar si la fecha existe ni si la entidad es una: eso tiene su propia palabra.
FORMA_CURP = r"^[A-Z][AEIOUX][A-Z]{2}\d{6}[HMX][A-Z]{2}[B-DF-HJ-NP-TV-Z]{3}[A-Z\d]\d$"
FORMA_RFC = r"^[A-ZÑ&]{3,4}\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])[A-Z\d]{2}[A\d]$"
PESOS_CLABE = (3, 7, 1)

PARTICULAS = frozenset(
    de_palabras("DA DAS DE DEL DER DI DIE DD EL LA LOS LAS LE LES MAC MC VAN VON Y")
)
# El primer nombre que se salta si hay otro. «M» sola: por confirmar.
NOMBRES_QUE_SE_SALTAN = frozenset(("JOSE", "J", "MARIA", "MA", "M"))
# Cuatro primeras letras que formarían una palabra molesta: la segunda se vuelve X.
MOLESTAS = frozenset(
    de_palabras(
        "BACA BAKA BUEI BUEY CACA CACO CAGA CAGO CAKA CAKO COGE COGI COJA COJE COJI COJO COLA "
        "CULO FALO FETO GETA GUEI GUEY JETA JOTO KACA KACO KAGA KAGO KAKA KAKO KOGE KOGI KOJA "
        "KOJE KOJI KOJO KOLA KULO LILO LOCA LOCO LOKA LOKO MAME MAMO MEAR MEAS MEON MIAR MION "
        "MOCO MOKO MULA MULO NACA NACO PEDA PEDO PENE PIPI PITO POPO PUTA PUTO QULO RATA ROBA "
        "ROBE ROBO RUIN SENO TETA VACA VAGA VAGO VAKA VUEI VUEY WUEI WUEY"
    )
)

_CURP = re.compile(FORMA_CURP, re.ASCII)
_RFC = re.compile(FORMA_RFC, re.ASCII)
_CLABE = re.compile(r"^\d{18}$", re.ASCII)
_ALFABETO = "0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ"
_VALOR = {letra: i for i, letra in enumerate(_ALFABETO)}
_VOCALES = frozenset("AEIOU")
_SIGNO = "/"
_VISIBLES = 4


class CurpInvalida(ValueError):
    """No se puede leer; `codigo` es el del hallazgo con que se informa."""

    def __init__(self, codigo: str) -> None:
        super().__init__(codigo)
        self.codigo = codigo


@dataclass(frozen=True, slots=True)
class Curp:
    """Una CURP bien formada, ya separada en lo que dice de la persona."""

    raiz: str
    nacimiento: datetime.date
    sexo: str
    entidad: str
    consonantes: str
    homoclave: str
    digito: str

    @classmethod
    def leer(cls, texto: str) -> Curp:
        """Levanta CurpInvalida con la primera falla: forma, fecha, entidad o dígito, en ese orden."""
        curp = limpiar(texto)
        if not forma_valida(curp):
            raise CurpInvalida("curp_forma")
        nacimiento = fecha_de_curp(curp)
        if nacimiento is None:
            raise CurpInvalida("curp_fecha")
        if curp[11:13] not in CLAVES_DE_ENTIDAD:
            raise CurpInvalida("curp_entidad")
        if digito_verificador(curp[:17]) != curp[17]:
            raise CurpInvalida("curp_digito")
        return cls(
            raiz=curp[:4],
            nacimiento=nacimiento,
            sexo=curp[10],
            entidad=curp[11:13],
            consonantes=curp[13:16],
            homoclave=curp[16],
            digito=curp[17],
        )

    @property
    def texto(self) -> str:
        fecha = f"{self.nacimiento:%y%m%d}"
        partes = (self.raiz, fecha, self.sexo, self.entidad, self.consonantes)
        return "".join(partes) + self.homoclave + self.digito

    def __str__(self) -> str:
        return ocultar(self.texto)


def limpiar(texto: str) -> str:
    """Sin espacios ni guiones y en mayúsculas: así se escribe la misma clave de muchas maneras."""
    return re.sub(r"[\s\-]+", "", texto).upper()


def forma_valida(curp: str) -> bool:
    return _CURP.fullmatch(curp) is not None


def es_generica(curp: str) -> bool:
    """La que se escribe cuando no hay una: no es de nadie. La de puras X, por confirmar."""
    return curp[:10] in RAICES_GENERICAS or (curp[:4] == "XXXX" and curp[13:16] == "X" * 3)


def fecha_de_curp(curp: str) -> datetime.date | None:
    """El siglo lo dice el carácter 17: cifra, nació antes de 2000; letra, después."""
    siglo = 1900 if curp[16].isdigit() else 2000
    try:
        return datetime.date(siglo + int(curp[4:6]), int(curp[6:8]), int(curp[8:10]))
    except ValueError:
        return None


def digito_verificador(base: str) -> str:
    """El carácter 18 de una CURP, a partir de los 17 primeros."""
    suma = sum(_VALOR[letra] * (LARGO_CURP - i) for i, letra in enumerate(base))
    return str(-suma % 10)


def formar_curp(
    *,
    nombres: str,
    primer_apellido: str,
    segundo_apellido: str,
    nacimiento: datetime.date,
    sexo: str,
    entidad: str,
    homoclave: str,
) -> str:
    """La que tocaría a esa persona con esa homoclave; la de verdad solo la asigna el RENAPO."""
    raiz, consonantes = raiz_y_consonantes(nombres, primer_apellido, segundo_apellido)
    base = f"{raiz}{nacimiento:%y%m%d}{sexo}{entidad}{consonantes}{homoclave}"
    return base + digito_verificador(base)


def raiz_y_consonantes(
    nombres: str, primer_apellido: str, segundo_apellido: str = ""
) -> tuple[str, str]:
    """Las cuatro primeras letras y las tres consonantes que ese nombre da, según el Instructivo.

    Quien tiene un solo apellido lo lleva como primero, y X en el lugar del segundo.
    """
    if not primer_apellido.strip():
        primer_apellido, segundo_apellido = segundo_apellido, ""
    primero = palabra_de_apellido(primer_apellido) or "X"
    segundo = palabra_de_apellido(segundo_apellido) or "X"
    nombre = palabra_de_nombres(nombres) or "X"
    raiz = _como_equis(primero[0] + vocal(primero) + segundo[0] + nombre[0])
    if raiz in MOLESTAS:
        raiz = raiz[0] + "X" + raiz[2:]
    return raiz, consonante(primero) + consonante(segundo) + consonante(nombre)


def palabra_de_apellido(texto: str) -> str:
    """La que cuenta: sin partículas («de la Cruz» → «CRUZ»), y la primera de un apellido compuesto."""
    palabras = _palabras(texto)
    return next((p for p in palabras if p not in PARTICULAS), palabras[0] if palabras else "")


def palabra_de_nombres(texto: str) -> str:
    """La que cuenta: la segunda si la primera es José o María y hay otra («María José» → «JOSE»)."""
    palabras = [p for p in _palabras(texto) if p not in PARTICULAS]
    if len(palabras) > 1 and palabras[0] in NOMBRES_QUE_SE_SALTAN:
        return palabras[1]
    return palabras[0] if palabras else palabra_de_apellido(texto)


def consonante(palabra: str) -> str:
    """La primera que no es la inicial; X si no hay otra."""
    return _como_equis(next((c for c in palabra[1:] if c not in _VOCALES), "X"))


def vocal(palabra: str) -> str:
    """La primera que no es la inicial. Un signo que va antes ocupa su lugar: «D/Amico» → X."""
    return next((c for c in palabra[1:] if c in _VOCALES or c == _SIGNO), "X")


def _como_equis(letras: str) -> str:
    return letras.replace(_SIGNO, "X")


def _palabras(texto: str) -> list[str]:
    """Mayúsculas sin acentos y con la Ñ como X; lo que no es letra queda como signo, en su lugar.

    El punto cierra una abreviatura («Ma.») y se va. Que guion y apóstrofo cuenten como la diagonal,
    por confirmar.
    """
    mayusculas = texto.upper().replace("Ñ", "X").replace("N\u0303", "X").replace(".", " ")
    plano = unicodedata.normalize("NFD", mayusculas)
    letras = (c for c in plano if not unicodedata.combining(c))
    return "".join(c if "A" <= c <= "Z" or c.isspace() else _SIGNO for c in letras).split()


def ocultar(identificador: str) -> str:
    """Lo que se enseña a quien solo necesita reconocerla: «GARC**************»."""
    visibles = _VISIBLES if len(identificador) > 2 * _VISIBLES else 0
    return identificador[:visibles] + "*" * (len(identificador) - visibles)


def forma_rfc(texto: str) -> bool:
    """Trece caracteres si es de una persona, doce si es de una empresa. No comprueba su homoclave."""
    return _RFC.fullmatch(texto) is not None


def digito_de_clabe(base: str) -> str:
    """El dígito 18 de una CLABE: cada cifra por 3, 7, 1…, cada producto módulo 10."""
    suma = sum(int(cifra) * PESOS_CLABE[i % 3] % 10 for i, cifra in enumerate(base))
    return str(-suma % 10)


def forma_clabe(texto: str) -> bool:
    return _CLABE.fullmatch(texto) is not None


def clabe_valida(texto: str) -> bool:
    return forma_clabe(texto) and digito_de_clabe(texto[:17]) == texto[17]
