"""Abrir y mandar las páginas que corrigen una carga."""

from __future__ import annotations

import html
import re

from django.urls import reverse


def url(carga, **consulta):
    base = reverse("admin:padron_filas", args=[carga.pk])
    return base + ("?" + "&".join(f"{c}={v}" for c, v in consulta.items()) if consulta else "")


def edicion(respuesta, fila):
    return re.search(rf'name="e-{fila}" value="([^"]+)"', respuesta.content.decode())[1]


def guardar(cliente, carga, *, datos="si", accion="guardar", **campos):
    return cliente.post(url(carga), {"accion": accion, "datos": datos, **campos})


def en(respuesta):
    return html.unescape(respuesta.content.decode())
