"""La cuenta de una persona servidora pública."""

import datetime
import secrets
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models, transaction
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from sibis.bitacora.registro import Via, por_via, registrar
from sibis.cuentas import roles
from sibis.cuentas.models.dependencia import Dependencia, TipoDeDependencia

if TYPE_CHECKING:
    from sibis.cuentas.models.adscripcion import Adscripcion


def nuevo_sello() -> str:
    return secrets.token_hex(8)


class UsuarioManager(UserManager["Usuario"]):
    """Altas de cuentas. Sin `is_superuser` ni `is_staff`: lo que alguien puede lo dicen sus adscripciones."""

    def create_user(  # type: ignore[override]
        self, username: str, email: str | None = None, password: str | None = None, **campos: Any
    ) -> "Usuario":
        usuario = self.model(
            username=username.strip().lower(), email=(email or "").strip().lower(), **campos
        )
        usuario.set_password(password)
        usuario.save(using=self._db)
        return usuario

    @transaction.atomic
    def create_superuser(  # type: ignore[override]
        self, username: str, email: str | None = None, password: str | None = None, **campos: Any
    ) -> "Usuario":
        """Una persona de administración técnica: opera el sistema y no ve datos personales."""
        usuario = self.create_user(username, email, password, **campos)
        rectora, _creada = Dependencia.objects.get_or_create(
            clave=settings.DEPENDENCIA_RECTORA, defaults={"tipo": TipoDeDependencia.SECRETARIA}
        )
        rol = roles.AdministracionTecnica
        usuario.adscripciones.create(dependencia=rectora, rol=rol.clave)
        with por_via(Via.ORDEN):
            registrar("cuenta.creada", usuario, por=None, cuenta=usuario.username)
            registrar(
                "adscripcion.otorgada",
                usuario,
                por=None,
                dependencia=rectora,
                cuenta=usuario.username,
                funcion=rol.nombre,
            )
        return usuario


class Usuario(AbstractUser):
    """Conserva los nombres de campo de Django y quita sus atajos: no hay superusuarios ni grupos."""

    groups = None
    user_permissions = None

    email = models.EmailField(_("correo institucional"))
    sello_de_sesion = models.CharField(
        _("sello de sesión"), max_length=16, default=nuevo_sello, editable=False
    )

    objects = UsuarioManager()

    class Meta:
        verbose_name = _("cuenta")
        verbose_name_plural = _("cuentas")
        ordering = ["username"]
        constraints = [
            models.UniqueConstraint(
                Lower("username"),
                name="cuentas_usuario_nombre_unico",
                violation_error_message=_("Ya existe una cuenta con ese nombre de usuario."),
            ),
            models.UniqueConstraint(
                Lower("email"),
                name="cuentas_usuario_correo_unico",
                violation_error_message=_("Ya existe una cuenta con ese correo."),
            ),
        ]

    def __str__(self) -> str:
        return self.username

    @property
    def is_superuser(self) -> bool:  # type: ignore[override]
        """No existe esa llave maestra: ni columna, ni forma de encenderla en memoria."""
        return False

    @property
    def is_staff(self) -> bool:  # type: ignore[override]
        """Entra al panel quien tiene hoy alguna función; al perder la última, deja de entrar."""
        return self.is_active and bool(self.adscripciones_vigentes())

    @cached_property
    def todas_sus_adscripciones(self) -> list["Adscripcion"]:
        """Una sola consulta por petición; los permisos se responden con esta lista."""
        return list(self.adscripciones.select_related("dependencia", "delegada_por"))

    def adscripciones_vigentes(self, fecha: datetime.date | None = None) -> list["Adscripcion"]:
        fecha = fecha or timezone.localdate()
        return [a for a in self.todas_sus_adscripciones if a.rige(fecha)]

    def olvidar_adscripciones(self) -> None:
        """Tras otorgar o quitar una función, la siguiente pregunta vuelve a la base."""
        self.__dict__.pop("todas_sus_adscripciones", None)

    def cerrar_sesiones(self) -> None:
        """Cambia el sello: toda sesión abierta de esta cuenta deja de valer."""
        self.sello_de_sesion = nuevo_sello()
        self.save(update_fields=["sello_de_sesion"])

    def get_session_auth_hash(self) -> str:
        """La sesión depende de la contraseña y del sello; cambiar cualquiera la termina."""
        return self._huella_de_sesion()

    def get_session_auth_fallback_hash(self):  # type: ignore[no-untyped-def]
        for secreto in settings.SECRET_KEY_FALLBACKS:
            yield self._huella_de_sesion(secret=secreto)

    def _huella_de_sesion(self, secret: str | None = None) -> str:
        valor = f"{self.password}|{self.sello_de_sesion}"
        return salted_hmac(
            "sibis.cuentas.sesion", valor, secret=secret, algorithm="sha256"
        ).hexdigest()
