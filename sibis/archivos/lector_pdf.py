"""El proceso aparte que abre un PDF ajeno: se ejecuta por su ruta, sin Django y con límites propios.

Escribe un renglón JSON por página. Si muere, quien lo llamó lo nota y sigue: por eso va aparte.
"""

from __future__ import annotations

import json
import resource
import sys
from typing import Any

import pypdfium2

CON_CONTRASENA = 4  # FPDF_ERR_PASSWORD
MB = 1 << 20


def limitar(*, memoria_mb: int, segundos: int) -> None:
    """Memoria y procesador con tope, y ningún archivo nuevo."""
    resource.setrlimit(resource.RLIMIT_AS, (memoria_mb * MB, memoria_mb * MB))
    resource.setrlimit(resource.RLIMIT_CPU, (segundos, segundos))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def decir(**renglon: Any) -> None:
    sys.stdout.write(json.dumps(renglon, ensure_ascii=True) + "\n")


def leer(ruta: str, *, paginas: int, caracteres: int, total: int) -> None:
    """Página por página hasta cualquiera de los tres topes."""
    try:
        documento = pypdfium2.PdfDocument(ruta)
    except pypdfium2.PdfiumError as error:
        decir(falla="cifrado" if error.err_code == CON_CONTRASENA else "ilegible")
        return
    decir(paginas=len(documento))
    for numero in range(min(len(documento), paginas)):
        texto = texto_de(documento, numero)[:caracteres]
        total -= len(texto)
        if total < 0:
            break
        decir(numero=numero + 1, texto=texto)
    decir(fin=True)


def texto_de(documento: pypdfium2.PdfDocument, numero: int) -> str:
    """Una página dañada no se lleva a las demás."""
    try:
        pagina = documento[numero]
        texto: str = pagina.get_textpage().get_text_bounded(errors="replace")
        pagina.close()
    except pypdfium2.PdfiumError:
        return ""
    return texto


if __name__ == "__main__":
    ruta, memoria_mb, segundos, paginas, caracteres, total = sys.argv[1:]
    limitar(memoria_mb=int(memoria_mb), segundos=int(segundos))
    leer(ruta, paginas=int(paginas), caracteres=int(caracteres), total=int(total))
