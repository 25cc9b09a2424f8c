"""Direcciones de las páginas de entregas, quién las abre y qué dicen."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from tests.fabricas.cuentas import entrar


def como(quien) -> Client:
    cliente = Client()
    entrar(cliente, quien)
    return cliente


def de(jornada, nombre, *args) -> str:
    return reverse(f"admin:padron_{nombre}", args=[jornada.pk, *args])


def texto(respuesta) -> str:
    return respuesta.content.decode()
