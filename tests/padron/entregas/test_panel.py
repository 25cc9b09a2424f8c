"""Las páginas del panel: quién ve qué, lo que se escribe mal, y que leer a una persona quede dicho."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from padron.consultas.hoja_de_jornada import url_de
from padron.models import Entrega, JornadaDeEntrega, LoteDeEntregas
from padron.servicios import lotes_de_entregas as lotes
from programas.models import FechaDeEntrega
from sibis.bitacora.models import Evento
from sibis.cuentas.permisos import Permiso
from sibis.cuentas.roles import Analista, EnlaceDeDependencia, TitularQueFirma
from tests.fabricas.cuentas import con_rol, entrar, que_puede
from tests.fabricas.entregas import InstrumentoDeEntregaFactory, JornadaDeEntregaFactory, hace
from tests.fabricas.territorio import CentroFactory
from tests.padron.entregas.escenas import cuentas_en_sql, cuentas_guardadas, curp_de, escena

pytestmark = pytest.mark.django_db
RAROS = ["", "\x00", "a" * 5_000, "999999999999999999999", "-1", "🏛️", "<script>", "\ud7ff\u202e"]


def como(quien) -> Client:
    cliente = Client()
    entrar(cliente, quien)
    return cliente


def de(jornada, nombre, *args) -> str:
    return reverse(f"admin:padron_{nombre}", args=[jornada.pk, *args])


def texto(respuesta) -> str:
    return respuesta.content.decode()


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


def crear(suya, **cambios):
    datos = {
        "programa": suya.carga.programa_id,
        "ejercicio": suya.carga.ejercicio,
        "primer_dia": "2025-06-02",
        "grupos": 3,
        "dias": 1,
        "instrumento": InstrumentoDeEntregaFactory().pk,
        "centro": CentroFactory(nombre="PILARES Inventado").clave,
    }
    return datos | cambios


def test_planear_primero_se_ve_y_despues_se_crea():
    suya = escena()
    cliente, url = como(suya.enlace), reverse("admin:padron_jornadadeentrega_add")
    previa = cliente.post(url, crear(suya, ver="1"))
    assert "Así quedaría" in texto(previa)
    assert JornadaDeEntrega.objects.count() == 1

    assert cliente.post(url, crear(suya, crear="1")).status_code == 302
    nuevas = JornadaDeEntrega.objects.exclude(pk=suya.jornada.pk).order_by("desde")
    assert [j.estado for j in nuevas] == ["planeada"] * 3
    assert sum(j.esperadas for j in nuevas) == 6
    assert {j.desde.weekday() < 5 for j in nuevas} == {True}


@pytest.mark.parametrize(
    ("cambios", "dicho"),
    [
        ({"centro": "no existe"}, "No hay un centro"),
        ({"centro": ""}, "uno de los dos"),
        ({"lugar": "El kiosco"}, "uno de los dos"),
        ({"grupos": 28}, "27"),
        ({"tardia_desde": "2025-07-01"}, "de qué día a qué día"),
        ({"programa": 0}, "Programa"),
    ],
)
def test_planear_mal_se_dice(cambios, dicho):
    suya = escena()
    url = reverse("admin:padron_jornadadeentrega_add")
    respuesta = como(suya.enlace).post(url, crear(suya, crear="1", **cambios))
    assert respuesta.status_code == 422
    assert dicho in texto(respuesta)
    assert JornadaDeEntrega.objects.count() == 1


def test_un_nombre_de_centro_que_es_de_varios_dice_cuales():
    suya = escena()
    CentroFactory(nombre="PILARES Norte", clave="pilares-norte")
    CentroFactory(nombre="PILARES Norponiente", clave="pilares-norponiente")
    url = reverse("admin:padron_jornadadeentrega_add")
    respuesta = como(suya.enlace).post(url, crear(suya, crear="1", centro="PILARES Nor"))
    assert "pilares-norponiente" in texto(respuesta)


def test_el_programa_de_otra_dependencia_no_se_puede_planear():
    suya, otra = escena(), escena()
    url = reverse("admin:padron_jornadadeentrega_add")
    respuesta = como(suya.enlace).post(url, crear(suya, crear="1", programa=otra.carga.programa_id))
    assert respuesta.status_code == 422


def test_publicar_cambiar_y_cancelar_desde_la_pagina():
    suya = escena()
    jornada = JornadaDeEntregaFactory(
        programa=suya.carga.programa, dependencia=suya.carga.dependencia, desde=hace(-5)
    )
    cliente = como(suya.enlace)
    assert cliente.post(de(jornada, "jornada_paso", "publicar")).status_code == 302
    assert cliente.post(de(jornada, "jornada_paso", "publicar")).status_code == 422
    datos = {
        "desde": hace(-6).isoformat(),
        "hasta": hace(-6).isoformat(),
        "letra_desde": "A",
        "letra_hasta": "Z",
        "instrumento": jornada.instrumento_id,
        "lugar": "El kiosco",
    }
    assert cliente.post(de(jornada, "jornada_cambiar"), datos).status_code == 302
    assert FechaDeEntrega.objects.filter(lugar="El kiosco", desde=hace(-6)).exists()
    malos = datos | {"letra_desde": "Z", "letra_hasta": "A"}
    respuesta = cliente.post(de(jornada, "jornada_cambiar"), malos)
    assert "La última letra va antes" in texto(respuesta)
    assert cliente.post(de(jornada, "jornada_paso", "cancelar")).status_code == 422
    cancelada = cliente.post(de(jornada, "jornada_paso", "cancelar"), {"motivo": "Lluvia."})
    assert cancelada.status_code == 302
    assert cliente.get(de(jornada, "jornada_paso", "volar")).status_code == 404


def test_un_lote_de_la_lista_pegada_a_lo_anotado_y_deshacerlo():
    suya = escena()
    enlace, titular = como(suya.enlace), como(suya.titular)
    datos = {"que": "todas_menos", "fecha": hace(1).isoformat(), "lista": "F-0001\nNADIE"}
    previa = enlace.post(de(suya.jornada, "lote_nuevo"), datos, follow=True)
    assert "Se anotarían 6 personas" in texto(previa)
    assert "F-0001" not in texto(previa)

    lote = LoteDeEntregas.objects.get()
    hecho = enlace.post(de(suya.jornada, "lote_acto", lote.pk, "confirmar"), follow=True)
    assert "Se hicieron 6 anotaciones" in texto(hecho)

    enlace.post(de(suya.jornada, "lote_deshacer", lote.pk), {"motivo": "Otra jornada."})
    vuelta = LoteDeEntregas.objects.get(origen=lote)
    enlace.post(de(suya.jornada, "lote_acto", vuelta.pk, "confirmar"))
    suyo = de(suya.jornada, "lote_de_entregas", vuelta.pk)
    assert "Confirmar la devolución" not in texto(enlace.get(suyo))
    assert "Confirmar la devolución" in texto(titular.get(suyo))
    titular.post(de(suya.jornada, "lote_acto", vuelta.pk, "confirmar-devolucion"))
    assert suya.fresca().monto_neto == 0
    assert cuentas_guardadas(suya.jornada) == cuentas_en_sql(suya.jornada)


@pytest.mark.parametrize(
    ("contenido", "codigo"),
    [(b"F-0001\r\nF-0002", 302), ("F-0001,Ñ".encode("cp1252"), 302), (b"PK\x03\x04\x00", 422)],
)
def test_un_lote_desde_un_archivo(contenido, codigo):
    suya = escena()
    archivo = io.BytesIO(contenido)
    archivo.name = "lista.csv"
    datos = {"que": "entregar_lista", "fecha": hace(1).isoformat(), "archivo": archivo}
    assert como(suya.enlace).post(de(suya.jornada, "lote_nuevo"), datos).status_code == codigo


def test_un_paso_de_lote_que_no_existe_o_de_otra_jornada():
    suya, otra = escena(), escena()
    lote = lotes.preparar(
        suya.jornada, que="todas_menos", fecha=hace(1), claves=[], por=suya.enlace
    )
    cliente = como(suya.enlace)
    assert cliente.post(de(suya.jornada, "lote_acto", lote.pk, "volar")).status_code == 404
    assert cliente.get(de(otra.jornada, "lote_de_entregas", lote.pk)).status_code == 404
    assert cliente.get(de(suya.jornada, "lote_acto", lote.pk, "confirmar")).status_code == 405


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
