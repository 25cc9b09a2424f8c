"""Lo que la gente busca y no halla, sin saber quién: se cuenta en Redis y se asienta por día.

Una visita no escribe en la base. Cada palabra que el catálogo no conoce suma uno a un contador cuyo
nombre es un resumen con llave, que cambia cada día; la palabra misma solo se apunta cuando ya se
buscó `MINIMO_EN_UN_DIA` veces. Así un apellido tecleado una vez no queda escrito en ninguna parte.
Sin Redis no pasa nada: la búsqueda contesta igual y ese día no se cuenta.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from typing import Final

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from programas.consultas.interpretacion import RELLENO, lexico
from programas.models import ConsultaSinResultado
from programas.models.sin_resultado import LARGO_DE_PALABRA, MINIMO_EN_UN_DIA

DIAS_QUE_SE_GUARDA: Final = 90
_PALABRAS_DE_MAS: Final = 6
_LARGO_DE_MAS: Final = 60
_LETRAS_DE_MENOS: Final = 3
_DISTINTAS_POR_DIA: Final = 20_000
_ASENTADAS_POR_DIA: Final = 500
_VIVE: Final = 2 * 24 * 3600  # segundos: alcanza a asentarse aunque el reloj se haya detenido
_DATO_PERSONAL = re.compile(r"@|(?:\d\D{0,3}){4}|\bme llamo\b|\bmi nombre\b", re.IGNORECASE)


def es_anotable(texto: str) -> bool:
    """Lo que parece un dato personal o un párrafo no se cuenta: ni CURP, ni teléfono, ni correo."""
    return (
        len(texto) <= _LARGO_DE_MAS
        and len(texto.split()) <= _PALABRAS_DE_MAS
        and not _DATO_PERSONAL.search(texto)
    )


def anotar(texto: str, desconocidas: Iterable[str]) -> None:
    """Suma uno a cada palabra desconocida de una búsqueda sin resultados. Palabras sueltas, no la frase:
    un nombre completo no se puede rearmar.
    """
    if not es_anotable(texto):
        return
    hoy = timezone.localdate()
    for palabra in dict.fromkeys(desconocidas):
        if palabra.isalpha() and _LETRAS_DE_MENOS <= len(palabra) <= LARGO_DE_PALABRA:
            _sumar(palabra, hoy)


def _sumar(palabra: str, dia: datetime.date) -> None:
    contador = _contador(palabra, dia)
    if cache.add(contador, 0, _VIVE) and _siguiente(dia, "distintas") > _DISTINTAS_POR_DIA:
        cache.delete(contador)
        return
    if _incrementar(contador) == MINIMO_EN_UN_DIA:
        lugar = _siguiente(dia, "asentadas")
        if lugar <= _ASENTADAS_POR_DIA:
            cache.set(_llave(dia, f"palabra:{lugar}"), palabra, _VIVE)


def _llave(dia: datetime.date, que: str) -> str:
    return f"sin-resultado:{dia.isoformat()}:{que}"


def _contador(palabra: str, dia: datetime.date) -> str:
    resumen = salted_hmac(f"sin-resultado:{dia.isoformat()}", palabra).hexdigest()[:24]
    return _llave(dia, resumen)


def _siguiente(dia: datetime.date, que: str) -> int:
    llave = _llave(dia, que)
    cache.add(llave, 0, _VIVE)
    return _incrementar(llave)


def _incrementar(llave: str) -> int:
    """Cero si venció entre que se puso y se contó."""
    try:
        return cache.incr(llave)
    except ValueError:
        return 0


def asentar(dia: datetime.date) -> int:
    """Pasa a la base las palabras de ese día con su cuenta. Se puede repetir: la cuenta no se suma."""
    cuantas = min(int(cache.get(_llave(dia, "asentadas"), 0)), _ASENTADAS_POR_DIA)
    lugares = [_llave(dia, f"palabra:{lugar}") for lugar in range(1, cuantas + 1)]
    palabras = sorted(set(cache.get_many(lugares).values()))
    veces = cache.get_many([_contador(palabra, dia) for palabra in palabras])
    renglones = [
        ConsultaSinResultado(palabra=palabra, dia=dia, veces=int(contadas))
        for palabra in palabras
        if (contadas := veces.get(_contador(palabra, dia), 0)) >= MINIMO_EN_UN_DIA
    ]
    ConsultaSinResultado.objects.bulk_create(
        renglones,
        update_conflicts=True,
        unique_fields=["palabra", "dia"],
        update_fields=["veces"],
    )
    return len(renglones)


@transaction.atomic
def poner_al_dia() -> dict[str, int]:
    """Asienta ayer y hoy, marca lo que ya da resultados y borra lo vencido."""
    hoy = timezone.localdate()
    asentadas = asentar(hoy - datetime.timedelta(days=1)) + asentar(hoy)
    vencidas, _por_modelo = ConsultaSinResultado.objects.filter(
        dia__lt=hoy - datetime.timedelta(days=DIAS_QUE_SE_GUARDA)
    ).delete()
    return {"asentadas": asentadas, "resueltas": marcar_resueltas(), "vencidas": vencidas}


def marcar_resueltas() -> int:
    """Las que el catálogo ya conoce, por su texto o por un sinónimo; y al revés si dejó de conocerlas."""
    lex = lexico()
    palabras = set(ConsultaSinResultado.objects.values_list("palabra", flat=True))
    conocidas = {p for p in palabras if p in lex.corrector or p in lex.sinonimos or p in RELLENO}
    pendientes = ConsultaSinResultado.objects.exclude(palabra__in=conocidas)
    pendientes.filter(resuelta=True).update(resuelta=False)
    return ConsultaSinResultado.objects.filter(palabra__in=conocidas, resuelta=False).update(
        resuelta=True
    )
