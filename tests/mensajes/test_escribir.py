"""Escribir: una vez cada envío, desde un órgano, avisando a quien toca y a nadie más."""

from __future__ import annotations

import threading
import uuid

import pytest
from django.db import connection
from django.urls import reverse

from sibis.avisos.models import Aviso
from sibis.bitacora.models import Evento
from sibis.cuentas import roles
from sibis.mensajes.models import Hilo, Mencion, Mensaje, Participante
from sibis.mensajes.servicios.escribir import escribir
from sibis.mensajes.servicios.hilos import abrir
from sibis.nucleo.errores import ErrorDeNegocio, SinPermiso
from tests.fabricas.cuentas import AdscripcionFactory
from tests.fabricas.mensajes import HiloFactory, Mundo, sobre_la_regla

pytestmark = pytest.mark.django_db


def test_abrir_sobre_un_asunto_invita_a_la_casa_y_a_quien_se_escribe(mundo):
    hilo = sobre_la_regla(mundo)

    assert {str(p) for p in hilo.participantes.all()} == {"Iztapalapa", "SEBIEN"}
    mensaje = hilo.mensajes.get()
    assert (mensaje.autor, mensaje.dependencia) == (mundo.enlace, mundo.iztapalapa)
    evento = Evento.objects.get(tipo="hilo.abierto")
    assert (evento.objeto_id, evento.dependencia) == (str(hilo.pk), "ALC-09007")


def test_entre_personas_participa_solo_la_persona_y_no_su_organo(mundo):
    hilo = abrir(
        asunto="Junta",
        texto="¿A las diez?",
        llave=uuid.uuid4(),
        personas=[mundo.valida],
        por=mundo.enlace,
    )

    assert {str(p) for p in hilo.participantes.all()} == {"enlace.izt", "valida.sibiso"}
    assert hilo not in Hilo.objects.visibles_para(mundo.titular)


def test_el_mismo_envio_dos_veces_escribe_una(mundo, llave):
    uno = sobre_la_regla(mundo, llave=llave)
    otro = sobre_la_regla(mundo, llave=llave)
    assert (uno, Hilo.objects.count(), Mensaje.objects.count()) == (otro, 1, 1)

    primero = escribir(uno, texto="Sí va", llave=llave, por=mundo.valida)
    repetido = escribir(uno, texto="Sí va", llave=llave, por=mundo.valida)
    assert (primero, Mensaje.objects.count()) == (repetido, 2)
    assert Aviso.objects.filter(para=mundo.enlace).count() == 1
    assert Evento.objects.filter(tipo="mensaje.escrito").count() == 2


def test_volver_atras_y_escribir_otra_cosa_no_se_pierde(mundo, llave):
    """El navegador repite la llave del formulario; lo escrito es otro."""
    hilo = sobre_la_regla(mundo)
    escribir(hilo, texto="Primera", llave=llave, por=mundo.enlace)
    escribir(hilo, texto="Segunda", llave=llave, por=mundo.enlace)

    assert [m.texto for m in hilo.mensajes.all()][1:] == ["Primera", "Segunda"]


def test_la_llave_de_otra_persona_no_estorba(mundo, llave):
    hilo = sobre_la_regla(mundo)
    escribir(hilo, texto="Va", llave=llave, por=mundo.enlace)
    escribir(hilo, texto="Va", llave=llave, por=mundo.valida)

    assert hilo.mensajes.count() == 3


@pytest.mark.parametrize("texto", ["", "   ", "\u202e\u200b\x00", "\n\n"])
def test_un_mensaje_sin_nada_legible_no_se_escribe(mundo, texto, llave):
    hilo = sobre_la_regla(mundo)
    with pytest.raises(ErrorDeNegocio, match="Escribe el mensaje"):
        escribir(hilo, texto=texto, llave=llave, por=mundo.enlace)


