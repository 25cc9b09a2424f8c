"""Plantillas: ninguna de sobra, ninguna que falte, y su texto pasa por la traducción."""

from __future__ import annotations

import re
from pathlib import Path

from django.template.loader import get_template

from tests.arquitectura.fuentes import PLANTILLAS, PROPIO, RAIZ

CARPETA = RAIZ / "templates"
# Las busca el marco por su nombre: nadie las nombra en el código.
DEL_MARCO = re.compile(
    r"^(400|403|404|429|500|403_csrf)\.html$"
    r"|^(account|mfa|allauth|admin|registration|leaflet|django/forms|gis|axes)/"
)
_CITA = re.compile(r"""["']([\w./-]+\.(?:html|txt))["']""")
_COMENTARIO = re.compile(
    r"{#.*?#}|{% comment .*?%}.*?{% endcomment %}|{% comment %}.*?{% endcomment %}", re.S
)
_TRADUCIDO = re.compile(r"{% blocktrans(?:late)?\b.*?{% endblocktrans(?:late)? %}", re.S)
_ETIQUETA = re.compile(r"{[%{].*?[%}]}|<(script|style)\b.*?</\1>|<!--.*?-->|<[^>]+>", re.S)
_PALABRA = re.compile(r"[A-Za-zÁÉÍÓÚáéíóúñÑ]{3,}")
# Nombres propios: no se traducen.
PROPIOS = {"Tu", "Bienestar", "Ciudad", "México", "SIBIS", "CSV", "PILARES"}


def relativa(ruta: Path) -> str:
    return ruta.relative_to(CARPETA).as_posix()


def citadas() -> set[str]:
    textos = [*PLANTILLAS.values(), *PROPIO.values()]
    return {cita for texto in textos for cita in _CITA.findall(_COMENTARIO.sub("", texto))}


def test_ninguna_plantilla_se_queda_sin_usar():
    usadas = citadas()
    sobran = [
        relativa(r)
        for r in PLANTILLAS
        if relativa(r) not in usadas and not DEL_MARCO.match(relativa(r))
    ]
    assert sobran == []


def test_toda_plantilla_citada_existe():
    for cita in sorted(citadas()):
        if "/" in cita and not cita.startswith(("http", "/")):
            assert get_template(cita), cita


def test_toda_plantilla_se_entiende():
    for ruta in PLANTILLAS:
        get_template(relativa(ruta))


def sueltas(texto: str) -> set[str]:
    """Palabras que una persona leería y que no pasan por la traducción."""
    for patron in (_COMENTARIO, _TRADUCIDO, _ETIQUETA):
        texto = patron.sub(" ", texto)
    return set(_PALABRA.findall(texto)) - PROPIOS


def test_el_texto_pasa_por_la_traduccion():
    sin_traducir = {
        relativa(ruta): palabras
        for ruta, texto in PLANTILLAS.items()
        if ruta.suffix == ".html" and (palabras := sueltas(re.sub(r"&[a-z]+;", " ", texto)))
    }
    assert sin_traducir == {}


def test_nada_se_marca_como_seguro_sin_razon():
    """`|safe` y `autoescape off` abren la puerta que todo lo demás cierra."""
    permitidas = {"componentes/_campo_notas.html"}  # la ayuda de un campo la escribe el código
    peligro = re.compile(r"\|\s*(safe|safeseq)\b|autoescape off")
    hallados = {
        relativa(r) for r, t in PLANTILLAS.items() if r.suffix == ".html" and peligro.search(t)
    }
    ajenas = {h for h in hallados if h.startswith(("admin/", "django/"))}
    assert hallados - ajenas <= permitidas
