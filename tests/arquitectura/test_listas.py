"""Toda lista del panel, con cada función que la ve: las mismas consultas con el doble, y nada da un 500.

Se recorren las registradas: una lista nueva se revisa sin anotarla aquí. Si su fábrica necesita algo
para hacer varios distintos, se dice en `COMO_SE_HACEN`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sibis.bitacora.models import Evento
from sibis.cuentas import roles
from sibis.cuentas.models import Dependencia
from sibis.panel.listas import es_de_datos_personales, ruta_de_lista
from tests.arquitectura.test_modelos import campos_de_persona, con_fabrica, nuestros
from tests.fabricas.cuentas import DependenciaFactory, con_rol, entrar

pytestmark = pytest.mark.django_db

N = 4
# Lo que hace falta para que la fábrica haga varios distintos y de la dependencia de quien mira.
COMO_SE_HACEN: dict[str, Callable[[int, Dependencia], dict[str, Any]]] = {
    "programas.Programa": lambda n, d: {"dependencia": d},
    "programas.ReglaOperacion": lambda n, d: {"programa__dependencia": d, "enviada": bool(n % 2)},
    "programas.Documento": lambda n, d: {"dependencia": d, "ejercicio": 2010 + n},
    "programas.TipoDeApoyo": lambda n, d: {"clave": f"apoyo-{n}"},
    "programas.Leyenda": lambda n, d: {"clave": f"leyenda-{n}"},
    "programas.Exigencia": lambda n, d: {"clave": f"exigencia-{n}"},
    "territorio.TipoDeCentro": lambda n, d: {"clave": f"tipo-{n}"},
    "territorio.Centro": lambda n, d: {
        "tipo__clave": f"tipo-{n % 3}",
        "alcaldia__clave": f"{9002 + n % 16:05}",
    },
    "presupuesto.AvanceFisico": lambda n, d: {"programa__dependencia": d},
    "presupuesto.Indicador": lambda n, d: {"programa__dependencia": d},
    "expedientes.Expediente": lambda n, d: {"dependencia": d},
    "padron.Captura": lambda n, d: {"regla__programa__dependencia": d},
    "mensajes.Hilo": lambda n, d: {"entre": [d]},
    "padron.Carga": lambda n, d: {"regla__programa__dependencia": d},
    "padron.Receta": lambda n, d: {"dependencia": d},
    "padron.MapeoRecordado": lambda n, d: {"dependencia": d},
    "padron.DisposicionDePadron": lambda n, d: {"programa__dependencia": d},
    "padron.JornadaDeEntrega": lambda n, d: {"programa__dependencia": d},
    "padron.InstrumentoDeEntrega": lambda n, d: {"clave": f"instrumento-{n}"},
    "cuentas.Adscripcion": lambda n, d: {"usuario__username": f"persona{n}"},
}
# Las que en vez de lista tienen página propia: se comprueba que lleven a ella.
CON_PAGINA_PROPIA = {"agenda.Vencimiento": "/panel/agenda/"}
RAROS = ["a" * 10_000, "'\"`;--", "🏛️ niñez", "%_\\", "(", "\ud7ff\u202e", "<script>"]


def registradas() -> list[ModelAdmin]:
    return [admin.site.get_model_admin(m) for m in apps.get_models() if admin.site.is_registered(m)]


def listas() -> list[ModelAdmin]:
    nuestras = (
        x
        for x in registradas()
        if x.model in set(nuestros()) and x.opts.label not in CON_PAGINA_PROPIA
    )
    return sorted(nuestras, key=lambda lista: lista.opts.label)


def nombre(valor: Any) -> str:
    return valor.opts.label if isinstance(valor, ModelAdmin) else getattr(valor, "clave", "")


def poblar(lista: ModelAdmin, dependencia: Dependencia, desde: int, hasta: int) -> None:
    fabrica = con_fabrica()[lista.model]
    como = COMO_SE_HACEN.get(lista.opts.label, lambda n, d: {})
    for n in range(desde, hasta):
        fabrica(**como(n, dependencia))


def cliente(rol: type[roles.Rol], dependencia: Dependencia) -> Client:
    abierto = Client()
    entrar(abierto, con_rol(rol, en=dependencia))
    return abierto


def la_ve(lista: ModelAdmin, rol: type[roles.Rol], dependencia: Dependencia) -> bool:
    peticion = RequestFactory().get("/panel/")
    peticion.user = con_rol(rol, en=dependencia)
    return lista.has_view_or_change_permission(peticion)


def quien_la_ve(lista: ModelAdmin, dependencia: Dependencia) -> list[type[roles.Rol]]:
    vistas = [rol for rol in roles.ROLES if la_ve(lista, rol, dependencia)]
    assert vistas, f"Nadie ve {lista.opts.label}"
    return vistas


@pytest.fixture
def dependencia() -> Dependencia:
    return DependenciaFactory(clave=settings.DEPENDENCIA_RECTORA)


@pytest.mark.parametrize("lista", listas(), ids=nombre)
def test_la_lista_hace_las_mismas_consultas_con_el_doble(lista, dependencia):
    """Cada función que la ve, y también al descargarla."""
    ruta = reverse(ruta_de_lista(lista.model))
    exportar = reverse("admin:panel_exportar", args=[lista.opts.app_label, lista.opts.model_name])
    quienes = [cliente(rol, dependencia) for rol in quien_la_ve(lista, dependencia)]
    poblar(lista, dependencia, 0, N)
    antes = [_contar(quien, ruta, exportar) for quien in quienes]
    poblar(lista, dependencia, N, 2 * N)
    despues = [_contar(quien, ruta, exportar) for quien in quienes]

    assert [(a, b) for a, b in zip(antes, despues, strict=True) if a[:2] != b[:2]] == []
    assert any(b[2] > a[2] for a, b in zip(antes, despues, strict=True)), "nadie vio más renglones"


def _contar(quien: Client, ruta: str, exportar: str) -> tuple[int, int, int]:
    """(consultas de la página, consultas de la descarga, renglones a la vista)."""
    quien.get(ruta)  # lo que se recuerda por proceso ya está
    with CaptureQueriesContext(connection) as de_la_pagina:
        pagina = quien.get(ruta)
    with CaptureQueriesContext(connection) as de_la_descarga:
        descarga = quien.post(exportar, {"formato": "csv"})
        if descarga.streaming:
            b"".join(descarga.streaming_content)
    assert pagina.status_code == 200
    return len(de_la_pagina), len(de_la_descarga), len(pagina.context["cl"].result_list)


@pytest.mark.parametrize("lista", listas(), ids=nombre)
def test_la_busqueda_admite_cualquier_cosa(lista, dependencia):
    poblar(lista, dependencia, 0, 2)
    quien = cliente(quien_la_ve(lista, dependencia)[0], dependencia)
    ruta = reverse(ruta_de_lista(lista.model))

    for texto in RAROS:
        assert quien.get(ruta, {"q": texto}).status_code == 200, texto[:20]
    for clave in ("q", "o", "lo_que_sea"):
        assert quien.get(ruta, {clave: "x\0"}).status_code == 400
    for clave, valor in (("p", "9999999999"), ("p", "x"), ("o", "99.-88.x"), ("all", "x")):
        assert quien.get(ruta, {clave: valor}).status_code in {200, 302}


@pytest.mark.parametrize("lista", listas(), ids=nombre)
def test_cada_valor_de_cada_filtro_contesta(lista, dependencia):
    poblar(lista, dependencia, 0, N)
    quien = cliente(quien_la_ve(lista, dependencia)[0], dependencia)
    ruta = reverse(ruta_de_lista(lista.model))
    vista = quien.get(ruta).context["cl"]

    for filtro in vista.filter_specs:
        for opcion in filtro.choices(vista):
            assert quien.get(ruta + opcion["query_string"]).status_code == 200
        for parametro in filtro.expected_parameters():
            for malo in ("'", "9" * 40, "-1", "🏛️", "a" * 10_000, "2026-99-99"):
                hecho = quien.get(ruta, {parametro: malo})
                assert hecho.status_code in {200, 302}, (parametro, malo[:9])
    if lista.date_hierarchy:
        for anio in ("2026", "0", "9999", "10000", "9" * 30, "x", "²"):
            hecho = quien.get(ruta, {f"{lista.date_hierarchy}__year": anio})
            assert hecho.status_code in {200, 302, 400}, anio


@pytest.mark.parametrize("lista", listas(), ids=nombre)
def test_lo_que_nadie_debe_preguntar_se_niega_sin_caerse(lista, dependencia):
    """Búsquedas espaciales, de otras tablas y de campos que no se filtran, escritas a mano."""
    quien = cliente(quien_la_ve(lista, dependencia)[0], dependencia)
    ruta = reverse(ruta_de_lista(lista.model))

    for clave in ("usuario__password__startswith", "no_existe", "pk__in__x", "_to_field"):
        assert quien.get(ruta, {clave: "x"}).status_code in {302, 400}
    espaciales = [c.name for c in lista.model._meta.fields if hasattr(c, "srid")]
    for campo in espaciales:
        for busqueda in ("__dwithin", "__bbcontains", "__relate", "__contains", ""):
            malo = '{"type":"raster","driver":"GTiff","name":"/vsimem/x"}'
            assert quien.get(ruta, {f"{campo}{busqueda}": malo}).status_code in {302, 400}


def test_hay_listas_con_geometria_que_mirar():
    con_geometria = [x for x in listas() if any(hasattr(c, "srid") for c in x.model._meta.fields)]
    assert len(con_geometria) >= 3


@pytest.mark.parametrize("lista", listas(), ids=nombre)
def test_la_descarga_dice_lo_que_se_ve_y_queda_escrita(lista, dependencia):
    poblar(lista, dependencia, 0, 3)
    rol = quien_la_ve(lista, dependencia)[0]
    quien = cliente(rol, dependencia)
    a_la_vista = quien.get(reverse(ruta_de_lista(lista.model))).context["cl"]
    exportar = reverse("admin:panel_exportar", args=[lista.opts.app_label, lista.opts.model_name])

    for formato, tipo in (("csv", "text/csv"), ("xlsx", "spreadsheetml")):
        hecho = quien.post(exportar, {"formato": formato})
        if es_de_datos_personales(lista):
            assert hecho.status_code == 302
            continue
        assert hecho.status_code == 200
        assert tipo in hecho["Content-Type"]
        contenido = b"".join(hecho.streaming_content)
        if formato == "csv":
            renglones = contenido.decode("utf-8-sig").count("\r\n")
            assert renglones >= a_la_vista.result_count + 1
    assert quien.get(exportar).status_code == 405
    anotadas = Evento.objects.filter(tipo="lista.exportada", detalle__lista=lista.opts.label_lower)
    assert anotadas.exists() is not es_de_datos_personales(lista)


@pytest.mark.parametrize("lista", listas(), ids=nombre)
def test_la_lista_dice_que_se_busca_y_en_que_orden_va(lista):
    assert not lista.search_fields or lista.search_help_text, "Di qué se busca (search_help_text)."
    assert lista.ordering or lista.opts.ordering, "Sin orden, las páginas repiten renglones."
    assert lista.show_full_result_count is False or lista.opts.label.startswith("cuentas.")


@pytest.mark.parametrize("lista", listas(), ids=nombre)
def test_lo_personal_no_sale_en_una_lista_que_no_lo_dice(lista):
    """Una columna con dato de una persona pide `tiene_datos_personales`, y entonces no se descarga."""
    if lista.model._meta.label == "territorio.Centro":
        return  # la dirección y el teléfono son del centro
    a_la_vista = set(lista.list_display) & {c.name for c in campos_de_persona(lista.model)}
    assert not a_la_vista - {"username", "nombre"} or es_de_datos_personales(lista)


@pytest.mark.parametrize("etiqueta", CON_PAGINA_PROPIA)
def test_la_que_tiene_pagina_propia_lleva_a_ella(etiqueta, dependencia):
    (lista,) = (x for x in registradas() if x.opts.label == etiqueta)
    quien = cliente(quien_la_ve(lista, dependencia)[0], dependencia)

    assert quien.get(reverse(ruta_de_lista(lista.model)))["Location"] == CON_PAGINA_PROPIA[etiqueta]


def test_las_listas_de_las_bibliotecas_no_las_ve_nadie(dependencia):
    ajenas = {x for x in registradas() if x.model not in set(nuestros())}
    vistas = [x.opts.label for x in ajenas for r in roles.ROLES if la_ve(x, r, dependencia)]
    assert vistas == []
    assert len(listas()) > 20


def test_la_portada_hace_las_mismas_consultas_con_el_doble(dependencia):
    """Con reglas, documentos, vínculos y novedades de sobra, para cada función."""
    por_poblar = [
        x
        for x in listas()
        if x.opts.label
        in {"programas.ReglaOperacion", "programas.Documento", "presupuesto.VinculoPresupuestal"}
    ]
    quienes = [cliente(rol, dependencia) for rol in roles.ROLES]
    for lista in por_poblar:
        poblar(lista, dependencia, 0, N)
    _novedades(dependencia, 3)
    antes = [_de_la_portada(quien) for quien in quienes]
    for lista in por_poblar:
        poblar(lista, dependencia, N, 3 * N)
    _novedades(dependencia, 9)

    assert [_de_la_portada(quien) for quien in quienes] == antes
    assert max(antes) <= 30


def _novedades(dependencia: Dependencia, cuantas: int) -> None:
    modelo = next(x.model for x in listas() if x.opts.label == "programas.ReglaOperacion")
    reglas = modelo._default_manager.filter(dependencia=dependencia)
    for regla in reglas[:cuantas]:
        Evento.objects.create(
            tipo="regla.validar",
            objeto_tipo=modelo._meta.label_lower,
            objeto_id=str(regla.pk),
            dependencia=dependencia.clave,
            por="clara",
            detalle={"version": 1, "ejercicio": 2025},
        )


def _de_la_portada(quien: Client) -> int:
    quien.get("/panel/")
    with CaptureQueriesContext(connection) as capturadas:
        assert quien.get("/panel/").status_code == 200
    return len(capturadas)
