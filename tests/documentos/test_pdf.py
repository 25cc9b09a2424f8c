"""Un PDF nuestro es accesible y no trae nada que no sea nuestro."""

from __future__ import annotations

import pypdfium2
import pytest
from pypdfium2 import raw

from sibis.documentos.pdf import RecursoAjeno, desde_html

PAGINA = "<!DOCTYPE html><html lang='es'><head><title>Prueba</title>{}</head><body>{}</body></html>"


def texto(pdf: bytes) -> str:
    documento = pypdfium2.PdfDocument(pdf)
    return "\n".join(pagina.get_textpage().get_text_range() for pagina in documento)


def test_esta_etiquetado_dice_su_lengua_y_lleva_la_letra_dentro():
    hoja = '<link rel="stylesheet" href="estatico:css/impreso.css">'
    pdf = desde_html(PAGINA.format(hoja, "<h1>Qué recibes</h1><p>Niñas y niños</p>"))

    assert pdf.startswith(b"%PDF-")
    assert "Niñas y niños" in texto(pdf)
    documento = pypdfium2.PdfDocument(pdf)
    assert raw.FPDFCatalog_IsTagged(documento.raw)
    assert documento.get_metadata_value("Title") == "Prueba"
    letra = next(o for o in documento[0].get_objects() if o.type == raw.FPDF_PAGEOBJ_TEXT)
    assert raw.FPDFFont_GetIsEmbedded(raw.FPDFTextObj_GetFont(letra.raw)) == 1


@pytest.mark.parametrize(
    "pide",
    [
        '<img alt="x" src="file:///etc/passwd">',
        '<img alt="x" src="http://127.0.0.1:9/x.png">',
        '<img alt="x" src="estatico:../sibis/settings/base.py">',
        '<img alt="x" src="estatico:img/../../manage.py">',
        '<img alt="x" src="estatico:/etc/passwd">',
        '<object data="file:///etc/passwd"></object>',
    ],
)
def test_lo_que_no_es_nuestro_se_niega(pide):
    with pytest.raises(RecursoAjeno, match="no puede pedir"):
        desde_html(PAGINA.format("", pide))


def test_un_archivo_adjunto_de_esta_maquina_no_entra():
    adjunto = '<link rel="attachment" href="file:///etc/hostname">'
    with pytest.raises(RecursoAjeno):
        desde_html(PAGINA.format(adjunto, "<p>x</p>"))


def test_lo_que_viene_dentro_si_se_admite():
    punto = (
        "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGA"
        "WjR9awAAAABJRU5ErkJggg=="
    )
    assert desde_html(PAGINA.format("", f'<img alt="punto" src="{punto}">')).startswith(b"%PDF-")
