"""¿Responde esta dirección? Con tiempo y tamaño contados, y sin asomarse a la red de adentro.

La dirección de red se revisa al conectar, no antes: un nombre que cambia de dirección entre la
revisión y la visita, o un desvío hacia adentro, tampoco pasa.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError, NewConnectionError

PUERTOS = frozenset({80, 443, 8000, 8080, 8443})
# Con esto un sitio que niega la visita automática no pasa por roto.
NO_DEJAN_VER = frozenset({401, 403, 407, 429, 451, 503})
_SIN_HEAD = frozenset({400, 403, 404, 405, 406, 500, 501, 503})


class Veredicto(StrEnum):
    RESPONDE = "responde"
    FALLA = "falla"
    NO_DEJA = "no_deja"
    NO_SE_VISITA = "no_se_visita"


@dataclass(frozen=True, slots=True)
class Visita:
    """Lo que pasó. `sin_red` dice que ni siquiera hubo conexión: quizá el problema es nuestro."""

    veredicto: Veredicto
    codigo: int | None = None
    motivo: str = ""
    sin_red: bool = False


@dataclass(frozen=True, slots=True)
class Limites:
    conectar: float = 5
    leer: float = 8
    total: float = 20
    desvios: int = 5


class DireccionInterna(Exception):
    """El nombre lleva a una red privada o a esta misma máquina."""


def es_publica(direccion: str) -> bool:
    """Cualquier dirección que no sea de la red abierta se niega, también disfrazada de IPv6."""
    try:
        ip = ipaddress.ip_address(direccion.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        interior = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if interior is not None:
            return es_publica(str(interior))
        if ip in _NAT64:
            return es_publica(str(ipaddress.IPv4Address(int(ip) & 0xFFFF_FFFF)))
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def _conectar(conexion: Any, *, internas: bool) -> socket.socket:
    """Resuelve, revisa y conecta a lo revisado."""
    try:
        opciones = socket.getaddrinfo(conexion._dns_host, conexion.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NewConnectionError(conexion, f"sin nombre: {error}") from error
    if not internas and not all(es_publica(str(opcion[4][0])) for opcion in opciones):
        raise DireccionInterna(conexion.host)
    ultimo: OSError | None = None
    for familia, tipo, protocolo, _nombre, lugar in opciones[:3]:
        enchufe = socket.socket(familia, tipo, protocolo)
        enchufe.settimeout(conexion.timeout if isinstance(conexion.timeout, int | float) else 5)
        try:
            enchufe.connect(lugar)
        except OSError as error:
            enchufe.close()
            ultimo = error
            continue
        return enchufe
    raise NewConnectionError(conexion, f"sin conexión: {ultimo}")


def _adaptador(*, internas: bool) -> HTTPAdapter:
    class ConexionVigilada(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return _conectar(self, internas=internas)

    class ConexionSeguraVigilada(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return _conectar(self, internas=internas)

    class Reserva(HTTPConnectionPool):
        ConnectionCls = ConexionVigilada

    class ReservaSegura(HTTPSConnectionPool):
        ConnectionCls = ConexionSeguraVigilada

    adaptador = HTTPAdapter(max_retries=0)
    adaptador.poolmanager.pool_classes_by_scheme = {"http": Reserva, "https": ReservaSegura}
    return adaptador


@contextmanager
def _sesion(*, internas: bool) -> Iterator[requests.Session]:
    with requests.Session() as sesion:
        sesion.trust_env = False  # un intermediario del entorno se saltaría la revisión
        sesion.headers.update({"User-Agent": "SIBIS, revisor de enlaces", "Accept": "*/*"})
        adaptador = _adaptador(internas=internas)
        sesion.mount("http://", adaptador)
        sesion.mount("https://", adaptador)
        yield sesion


def visitar(url: str, *, internas: bool = False, limites: Limites | None = None) -> Visita:
    """HEAD y, si el servidor no lo entiende, GET sin leer el cuerpo. Nunca levanta."""
    limites = limites or Limites()
    fin = time.monotonic() + limites.total
    with _sesion(internas=internas) as sesion:
        visita = _intentar(sesion, "HEAD", url, limites, fin, internas)
        if visita.codigo in _SIN_HEAD and time.monotonic() < fin:
            return _intentar(sesion, "GET", url, limites, fin, internas)
        return visita


def _intentar(
    sesion: requests.Session, metodo: str, url: str, limites: Limites, fin: float, internas: bool
) -> Visita:
    try:
        return _seguir(sesion, metodo, url, limites, fin, internas)
    except requests.exceptions.SSLError:
        return Visita(Veredicto.FALLA, motivo="su certificado no es válido")
    except requests.exceptions.Timeout:
        return Visita(Veredicto.FALLA, motivo="no contestó a tiempo")
    except requests.exceptions.ConnectionError:
        return Visita(Veredicto.FALLA, motivo="no se pudo conectar con su sitio", sin_red=True)
    except DireccionInterna:
        return Visita(Veredicto.NO_SE_VISITA, motivo="lleva a una red privada")
    except (requests.exceptions.RequestException, HTTPError, UnicodeError, ValueError):
        return Visita(Veredicto.FALLA, motivo="su respuesta no se entiende")
    except OSError:
        return Visita(Veredicto.FALLA, motivo="la conexión se cortó", sin_red=True)


def _seguir(
    sesion: requests.Session, metodo: str, url: str, limites: Limites, fin: float, internas: bool
) -> Visita:
    """De desvío en desvío, cada uno revisado como el primero."""
    for _desvio in range(limites.desvios + 1):
        if not _se_puede_pedir(url, internas=internas):
            return Visita(Veredicto.NO_SE_VISITA, motivo="no es una dirección pública de internet")
        queda = fin - time.monotonic()
        if queda <= 0:
            return Visita(Veredicto.FALLA, motivo="no contestó a tiempo")
        tiempos = (min(limites.conectar, queda), min(limites.leer, queda))
        with sesion.request(
            metodo, url, timeout=tiempos, stream=True, allow_redirects=False
        ) as respuesta:
            if respuesta.is_redirect:
                url = urljoin(url, respuesta.headers["location"])
                continue
            return _veredicto(respuesta.status_code)
    return Visita(Veredicto.FALLA, motivo="da vueltas sin llegar a nada")


def _se_puede_pedir(url: str, *, internas: bool) -> bool:
    partes = urlsplit(url)
    puerto = partes.port or (443 if partes.scheme == "https" else 80)
    return (
        partes.scheme in {"http", "https"}
        and bool(partes.hostname)
        and not partes.username
        and (internas or puerto in PUERTOS)
    )


def _veredicto(codigo: int) -> Visita:
    if codigo < 400:
        return Visita(Veredicto.RESPONDE, codigo)
    if codigo in NO_DEJAN_VER:
        return Visita(Veredicto.NO_DEJA, codigo, f"su sitio no deja comprobarlo ({codigo})")
    return Visita(Veredicto.FALLA, codigo, f"su sitio contesta {codigo}")
