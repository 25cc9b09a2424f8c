"""La página de un hilo: su texto es texto, mirar no escribe, y un error no hace perder nada."""

from __future__ import annotations

import pytest
from django.db import connection
from django.urls import reverse

from sibis.mensajes.consultas.del_expediente import bloque
from sibis.mensajes.models import Hilo, Lectura, Mensaje
from sibis.mensajes.texto import Trozo, limpio, nombrados, trozos
from tests.conftest import negar_escrituras
from tests.fabricas.mensajes import HiloFactory, MencionFactory, MensajeFactory

pytestmark = pytest.mark.django_db
VENENO = "<script>alert(1)</script><img src=x onerror=a()>\"'{{ 7|add:7 }}"


@pytest.fixture
def hilo(mundo):
    suyo = HiloFactory(asunto=f"Oye {VENENO}"[:200], expediente=mundo.expediente)
    mensaje = MensajeFactory(
        hilo=suyo,
        autor=mundo.enlace,
        dependencia=mundo.iztapalapa,
        texto=f"{VENENO}\n@valida.sibiso<i> y @otra",
    )
    MencionFactory(mensaje=mensaje, usuario=mundo.valida)
    return suyo


def test_lo_escrito_sale_inerte_en_todas_las_paginas(mundo, hilo, en_el_panel):
    cliente = en_el_panel(mundo.valida)
    for direccion in (
        hilo.get_absolute_url(),
        reverse("mensajes:bandeja"),
        f"{reverse('mensajes:bandeja')}?q=alert",
        reverse("admin:mensajes_hilo_changelist"),
    ):
        texto = cliente.get(direccion).content.decode()
        assert "alert" in texto, direccion
        assert "<script>alert" not in texto
        assert "<img src=x" not in texto


def test_la_mencion_se_distingue_y_lo_demas_no(mundo, hilo, en_el_panel):
    texto = en_el_panel(mundo.valida).get(hilo.get_absolute_url()).content.decode()

    assert '<strong class="mencion">@valida.sibiso</strong>&lt;i&gt; y @otra' in texto


def test_mirar_no_marca_y_el_boton_si(mundo, hilo, en_el_panel):
    cliente = en_el_panel(mundo.enlace)
    cliente.post(hilo.get_absolute_url(), {"texto": "De la casa"})
    cliente = en_el_panel(mundo.valida)
    cliente.get(reverse("mensajes:bandeja"))  # la primera de una sesión anota que se usó
    with connection.execute_wrapper(negar_escrituras):
        pagina = cliente.get(hilo.get_absolute_url()).content.decode()
    assert "Marcar como leído" in pagina
    assert not Lectura.objects.filter(usuario=mundo.valida).exists()

    ultimo = hilo.mensajes.last().pk
    cliente.post(reverse("mensajes:leido", args=[hilo.pk]), {"hasta": ultimo})
    assert Lectura.objects.get(usuario=mundo.valida).hasta_id == ultimo
    assert "Marcar como leído" not in cliente.get(hilo.get_absolute_url()).content.decode()
    for malo in ("", "x", "-1", "9" * 40):
        respuesta = cliente.post(reverse("mensajes:leido", args=[hilo.pk]), {"hasta": malo})
        assert respuesta.status_code == 302


@pytest.mark.parametrize(
    ("texto", "que"),
    [
        ("Su CURP es GOMC900101MDFLRS09", "No escribas aquí una CURP: usa el folio"),
        ("   ", "Este campo es obligatorio"),
        ("a" * 10_001, "10000"),
    ],
)
def test_un_error_conserva_lo_tecleado_y_la_llave(mundo, hilo, en_el_panel, texto, que):
    datos = {"texto": texto, "llave": "5f0c9c1e-3b0b-4a76-9a3c-0d2f6a4f3d11"}
    respuesta = en_el_panel(mundo.enlace).post(hilo.get_absolute_url(), datos)

    pagina = respuesta.content.decode()
    assert respuesta.status_code == 422
    assert que in pagina
    assert texto.strip()[:50] in pagina
    assert datos["llave"] in pagina
    assert hilo.mensajes.count() == 1


def test_el_campo_de_mencionar_dice_a_quien_en_el_texto(mundo, hilo, en_el_panel):
    cliente = en_el_panel(mundo.enlace)
    cliente.post(hilo.get_absolute_url(), {"texto": "¿Lo ves?", "mencionar": "dictamina.evalua"})
    ultimo = Mensaje.objects.last()
    assert ultimo.texto == "@dictamina.evalua ¿Lo ves?"
    assert ultimo.menciones.get().usuario == mundo.dictamina


