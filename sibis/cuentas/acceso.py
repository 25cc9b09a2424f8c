"""Quién pasa al panel: contraseña, segundo factor y sesión viva."""

import base64
import hashlib
import json
import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, QueryDict
from django.shortcuts import redirect

from sibis.cuentas.models import Usuario

Vista = Callable[..., HttpResponseBase]
RENOVAR_CADA = 5 * 60  # segundos: la sesión se alarga sin escribir en cada página
SIN_ENVIAR_MAXIMO = 400_000  # letras de lo que alguien mandó ya sin sesión
_USADA_EN = "usada_en"
_SAL, _UN_DIA = "pagina-que-conserva-lo-escrito", 24 * 60 * 60


def tiene_segundo_factor(request: HttpRequest) -> bool:
    """¿Esta sesión, y no solo esta cuenta, pasó por el segundo factor? No consulta la base."""
    registros = get_authentication_records(request, request.user)
    return any(registro.get("method") == "mfa" for registro in registros)


def sin_segundo_factor(vista: Vista) -> Vista:
    """Abre una vista a quien ya puso su contraseña y aún no su código (activarlo, salir)."""

    @wraps(vista)
    def abierta(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return vista(request, *args, **kwargs)

    abierta.exige_segundo_factor = False  # type: ignore[attr-defined]
    return abierta


class SesionDelPersonalMiddleware(LoginRequiredMiddleware):
    """Todo está cerrado salvo lo público: pide sesión, segundo factor, y alarga la sesión en uso.

    El de Django mira quién es antes de mirar si la vista es pública; aquí es al revés, para que una
    página pública ni siquiera lea la sesión y se pueda guardar en caché.
    """

    def process_view(
        self, request: HttpRequest, view_func: Vista, view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        if not getattr(view_func, "login_required", True):
            return None
        if entrada := super().process_view(request, view_func, view_args, view_kwargs):
            return _sin_sesion(request, view_func) or entrada
        _alargar(request)
        if not getattr(view_func, "exige_segundo_factor", True) or tiene_segundo_factor(request):
            return None
        return _pedir_segundo_factor(request)


def _sin_sesion(request: HttpRequest, vista: Vista) -> HttpResponse | None:
    """A quien pregunta desde un guion se le dice; lo que mandó una página se guarda para el regreso.

    La sesión sin nadie sobrevive a la entrada: quien vuelve encuentra lo que había escrito.
    """
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"estado": "sin_sesion"}, status=401)
    conserva = request.method == "POST" and getattr(vista, "conserva_lo_escrito", False)
    if conserva and _salio_de_una_pagina_nuestra(request):
        datos = dict(request.POST.lists())
        if sum(len(v) for valores in datos.values() for v in valores) <= SIN_ENVIAR_MAXIMO:
            cifra = getattr(vista, "con_datos_personales", False)
            escrito = _cifra().encrypt(json.dumps(datos).encode()).decode() if cifra else datos
            request.session["sin_enviar"] = {"ruta": request.path, "datos": escrito}
    return None


def _cifra() -> Fernet:
    """La sesión vive en la base y en Redis: ahí no se dejan datos de personas a la vista."""
    llave = hashlib.sha256(f"sin-enviar:{settings.SECRET_KEY}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(llave))


def lo_que_no_se_envio(request: HttpRequest) -> QueryDict | None:
    """Lo que se mandó a esta misma dirección ya sin sesión; None si no hubo o ya no se puede leer."""
    guardado = request.session.get("sin_enviar")
    if not isinstance(guardado, dict) or guardado.get("ruta") != request.path:
        return None
    datos = guardado["datos"]
    if isinstance(datos, str):
        try:
            datos = json.loads(_cifra().decrypt(datos.encode()))
        except InvalidToken:
            return None
    enviado = QueryDict(mutable=True)
    for nombre, valores in datos.items():
        enviado.setlist(nombre, valores)
    return enviado


def olvidar_lo_no_enviado(request: HttpRequest) -> None:
    """Ya se guardó, o ya no hace falta."""
    if (request.session.get("sin_enviar") or {}).get("ruta") == request.path:
        del request.session["sin_enviar"]


def firmar_pagina(request: HttpRequest) -> str:
    """Va escondida en la página de quien escribe: prueba que la abrió con su sesión."""
    return signing.dumps(request.path, salt=_SAL)


def _salio_de_una_pagina_nuestra(request: HttpRequest) -> bool:
    """Sin la firma, cualquiera llenaría la base de textos con solo mandar peticiones."""
    try:
        ruta = signing.loads(request.POST.get("firma_de_pagina", ""), salt=_SAL, max_age=_UN_DIA)
    except signing.BadSignature:
        return False
    return bool(ruta == request.path)


def _alargar(request: HttpRequest) -> None:
    ahora = int(time.time())
    if ahora - request.session.get(_USADA_EN, 0) >= RENOVAR_CADA:
        request.session[_USADA_EN] = ahora


def _pedir_segundo_factor(request: HttpRequest) -> HttpResponse:
    if not is_mfa_enabled(request.user):
        return redirect("mfa_activate_totp")
    # La cuenta lo tiene y esta sesión no: se abrió antes de activarlo o por otra puerta.
    get_adapter(request).logout(request)
    return redirect_to_login(request.get_full_path())


def direccion(request: HttpRequest) -> str | None:
    """La misma dirección para axes y para los límites de allauth; nada si no se sabe."""
    try:
        return get_adapter(request).get_client_ip(request)
    except PermissionDenied:
        return None


def cuenta_de_los_intentos(request: HttpRequest, credenciales: dict[str, Any] | None) -> str:
    """A qué cuenta se le apunta un intento, se haya escrito su usuario o su correo.

    Lo que no corresponde a ninguna se apunta por su huella: hay quien escribe ahí su contraseña.
    """
    datos = credenciales or {}
    escrito = str(
        datos.get("username") or datos.get("email") or request.POST.get("login") or ""
    ).strip()
    if usuario := cuenta_escrita(escrito):
        return usuario.username
    return f"desconocida:{hashlib.sha256(escrito.lower().encode()).hexdigest()[:16]}"


def cuenta_escrita(escrito: str) -> Usuario | None:
    """La cuenta con ese usuario o ese correo, sin distinguir mayúsculas."""
    return Usuario.objects.filter(Q(username__iexact=escrito) | Q(email__iexact=escrito)).first()
