"""La cuadrícula: ver sin datos, verlos dejando constancia, corregir, chocar, dejar fuera."""

from __future__ import annotations

import html
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from padron.consultas.filas import contexto_de, filas_de
from padron.models import Correccion, Descarte, Hallazgo
from padron.servicios import correcciones, decisiones
from sibis.bitacora.models import Evento
from sibis.cuentas import roles
from sibis.cuentas.permisos import Permiso
from sibis.nucleo.errores import SinPermiso, TransicionInvalida
from tests.conftest import negar_escrituras
from tests.fabricas.cuentas import con_rol, entrar, que_puede
from tests.padron.arreglos.conftest import ALCALDIA, CURP, NOMBRES, con_fechas_cortas
from tests.padron.carga.archivos import personas

pytestmark = pytest.mark.django_db


def con_alcaldias_malas(cuantas, malas):
    filas = personas(cuantas)
    for fila in filas[:malas]:
        fila[ALCALDIA] = "Ecatepec"
    return filas


@pytest.fixture
def carga(entregada):
    return entregada(con_alcaldias_malas(12, 3))


@pytest.fixture
def enlace(client, casa):
    entrar(client, casa.enlace)
    return client


def url(carga, **consulta):
    base = reverse("admin:padron_filas", args=[carga.pk])
    return base + ("?" + "&".join(f"{c}={v}" for c, v in consulta.items()) if consulta else "")


def edicion(respuesta, fila):
    return re.search(rf'name="e-{fila}" value="([^"]+)"', respuesta.content.decode())[1]


def guardar(cliente, carga, *, datos="si", accion="guardar", **campos):
    return cliente.post(url(carga), {"accion": accion, "datos": datos, **campos})


def en(respuesta):
    return html.unescape(respuesta.content.decode())


# --- ver ----------------------------------------------------------------------------------------


def test_se_ve_sin_datos_personales_y_sin_escribir_nada(enlace, carga):
    persona = personas(1)[0]
    enlace.get(url(carga))  # la sesión se estrena una vez
    with connection.execute_wrapper(negar_escrituras):
        pagina = enlace.get(url(carga))

    texto = en(pagina)
    assert "«Alcaldía» no es una de las 16 alcaldías" in texto
    assert persona[CURP] not in texto
    assert persona[NOMBRES] not in texto
    assert "Ecatepec" in texto  # no es de nadie
    assert "no-store" in pagina["Cache-Control"]


def test_ver_los_datos_deja_constancia(enlace, carga, casa):
    pagina = enlace.post(url(carga), {"accion": "ver", "datos": "si", "ir": "1"})

    assert personas(1)[0][CURP] in en(pagina)
    (lectura,) = Evento.objects.filter(tipo="lectura.carga")
    assert lectura.detalle == {"folio": carga.folio, "donde": "filas", "filas": 3}
    assert lectura.por == casa.enlace.username


def test_quien_no_ve_datos_personales_no_los_ve_aunque_los_pida(client, carga, casa):
    entrar(client, que_puede(Permiso.PADRON_CARGAR, en=casa.dependencia))

    assert "Ver los datos" not in en(client.get(url(carga)))
    respuesta = client.post(url(carga), {"accion": "ver", "datos": "si"})
    assert respuesta.status_code == 403
    assert personas(1)[0][CURP] not in en(respuesta)


def test_la_de_otra_dependencia_no_existe(client, carga):
    entrar(client, con_rol(roles.EnlaceDeDependencia))
    nombres = ("padron_filas", "padron_fallidas", "padron_subir_fallidas", "padron_arreglos")
    for nombre in nombres:
        direccion = reverse(f"admin:{nombre}", args=[carga.pk])
        assert client.get(direccion).status_code == 404
        assert client.post(direccion, {"accion": "guardar"}).status_code == 404
    arreglar = reverse("admin:padron_arreglar_patron", args=[carga.pk])
    assert client.get(arreglar, {"codigo": "curp_forma", "columna": "curp"}).status_code == 404