@pytest.mark.parametrize(
    ("texto", "que"),
    [
        ("La de GOMC900101MDFLRS09 ya pasó", "CURP"),
        ("Escríbele a maria@ejemplo.mx", "correo"),
        ("Depósito a 012345678901234567", "CLABE"),
    ],
)
def test_un_dato_personal_se_niega_y_dice_que_usar(mundo, texto, que, llave):
    hilo = sobre_la_regla(mundo)
    with pytest.raises(ErrorDeNegocio, match=f"No escribas aquí.*{que}.*(usa|nombra)"):
        escribir(hilo, texto=texto, llave=llave, por=mundo.enlace)
    with pytest.raises(ErrorDeNegocio, match="No escribas aquí"):
        sobre_la_regla(mundo, asunto=texto)
    assert Mensaje.objects.count() == 1


def test_mas_de_diez_mil_letras_no_caben(mundo, llave):
    hilo = sobre_la_regla(mundo)
    escribir(hilo, texto="a" * 10_000, llave=llave, por=mundo.enlace)
    with pytest.raises(ErrorDeNegocio, match="10,000"):
        escribir(hilo, texto="a" * 10_001, llave=llave, por=mundo.enlace)


def test_no_se_escribe_en_un_hilo_ajeno_ni_a_quien_no_se_puede(mundo, llave):
    hilo = sobre_la_regla(mundo)
    with pytest.raises(SinPermiso):
        escribir(hilo, texto="hola", llave=llave, por=mundo.ajeno)
    with pytest.raises(SinPermiso):
        sobre_la_regla(mundo, por=mundo.ajeno)
    with pytest.raises(SinPermiso, match="No se envió nada"):  # a otra dependencia
        sobre_la_regla(mundo, organos=[mundo.cuauhtemoc])
    with pytest.raises(SinPermiso):
        sobre_la_regla(mundo, expediente=None, personas=[mundo.ajeno])
    with pytest.raises(ErrorDeNegocio, match="Elige a quién"):
        sobre_la_regla(mundo, organos=[])
    assert Hilo.objects.count() == 1


def test_quien_es_de_toda_la_ciudad_le_escribe_a_cualquiera_con_quien_lo_lea(mundo):
    hilo = sobre_la_regla(
        mundo, expediente=None, organos=[mundo.cuauhtemoc, mundo.iztapalapa], por=mundo.valida
    )

    assert hilo in Hilo.objects.visibles_para(mundo.ajeno)


def test_contestar_sobre_un_asunto_mete_al_organo_en_la_conversacion(mundo, llave):
    hilo = sobre_la_regla(mundo)
    escribir(hilo, texto="Nosotros también vemos", llave=llave, por=mundo.dictamina)
    escribir(hilo, texto="Gracias", llave=llave, por=mundo.enlace)

    assert Participante.objects.filter(hilo=hilo, dependencia=mundo.evalua).exists()
    assert Aviso.objects.filter(para=mundo.dictamina).count() == 1


def test_con_dos_funciones_se_escribe_desde_la_casa_del_asunto(mundo, llave):
    AdscripcionFactory(usuario=mundo.ajeno, dependencia=mundo.iztapalapa, rol="enlace")
    hilo = sobre_la_regla(mundo)

    assert escribir(hilo, texto="va", llave=llave, por=mundo.ajeno).dependencia == mundo.iztapalapa


def test_avisa_a_quien_participa_sin_el_texto_y_no_a_quien_escribe(mundo):
    hilo = sobre_la_regla(mundo, texto="Secreto del mensaje")

    avisados = {a.para.username for a in Aviso.objects.all()}
    assert avisados == {"titular.izt", "valida.sibiso"}
    aviso = Aviso.objects.get(para=mundo.valida)
    assert aviso.titulo == "Iztapalapa escribió: Reglas de Manos a la Obra 2027"
    assert "Secreto" not in f"{aviso.titulo}{aviso.texto}"
    assert aviso.url == f"{hilo.get_absolute_url()}#mensaje-{hilo.mensajes.get().pk}"
    assert "Secreto" not in str(list(Evento.objects.values_list("detalle", flat=True)))


