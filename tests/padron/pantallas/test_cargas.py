"""La página de una carga en cada estado, para cada quien, y sus botones."""

from __future__ import annotations

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from padron.consultas.avance_de_carga import avance_de
from padron.estados import EstadoCarga, EstadoPasada, PasoDePasada
from padron.models import Carga
from padron.validacion.motor import CifrasDeControl
from sibis.cuentas import roles
from tests.fabricas.cuentas import con_rol
from tests.fabricas.padron import CargaFactory, PasadaFactory
from tests.padron.pantallas.archivos import archivo, entregar, mover, personas, revisada

pytestmark = pytest.mark.django_db
LISTA = "/panel/padron/carga/"
BOTONES = {
    "recibida": ["pausar", "cancelar"],
    "por_mapear": ["cancelar"],
    "en_proceso": ["pausar", "cancelar"],
    "pausada": ["reanudar", "cancelar"],
    "por_revisar": ["revisar_de_nuevo", "cancelar"],  # sin renglones que entren no se presenta
    "por_confirmar": ["cancelar"],
    "aplicada": [],
    "sustituida": [],
    "ilegible": [],
    "cancelada": [],
}


def url(carga: Carga, nombre: str = "change", *args: str) -> str:
    return reverse(f"admin:padron_carga_{nombre}", args=[carga.pk, *args])


@pytest.mark.parametrize("estado", EstadoCarga.values)
def test_cada_estado_tiene_su_pagina_y_solo_para_los_suyos(
    estado, regla, enlace, titular, ajena, como
):
    carga = CargaFactory(regla=regla, estado=estado, cargada_por=enlace)

    suya = como(enlace).get(url(carga))
    assert suya.status_code == (302 if estado == "por_mapear" else 200)
    assert como(titular).get(url(carga)).status_code == 200
    assert como(ajena).get(url(carga)).status_code == 404
    if suya.status_code == 200:
        hoja = suya.context["hoja"]
        assert [b.nombre for b in hoja.botones] == BOTONES[estado]
        assert carga.folio in suya.content.decode()


@pytest.mark.parametrize("rol", [r for r in roles.ROLES if r.clave not in {"enlace", "titular"}])
def test_las_demas_funciones_no_ven_padrones(rol, regla, dependencia, como):
    carga = CargaFactory(regla=regla, aplicada=True)
    cliente = como(con_rol(rol, en=dependencia))

    for nombre in ("change", "avance", "columnas", "confirmar"):
        assert cliente.get(url(carga, nombre)).status_code == 404
    assert cliente.get(url(carga, "acto", "cancelar")).status_code == 404


@pytest.mark.parametrize(
    "acto", ["pausar", "reanudar", "cancelar", "revisar_de_nuevo", "presentar"]
)
def test_los_botones_son_de_quien_entrega(acto, regla, enlace, titular, ajena, como):
    carga = CargaFactory(regla=regla, por_revisar=True, cargada_por=enlace)

    assert como(titular).post(url(carga, "acto", acto)).status_code in {302, 403}
    assert como(ajena).post(url(carga, "acto", acto)).status_code == 404
    carga.refresh_from_db()
    assert carga.estado == "por_revisar"


def test_un_acto_que_no_existe_no_existe(regla, enlace, como):
    carga = CargaFactory(regla=regla, por_revisar=True)

    for acto in ("aplicar", "devolver", "terminar", "x"):
        assert como(enlace).post(url(carga, "acto", acto)).status_code == 404


def test_cancelar_pregunta_y_despues_cancela(regla, enlace, como):
    carga = entregar(regla, por=enlace, contenido=archivo(personas(3)))
    cliente = como(enlace)

    pregunta = cliente.get(url(carga, "acto", "cancelar"))
    assert "no se reabre" in pregunta.content.decode()
    cliente.post(url(carga, "acto", "cancelar"), {"edicion": carga.edicion})

    carga.refresh_from_db()
    assert (carga.estado, carga.cancelada_por) == ("cancelada", enlace)


def test_lo_que_alguien_movio_antes_se_dice_y_no_se_hace(regla, enlace, como):
    carga = entregar(regla, por=enlace, contenido=archivo(personas(3)))

    hecho = como(enlace).post(
        url(carga, "acto", "cancelar"), {"edicion": carga.edicion - 1}, follow=True
    )

    carga.refresh_from_db()
    assert carga.estado == "por_mapear"
    assert "Alguien movió la carga" in hecho.content.decode()


def test_presentar_dice_que_pasa_y_presenta(regla, enlace, como):
    carga = revisada(regla, por=enlace, contenido=archivo(personas(5), mal=1))
    cliente = como(enlace)

    pregunta = cliente.get(url(carga, "acto", "presentar")).content.decode()
    assert "4 renglones pueden entrar y 1 esperan" in pregunta
    assert "admite cargas parciales" in pregunta
    cliente.post(url(carga, "acto", "presentar"), {"edicion": carga.edicion})

    carga.refresh_from_db()
    assert (carga.estado, carga.presentada_por) == ("por_confirmar", enlace)


def test_si_el_archivo_entero_lo_impide_no_se_ofrece_presentarla(regla, enlace, como):
    carga = revisada(
        regla, por=enlace, contenido=archivo(personas(5)), cifras=CifrasDeControl(filas=6)
    )

    texto = como(enlace).get(url(carga)).content.decode()
    assert "Nada puede entrar todavía" in texto
    pregunta = como(enlace).get(url(carga, "acto", "presentar")).content.decode()
    assert "Todavía no se puede presentar" in pregunta
    assert 'value="Presentar"' not in pregunta


