"""Lo que trae la petición de quien teclea: en cuál captura, en qué página y qué renglones."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass

from django.contrib.admin import ModelAdmin
from django.http import HttpRequest, QueryDict

from padron.models import Captura
from padron.servicios import capturas_renglones
from padron.servicios.capturas_renglones import Escrito, Guardado
from padron.validacion.columnas import POR_IDENTIFICADOR
from padron.views.captura_base import url_de

_CELDA = re.compile(r"c-([0-9a-f-]{36})-([a-z_]{2,40})")


@dataclass(frozen=True)
class Escribiendo:
    """Quién escribe en cuál captura, con lo que trae su petición."""

    request: HttpRequest
    modelo_admin: ModelAdmin
    captura: Captura

    @property
    def pagina(self) -> int:
        dicha = self.request.POST.get("pagina") or self.request.GET.get("pagina", "")
        return int(dicha) if dicha.isdecimal() and len(dicha) < 6 else 1

    @property
    def url(self) -> str:
        return url_de(self.captura) + (f"?pagina={self.pagina}" if self.pagina > 1 else "")

    @property
    def escritos(self) -> list[Escrito]:
        return escritos_de(self.request.POST)

    @property
    def columnas(self) -> tuple[str, ...]:
        """Las que la página enseñó: con ellas se tomó la huella."""
        dichas = self.request.POST.get("columnas_vistas", "").split(",")
        return tuple(c for c in dichas if c in POR_IDENTIFICADOR)

    def guardar(self) -> dict[str, Guardado]:
        return capturas_renglones.guardar(
            self.captura,
            self.escritos,
            columnas=self.columnas,
            por=self.request.user,
            encima=self.request.POST.get("encima") == "si",
        )


def escritos_de(enviado: QueryDict) -> list[Escrito]:
    """Lo que no tenga forma de renglón nuestro se pasa por alto."""
    celdas: dict[str, dict[str, str]] = {}
    for nombre, valor in enviado.items():
        if hallada := _CELDA.fullmatch(nombre):
            celdas.setdefault(hallada[1], {})[hallada[2]] = str(valor)
    return [
        Escrito(
            uuid.UUID(clave),
            suyas,
            edicion=_entero(enviado.get(f"e-{clave}", "")),
            huella=enviado.get(f"h-{clave}", "")[:16],
        )
        for clave, suyas in celdas.items()
        if clave_de(clave)
    ]


def clave_de(texto: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(texto)
    except ValueError:
        return None


def _entero(texto: str) -> int:
    return int(texto) if texto.isdecimal() and len(texto) < 9 else 0