def test_una_mencion_vale_solo_para_quien_ya_lo_ve(mundo):
    texto = "Lo revisa @dictamina.evalua, no @enlace.cuau ni @nadie ni correo@valida.sibiso"
    texto = texto.replace("correo@valida.sibiso", "@VALIDA.sibiso.")
    hilo = sobre_la_regla(mundo, texto=texto)

    mencionados = {m.usuario.username for m in Mencion.objects.all()}
    assert mencionados == {"dictamina.evalua", "valida.sibiso"}
    assert Aviso.objects.get(para=mundo.dictamina).titulo.startswith("Iztapalapa te mencionó")
    assert not Aviso.objects.filter(para=mundo.ajeno).exists()
    assert hilo in Hilo.objects.sin_leer_por(mundo.dictamina)


def test_mencionarse_a_si_misma_no_es_mencion(mundo):
    sobre_la_regla(mundo, texto="Yo, @enlace.izt, lo veo")
    assert not Mencion.objects.exists()


def test_un_asunto_con_correo_en_su_nombre_no_impide_avisar(mundo):
    mundo.expediente.titulo = "Escribe a maria@ejemplo.mx"
    mundo.expediente.save()
    sobre_la_regla(mundo)

    assert Aviso.objects.get(para=mundo.valida).titulo == "Iztapalapa escribió: un asunto"


@pytest.mark.django_db(transaction=True)
def test_el_mismo_envio_dos_veces_a_la_vez_escribe_una():
    mundo, llave = Mundo(), uuid.uuid4()
    juntas = threading.Barrier(2)
    fallas: list[BaseException] = []

    def enviar() -> None:
        try:
            juntas.wait(5)
            sobre_la_regla(mundo, llave=llave)
        except (ErrorDeNegocio, AssertionError) as error:
            fallas.append(error)
        finally:
            connection.close()

    hilos = [threading.Thread(target=enviar) for _ in range(2)]
    for uno in hilos:
        uno.start()
    for uno in hilos:
        uno.join()

    assert fallas == []
    assert (Hilo.objects.count(), Mensaje.objects.count()) == (1, 1)


def test_post_falsificado_con_lo_que_no_se_ofrece_no_escribe_nada(mundo, en_el_panel):
    cliente = en_el_panel(mundo.enlace)
    datos = {
        "asunto": "Hola",
        "texto": "Hola",
        "organos": [mundo.cuauhtemoc.pk],
        "personas": [mundo.ajeno.pk],
        "autor": mundo.valida.pk,
        "dependencia": mundo.sebien.pk,
        "llave": "no-es-una-llave",
    }
    assert cliente.post(reverse("mensajes:nuevo"), datos).status_code == 422
    assert not Hilo.objects.exists()

    limpios = datos | {"organos": [mundo.sebien.pk], "personas": []}
    assert cliente.post(reverse("mensajes:nuevo"), limpios).status_code == 302
    mensaje = Mensaje.objects.get()
    assert (mensaje.autor, mensaje.dependencia) == (mundo.enlace, mundo.iztapalapa)


def test_finanzas_escribe_sobre_un_asunto_y_ve_solo_lo_suyo(mundo):
    suyo = sobre_la_regla(mundo, por=mundo.finanzas, organos=[mundo.iztapalapa])
    sobre_la_regla(mundo)

    assert list(Hilo.objects.visibles_para(mundo.finanzas)) == [suyo]


def test_quien_pierde_su_funcion_ya_no_escribe(mundo, llave):
    hilo = HiloFactory(entre=[mundo.enlace, mundo.valida])
    mundo.cambiar_de_casa(mundo.enlace, mundo.iztapalapa, roles.Analista)
    with pytest.raises(SinPermiso):
        escribir(hilo, texto="hola", llave=llave, por=mundo.enlace)
