"""Hilos, sus participantes y lo que cuelga de ellos."""

from __future__ import annotations

import uuid
from typing import Any

import factory

from sibis.cuentas import roles
from sibis.mensajes.models import (
    Adjunto,
    Disposicion,
    Hilo,
    Lectura,
    Mencion,
    Mensaje,
    Participante,
    ReglaDeConservacion,
)
from sibis.mensajes.servicios.hilos import abrir
from tests.fabricas.archivos import ArchivoFactory
from tests.fabricas.cuentas import AdscripcionFactory, DependenciaFactory, UsuarioFactory, con_rol
from tests.fabricas.expedientes import ExpedienteFactory


class HiloFactory(factory.django.DjangoModelFactory):
    """`HiloFactory(entre=[organo, usuario])` pone participantes; con Trait `de_un_asunto`, expediente."""

    class Meta:
        model = Hilo
        skip_postgeneration_save = True

    asunto = factory.Sequence(lambda n: f"Conversación {n}")
    creado_por = factory.SubFactory(UsuarioFactory)

    class Params:
        de_un_asunto = factory.Trait(expediente=factory.SubFactory(ExpedienteFactory))

    @factory.post_generation
    def entre(hilo, create: bool, extraida: Any, **otros: Any) -> None:
        for quien in extraida or ():
            campo = "dependencia" if hasattr(quien, "siglas") else "usuario"
            ParticipanteFactory(hilo=hilo, **{"dependencia": None, campo: quien})


class ParticipanteFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Participante

    hilo = factory.SubFactory(HiloFactory)
    dependencia = factory.SubFactory(DependenciaFactory)


class MensajeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Mensaje
        skip_postgeneration_save = True

    hilo = factory.SubFactory(HiloFactory)
    autor = factory.SubFactory(UsuarioFactory)
    dependencia = factory.SubFactory(DependenciaFactory)
    texto = factory.Sequence(lambda n: f"Mensaje de prueba {n}")

    @factory.post_generation
    def al_final(mensaje, create: bool, extraida: Any, **otros: Any) -> None:
        """Como lo deja el servicio: el hilo sabe cuál es su último mensaje."""
        Hilo.objects.filter(pk=mensaje.hilo_id).update(ultimo=mensaje)


class AdjuntoFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Adjunto

    mensaje = factory.SubFactory(MensajeFactory)
    archivo = factory.SubFactory(ArchivoFactory)
    nombre = "oficio.pdf"


class LecturaFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Lectura

    usuario = factory.SubFactory(UsuarioFactory)
    hasta = factory.SubFactory(MensajeFactory)
    hilo = factory.SelfAttribute("hasta.hilo")


class MencionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Mencion

    mensaje = factory.SubFactory(MensajeFactory)
    usuario = factory.SubFactory(UsuarioFactory)


class ReglaDeConservacionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ReglaDeConservacion

    clase = factory.Sequence(lambda n: f"clase-{n}")
    anios = 6


class DisposicionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Disposicion

    hilo = factory.SubFactory(HiloFactory)
    regla = factory.SubFactory(ReglaDeConservacionFactory)


class Mundo:
    """Dos dependencias, las que revisan y finanzas, con una persona en cada una."""

    def __init__(self) -> None:
        self.iztapalapa = DependenciaFactory(clave="ALC-09007", siglas="Iztapalapa")
        self.cuauhtemoc = DependenciaFactory(clave="ALC-09015", siglas="Cuauhtémoc")
        self.sebien = DependenciaFactory(clave="SEBIEN", siglas="SEBIEN")
        self.evalua = DependenciaFactory(clave="EVALUA", siglas="EVALÚA", tipo="evaluacion")
        self.saf = DependenciaFactory(clave="SAF", siglas="SAF")
        self.enlace = con_rol(roles.EnlaceDeDependencia, self.iztapalapa, username="enlace.izt")
        self.titular = con_rol(roles.TitularQueFirma, self.iztapalapa, username="titular.izt")
        self.ajeno = con_rol(roles.EnlaceDeDependencia, self.cuauhtemoc, username="enlace.cuau")
        self.valida = con_rol(roles.ValidacionSIBISO, self.sebien, username="valida.sibiso")
        self.dictamina = con_rol(roles.DictamenEVALUA, self.evalua, username="dictamina.evalua")
        self.finanzas = con_rol(roles.Finanzas, self.saf, username="finanzas")
        self.analista = con_rol(roles.Analista, self.evalua, username="analista")
        self.tecnica = con_rol(roles.AdministracionTecnica, self.sebien, username="tecnica")
        self.auditoria = con_rol(roles.Auditoria, self.evalua, username="auditoria")
        self.expediente = ExpedienteFactory(
            dependencia=self.iztapalapa, titulo="Reglas de Manos a la Obra 2027"
        )

    @property
    def personas(self) -> dict[str, Any]:
        nombres = [
            "enlace",
            "titular",
            "ajeno",
            "valida",
            "dictamina",
            "finanzas",
            "analista",
            "tecnica",
            "auditoria",
        ]
        return {nombre: getattr(self, nombre) for nombre in nombres}

    def cambiar_de_casa(self, usuario: Any, organo: Any, rol: type[roles.Rol]) -> None:
        """Hoy deja de estar donde estaba y pasa a otro órgano."""
        usuario.adscripciones.all().delete()
        AdscripcionFactory(usuario=usuario, dependencia=organo, rol=rol.clave)
        usuario.olvidar_adscripciones()


def sobre_la_regla(mundo: Mundo, **cambios: Any) -> Hilo:
    """Un hilo abierto por el servicio: el enlace le escribe a la rectora sobre su regla."""
    valores = {
        "asunto": "Padrón de la segunda etapa",
        "texto": "¿Va con la fecha nueva?",
        "llave": uuid.uuid4(),
        "expediente": mundo.expediente,
        "organos": [mundo.sebien],
        "por": mundo.enlace,
    }
    return abrir(**(valores | cambios))
