"""De la captura a la siguiente versión: un renglón de bitácora por acto, y en orden."""

from __future__ import annotations

import pytest

from programas.models import ReglaOperacion
from programas.servicios import captura, publicacion, revision
from sibis.bitacora.models import Evento
from tests.fabricas import programas as f
from tests.programas import camino

pytestmark = pytest.mark.django_db


def en_la_base(regla) -> ReglaOperacion:
    return ReglaOperacion.objects.get(pk=regla.pk)


def recorrer(regla, enlace, titular, validadora):
    """Capturada, observada, corregida, dictaminada, publicada y con otra versión abierta."""
    captura.guardar(regla, edicion=0, por=enlace, escribir=lambda: None)
    camino.hasta_revision(regla, titular=titular, validadora=validadora)
    camino.observar(regla, por=validadora)
    regla = en_la_base(regla)
    captura.guardar(regla, edicion=1, por=enlace, escribir=lambda: None)
    camino.contestar(regla, por=enlace)
    revision.atender(regla, por=titular)
    camino.resolver(regla, por=validadora)
    revision.validar(regla, por=validadora)
    dictamina = camino.evaluadora()
    revision.tomar_dictamen(regla, por=dictamina)
    revision.aprobar(regla, por=dictamina)
    publicada = publicacion.publicar(regla, por=validadora, **camino.GACETA)
    captura.nueva_version(publicada, por=enlace)
    return dictamina


def test_el_camino_entero_deja_un_renglon_de_bitacora_por_acto(
    dependencia, enlace, titular, validadora
):
    programa = f.ProgramaFactory(dependencia=dependencia)
    regla = captura.iniciar(
        programa, ejercicio=2025, nombre="Beca", dependencia=dependencia, por=enlace
    )
    dictamina = recorrer(regla, enlace, titular, validadora)

    eventos = Evento.objects.order_by("pk")
    assert [(e.tipo, e.por) for e in eventos] == [
        ("regla.iniciada", enlace.username),
        ("regla.guardada", enlace.username),
        ("regla.enviar", titular.username),
        ("regla.tomar", validadora.username),
        ("observacion.observada", validadora.username),
        ("regla.observar", validadora.username),
        ("regla.guardada", enlace.username),
        ("observacion.contestada", enlace.username),
        ("regla.atender", titular.username),
        ("observacion.resolver", validadora.username),
        ("regla.validar", validadora.username),
        ("regla.tomar-dictamen", dictamina.username),
        ("regla.aprobar", dictamina.username),
        ("regla.publicar", validadora.username),
        ("regla.version_abierta", enlace.username),
    ]
    assert {e.dependencia for e in eventos} == {dependencia.clave}
    paso = eventos[2]
    assert (paso.objeto_tipo, paso.objeto_id) == ("programas.reglaoperacion", str(regla.pk))
    assert paso.detalle == {
        "desde": "borrador",
        "hacia": "enviado",
        "ejercicio": 2025,
        "version": 1,
        "remision": 1,
    }
