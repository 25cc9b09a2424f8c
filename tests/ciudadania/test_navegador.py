"""Notificaciones: contra un servidor de esta máquina que descifra lo que le llega, como un navegador."""

from __future__ import annotations

import base64
import json
import stat
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import http_ece
import pytest
from django.core.management import call_command
from django.utils import timezone
from py_vapid import Vapid02

from ciudadania.estados import Motivo
from ciudadania.models import Envio, SuscripcionPush
from ciudadania.reparto import entrega, preparacion, vapid
from ciudadania.reparto.destinos import DestinoNegado, exigir_destino, exigir_publico
from sibis.correo.estados import EstadoEnvio
from tests.fabricas import programas as f
from tests.fabricas.ciudadania import EnvioFactory, SuscripcionPushFactory, claves_de_navegador

pytestmark = pytest.mark.django_db
RUTA = "/avisos/navegador"


@pytest.fixture(autouse=True)
def _claves_aparte(settings, tmp_path):
    settings.VAR = tmp_path
    vapid._de_archivo.cache_clear()


@dataclass
class Servidor:
    url: str
    contesta: int = 201
    recibidos: list[tuple[dict[str, str], bytes]] = field(default_factory=list)


@pytest.fixture
def servidor(settings) -> Iterator[Servidor]:
    """El servicio de notificaciones de un navegador."""
    settings.PUSH_EN_ESTA_MAQUINA = True

    class Manejador(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            cuerpo = self.rfile.read(int(self.headers["Content-Length"]))
            este.recibidos.append(({k.lower(): v for k, v in self.headers.items()}, cuerpo))
            self.send_response(este.contesta)
            if este.contesta == 302:
                self.send_header("Location", "http://127.0.0.1:1/otro")
            self.end_headers()

        def log_message(self, *_args: Any) -> None:
            """Callado."""

    http = ThreadingHTTPServer(("127.0.0.1", 0), Manejador)
    este = Servidor(f"http://127.0.0.1:{http.server_port}/navegador/abc")
    threading.Thread(target=http.serve_forever, daemon=True).start()
    yield este
    http.shutdown()
    http.server_close()


def suscribir(visitante, destino, claves, **extra):
    cuerpo = {"endpoint": destino, "keys": claves, "alcance": {"programa": "mi-beca"}} | extra
    return visitante.post(RUTA, json.dumps(cuerpo), content_type="application/json")


def abre_hoy(programa) -> None:
    f.ConvocatoriaFactory(programa=programa, abre=timezone.now(), cierra=None)
    preparacion.preparar(hoy=timezone.localdate())
    entrega.repartir()


def test_la_notificacion_llega_cifrada_firmada_y_solo_la_abre_ese_navegador(
    visitante, servidor, programa
):
    claves, privada, secreto = claves_de_navegador()
    assert suscribir(visitante, servidor.url, claves).status_code == 201

    abre_hoy(programa)

    ((cabeceras, cuerpo),) = servidor.recibidos
    assert b"Mi Beca" not in cuerpo
    abierto = json.loads(http_ece.decrypt(cuerpo, private_key=privada, auth_secret=secreto))
    assert abierto["titulo"] == "Hoy abre: Mi Beca"
    assert abierto["url"].endswith("/programas/mi-beca/")
    assert set(abierto) == {"titulo", "detalle", "url"}
    assert Vapid02.verify(cabeceras["authorization"])
    assert vapid.publica() in cabeceras["authorization"]
    assert Envio.objects.get().estado == EstadoEnvio.ENVIADO


def test_lo_mismo_no_se_notifica_dos_veces(visitante, servidor, programa):
    suscribir(visitante, servidor.url, claves_de_navegador()[0])
    abre_hoy(programa)
    preparacion.preparar(hoy=timezone.localdate())
    entrega.repartir()

    assert len(servidor.recibidos) == 1


@pytest.mark.parametrize("codigo", [404, 410])
def test_un_navegador_que_ya_no_existe_se_borra(servidor, programa, codigo):
    SuscripcionPushFactory(destino=servidor.url, programa=programa)
    servidor.contesta = codigo

    abre_hoy(programa)

    assert not SuscripcionPush.objects.exists()
    assert not Envio.objects.exists()


@pytest.mark.parametrize(
    ("codigo", "estado"),
    [(500, "pendiente"), (429, "pendiente"), (400, "rechazado"), (302, "pendiente")],
)
def test_las_demas_fallas_se_repiten_o_se_marcan(servidor, programa, codigo, estado):
    """Un desvío no se sigue: llevaría a donde quisiera quien lo contesta."""
    SuscripcionPushFactory(destino=servidor.url, programa=programa)
    servidor.contesta = codigo

    abre_hoy(programa)

    envio = Envio.objects.get()
    assert (envio.estado, envio.falla) == (estado, f"HTTP {codigo}")
    assert len(servidor.recibidos) == 1


def test_con_un_servidor_caido_los_correos_salen_igual(servidor, programa, cartero):
    SuscripcionPushFactory(destino="http://127.0.0.1:1/x", programa=programa)
    EnvioFactory()

    abre_hoy(programa)

    assert len(cartero.recibidos) == 1
    assert Envio.objects.get(navegador__isnull=False).estado == EstadoEnvio.PENDIENTE


@pytest.mark.parametrize(
    "destino",
    [
        "http://notificaciones.ejemplo.org/x",
        "https://127.0.0.1/x",
        "https://169.254.169.254/latest/meta-data/",
        "https://[::1]/x",
        "https://10.0.0.8/x",
        "https://localhost/x",
        "https://redis/x",
        "https://2130706433/x",
        "https://0x7f.0.0.1/x",
        "https://127.1/x",
        "https://0x7f.1/x",
        "https://ejemplo.org:6379/x",
        "https://u:p@ejemplo.org/x",
        "file:///etc/passwd",
        "ftp://ejemplo.org/x",
        "https://ejemplo.org/" + "x" * 2_000,
        "https://ejemplo.org/\r\nX: y",
        "https://[::1",
        "",
    ],
)
def test_no_se_llama_a_nada_que_no_sea_un_servidor_publico(visitante, programa, destino):
    with pytest.raises(DestinoNegado):
        exigir_destino(destino)
    assert suscribir(visitante, destino, claves_de_navegador()[0]).status_code == 422
    assert not SuscripcionPush.objects.exists()


@pytest.mark.parametrize("ip", ["127.0.0.1", "169.254.169.254", "10.1.2.3", "::1", "fd00::1"])
def test_un_nombre_publico_que_lleva_adentro_no_se_llama(monkeypatch, programa, ip):
    resuelto = [(2, 1, 6, "", (ip, 443))]
    monkeypatch.setattr("socket.getaddrinfo", lambda *_a, **_k: resuelto)
    with pytest.raises(DestinoNegado):
        exigir_publico("https://notificaciones.ejemplo.org/x")

    SuscripcionPushFactory(programa=programa)
    abre_hoy(programa)
    assert not SuscripcionPush.objects.exists()


def test_con_lista_de_servidores_solo_esos(settings):
    settings.PUSH_ANFITRIONES = ["ejemplo.org"]

    exigir_destino("https://push.ejemplo.org/x")
    with pytest.raises(DestinoNegado):
        exigir_destino("https://malejemplo.org/x")


@pytest.mark.parametrize(
    "cuerpo",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b'{"endpoint": 5}',
        b'{"endpoint": "https://ejemplo.org/x"}',
        b'{"endpoint": "https://ejemplo.org/x", "keys": []}',
        b'{"endpoint": "https://ejemplo.org/x", "keys": {"p256dh": "x", "auth": "y"}}',
        b'{"endpoint": "https://ejemplo.org/\\ud800", "keys": {"p256dh": "x", "auth": "y"}}',
        b'{"endpoint": "x", "a": "' + b"x" * 20_000 + b'"}',
        b"[" * 5_000,
    ],
)
def test_una_suscripcion_mal_hecha_se_niega_sin_fallar(visitante, cuerpo):
    respuesta = visitante.post(RUTA, cuerpo, content_type="application/json")

    assert respuesta.status_code == 422


