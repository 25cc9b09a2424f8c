"""El armazón de lo que se ve: una página que no pide nada de fuera, con su estilo dentro."""

from __future__ import annotations

import base64
import hashlib
from html import escape
from pathlib import Path

ESTILO = Path(__file__).with_name("hoja.css").read_text(encoding="utf-8")
_HUELLA = base64.b64encode(hashlib.sha256(ESTILO.encode()).digest()).decode()
# Ni guiones ni letras ni imágenes: solo este estilo, que se reconoce por su huella.
POLITICA = f"default-src 'none'; style-src 'sha256-{_HUELLA}'; form-action 'self'; base-uri 'none'"

_PAGINA = """<!DOCTYPE html>
<html lang="es-MX">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{politica}">
<title>{titulo}</title>
<style>{estilo}</style>
</head>
<body>
<header class="cinta"><div><p>Validador de padrones: <strong>{de_que}</strong></p></div></header>
<main>
{cuerpo}
</main>
</body>
</html>
"""


def pagina(titulo: str, de_que: str, cuerpo: str) -> str:
    """`cuerpo` ya es HTML; lo demás es texto."""
    return _PAGINA.format(
        politica=escape(POLITICA),
        titulo=escape(titulo),
        de_que=escape(de_que),
        estilo=ESTILO,
        cuerpo=cuerpo,
    )


def datos(pares: list[tuple[str, str]]) -> str:
    """Una lista de nombre y valor; los valores son texto."""
    dentro = "".join(f"<div><dt>{escape(n)}</dt><dd>{escape(v)}</dd></div>" for n, v in pares if v)
    return f'<dl class="datos">{dentro}</dl>'