def test_nombrar_a_quien_no_lo_ve_se_dice_igual_que_a_quien_no_existe(mundo, hilo, en_el_panel):
    cliente = en_el_panel(mundo.enlace)
    frases = []
    for usuario in ("enlace.cuau", "nadie.nunca"):
        pagina = cliente.post(hilo.get_absolute_url(), {"texto": f"@{usuario} va"}, follow=True)
        texto = pagina.content.decode()
        assert f"No se avisó a «@{usuario}»" in texto
        frases.append([str(m).replace(usuario, "X") for m in pagina.context["messages"]])
    assert frases[0] == frases[1]
    assert (
        "enlace.cuau"
        not in cliente.get(hilo.get_absolute_url())
        .content.decode()
        .split('<datalist id="quienes-lo-leen">')[1]
        .split("</datalist>")[0]
    )


def test_en_un_hilo_cerrado_no_hay_donde_escribir_y_un_envio_no_se_pierde(mundo, hilo, en_el_panel):
    cliente = en_el_panel(mundo.enlace)
    cliente.post(reverse("mensajes:cerrar", args=[hilo.pk]))
    assert "id_texto" not in cliente.get(hilo.get_absolute_url()).content.decode()

    respuesta = cliente.post(hilo.get_absolute_url(), {"texto": "Ya lo tenía escrito"})
    assert respuesta.status_code == 422
    assert "Ya lo tenía escrito</textarea>" in respuesta.content.decode()
    cliente.post(reverse("mensajes:reabrir", args=[hilo.pk]))
    assert "id_texto" in cliente.get(hilo.get_absolute_url()).content.decode()


def test_un_hilo_largo_se_lee_por_tandas(mundo, hilo, en_el_panel):
    for n in range(60):
        MensajeFactory(hilo=hilo, autor=mundo.enlace, dependencia=mundo.saf, texto=f"Número {n}.")
    cliente = en_el_panel(mundo.valida)
    ultima = cliente.get(hilo.get_absolute_url()).content.decode()
    assert ("Número 59." in ultima, "Número 9." in ultima) == (True, False)
    antes = cliente.get(hilo.get_absolute_url(), {"antes": hilo.mensajes.all()[11].pk})
    assert "Número 9." in antes.content.decode()
    for raro in ("x", "-1", "9" * 30):
        assert cliente.get(hilo.get_absolute_url(), {"antes": raro}).status_code == 200


@pytest.mark.parametrize("pedido", ["x", "0", "9" * 30, "-1", ""])
def test_un_asunto_que_no_existe_responde_404(mundo, en_el_panel, pedido):
    direccion = f"{reverse('mensajes:nuevo')}?expediente={pedido}"
    assert en_el_panel(mundo.enlace).get(direccion).status_code == 404


def test_desde_un_asunto_ya_viene_elegido_a_quien_escribir(mundo, en_el_panel):
    direccion = f"{reverse('mensajes:nuevo')}?expediente={mundo.expediente.pk}"
    for quien, a_quien in ((mundo.enlace, mundo.sebien), (mundo.dictamina, mundo.iztapalapa)):
        formulario = en_el_panel(quien).get(direccion).context["form"]
        assert formulario.initial["organos"] == [a_quien.pk]
        assert mundo.cuauhtemoc not in formulario.fields["organos"].queryset


def _bloque(usuario, expediente) -> str:
    hecho = bloque(usuario, expediente)
    return hecho.html.strip() if hecho else ""


def test_la_pagina_de_un_asunto_ensena_sus_hilos_a_quien_los_ve(mundo, hilo):
    HiloFactory(asunto="De otro lado", entre=[mundo.sebien])
    pintado = _bloque(mundo.valida, mundo.expediente)

    assert hilo.get_absolute_url() in pintado
    assert "De otro lado" not in pintado
    assert "1 sin leer" in pintado  # la mencionaron
    assert f"?expediente={mundo.expediente.pk}" in pintado
    assert "sin leer" not in _bloque(mundo.dictamina, mundo.expediente)
    for nadie in (mundo.ajeno, mundo.analista):
        assert _bloque(nadie, mundo.expediente) == ""


def test_los_trozos_reconstruyen_el_texto_letra_por_letra():
    texto = "a @uno, @dos. x@uno.mx @UNO @unos\n@uno"
    hechos = trozos(texto, {"uno"})

    assert "".join(t.texto for t in hechos) == texto
    assert [t.texto for t in hechos if t.es_mencion] == ["@uno", "@UNO", "@uno"]
    assert nombrados(texto) == ["uno", "dos", "unos"]
    assert trozos("", {"uno"}) == []
    assert trozos("hola", set()) == [Trozo("hola")]


def test_limpiar_conserva_parrafos_y_quita_lo_invisible():
    assert limpio("uno\r\n\r\n\r\n\r\ndos\u202e\x00 \u200btres ") == "uno\n\ndos tres"


def test_la_bandeja_se_abre_sin_hilos_y_lo_dice(mundo, en_el_panel):
    texto = en_el_panel(mundo.enlace).get(reverse("mensajes:bandeja")).content.decode()
    assert "Aquí se guardan las conversaciones" in texto
    assert not Hilo.objects.exists()
