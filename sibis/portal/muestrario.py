"""Ejemplos inventados para la galería de piezas, que solo existe con DEBUG."""

from dataclasses import dataclass

from django import forms

from sibis.portal import silueta

ESTADOS = (
    ("abierto", "Abierto hasta el 28 de febrero"),
    ("lista_de_espera", "Lista de espera"),
    ("pausado", "En pausa"),
    ("cerrado", "Cerrado; abre el 4 de marzo"),
    ("", "Sin dato"),
)


@dataclass(frozen=True, slots=True)
class Muestra:
    """Los campos que leen las tarjetas y los resultados."""

    nombre: str
    estado: str
    estado_texto: str
    que_recibes: str = "de $600 a $650 al mes"
    para_quien: str = "Niñas, niños y adolescentes de escuelas públicas."
    dependencia: str = "Dependencia de ejemplo"
    tipo_nombre: str = "programa social"
    ejercicio: int = 2025
    ejercicios: tuple[int, ...] = (2025, 2024)
    nombre_resaltado: str = ""
    url: str = "#"
    demostracion: bool = True

    @property
    def clase_de_estado(self) -> str:
        return self.estado.replace("_", "-")


@dataclass(frozen=True, slots=True)
class Paginas:
    actual: int = 2
    total: int = 9
    anterior_url: str = "#"
    siguiente_url: str = "#"


class FormularioDeMuestra(forms.Form):
    correo = forms.EmailField(label="Correo", help_text="Así se ve una ayuda.")
    tipo = forms.ChoiceField(
        label="Elige uno", widget=forms.RadioSelect, choices=[("a", "Uno"), ("b", "Otro")]
    )
    lista = forms.ChoiceField(label="Lista", required=False, choices=[("", "Todas"), ("a", "Una")])
    acepto = forms.BooleanField(label="Una casilla")


def piezas() -> dict[str, object]:
    con_errores = FormularioDeMuestra({"correo": "no es un correo"})
    con_errores.is_valid()
    totales = {"09007": 8, "09012": 6, "09015": 12, "09010": 4}
    muestras = [
        Muestra("Un programa abierto", *ESTADOS[0]),
        Muestra("Uno en lista de espera", *ESTADOS[1], demostracion=False),
        Muestra("Uno sin monto publicado", *ESTADOS[3], que_recibes=""),
    ]
    return {
        "estados": ESTADOS,
        "muestras": muestras,
        "paginas": Paginas(),
        "form": con_errores,
        "lienzo": silueta.lienzo(),
        "alcaldias": silueta.dibujar(totales=totales, url_de={}),
        "montos": (6_820_000_000, 853_044_194, 3439.46, 0),
        "colores": (
            "tinta",
            "tinta-media",
            "papel",
            "papel-hondo",
            "linea",
            "linea-firme",
            "acento",
            "acento-hondo",
            "acento-tenue",
            "oro",
            "oro-tenue",
            "exito",
            "exito-tenue",
            "error",
        ),
    }
