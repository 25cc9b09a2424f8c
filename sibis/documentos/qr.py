"""El código QR de una dirección, como imagen que va dentro del documento: un PDF no pide nada de fuera."""

import base64
import io

import qrcode
from qrcode.image.svg import SvgPathImage


def como_imagen(url: str) -> str:
    salida = io.BytesIO()
    qrcode.make(url, image_factory=SvgPathImage, border=0).save(salida)
    return f"data:image/svg+xml;base64,{base64.b64encode(salida.getvalue()).decode()}"
