"""Lo que nadie halló se cuenta sin saber quién lo buscó."""

from __future__ import annotations

import datetime

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from programas.importacion import sin_resultado
from programas.models import ConsultaSinResultado, Sinonimo
from programas.servicios.vocabulario import guardar_sinonimo
from programas.tasks import asentar_sin_resultado
from sibis.cuentas import roles
from tests.fabricas import programas as f
from tests.fabricas.cuentas import con_rol, entrar
from tests.programas.paginas import pagina
from tests.programas.portal import publicar

pytestmark = pytest.mark.django_db


def contadas() -> dict[str, int]:
    asentar_sin_resultado()
    return dict(ConsultaSinResultado.objects.values_list("palabra", "veces"))


@pytest.fixture(autouse=True)
def catalogo():
    publicar("Beca escolar", "Comedor popular")


def test_lo_buscado_tres_veces_en_un_dia_queda_contado(visitante):
    for _ in range(4):
        pagina(visitante, "/programas/", q="xilófono")

    assert contadas() == {"xilofono": 4}


@pytest.mark.parametrize("veces", [1, 2])
def test_lo_buscado_una_o_dos_veces_no_queda_en_ninguna_parte(veces, visitante):
    for _ in range(veces):
        pagina(visitante, "/programas/", q="zutanito")

    assert contadas() == {}
    assert "zutanito" not in repr(dict(cache._cache)), "Ni en la caché."


def test_asentar_dos_veces_no_cuenta_doble(visitante):
    for _ in range(3):
        pagina(visitante, "/programas/", q="xilofono")

    assert contadas() == contadas() == {"xilofono": 3}
    pagina(visitante, "/programas/", q="xilofono")
    assert contadas() == {"xilofono": 4}


def test_de_un_nombre_completo_no_queda_la_frase_sino_palabras_sueltas(visitante):
    for _ in range(3):
        pagina(visitante, "/programas/", q="Fulgencio Zurbarán Quintanilla")

    assert set(contadas()) == {"fulgencio", "zurbaran", "quintanilla"}


@pytest.mark.parametrize(
    "q",
    [
        "PEGJ850101HDFRRN09",
        "llamar al 55 1234 5678",
        "xilofono 1234",
        "alguien@ejemplo.mx",
        "me llamo zutanito",
        "xilofono " * 7,
        "x" * 61,
        "12345",
    ],
)
def test_lo_que_parece_un_dato_personal_o_un_parrafo_no_se_cuenta(q, visitante):
    for _ in range(4):
        pagina(visitante, "/programas/", q=q)

    assert contadas() == {}


def test_lo_que_si_da_resultados_o_los_pierde_por_un_filtro_no_se_cuenta(visitante):
    for _ in range(4):
        pagina(visitante, "/programas/", q="beca")
        pagina(visitante, "/programas/", q="beca", tipo="accion")

    assert contadas() == {}


def test_sin_redis_la_busqueda_contesta_igual(visitante, settings):
    caida = {"BACKEND": "sibis.cache.CacheTolerante", "LOCATION": "redis://127.0.0.1:1/0"}
    settings.CACHES = {"default": caida}

    assert "Sin resultados" in pagina(visitante, "/programas/", q="xilofono")


def test_al_hacerla_sinonimo_queda_resuelta_y_la_busqueda_la_halla(visitante):
    f.ConsultaSinResultadoFactory(palabra="colegiatura")

    guardar_sinonimo(
        Sinonimo(termino="colegiatura", equivale_a=["beca"]), por=con_rol(roles.ValidacionSIBISO)
    )

    assert ConsultaSinResultado.objects.get().resuelta
    assert "Beca escolar" in pagina(visitante, "/programas/", q="colegiatura").replace(
        "<mark>", ""
    ).replace("</mark>", "")


def test_a_los_noventa_dias_se_borra():
    hoy = timezone.localdate()
    for dias in (90, 91):
        f.ConsultaSinResultadoFactory(dia=hoy - datetime.timedelta(days=dias))

    assert sin_resultado.poner_al_dia()["vencidas"] == 1
    assert ConsultaSinResultado.objects.get().dia == hoy - datetime.timedelta(days=90)


def test_un_dia_no_cuenta_mas_palabras_distintas_de_las_que_caben(visitante, monkeypatch):
    monkeypatch.setattr(sin_resultado, "_DISTINTAS_POR_DIA", 2)
    for palabra in ("uxmal", "dzibil", "xochic"):
        for _ in range(3):
            pagina(visitante, "/programas/", q=palabra)

    assert len(contadas()) == 2


def test_el_panel_lista_lo_mas_pedido_y_lleva_al_alta_con_la_palabra_puesta(client):
    f.ConsultaSinResultadoFactory(palabra="colegiatura", veces=9)
    f.ConsultaSinResultadoFactory(palabra="xilofono", veces=3)
    entrar(client, con_rol(roles.ValidacionSIBISO))

    html = client.get(reverse("admin:programas_consultasinresultado_changelist")).content.decode()
    assert html.index("colegiatura") < html.index("xilofono")
    alta = f"{reverse('admin:programas_sinonimo_add')}?termino=colegiatura"
    assert alta in html
    assert 'value="colegiatura"' in client.get(alta).content.decode()
