"""Las páginas del panel: quién ve qué, lo que se escribe mal, y que leer a una persona quede dicho."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from padron.consultas.hoja_de_jornada import url_de
from padron.models import Entrega
from padron.servicios import lotes_de_entregas as lotes
from sibis.bitacora.models import Evento
from sibis.cuentas.permisos import Permiso
from sibis.cuentas.roles import Analista, EnlaceDeDependencia, TitularQueFirma
from tests.fabricas.cuentas import con_rol, que_puede
from tests.fabricas.entregas import hace
from tests.padron.entregas.escenas import cuentas_guardadas, curp_de, escena
from tests.padron.entregas.paginas import como, de, texto

pytestmark = pytest.mark.django_db


RAROS = ["", "\x00", "a" * 5_000, "999999999999999999999", "-1", "🏛️", "<script>", "\ud7ff\u202e"]


def paginas(suya) -> list[tuple[str, str, dict]]:
    lote = lotes.preparar(
        suya.jornada, que="todas_menos", fecha=hace(1), claves=[], por=suya.enlace
    )
    j, r = suya.jornada, suya.registros[0]
    anotar = {"registro": r.pk, "carga": r.carga_id, "visto": 0, "paso": "entregar"}
    return [
        ("get", url_de(j), {}),
        ("get", de(j, "jornada_cambiar"), {}),
        ("get", de(j, "jornada_paso", "cancelar"), {}),
        ("post", de(j, "jornada_contar"), {}),
        ("post", de(j, "jornada_persona"), {"clave": "F-0000"}),
        ("post", de(j, "jornada_anotar"), anotar),
        ("post", de(j, "jornada_lista"), {"formato": "csv"}),
        ("get", de(j, "lote_nuevo"), {}),
        ("get", de(j, "lote_de_entregas", lote.pk), {}),
        ("post", de(j, "lote_acto", lote.pk, "confirmar"), {}),
        ("post", de(j, "lote_deshacer", lote.pk), {"motivo": "x"}),
    ]


@pytest.mark.parametrize("rol", [EnlaceDeDependencia, TitularQueFirma, Analista])
def test_lo_de_otra_dependencia_no_existe(rol):
    suya = escena()
    cliente = como(con_rol(rol))
    antes = cuentas_guardadas(suya.jornada)
    for metodo, url, datos in paginas(suya):
        respuesta = getattr(cliente, metodo)(url, datos)
        assert respuesta.status_code in {403, 404}, url
        assert "PERSONA" not in texto(respuesta)
    assert not Entrega.objects.exists()
    assert cuentas_guardadas(suya.jornada) == antes


def test_todas_las_paginas_abren_a_su_enlace():
    suya = escena()
    cliente = como(suya.enlace)
    for metodo, url, datos in paginas(suya):
        assert getattr(cliente, metodo)(url, datos).status_code in {200, 302, 422}, url


def test_sin_facultad_de_ver_personas_no_se_buscan_ni_se_descargan():
    suya = escena()
    cliente = como(que_puede(Permiso.PADRON_CARGAR, en=suya.carga.dependencia))
    assert cliente.post(de(suya.jornada, "jornada_persona"), {"clave": "F-0000"}).status_code == 403
    assert cliente.post(de(suya.jornada, "jornada_lista")).status_code == 403
    assert "Buscar a la persona" not in texto(cliente.get(url_de(suya.jornada)))


def test_la_titular_mira_y_no_anota():
    suya = escena()
    cliente = como(suya.titular)
    pagina = texto(cliente.get(url_de(suya.jornada)))
    assert "Anotar muchas" not in pagina
    hallada = cliente.post(de(suya.jornada, "jornada_persona"), {"clave": "F-0000"})
    assert hallada.status_code == 200
    assert 'name="paso"' not in texto(hallada)


def test_buscar_a_una_persona_queda_escrito_y_no_va_en_la_direccion():
    suya = escena()
    cliente = como(suya.enlace)
    for clave in ("F-0003", "f-0003", curp_de(3)):
        respuesta = cliente.post(de(suya.jornada, "jornada_persona"), {"clave": clave})
        assert "ÑÁÑEZ" in texto(respuesta)
        assert "no-store" in respuesta["Cache-Control"]
    lecturas = Evento.objects.filter(tipo="lectura.entrega")
    assert [e.detalle["registros"] for e in lecturas] == [[suya.registros[3].pk]] * 3
    assert cliente.get(de(suya.jornada, "jornada_persona")).status_code == 302


def test_quien_no_esta_se_dice_y_no_es_una_lectura():
    suya = escena()
    respuesta = como(suya.enlace).post(de(suya.jornada, "jornada_persona"), {"clave": "F-9999"})
    assert respuesta.status_code == 422
    assert "no hay nadie" in texto(respuesta)
    assert not Evento.objects.filter(tipo="lectura.entrega").exists()


def lo_que_manda(suya, n=0, **cambios):
    registro = suya.registros[n]
    datos = {
        "registro": registro.pk,
        "carga": registro.carga_id,
        "visto": 0,
        "paso": "entregar",
        "fecha": hace(1).isoformat(),
        "monto": "600.00",
        "recibe": "titular",
        "motivo": "",
    }
    return datos | cambios


def test_anotar_desde_la_pagina():
    suya = escena()
    cliente = como(suya.enlace)
    respuesta = cliente.post(de(suya.jornada, "jornada_anotar"), lo_que_manda(suya, recibe="tutor"))
    assert respuesta.status_code == 302
    assert Entrega.objects.get().recibe == "tutor"
    pagina = texto(cliente.get(url_de(suya.jornada)))
    assert "Entregada" in pagina
    assert "ÁVILA" not in pagina


@pytest.mark.parametrize(
    ("cambios", "codigo", "dicho"),
    [
        ({"fecha": ""}, 422, "obligatorio"),
        ({"fecha": "9999-12-31"}, 422, "otro siglo"),
        ({"paso": "volar"}, 422, "opción"),
        ({"monto": "700"}, 409, "escribe por qué"),
        ({"monto": "NaN"}, 422, "número"),
        ({"fecha": "2100-01-01"}, 409, "posterior a hoy"),
        ({"visto": 3}, 409, "cambió mientras"),
        ({"recibe": "nadie"}, 422, "opción"),
    ],
)
def test_lo_mal_escrito_se_dice_y_no_se_anota(cambios, codigo, dicho):
    suya = escena()
    respuesta = como(suya.enlace).post(
        de(suya.jornada, "jornada_anotar"), lo_que_manda(suya, **cambios)
    )
    assert respuesta.status_code == codigo
    assert dicho in texto(respuesta)
    assert not Entrega.objects.exists()


@pytest.mark.parametrize("raro", RAROS)
def test_nada_de_lo_que_se_mande_da_un_500(raro):
    suya = escena()
    cliente = como(suya.enlace)
    lote = lotes.preparar(
        suya.jornada, que="todas_menos", fecha=hace(1), claves=[], por=suya.enlace
    )
    todos = dict.fromkeys((*lo_que_manda(suya), "que", "lista", "clave", "desde", "grupos"), raro)
    todos |= {"programa": raro, "ejercicio": raro, "primer_dia": raro, "centro": raro, "ver": "1"}
    buenos = lo_que_manda(suya, motivo=raro)
    for url, datos in (
        (de(suya.jornada, "jornada_persona"), todos),
        (de(suya.jornada, "jornada_anotar"), todos),
        (de(suya.jornada, "jornada_anotar"), buenos),
        (de(suya.jornada, "lote_nuevo"), todos),
        (de(suya.jornada, "jornada_cambiar"), todos),
        (de(suya.jornada, "jornada_paso", "cancelar"), {"motivo": raro}),
        (de(suya.jornada, "lote_deshacer", lote.pk), {"motivo": raro}),
        (reverse("admin:padron_jornadadeentrega_add"), todos),
    ):
        assert cliente.post(url, datos).status_code < 500, url


@pytest.mark.parametrize("pk", ["0", "999999999999999999999", "abc"])
def test_una_jornada_que_no_existe(pk):
    suya = escena()
    url = url_de(suya.jornada).replace(f"/{suya.jornada.pk}/", f"/{pk}/")
    assert como(suya.enlace).get(url).status_code == 404


def test_la_lista_no_trae_formulas_y_queda_escrito_quien_la_bajo():
    suya = escena(1, registro={"apoyo": "=cmd|' /C calc'!A0"})
    cliente = como(suya.enlace)
    en_csv = cliente.post(de(suya.jornada, "jornada_lista"), {"formato": "csv"})
    contenido = b"".join(en_csv.streaming_content).decode("utf-8-sig")
    assert "ÁVILA" in contenido
    assert ",=cmd" not in contenido

    en_hoja = cliente.post(de(suya.jornada, "jornada_lista"), {"formato": "xlsx"})
    libro = zipfile.ZipFile(io.BytesIO(b"".join(en_hoja.streaming_content)))
    hoja = libro.read("xl/worksheets/sheet1.xml").decode()
    assert "=cmd" in hoja
    assert "<f>" not in hoja
    assert Evento.objects.filter(tipo="lectura.lista_de_entrega").count() == 2
    assert "ÁVILA" not in en_csv["Content-Disposition"]


def test_la_lista_dice_que_se_anoto_y_va_por_letra():
    suya = escena()
    cliente = como(suya.enlace)
    cliente.post(de(suya.jornada, "jornada_anotar"), lo_que_manda(suya, 4))
    contenido = b"".join(
        cliente.post(de(suya.jornada, "jornada_lista"), {"formato": "csv"}).streaming_content
    ).decode("utf-8-sig")
    renglones = [r.split(",") for r in contenido.splitlines()[1:]]
    assert [r[2] for r in renglones] == ["ÁVILA", "BENÍTEZ", "LÓPEZ", "ÑÁÑEZ", "ORTIZ", "ZÁRATE"]
    assert renglones[4][8] == "entregada"


def test_la_pagina_hace_las_mismas_consultas_con_el_doble():
    def consultas(cuantos):
        suya = escena(cuantos)
        lote = lotes.preparar(
            suya.jornada, que="todas_menos", fecha=hace(1), claves=[], por=suya.enlace
        )
        lotes.confirmar(lote, por=suya.enlace)
        cliente = como(suya.enlace)
        cliente.get(url_de(suya.jornada))
        with CaptureQueriesContext(connection) as hechas:
            assert cliente.get(url_de(suya.jornada)).status_code == 200
        return len(hechas)

    assert consultas(5) == consultas(10)
