"""Las cuentas del personal de demostración: quiénes son, dónde y con qué función."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt
from cryptography.fernet import InvalidToken

from sibis.cuentas import roles
from sibis.cuentas.models import Dependencia, Usuario
from sibis.cuentas.servicios import adscripciones, cuentas
from sibis.cuentas.servicios.segundo_factor import activar_con_secreto
from sibis.demo import personas
from sibis.nucleo.errores import ErrorDeNegocio

DOMINIO = "demostracion.invalid"  # reservado: ningún correo sale hacia ahí
MARCA = "(demostración)"
# Sin letras ni números que se confundan al copiarlos de una pantalla.
_LETRAS = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True)
class CuentaDeDemo:
    usuario: str
    rol: type[roles.Rol]
    dependencia: str


@dataclass(frozen=True, slots=True)
class Acceso:
    """Con qué entra una cuenta. Su contraseña y su secreto solo salen hacia var/demo.json."""

    cuenta: CuentaDeDemo
    clave: str
    totp: str

    def __repr__(self) -> str:
        return f"Acceso({self.cuenta.usuario})"

    def como_json(self) -> dict[str, str]:
        return {
            "usuario": self.cuenta.usuario,
            "clave": self.clave,
            "totp": self.totp,
            "rol": self.cuenta.rol.clave,
            "dependencia": self.cuenta.dependencia,
        }


IZTAPALAPA, CUAUHTEMOC, STYFE = "ALC-09007", "ALC-09015", "STYFE"
ENLACE_IZTAPALAPA = CuentaDeDemo("enlace.iztapalapa", roles.EnlaceDeDependencia, IZTAPALAPA)
TITULAR_IZTAPALAPA = CuentaDeDemo("titular.iztapalapa", roles.TitularQueFirma, IZTAPALAPA)
ENLACE_CUAUHTEMOC = CuentaDeDemo("enlace.cuauhtemoc", roles.EnlaceDeDependencia, CUAUHTEMOC)
ENLACE_STYFE = CuentaDeDemo("enlace.styfe", roles.EnlaceDeDependencia, STYFE)
TITULAR_STYFE = CuentaDeDemo("titular.styfe", roles.TitularQueFirma, STYFE)
VALIDA = CuentaDeDemo("valida.sibiso", roles.ValidacionSIBISO, "SEBIEN")
DICTAMINA = CuentaDeDemo("dictamina.evalua", roles.DictamenEVALUA, "EVALUA")
CUENTAS: tuple[CuentaDeDemo, ...] = (
    ENLACE_IZTAPALAPA,
    TITULAR_IZTAPALAPA,
    ENLACE_CUAUHTEMOC,
    ENLACE_STYFE,
    TITULAR_STYFE,
    VALIDA,
    DICTAMINA,
    CuentaDeDemo("finanzas", roles.Finanzas, "SAF"),
    CuentaDeDemo("analista", roles.Analista, "EVALUA"),
    CuentaDeDemo("auditoria", roles.Auditoria, "GCDMX"),
    CuentaDeDemo("tecnica", roles.AdministracionTecnica, "SEBIEN"),
)


@dataclass(frozen=True, slots=True)
class Siembra:
    """Los accesos de todas las cuentas, en orden, y a cuáles hubo que darles otros."""

    accesos: tuple[Acceso, ...]
    nuevas: tuple[str, ...]
    renovadas: tuple[str, ...]


def sembrar(*, semilla: int, anotados: Mapping[str, Mapping[str, str]]) -> Siembra:
    """Crea las que falten y conserva contraseña y secreto de las que `anotados` todavía abre.

    `anotados` es lo que decía var/demo.json, por usuario. Levanta ErrorDeNegocio si falta una
    dependencia o si un nombre de usuario ya es de otra persona.
    """
    accesos, nuevas, renovadas = [], [], []
    existentes = {
        u.username: u for u in Usuario.objects.filter(username__in=[c.usuario for c in CUENTAS])
    }
    for cuenta in CUENTAS:
        usuario = existentes.get(cuenta.usuario)
        if usuario is None:
            usuario = _crear(cuenta, semilla)
            nuevas.append(cuenta.usuario)
        _exigir_de_demostracion(usuario)
        _adscribir(usuario, cuenta)
        acceso = _vigente(usuario, cuenta, anotados.get(cuenta.usuario, {}))
        if acceso is None:
            acceso = _renovar(usuario, cuenta)
            if cuenta.usuario not in nuevas:
                renovadas.append(cuenta.usuario)
        accesos.append(acceso)
    return Siembra(tuple(accesos), tuple(nuevas), tuple(renovadas))


def hay() -> bool:
    """¿Ya se sembró aquí alguna vez?"""
    return Usuario.objects.filter(email__iendswith=f"@{DOMINIO}").exists()


def de_la_base() -> dict[str, Usuario]:
    """Las cuentas ya sembradas, por usuario."""
    return {u.username: u for u in Usuario.objects.filter(email__iendswith=f"@{DOMINIO}")}


def _crear(cuenta: CuentaDeDemo, semilla: int) -> Usuario:
    persona = personas.inventar(semilla, cuenta.usuario)
    return cuentas.crear(
        Usuario(
            username=cuenta.usuario,
            email=f"{cuenta.usuario}@{DOMINIO}",
            first_name=persona.nombres,
            last_name=f"{persona.apellidos} {MARCA}",
        ),
        por=None,
    )


def _exigir_de_demostracion(usuario: Usuario) -> None:
    """Una persona de verdad con ese nombre de usuario no pierde su contraseña."""
    if not usuario.email.lower().endswith(f"@{DOMINIO}"):
        raise ErrorDeNegocio(
            f"La cuenta «{usuario.username}» ya existe y no es de demostración: no se tocó nada. "
            "Siembra en otra base de datos."
        )


def _adscribir(usuario: Usuario, cuenta: CuentaDeDemo) -> None:
    """Le da su función si no la tiene hoy; la suspendida o dada de baja a mano la recupera."""
    if not usuario.is_active:
        cuentas.reactivar(usuario, por=None)
    if any(
        a.rol == cuenta.rol.clave and a.dependencia.clave == cuenta.dependencia
        for a in usuario.adscripciones_vigentes()
    ):
        return
    dependencia = Dependencia.objects.filter(clave=cuenta.dependencia).first()
    if dependencia is None:
        raise ErrorDeNegocio(
            f"Falta la dependencia «{cuenta.dependencia}». Carga antes los catálogos: "
            "bin/sibis cargar_catalogos."
        )
    adscripciones.adscribir(
        usuario=usuario, dependencia=dependencia, rol=cuenta.rol.clave, por=None
    )


def _vigente(usuario: Usuario, cuenta: CuentaDeDemo, anotado: Mapping[str, str]) -> Acceso | None:
    """Lo anotado, si con eso se entra; None si no está o ya no sirve."""
    clave, totp = anotado.get("clave", ""), anotado.get("totp", "")
    if not clave or not totp or totp != _secreto_de(usuario):
        return None
    return Acceso(cuenta, clave, totp) if usuario.check_password(clave) else None


def _secreto_de(usuario: Usuario) -> str:
    totp = Authenticator.objects.filter(user=usuario, type=Authenticator.Type.TOTP).first()
    if totp is None:
        return ""
    try:
        return decrypt(totp.data["secret"])
    except InvalidToken:  # se cifró con otra clave secreta: con ese código ya nadie entra
        return ""


def _renovar(usuario: Usuario, cuenta: CuentaDeDemo) -> Acceso:
    clave = "-".join("".join(secrets.choice(_LETRAS) for _ in range(4)) for _ in range(4))
    usuario.set_password(clave)
    usuario.save(update_fields=["password"])
    return Acceso(cuenta, clave, activar_con_secreto(usuario))
