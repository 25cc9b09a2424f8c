"""La segunda persona: qué ve, qué difiere, y que no sea la primera."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.cache import cache
from django.urls import reverse

from padron.consultas.comparacion_de_carga import comparaciones
from padron.models import Carga, Registro
from padron.servicios import decisiones
from sibis.cuentas import roles
from tests.fabricas.cuentas import AdscripcionFactory
from tests.fabricas.padron import CorreccionFactory
from tests.fabricas.programas import ReglaFactory
from tests.padron.pantallas.archivos import archivo, personas, revisada

pytestmark = pytest.mark.django_db
GENTE = personas(10)


def url(carga: Carga) -> str:
    return reverse("admin:padron_carga_confirmar", args=[carga.pk])


@pytest.fixture
def presentada(regla, enlace):
    carga = revisada(regla, por=enlace, contenido=archivo(GENTE[:6], mal=1))
    return decisiones.presentar(carga, por=enlace)


def aplicar(carga: Carga, **cambios: str) -> dict[str, object]:
    return {"acto": "aplicar", "edicion": carga.edicion, "de_acuerdo": "on", **cambios}


def test_la_titular_confirma_y_entran(presentada, titular, como):
    cliente = como(titular)
    pagina = cliente.get(url(presentada)).content.decode()
    assert "Confirmar: entran 5 registros" in pagina
    assert "La presentó" in pagina

    cliente.post(url(presentada), aplicar(presentada))

    presentada.refresh_from_db()
    assert (presentada.estado, presentada.aplicada_por) == ("aplicada", titular)
    assert Registro.objects.filter(carga=presentada).count() == 5


def test_sin_la_casilla_no_se_confirma(presentada, titular, como):
    hecho = como(titular).post(url(presentada), aplicar(presentada, de_acuerdo=""))

    presentada.refresh_from_db()
    assert hecho.status_code == 422
    assert "Marca la casilla" in hecho.content.decode()
    assert presentada.estado == "por_confirmar"


def test_devolver_pide_por_que_y_quien_entrego_lo_lee(presentada, titular, enlace, como):
    cliente = como(titular)
    datos = {"acto": "devolver", "edicion": presentada.edicion, "motivo": " "}
    assert cliente.post(url(presentada), datos).status_code == 422

    cliente.post(url(presentada), datos | {"motivo": "Falta el último trimestre."})

    presentada.refresh_from_db()
    assert presentada.estado == "por_revisar"
    pagina = como(enlace).get(reverse("admin:padron_carga_change", args=[presentada.pk]))
    assert "Falta el último trimestre." in pagina.content.decode()


def test_quien_la_entrego_ve_por_que_no_puede(presentada, enlace, como):
    cliente = como(enlace)

    texto = cliente.get(url(presentada)).content.decode()
    assert "Tú entregaste esta carga: la confirma otra persona." in texto
    assert "Confirmar: entran" not in texto
    assert cliente.post(url(presentada), aplicar(presentada)).status_code == 403
    presentada.refresh_from_db()
    assert presentada.estado == "por_confirmar"


def test_ni_aunque_tambien_sea_titular(presentada, enlace, dependencia, como):
    AdscripcionFactory(usuario=enlace, dependencia=dependencia, rol=roles.TitularQueFirma.clave)

    assert como(enlace).post(url(presentada), aplicar(presentada)).status_code == 403


def test_quien_corrigio_no_confirma(regla, enlace, titular, como):
    carga = revisada(regla, por=enlace, contenido=archivo(GENTE[:4]))
    CorreccionFactory(carga=carga, por=titular)

    texto = como(titular).get(url(carga)).content.decode()
    assert "Tú corregiste renglones de esta carga" in texto
    assert como(titular).post(url(carga), aplicar(carga)).status_code == 403


def test_la_de_otra_dependencia_no_existe(presentada, ajena, como):
    assert como(ajena).get(url(presentada)).status_code == 404
    assert como(ajena).post(url(presentada), aplicar(presentada)).status_code == 404


def test_si_cambio_mientras_la_veia_no_se_confirma(presentada, titular, como):
    hecho = como(titular).post(url(presentada), aplicar(presentada, edicion="0"))

    presentada.refresh_from_db()
    assert hecho.status_code == 422
    assert "Alguien movió la carga" in hecho.content.decode()
    assert presentada.estado == "por_confirmar"


def test_una_ya_aplicada_no_se_confirma_otra_vez(presentada, titular, como):
    decisiones.aplicar(presentada, por=titular)

    assert como(titular).get(url(presentada)).status_code == 302


def test_dice_en_que_difiere_de_la_que_sustituye(regla, enlace, titular, como):
    primera = revisada(regla, por=enlace, contenido=archivo(GENTE[:5], monto="100.00"))
    decisiones.aplicar(primera, por=titular)
    nueva = revisada(
        regla, por=enlace, contenido=archivo(GENTE[2:8], monto="150.00"), sustituye=primera
    )

    (comparacion,) = comparaciones(nueva)

    assert comparacion.con_la_que_sustituye
    assert (comparacion.filas_antes, comparacion.filas, comparacion.diferencia) == (5, 6, 1)
    assert (comparacion.entran, comparacion.siguen, comparacion.salen) == (3, 3, 2)
    assert comparacion.diferencia_de_monto == Decimal(400)
    texto = como(titular).get(url(nueva)).content.decode()
    assert primera.folio in texto
    assert "+1" in texto
    assert "+$400" in texto


def test_y_del_periodo_anterior_que_se_cuenta_una_sola_vez(
    regla, enlace, titular, django_assert_num_queries
):
    antes = ReglaFactory(publicada=True, programa=regla.programa, ejercicio=2024)
    vieja = revisada(antes, por=enlace, contenido=archivo(GENTE[:4]))
    decisiones.aplicar(vieja, por=titular)
    nueva = revisada(regla, por=enlace, contenido=archivo(GENTE[:6]))
    cache.clear()

    (comparacion,) = comparaciones(nueva)
    assert (comparacion.con_la_que_sustituye, comparacion.de_cuando) == (False, "todo el año, 2024")
    assert (comparacion.entran, comparacion.siguen, comparacion.salen) == (2, 4, 0)
    with django_assert_num_queries(1):  # solo cuáles hay: la cuenta ya se sabe
        comparaciones(nueva)


def test_despues_de_aplicarse_la_comparacion_es_la_misma(regla, enlace, titular):
    antes = ReglaFactory(publicada=True, programa=regla.programa, ejercicio=2024)
    decisiones.aplicar(revisada(antes, por=enlace, contenido=archivo(GENTE[:4])), por=titular)
    nueva = revisada(regla, por=enlace, contenido=archivo(GENTE[:6]))
    previa = comparaciones(nueva)
    cache.clear()

    aplicada = Carga.objects.get(pk=decisiones.aplicar(nueva, por=titular).pk)

    assert comparaciones(aplicada) == previa
