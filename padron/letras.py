"""El abecedario de una lista de entrega: de qué letra es un apellido y cómo se reparte de la A a la Z.

Sin base de datos. `padron/esperadas.py` dice lo mismo en SQL; una prueba compara a los dos.
"""

from __future__ import annotations

from collections.abc import Mapping

ALFABETO = "ABCDEFGHIJKLMNÑOPQRSTUVWXYZ"
# Quien no tiene apellido, o lo tiene con una letra que no está, va con la última: nadie se queda fuera.
SIN_LETRA = "Z"
# La ñ va escrita porque «upper» de la base depende de su configuración.
CON_MARCA = "ÁÀÄÂÃÅÉÈËÊÍÌÏÎÓÒÖÔÕÚÙÜÛÇáàäâãåéèëêíìïîóòöôõúùüûçñ"
SIN_MARCA = "AAAAAAEEEEIIIIOOOOOUUUUC" * 2 + "Ñ"
_PLANO = str.maketrans(CON_MARCA, SIN_MARCA)


def letra_escrita(texto: str) -> str | None:
    """La letra que alguien tecleó, sin acento y en mayúscula; None si no es una del abecedario."""
    primera = texto[:1].translate(_PLANO).upper()
    return primera if primera and primera in ALFABETO else None


def letra_de(apellido: str | None) -> str:
    """La primera letra, sin acento: «Ávila» es A y «Ñáñez» es Ñ. «De la Cruz» es D, como se escribe."""
    return letra_escrita((apellido or "").lstrip(" ")) or SIN_LETRA


def lugar(letra: str) -> int:
    return ALFABETO.index(letra)


def en_palabras(desde: str, hasta: str) -> str:
    """«A a F», o «Ñ» si es una sola."""
    return desde if desde == hasta else f"{desde} a {hasta}"


def dividir(grupos: int, cuantas: Mapping[str, int] | None = None) -> list[tuple[str, str]]:
    """La A a la Z en tantos tramos seguidos, parejos en personas si se sabe cuántas hay por letra.

    Lo que cuenta es el tramo más lleno: se busca que sea el menor posible. Levanta ValueError si se
    piden más tramos que letras.
    """
    if not 1 <= grupos <= len(ALFABETO):
        raise ValueError(grupos)
    # Sin personas en una letra aún pesa algo: también ahí puede aparecer alguien.
    pesos = [27 * (cuantas or {}).get(letra, 0) + 1 for letra in ALFABETO]
    cortes = _cortes(pesos, grupos)
    return [(ALFABETO[a], ALFABETO[b - 1]) for a, b in zip(cortes, cortes[1:], strict=False)]


def _cortes(pesos: list[int], grupos: int) -> list[int]:
    """Dónde empieza cada tramo, y el final: 27 letras caben en una tabla de programación dinámica."""
    total = len(pesos)
    sumas = [0]
    for peso in pesos:
        sumas.append(sumas[-1] + peso)
    # mejor[k][i]: (el tramo más lleno, desigualdad) con las primeras i letras en k tramos.
    mejor = {0: {0: (0, 0)}}
    desde: dict[tuple[int, int], int] = {}
    for k in range(1, grupos + 1):
        mejor[k] = {}
        for i in range(k, total + 1):
            opciones = (
                (
                    max(previo[0], sumas[i] - sumas[j]),
                    previo[1] + (sumas[i] - sumas[j]) ** 2,
                    j,
                )
                for j, previo in mejor[k - 1].items()
                if j < i
            )
            lleno, desigual, j = min(opciones)
            mejor[k][i], desde[k, i] = (lleno, desigual), j
    cortes = [total]
    for k in range(grupos, 0, -1):
        cortes.append(desde[k, cortes[-1]])
    return cortes[::-1]
