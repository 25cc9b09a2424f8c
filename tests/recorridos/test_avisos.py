"""Pedir avisos y dejarlos, como lo hace una persona: con su navegador y su buzón."""

from __future__ import annotations

import datetime
import os
import re
import subprocess
import sys
import urllib.parse
import urllib.request
from email import message_from_string, policy
from pathlib import Path

from tests.recorridos.conftest import ANCHOS, RAIZ, abrir

_ENLACE = re.compile(r"https?://[^\s>]+")


def enviar(sitio) -> None:
    """Lo que hace el reloj cada minuto."""
    hecho = subprocess.run(
        [sys.executable, "manage.py", "enviar_avisos"],
        cwd=RAIZ,
        env=sitio.entorno,
        capture_output=True,
        text=True,
        check=False,
    )
    assert hecho.returncode == 0, hecho.stderr[-2000:]


def correos(sitio, para: str) -> list:
    """Los que están en su buzón: sin servidor, los correos se escriben en var/correo."""
    carpeta = Path(sitio.entorno["SIBIS_VAR"]) / "correo"
    archivos = sorted(carpeta.glob("*.log"), key=os.path.getmtime)
    crudos = [c for a in archivos for c in a.read_text().split("-" * 79 + "\n")]
    suyos = [c.strip() for c in crudos if f"To: {para}" in c]
    return [message_from_string(c, policy=policy.default) for c in suyos]


def enlace(correo, cual: str) -> str:
    texto = correo.get_body(("plain",)).get_content()
    return next(u for u in _ENLACE.findall(texto) if f"/{cual}/" in u)


def _proximo(pagina) -> str:
    """El primer día con fechas después de hoy: de eso se avisa ya."""
    hoy, *siguientes = [t.get_attribute("datetime") for t in pagina.locator(".agenda time").all()]
    manana = str(datetime.date.fromisoformat(hoy) + datetime.timedelta(days=1))
    return next(dia for dia in (hoy, *siguientes) if dia >= manana)


def test_pedir_confirmar_recibir_y_dejar_con_un_clic(navegador, sitio):
    para = "ana.uno@ejemplo.mx"
    visita = abrir(navegador, sitio, ancho="teléfono", java_script_enabled=False)
    pagina = visita.ir("/calendario/")
    pagina.click(f"section[aria-labelledby=d-{_proximo(pagina)}] .suceso a >> nth=0")
    pagina.click("#avisame .boton >> nth=0")
    pagina.fill("[name=correo]", para)
    pagina.click("main button[type=submit] >> nth=0")
    assert "Revisa tu correo" in pagina.inner_text("h1")

    enviar(sitio)
    (confirmacion,) = correos(sitio, para)
    pagina.goto(enlace(confirmacion, "confirmar"))
    pagina.click("main button[type=submit]")
    assert "te avisaremos" in pagina.inner_text("h1")

    enviar(sitio)
    aviso = correos(sitio, para)[-1]
    assert aviso["Subject"] != confirmacion["Subject"]
    pagina.set_content(aviso.get_body(("html",)).get_content())
    for ancho, alto in ANCHOS.values():
        pagina.set_viewport_size({"width": ancho, "height": alto})
        assert pagina.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

    # El botón del programa de correo: lo oprime su servidor, no un navegador.
    salida = aviso["List-Unsubscribe"].strip(" <>\r\n")
    cuerpo = urllib.parse.urlencode({"List-Unsubscribe": "One-Click"}).encode()
    with urllib.request.urlopen(salida, data=cuerpo, timeout=10) as respuesta:
        assert respuesta.status == 200
    pagina.goto(salida)
    assert "Ya no recibirás" in pagina.inner_text("h1")
    pagina.goto(enlace(aviso, "administrar"))
    assert "no está completo" in pagina.inner_text("h1")
    visita.pagina.context.close()


def test_sin_notificaciones_en_el_navegador_no_se_ofrecen(navegador, sitio):
    visita = abrir(navegador, sitio)
    visita.pagina.add_init_script("delete window.PushManager")
    pagina = visita.ir("/avisos/")

    assert not pagina.is_visible("[data-avisos]")
    assert visita.fallas == []
    visita.pagina.context.close()


def test_negar_el_permiso_se_dice_y_no_guarda_nada(navegador, sitio):
    visita = abrir(navegador, sitio)
    pagina = visita.ir("/avisos/")
    assert pagina.is_visible("[data-avisos]")
    pagina.click("[data-seguir]")
    pagina.wait_for_selector("[data-mensaje]:has-text('Primero elige')")

    pagina.select_option("[name=grupo]", index=1)
    pagina.click("[data-seguir]")
    pagina.wait_for_selector("[data-mensaje]:has-text('no dio permiso')")
    assert not any(u.endswith("/avisos/navegador") for u in visita.pedidos)
    visita.pagina.context.close()
