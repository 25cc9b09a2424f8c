"""Lo que una persona cambió en el panel no lo deshace la siguiente carga del catálogo.

Cada renglón guarda la huella de lo último que el catálogo puso en cada campo. Si el campo ya no dice
eso, alguien lo cambió: se queda. Si lo dice y el catálogo trae otra cosa, se actualiza.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Model


def huella(valor: Any) -> str:
    """De un texto, una lista o la llave de otro objeto."""
    plano = valor.pk if isinstance(valor, Model) else valor
    canon = json.dumps(plano, ensure_ascii=False, default=str)
    return hashlib.sha256(canon.encode(errors="surrogatepass")).hexdigest()[:16]


def con_huellas(
    objeto: Any | None, valores: Mapping[str, Any], cuidados: Iterable[str]
) -> dict[str, Any]:
    """Los valores del catálogo que sí se escriben, y las huellas que quedan.

    Un renglón sin huellas es de antes de que las hubiera: vale lo que trae el catálogo.
    """
    propios = [c for c in cuidados if c in valores]
    anteriores = dict(objeto.huellas_catalogo) if objeto is not None else {}
    de_una_persona = {
        campo
        for campo in propios
        if campo in anteriores and huella(getattr(objeto, campo)) != anteriores[campo]
    }
    nuevas = anteriores | {campo: huella(valores[campo]) for campo in propios}
    # La huella de lo que cambió una persona no avanza: sigue siendo suyo en la carga que venga.
    nuevas |= {campo: anteriores[campo] for campo in de_una_persona}
    return {c: v for c, v in valores.items() if c not in de_una_persona} | {
        "huellas_catalogo": nuevas
    }