@pytest.mark.parametrize(
    "alcance",
    [{}, {"programa": "no-existe"}, {"programa": ["mi-beca"]}, {"grupo": "x"}, {"grupo": [1]}, 5],
)
def test_sin_de_que_avisar_no_se_guarda(visitante, programa, alcance):
    claves = claves_de_navegador()[0]
    respuesta = suscribir(visitante, "https://ejemplo.org/x", claves, alcance=alcance)

    assert respuesta.status_code == 422
    assert not SuscripcionPush.objects.exists()


@pytest.mark.parametrize("motivos", ["abre", 5, ["raro"], [["abre"]], {"abre": 1}])
def test_motivos_raros_no_fallan(visitante, programa, motivos):
    claves = claves_de_navegador()[0]
    respuesta = suscribir(visitante, "https://ejemplo.org/x", claves, motivos=motivos)

    assert respuesta.status_code in {201, 422}


def test_suscribirse_dos_veces_es_una_y_se_puede_dejar(visitante, programa):
    claves, destino = claves_de_navegador()[0], "https://ejemplo.org/x"
    suscribir(visitante, destino, claves)
    suscribir(visitante, destino, claves, motivos=["abre"])
    assert SuscripcionPush.objects.get().motivos == [Motivo.ABRE]

    cuerpo = json.dumps({"endpoint": destino})
    respuesta = visitante.delete(RUTA, cuerpo, content_type="application/json")

    assert respuesta.json() == {"borradas": 1}
    assert not SuscripcionPush.objects.exists()