def test_pausar_y_reanudar(regla, enlace, como):
    carga = CargaFactory(regla=regla, estado="en_proceso")
    pasada = PasadaFactory(carga=carga)
    cliente = como(enlace)

    cliente.post(url(carga, "acto", "pausar"), {"edicion": 0})
    pasada.refresh_from_db()
    carga.refresh_from_db()
    assert (carga.estado, pasada.estado) == ("pausada", "pausada")
    cliente.post(url(carga, "acto", "reanudar"), {"edicion": carga.edicion})
    carga.refresh_from_db()
    assert carga.estado == "en_proceso"


def test_el_avance_es_el_de_la_base(regla, enlace, ajena, como):
    carga = CargaFactory(regla=regla, estado="en_proceso")
    PasadaFactory(
        carga=carga,
        paso=PasoDePasada.ESCRIBIR,
        hechas=412_000,
        total=1_500_000,
        intentos=1,
        latido=timezone.now(),
    )

    datos = como(enlace).get(url(carga, "avance")).json()

    assert datos["cuenta"] == "412,000 de 1,500,000 renglones"
    assert datos["frase"] == "Paso 3 de 5: escribir los registros."
    assert (datos["en_espera"], datos["acabada"]) == (False, False)
    assert como(ajena).get(url(carga, "avance")).status_code == 404


@pytest.mark.parametrize(
    ("hace", "intentos", "espera"),
    [(None, 0, True), (1, 0, False), (10, 0, True), (10, 1, False), (120, 1, True)],
)
def test_si_nadie_la_mueve_se_dice(regla, hace, intentos, espera):
    carga = CargaFactory(regla=regla, estado="en_proceso")
    latido = None if hace is None else timezone.now() - datetime.timedelta(seconds=hace)
    pasada = PasadaFactory(carga=carga, latido=latido, intentos=intentos)
    if hace is None:
        type(pasada).objects.filter(pk=pasada.pk).update(
            empezada_en=timezone.now() - datetime.timedelta(seconds=60)
        )

    assert avance_de(carga).en_espera is espera


def test_la_pagina_que_avanza_se_recarga_sola_sin_guion(regla, enlace, como):
    carga = CargaFactory(regla=regla, estado="en_proceso")
    pasada = PasadaFactory(carga=carga)

    assert '<noscript><meta http-equiv="refresh"' in como(enlace).get(url(carga)).content.decode()
    type(pasada).objects.filter(pk=pasada.pk).update(estado=EstadoPasada.PAUSADA)
    Carga.objects.filter(pk=carga.pk).update(estado="pausada")
    assert "http-equiv" not in como(enlace).get(url(carga)).content.decode()


def test_por_que_se_detuvo_se_lee(regla, enlace, como):
    carga = CargaFactory(regla=regla, estado="pausada")
    PasadaFactory(carga=carga, estado="pausada", error="No hay espacio en el disco.")

    assert "No hay espacio en el disco." in como(enlace).get(url(carga)).content.decode()


def test_una_ilegible_dice_por_que_y_como_seguir(regla, enlace, como):
    carga = CargaFactory(regla=regla, estado="ilegible", cargada_por=enlace)

    texto = como(enlace).get(url(carga)).content.decode()
    assert "No es una tabla." in texto
    assert "Subir otro archivo" in texto


def test_el_resultado_cuenta_agrupa_y_no_muestra_a_nadie(regla, enlace, como):
    gente = personas(8)
    carga = revisada(regla, por=enlace, contenido=archivo(gente, mal=3))

    pagina = como(enlace).get(url(carga))

    texto, resultado = pagina.content.decode(), pagina.context["resultado"]
    assert (carga.filas, carga.validas, carga.con_error) == (8, 5, 3)
    bloquea = resultado.grupos[0]
    (digito,) = (p for p in bloquea.patrones if p.codigo == "curp_digito")
    assert digito.filas == 3
    assert digito.formas[0].primeras == (2, 3, 4)
    for persona in gente:
        assert persona.curp not in texto
        assert persona.primer_apellido not in texto


def test_la_historia_se_lee_en_oraciones(regla, enlace, como):
    carga = revisada(regla, por=enlace, contenido=archivo(personas(4)))

    texto = como(enlace).get(url(carga)).content.decode()
    assert f"{enlace.username} entregó la carga {carga.folio}" in texto
    assert "4 renglones, 4 pueden entrar" in texto


def test_revisar_de_nuevo_vuelve_a_empezar(regla, enlace, como):
    carga = revisada(regla, por=enlace, contenido=archivo(personas(4)))

    como(enlace).post(url(carga, "acto", "revisar_de_nuevo"), {"edicion": carga.edicion})

    carga.refresh_from_db()
    assert carga.estado == "en_proceso"
    assert mover(carga).estado == "por_revisar"


def test_la_pagina_hace_las_mismas_consultas_con_mas_hallazgos(
    regla, enlace, como, django_assert_num_queries, django_assert_max_num_queries
):
    pocos = revisada(regla, por=enlace, contenido=archivo(personas(6), mal=2))
    muchos = revisada(
        regla, por=enlace, contenido=archivo(personas(40, desde=1), mal=30), periodo="anual"
    )
    cliente = como(enlace)
    cliente.get(url(pocos))

    with django_assert_max_num_queries(40) as antes:
        cliente.get(url(pocos))
    with django_assert_num_queries(len(antes)):
        cliente.get(url(muchos))
