"""Un PDF de puro texto, sin bibliotecas y siempre idéntico: los documentos de demostración son así."""

from __future__ import annotations

from collections.abc import Sequence

_ANCHO, _ALTO, _MARGEN, _LETRA, _RENGLON = 595, 842, 64, 11, 16


def pdf(paginas: Sequence[Sequence[str]], *, titulo: str = "") -> bytes:
    """Cada página es una lista de renglones; el primero va en grande. Letras de Europa occidental."""
    objetos = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", _fuente(), _ficha(titulo)]
    hijas = []
    for renglones in paginas:
        contenido = _contenido(renglones)
        objetos.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(contenido), contenido))
        objetos.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % (_ANCHO, _ALTO, len(objetos))
        )
        hijas.append(b"%d 0 R" % len(objetos))
    objetos[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(hijas), len(hijas))
    return _armar(objetos)


def _fuente() -> bytes:
    return b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"


def _ficha(titulo: str) -> bytes:
    return b"<< /Title (%s) >>" % _escapado(titulo)


def _contenido(renglones: Sequence[str]) -> bytes:
    """Un recuadro hace las veces de imagen cuando la página no trae letras."""
    if not renglones:
        return b"0.8 g 80 200 435 480 re f"
    trozos = [b"BT /F1 16 Tf %d %d Td (%s) Tj" % (_MARGEN, _ALTO - 80, _escapado(renglones[0]))]
    trozos.append(b"/F1 %d Tf 0 -28 Td" % _LETRA)
    trozos += [b"(%s) Tj 0 -%d Td" % (_escapado(r), _RENGLON) for r in renglones[1:]]
    return b"\n".join([*trozos, b"ET"])


def _escapado(texto: str) -> bytes:
    plano = texto.encode("cp1252", "replace")
    return plano.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _armar(objetos: Sequence[bytes]) -> bytes:
    """Los objetos, la tabla de dónde empieza cada uno, y el final."""
    salida, lugares = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"), []
    for numero, objeto in enumerate(objetos, 1):
        lugares.append(len(salida))
        salida += b"%d 0 obj\n%s\nendobj\n" % (numero, objeto)
    inicio = len(salida)
    salida += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objetos) + 1)
    salida += b"".join(b"%010d 00000 n \n" % lugar for lugar in lugares)
    salida += b"trailer << /Size %d /Root 1 0 R /Info 4 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objetos) + 1,
        inicio,
    )
    return bytes(salida)
