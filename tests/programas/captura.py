"""Piezas para probar la captura por secciones: abrir una sección, teclear y mandar, como un navegador."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.test import Client
from django.urls import reverse

from programas.consultas.secciones import seccion as seccion_de
from programas.forms.captura import Pagina
from programas.models import ReglaOperacion


@dataclass
class Escritorio:
    """Una persona con la sesión abierta, ante las secciones de una regla."""

    cliente: Client
    regla: ReglaOperacion

    def url(self, seccion: str, nombre: str = "seccion") -> str:
        return reverse(f"admin:programas_regla_{nombre}", args=[self.regla.pk, seccion])

    @property
    def url_regla(self) -> str:
        return reverse("admin:programas_reglaoperacion_change", args=[self.regla.pk])

    def abrir(self, seccion: str) -> dict[str, Any]:
        """Lo que el navegador mandaría si nadie tocara nada, con lo oculto de la página."""
        respuesta = self.cliente.get(self.url(seccion))
        assert respuesta.status_code == 200, respuesta
        return de_la_pagina(respuesta)

    def mandar(self, seccion: str, datos: dict[str, Any], accion: str = "guardar:lista") -> Any:
        return self.cliente.post(self.url(seccion), {**datos, "accion": accion})

    def escribir(self, seccion: str, accion: str = "guardar:lista", **cambios: Any) -> Any:
        return self.mandar(seccion, {**self.abrir(seccion), **cambios}, accion)

    def autoguardar(self, seccion: str, datos: dict[str, Any], **mas: Any) -> Any:
        return self.cliente.post(
            self.url(seccion, "borrador"), {**datos, **mas}, headers={"accept": "application/json"}
        )


def de_la_pagina(respuesta: Any) -> dict[str, Any]:
    c = respuesta.context
    ocultos = {n: c[n] for n in ("base_edicion", "bases", "visto", "firma_de_pagina")}
    return {**c["pagina"].crudo(), **ocultos}


def tecleado(regla: ReglaOperacion, clave: str) -> dict[str, list[str]]:
    seccion = seccion_de(regla, clave)
    assert seccion is not None
    return Pagina(regla, seccion).crudo()