def test_el_destino_no_esta_en_claro(visitante, programa):
    suscribir(visitante, "https://ejemplo.org/secreto", claves_de_navegador()[0])

    renglon = SuscripcionPush.objects.values().get()
    assert "ejemplo.org" not in str(renglon)


def test_otro_sitio_no_puede_suscribir_por_nadie(visitante, programa):
    claves = claves_de_navegador()[0]
    cuerpo = {"endpoint": "https://ejemplo.org/x", "keys": claves, "alcance": {}}
    respuesta = visitante.post(
        RUTA,
        json.dumps(cuerpo),
        content_type="application/json",
        headers={"origin": "https://malo.example"},
    )
    assert respuesta.status_code == 403


def test_la_clave_se_hace_una_vez_y_solo_la_lee_su_duenio(settings, capsys):
    call_command("generar_vapid")
    primera = capsys.readouterr().out.strip()
    archivo = Path(settings.VAR) / vapid.ARCHIVO

    assert stat.S_IMODE(archivo.stat().st_mode) == 0o600
    vapid._de_archivo.cache_clear()
    assert vapid.publica() == primera
    assert len(base64.urlsafe_b64decode(primera + "==")) == 65
    assert [r.name for r in Path(settings.VAR).iterdir()] == [vapid.ARCHIVO]


def test_la_clave_del_entorno_gana(settings):
    otra = Vapid02()
    otra.generate_keys()
    settings.VAPID_CLAVE = otra.private_pem().decode()

    assert vapid.publica() == vapid._publica_de(otra)
    assert not (Path(settings.VAR) / vapid.ARCHIVO).exists()


def test_el_guion_de_servicio_se_sirve_desde_la_raiz(visitante):
    respuesta = visitante.get("/avisos-sw.js")

    assert respuesta.status_code == 200
    assert respuesta["Content-Type"].startswith("text/javascript")
    assert "showNotification" in respuesta.content.decode()
