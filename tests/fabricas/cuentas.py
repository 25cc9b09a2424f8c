"""Dependencias, cuentas y funciones mínimas y válidas, y cómo entrar con ellas."""

import time
from typing import Any

import factory
from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from allauth.account.internal.userkit import user_id_to_str
from django.test import Client

from sibis.cuentas import roles
from sibis.cuentas.models import Adscripcion, Denominacion, Dependencia, Usuario
from sibis.cuentas.permisos import Permiso

CONTRASENA = "una-clave-larga-de-pruebas"


class DependenciaFactory(factory.django.DjangoModelFactory):
    clave = factory.Sequence(lambda n: f"DEP-{n}")
    tipo = "secretaria"
    siglas = factory.LazyAttribute(lambda d: d.clave)
    nombre = factory.LazyAttribute(lambda d: f"Secretaría {d.clave}")

    class Meta:
        model = Dependencia
        skip_postgeneration_save = True

    class Params:
        alcaldia = factory.Trait(
            tipo="alcaldia", clave_inegi=factory.Sequence(lambda n: f"09{n % 1000:03d}")
        )

    @factory.post_generation
    def denominacion(dependencia, create: bool, extraida: Any, **otros: Any) -> None:
        """Una sin fechas, con el mismo nombre; `denominacion=False` la deja sin ninguna."""
        if create and extraida is not False:
            DenominacionFactory(
                dependencia=dependencia,
                nombre=dependencia.nombre,
                siglas=dependencia.siglas,
                **otros,
            )


class DenominacionFactory(factory.django.DjangoModelFactory):
    dependencia = factory.SubFactory(DependenciaFactory, denominacion=False)
    nombre = "Secretaría de Prueba"
    siglas = "PRUEBA"

    class Meta:
        model = Denominacion


class UsuarioFactory(factory.django.DjangoModelFactory):
    username = factory.Sequence(lambda n: f"cuenta{n}")
    email = factory.LazyAttribute(lambda u: f"{u.username}@ejemplo.mx")
    password = factory.django.Password(CONTRASENA)

    class Meta:
        model = Usuario


class AdscripcionFactory(factory.django.DjangoModelFactory):
    usuario = factory.SubFactory(UsuarioFactory)
    dependencia = factory.SubFactory(DependenciaFactory)
    rol = roles.EnlaceDeDependencia.clave

    class Meta:
        model = Adscripcion


def con_rol(rol: type[roles.Rol], en: Dependencia | None = None, **cuenta: Any) -> Usuario:
    """Una cuenta con esa función: `con_rol(roles.EnlaceDeDependencia, en=iztapalapa)`."""
    extra = {"dependencia": en} if en else {}
    return AdscripcionFactory(usuario=UsuarioFactory(**cuenta), rol=rol.clave, **extra).usuario


def que_puede(
    *permisos: Permiso,
    en: Dependencia | None = None,
    alcance: roles.Alcance = roles.Alcance.DEPENDENCIA,
) -> Usuario:
    """Una cuenta con exactamente esos permisos, por una función que solo existe en la prueba."""
    clave_ = f"prueba-{alcance}-{abs(hash(frozenset(permisos))) % 10**12}"

    class RolDePrueba(roles.Rol):
        clave = clave_
        nombre = descripcion = fundamento = "de prueba"
        permisos = frozenset()

    RolDePrueba.alcance, RolDePrueba.permisos = alcance, frozenset(permisos)
    roles._POR_CLAVE[clave_] = RolDePrueba
    return con_rol(RolDePrueba, en=en)


def entrar(client: Client, usuario: Usuario, *, con_segundo_factor: bool = True) -> Usuario:
    """Deja al cliente de pruebas con la sesión abierta, como tras contraseña y código."""
    client.force_login(usuario)
    sesion = client.session
    metodos = ["password", "mfa"] if con_segundo_factor else ["password"]
    sesion[AUTHENTICATION_METHODS_SESSION_KEY] = [
        {"method": metodo, "at": time.time()} for metodo in metodos
    ]
    sesion[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = user_id_to_str(usuario)
    sesion.save()
    return usuario