def test_quien_confirma_la_mira_y_no_la_corrige(client, carga, casa):
    entrar(client, casa.titular)
    pagina = client.get(url(carga))

    assert pagina.status_code == 200
    assert "Guardar lo corregido" not in en(pagina)
    assert guardar(client, carga, **{"e-2": "0-0", "c-2-6": "Iztapalapa"}).status_code == 403
    assert not Correccion.objects.exists()


def test_se_filtra_por_error_por_gravedad_y_por_fila(enlace, entregada):
    filas = con_alcaldias_malas(12, 2)
    filas[5][CURP] = "XX"
    carga = entregada(filas)

    def vistas(**consulta):
        return re.findall(r'data-fila="(\d+)"', en(enlace.get(url(carga, **consulta))))

    assert vistas() == ["2", "3", "7"]
    assert vistas(codigo="alcaldia_desconocida", columna="alcaldia") == ["2", "3"]
    assert vistas(patron="curp_forma|curp") == ["7"]
    assert vistas(ver="bloquea", fila="7") == ["7"]
    assert vistas(fila="4") == []
    assert vistas(ver="fuera") == []
    for basura in ({"fila": "x"}, {"ver": "nada"}, {"patron": "x|y"}, {"desde": "z"}):
        assert vistas(**basura) == ["2", "3", "7"]


