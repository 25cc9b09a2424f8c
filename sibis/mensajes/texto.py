"""Lo que alguien tecleó, limpio; a quién nombra, y con qué nombre se guarda lo que adjuntó."""

from __future__ import annotations

import re
import unicodedata
import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sibis.archivos.tipos import TERMINACIONES, TEXTO
from sibis.nucleo.normalizacion import limpiar_texto

# «@enlace.iztapalapa»: empieza palabra, para que la arroba de un correo no nombre a nadie.
_MENCION = re.compile(r"(?<![\w@.+-])@([a-z0-9][a-z0-9_.+-]{0,149})", re.IGNORECASE)
_LARGO_DE_NOMBRE = 120
_SIN_NOMBRE = "adjunto"
_DE_TEXTO = ("txt", "csv", "tsv", "md")
_RENGLONES_VACIOS = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True)
class Trozo:
    """Un pedazo del texto, y si es el nombre de alguien a quien se avisó."""

    texto: str
    es_mencion: bool = False


def limpio(texto: str) -> str:
    """Sin caracteres invisibles ni más de un renglón vacío seguido; conserva los párrafos."""
    renglones = texto.replace("\r\n", "\n").replace("\r", "\n")
    return _RENGLONES_VACIOS.sub("\n\n", limpiar_texto(renglones))


def en_un_renglon(texto: str) -> str:
    return " ".join(limpiar_texto(texto).split())


def nombrados(texto: str) -> list[str]:
    """Los usuarios que nombra, en orden y una vez; que existan y lo vean se comprueba aparte."""
    hallados = (m[1].rstrip(".-+_").lower() for m in _MENCION.finditer(texto))
    return list(dict.fromkeys(u for u in hallados if u))


def trozos(texto: str, mencionados: Collection[str]) -> list[Trozo]:
    """El texto en orden, con las menciones aparte. Lo demás es texto y nada más que texto."""
    partes, desde = [], 0
    for hallado in _MENCION.finditer(texto):
        usuario = hallado[1].rstrip(".-+_")
        if usuario.lower() not in mencionados:
            continue
        hasta = hallado.start() + 1 + len(usuario)
        partes += [Trozo(texto[desde : hallado.start()]), Trozo(f"@{usuario}", es_mencion=True)]
        desde = hasta
    return [p for p in (*partes, Trozo(texto[desde:])) if p.texto]


def nombre_de_archivo(nombre: str, tipo: str) -> str:
    """Sin carpetas, sin caracteres que no se ven, y con la terminación de lo que de verdad es."""
    ultimo = re.split(r"[/\\]", unicodedata.normalize("NFC", nombre))[-1]
    visible = "".join(c for c in ultimo if unicodedata.category(c)[0] != "C")
    visible = " ".join(visible.split()).lstrip(". ").rstrip(". ")
    base, punto, terminacion = visible.rpartition(".")
    if not punto or len(terminacion) > 5:
        base, terminacion = visible, ""
    debida = TERMINACIONES.get(tipo, "bin")
    if tipo == TEXTO and terminacion.lower() in _DE_TEXTO:
        debida = terminacion.lower()
    return f"{base[: _LARGO_DE_NOMBRE - 8].rstrip('. ') or _SIN_NOMBRE}.{debida}"


def llave_del_envio(
    formulario: uuid.UUID, partes: Iterable[str], archivos: Iterable[tuple[str, int]]
) -> uuid.UUID:
    """El mismo formulario con lo mismo escrito es el mismo envío; corregido al volver, es otro."""
    contenido = [*partes, *(f"{nombre}:{bytes_}" for nombre, bytes_ in archivos)]
    return uuid.uuid5(formulario, "\x00".join(contenido))
