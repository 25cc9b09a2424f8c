"""Suscripciones, envíos y avisos inventados. Las llaves se dicen en claro para poder usarlas."""

from __future__ import annotations

import base64
import datetime
import json
import os
from typing import Any

import factory
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.utils import timezone

from ciudadania import cifrado
from ciudadania import models as m
from ciudadania.estados import ClaseDeEnvio, EstadoSuscripcion, Motivo
from tests.fabricas.programas import ProgramaFactory

E = EstadoSuscripcion


class SuscripcionFactory(factory.django.DjangoModelFactory):
    """`SuscripcionFactory(confirmada=True, correo="ana@ejemplo.mx", llave="abre")`."""

    class Meta:
        model = m.Suscripcion

    class Params:
        confirmada = factory.Trait(
            estado=E.CONFIRMADA, confirmada_en=factory.LazyFunction(timezone.now)
        )

    programa = factory.SubFactory(ProgramaFactory)
    motivos = factory.LazyFunction(lambda: list(Motivo.values))
    estado = E.PENDIENTE
    correo = factory.Sequence(lambda n: f"persona{n}@ejemplo.mx")
    llave = factory.Sequence(lambda n: f"llave-{n}")
    confirmar = factory.Sequence(lambda n: f"confirmar-{n}")
    calendario = ""

    @classmethod
    def _create(cls, model_class: type, *args: Any, **valores: Any) -> m.Suscripcion:
        correo, llave = valores.pop("correo"), valores.pop("llave")
        calendario = valores.pop("calendario")
        return super()._create(
            model_class,
            correo_cifrado=cifrado.cifrar(correo),
            correo_indice=cifrado.indice(correo),
            huella_llave=cifrado.huella(llave),
            llave_cifrada=cifrado.cifrar(llave),
            huella_confirmar=cifrado.huella(valores.pop("confirmar")),
            confirmar_hasta=timezone.now() + datetime.timedelta(hours=48),
            huella_calendario=cifrado.huella(calendario) if calendario else "",
            **valores,
        )


def claves_de_navegador() -> tuple[dict[str, str], ec.EllipticCurvePrivateKey, bytes]:
    """Lo que un navegador de verdad da, con su clave privada para descifrar."""
    privada, secreto = ec.generate_private_key(ec.SECP256R1()), os.urandom(16)
    punto = privada.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    def texto(crudo: bytes) -> str:
        return base64.urlsafe_b64encode(crudo).decode().rstrip("=")

    return {"p256dh": texto(punto), "auth": texto(secreto)}, privada, secreto


class SuscripcionPushFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.SuscripcionPush

    programa = factory.SubFactory(ProgramaFactory)
    motivos = factory.LazyFunction(lambda: list(Motivo.values))
    destino = factory.Sequence(lambda n: f"https://notificaciones.ejemplo.org/{n}")
    claves = factory.LazyFunction(lambda: claves_de_navegador()[0])

    @classmethod
    def _create(cls, model_class: type, *args: Any, **valores: Any) -> m.SuscripcionPush:
        destino = valores.pop("destino")
        return super()._create(
            model_class,
            destino_cifrado=cifrado.cifrar(destino),
            destino_indice=cifrado.indice(destino),
            claves_cifradas=cifrado.cifrar(json.dumps(valores.pop("claves"))),
            **valores,
        )


class EnvioFactory(factory.django.DjangoModelFactory):
    """Un correo de confirmación por salir."""

    class Meta:
        model = m.Envio

    clase = ClaseDeEnvio.CONFIRMACION
    suscripcion = factory.SubFactory(SuscripcionFactory)
    destino_indice = factory.SelfAttribute("suscripcion.correo_indice")
    dia = factory.LazyFunction(timezone.localdate)
    secreto = factory.LazyFunction(lambda: cifrado.cifrar("confirmar"))


class AvisoFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.Aviso

    suscripcion = factory.SubFactory(SuscripcionFactory, confirmada=True)
    programa = factory.SelfAttribute("suscripcion.programa")
    motivo = Motivo.ABRE
    hecho = factory.Sequence(lambda n: f"abre:{n}:2025-01-02")
    que = "Convocatoria general"
    dia = factory.LazyFunction(timezone.localdate)