def sembrar(carga, cuantas):
    """Más filas que esperan, sin pasar por el motor."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO padron_filaenespera (pasada_id, fila, bloqueada, celdas) "
            "SELECT %(p)s, n, true, celdas FROM generate_series(1000, 999 + %(n)s) n, "
            "(SELECT celdas FROM padron_filaenespera WHERE pasada_id = %(p)s LIMIT 1) una",
            {"p": carga.pasada_id, "n": cuantas},
        )


def test_cincuenta_por_pagina_de_ida_y_vuelta(enlace, carga):
    sembrar(carga, 100)

    def numeros(pagina):
        return [int(n) for n in re.findall(r'data-fila="(\d+)"', en(pagina))]

    primera = enlace.get(url(carga))
    segunda = enlace.get(url(carga, desde=numeros(primera)[-1]))
    tercera = enlace.get(url(carga, desde=numeros(segunda)[-1]))
    assert [len(numeros(p)) for p in (primera, segunda, tercera)] == [50, 50, 3]
    assert "Siguientes" not in en(tercera)
    assert "Anteriores" not in en(primera)
    vuelta = enlace.get(url(carga, hasta=numeros(segunda)[0]))
    assert numeros(vuelta) == numeros(primera)


def test_con_el_doble_de_filas_las_mismas_consultas(enlace, carga):
    def consultas():
        with CaptureQueriesContext(
            connection,
        ) as hechas:
            enlace.get(url(carga))
        return len(hechas)

    enlace.get(url(carga))
    antes = consultas()
    sembrar(carga, 20)
    for fila in range(1000, 1020):
        Hallazgo.objects.create(
            pasada=carga.pasada, fila=fila, columna="curp", codigo="curp_forma", severidad="bloquea"
        )
    assert consultas() == antes


# --- corregir -----------------------------------------------------------------------------------


def test_una_celda_corregida_se_anota_contra_el_archivo_y_la_fila_se_revisa_sola(
    enlace, carga, casa
):
    pagina = guardar(enlace, carga, **{"e-2": "0-0", f"c-2-{ALCALDIA}": "Iztapalapa"})

    (una,) = Correccion.objects.all()
    assert (una.fila, una.lugar, una.crudo, una.nuevo) == (2, ALCALDIA, "Ecatepec", "Iztapalapa")
    assert una.por == casa.enlace
    texto = en(pagina)
    assert "Ya podría entrar" in texto
    assert f"El archivo trae «Ecatepec». Lo cambió {casa.enlace}." in texto
    assert "Se guardó 1 fila" in texto
    assert "Hay correcciones que falta revisar" in texto


def test_si_sigue_mal_lo_dice_en_su_celda(enlace, carga):
    pagina = guardar(enlace, carga, **{"e-2": "0-0", f"c-2-{ALCALDIA}": "Toluca"})

    assert 'aria-describedby="h-c-2-6 k-c-2-6"' in en(pagina)
    assert "Ya podría entrar" not in en(pagina)


def test_lo_que_queda_igual_no_se_anota(enlace, carga):
    persona = con_alcaldias_malas(1, 1)[0]
    campos = {f"c-2-{i}": valor for i, valor in enumerate(persona)}
    pagina = guardar(enlace, carga, **{"e-2": "0-0", **campos})

    assert not Correccion.objects.exists()
    assert "No había nada distinto que guardar" in en(pagina)


def test_dos_personas_en_la_misma_fila_a_una_se_le_dice(enlace, carga):
    vista = enlace.get(url(carga))
    clave = edicion(vista, 2)
    guardar(enlace, carga, **{"e-2": clave, f"c-2-{ALCALDIA}": "Iztapalapa"})

    tarde = guardar(
        enlace,
        carga,
        **{"e-2": clave, f"c-2-{ALCALDIA}": "Tlalpan", "e-3": "0-0", f"c-3-{ALCALDIA}": "Tlalpan"},
    )

    assert tarde.status_code == 409
    texto = en(tarde)
    assert "Alguien cambió la fila 2 mientras la veías" in texto
    assert "Tú escribiste «Tlalpan»." in texto
    # La otra fila de la misma página sí se guardó.
    assert list(Correccion.objects.values_list("fila", "nuevo")) == [
        (2, "Iztapalapa"),
        (3, "Tlalpan"),
    ]


def test_guardar_dos_veces_lo_mismo_no_choca(enlace, carga):
    for _vez in range(2):
        respuesta = guardar(enlace, carga, **{"e-2": "0-0", f"c-2-{ALCALDIA}": "Iztapalapa"})
        assert respuesta.status_code == 200
    assert Correccion.objects.count() == 1


def test_una_fila_sola_responde_solo_su_fila(enlace, carga):
    respuesta = guardar(
        enlace, carga, accion="fila", **{"fila": "2", "e-2": "0-0", f"c-2-{ALCALDIA}": "Iztapalapa"}
    )

    texto = en(respuesta).strip()
    assert texto.startswith("<tr")
    assert "Ya podría entrar" in texto
    assert "<html" not in texto


@pytest.mark.parametrize(
    "campos",
    [
        {"c-2-999": "x"},
        {"c-2-6": "x" * 10_001},
        {"c-99999-6": "x"},
        {"c-x-y": "x"},
        {"e-999": "0-0", "c-999-6": "x"},
    ],
)
def test_lo_que_no_puede_ser_se_dice_y_no_se_guarda(enlace, carga, campos):
    respuesta = guardar(enlace, carga, **{"e-2": "0-0", **campos})

    assert respuesta.status_code in (200, 409)
    assert not Correccion.objects.exists()


def test_lo_tecleado_como_formula_se_guarda_como_texto_y_avisa(enlace, entregada):
    carga = entregada(con_alcaldias_malas(5, 1))
    guardar(enlace, carga, **{"e-2": "0-0", "c-2-7": "=cmd|'/c calc'!A1"})
    (fila,) = filas_de(contexto_de(carga), [2])
    assert fila.celda(7) == "=cmd|'/c calc'!A1"
    assert [h.codigo for h in contexto_de(carga).revisar([fila])[2] if h.columna == "folio"] == [
        "formula"
    ]


def test_una_celda_de_varios_renglones_no_cambia_por_verla(enlace, entregada):
    filas = con_alcaldias_malas(5, 1)
    filas[0][NOMBRES] = "Rosa\nMaría"
    carga = entregada(filas)
    pagina = enlace.post(url(carga), {"accion": "ver", "datos": "si"})
    assert "<textarea" in en(pagina)

    guardar(enlace, carga, **{"e-2": "0-0", f"c-2-{NOMBRES}": "Rosa\r\nMaría"})
    assert not Correccion.objects.exists()


# --- dejar fuera --------------------------------------------------------------------------------


def test_una_fila_se_deja_fuera_con_su_porque_y_puede_volver(enlace, carga, casa):
    pagina = guardar(enlace, carga, **{"e-2": "0-0", "fuera-2": "1", "motivo-2": "Se mudó."})

    assert f"Fuera: Se mudó. ({casa.enlace})" in en(pagina)
    clave = edicion(pagina, 2)
    guardar(enlace, carga, **{"e-2": clave, "vuelve-2": "1"})
    assert list(Descarte.objects.values_list("fuera", flat=True)) == [True, False]


@pytest.mark.parametrize("motivo", ["", "   ", "x" * 201, "Es la CLABE 012180001234567897"])
def test_sin_un_porque_que_se_pueda_escribir_no_se_deja_fuera(enlace, carga, motivo):
    respuesta = guardar(enlace, carga, **{"e-2": "0-0", "fuera-2": "1", "motivo-2": motivo})

    assert respuesta.status_code == 409
    assert not Descarte.objects.exists()


# --- cuándo -------------------------------------------------------------------------------------


def test_presentada_se_mira_y_no_se_corrige(enlace, entregada, casa):
    carga = entregada(con_alcaldias_malas(12, 3))
    decisiones.presentar(carga, por=casa.enlace)

    pagina = enlace.get(url(carga))
    assert "se mira y no se corrige" in en(pagina)
    respuesta = guardar(enlace, carga, **{"e-2": "0-0", "c-2-6": "Iztapalapa"})
    assert respuesta.status_code == 200
    assert not Correccion.objects.exists()
    with pytest.raises(TransicionInvalida):
        correcciones.guardar_filas(
            carga, {2: correcciones.Pedido("0-0", {6: "Iztapalapa"})}, por=casa.enlace
        )


def test_solo_quien_carga_guarda(carga, casa):
    with pytest.raises(SinPermiso):
        correcciones.guardar_filas(
            carga, {2: correcciones.Pedido("0-0", {6: "Iztapalapa"})}, por=casa.titular
        )


def test_revisar_de_nuevo_desde_la_cuadricula(enlace, carga):
    guardar(enlace, carga, **{"e-2": "0-0", f"c-2-{ALCALDIA}": "Iztapalapa"})
    respuesta = enlace.post(url(carga), {"accion": "revisar"})

    assert respuesta.status_code == 302
    carga.refresh_from_db()
    assert carga.estado == "en_proceso"


# --- las páginas de arreglos --------------------------------------------------------------------


def arreglar(carga, **consulta):
    base = reverse("admin:padron_arreglar_patron", args=[carga.pk])
    datos = {"codigo": "fecha_anio_corto", "columna": "fecha_nacimiento", "forma": "99/99/99"}
    return base + "?" + "&".join(f"{c}={v}" for c, v in {**datos, **consulta}.items())


def test_la_pagina_de_un_patron_ensena_que_cambiaria_sin_datos_y_sin_escribir(enlace, entregada):
    carga = entregada(con_fechas_cortas(12, 4))
    corta = con_fechas_cortas(12, 4)[0][4]
    enlace.get(arreglar(carga))
    with connection.execute_wrapper(negar_escrituras):
        pagina = enlace.get(arreglar(carga, receta="fecha_con_siglo", siglo="1900"))

    texto = en(pagina)
    assert "Arreglar 4 filas" in texto
    assert "9999-99-99" in texto
    assert corta not in texto


def test_la_pagina_de_un_patron_ensena_los_datos_si_se_piden_y_lo_anota(enlace, entregada):
    carga = entregada(con_fechas_cortas(12, 4))
    pagina = enlace.post(
        arreglar(carga), {"accion": "ver", "receta": "fecha_con_siglo", "siglo": "1900"}
    )

    assert con_fechas_cortas(12, 4)[0][4] in en(pagina)
    assert Evento.objects.filter(tipo="lectura.carga", detalle__donde="arreglo").count() == 1


def test_se_arregla_desde_la_pagina(enlace, entregada, django_capture_on_commit_callbacks):
    carga = entregada(con_fechas_cortas(12, 4))
    with django_capture_on_commit_callbacks(execute=True):
        respuesta = enlace.post(
            arreglar(carga), {"accion": "aplicar", "receta": "fecha_con_siglo", "siglo": "1900"}
        )

    assert respuesta.status_code == 302
    carga.refresh_from_db()
    assert (carga.estado, carga.con_error) == ("por_revisar", 0)
    pagina = en(enlace.get(reverse("admin:padron_arreglos", args=[carga.pk])))
    assert "Completar el año con su siglo" in pagina
    assert "Deshacer" in pagina


@pytest.mark.parametrize(
    "consulta",
    [
        {"receta": "fecha_con_siglo", "siglo": "1800"},
        {"receta": "fecha_con_siglo"},
    ],
)
def test_un_parametro_que_no_es_de_la_lista_se_dice(enlace, entregada, consulta):
    carga = entregada(con_fechas_cortas(12, 4))
    assert enlace.get(arreglar(carga, **consulta)).status_code == 422
    datos = {"accion": "aplicar", **consulta}
    assert enlace.post(arreglar(carga), datos).status_code == 422
    assert not Correccion.objects.exists()


@pytest.mark.parametrize(
    "consulta",
    [{"receta": "no_existe"}, {"receta": "letra_m", "es": "mujer"}, {"forma": "%00"[:2]}],
)
def test_un_arreglo_que_no_es_de_ese_patron_no_se_ofrece(enlace, entregada, consulta):
    carga = entregada(con_fechas_cortas(12, 4))
    pagina = enlace.get(arreglar(carga, **consulta))
    assert pagina.status_code == 200
    assert 'id="previa"' not in en(pagina)


def test_un_codigo_que_no_existe_es_404(enlace, entregada):
    carga = entregada(con_fechas_cortas(12, 4))
    assert enlace.get(arreglar(carga, codigo="nada")).status_code == 404


def test_lo_recordado_se_aplica_con_un_clic(enlace, entregada, django_capture_on_commit_callbacks):
    una = entregada(con_fechas_cortas(12, 4))
    with django_capture_on_commit_callbacks(execute=True):
        enlace.post(
            arreglar(una), {"accion": "aplicar", "receta": "fecha_con_siglo", "siglo": "1900"}
        )
    otra = entregada(con_fechas_cortas(12, 3, semilla=2), periodo="t2")
    direccion = reverse("admin:padron_arreglos", args=[otra.pk])
    pagina = en(enlace.get(direccion))
    assert "La vez pasada lo arreglaste así" in pagina
    (receta,) = re.findall(r'name="receta" value="(\d+)" checked', pagina)

    with django_capture_on_commit_callbacks(execute=True):
        enlace.post(direccion, {"accion": "aplicar", "receta": receta})
    otra.refresh_from_db()
    assert otra.con_error == 0

    with django_capture_on_commit_callbacks(execute=True):
        enlace.post(direccion, {"accion": "deshacer", "receta": receta})
    otra.refresh_from_db()
    assert otra.con_error == 3
    enlace.post(direccion, {"accion": "olvidar", "receta": receta})
    assert "La vez pasada" in en(enlace.get(direccion))
    assert f'value="{receta}" checked' not in en(enlace.get(direccion))


@pytest.mark.parametrize("accion", ["deshacer", "olvidar", "nada", ""])
def test_una_receta_que_no_es_suya_no_existe(enlace, carga, accion):
    direccion = reverse("admin:padron_arreglos", args=[carga.pk])
    assert enlace.post(direccion, {"accion": accion, "receta": "9" * 30}).status_code == 404
