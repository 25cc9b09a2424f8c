"""El calendario público: la página y el archivo dicen lo mismo, y el archivo lo entiende cualquiera."""

from __future__ import annotations

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar

from programas.consultas.calendario import calendario_ics, sucesos
from tests.fabricas import programas as f
from tests.fabricas.ciudadania import SuscripcionFactory
from tests.fabricas.territorio import AlcaldiaFactory

pytestmark = pytest.mark.django_db
ICS, PAGINA = "/calendario.ics", "/calendario/"
UN_DIA = datetime.timedelta(days=1)


@pytest.fixture
def fechas(programa):
    """Abre en dos días a las nueve, cierra en diez a las 23:59:59, y se entrega tres días después."""
    hoy = timezone.localdate()

    def a_las(dias: int, hora: datetime.time) -> datetime.datetime:
        return timezone.make_aware(datetime.datetime.combine(hoy + dias * UN_DIA, hora))

    f.ConvocatoriaFactory(
        programa=programa,
        nombre="Primera convocatoria",
        abre=a_las(2, datetime.time(9)),
        cierra=a_las(10, datetime.time(23, 59, 59)),
        como="Trae tu acta; acta, y «copia»\ncon salto de renglón.",
    )
    f.FechaDeEntregaFactory(
        programa=programa, desde=hoy + 13 * UN_DIA, hasta=hoy + 15 * UN_DIA, lugar="Módulo 4"
    )
    return hoy


def eventos(contenido: bytes) -> dict[str, object]:
    archivo = Calendar.from_ical(contenido)
    return {str(e["SUMMARY"]): e for e in archivo.walk("VEVENT")}


def test_el_archivo_trae_apertura_ultimo_dia_y_entrega_con_su_hora(visitante, fechas):
    respuesta = visitante.get(ICS)
    hallados = eventos(respuesta.content)

    assert respuesta["Content-Type"] == "text/calendar; charset=utf-8"
    assert set(hallados) == {"Abre: Mi Beca", "Último día: Mi Beca", "Entrega: Mi Beca"}
    abre = hallados["Abre: Mi Beca"]["DTSTART"]
    assert abre.params["TZID"] == "America/Mexico_City"
    assert abre.dt.hour == 9
    cierra = hallados["Último día: Mi Beca"]
    assert cierra["DTSTART"].dt == fechas + 10 * UN_DIA
    entrega = hallados["Entrega: Mi Beca"]
    assert (entrega["DTSTART"].dt, entrega["DTEND"].dt) == (
        fechas + 13 * UN_DIA,
        fechas + 16 * UN_DIA,
    )
    assert str(entrega["LOCATION"]) == "Módulo 4"


def test_el_archivo_cumple_la_norma(visitante, fechas):
    """RFC 5545: renglones de 75 octetos, CRLF, zona horaria, sello UTC y llaves únicas."""
    contenido = visitante.get(ICS).content

    renglones = contenido.split(b"\r\n")
    assert max(map(len, renglones)) <= 75
    assert contenido.count(b"\n") == contenido.count(b"\r\n")
    archivo = Calendar.from_ical(contenido)
    assert [str(z["TZID"]) for z in archivo.walk("VTIMEZONE")] == ["America/Mexico_City"]
    for evento in archivo.walk("VEVENT"):
        assert evento["DTSTAMP"].to_ical().endswith(b"Z")
    llaves = [str(e["UID"]) for e in archivo.walk("VEVENT")]
    assert len(set(llaves)) == len(llaves) == 3


def test_la_misma_fecha_conserva_su_llave_aunque_se_corra(programa, fechas):
    antes = {s.llave for s in sucesos(None)}
    convocatoria = programa.convocatorias.get()
    convocatoria.abre += UN_DIA
    convocatoria.save()

    assert {s.llave for s in sucesos(None)} == antes


def test_con_los_mismos_datos_da_los_mismos_bytes_y_contesta_304(visitante, fechas, programa):
    primera = visitante.get(ICS)
    segunda = visitante.get(ICS, headers={"if-none-match": primera["ETag"]})
    assert (segunda.status_code, segunda.content) == (304, b"")

    convocatoria = programa.convocatorias.get()
    convocatoria.nombre = "Otra"
    convocatoria.save()
    tercera = visitante.get(ICS, headers={"if-none-match": primera["ETag"]})
    assert tercera.status_code == 200


def test_el_archivo_y_la_pagina_dicen_lo_mismo(visitante, fechas):
    pagina = visitante.get(PAGINA).content.decode()

    assert pagina.count('class="suceso ') == len(eventos(visitante.get(ICS).content)) == 3


def test_los_dias_de_la_semana_van_como_en_cada_idioma(visitante, fechas):
    def dias(ruta: str) -> list[str]:
        return re.findall(r"</time> <span>(\w+)</span>", visitante.get(ruta).content.decode())

    assert dias("/calendario/")
    assert all(d.islower() for d in dias("/calendario/"))
    assert all(d.istitle() for d in dias("/en/calendario/"))


def test_los_filtros_son_los_del_buscador(visitante, fechas):
    mayores, salud = (
        f.GrupoPrioritarioFactory(clave="mayores"),
        f.DerechoSocialFactory(clave="salud"),
    )
    tlalpan = AlcaldiaFactory(clave="09012")
    regla = f.en_portal(
        programa__nombre="Otro", grupos=[mayores], derechos=[salud], alcaldias=[tlalpan]
    )
    f.FechaDeEntregaFactory(programa=regla.programa, desde=fechas + UN_DIA)

    def cuantas(**filtros: str) -> int:
        return len(eventos(visitante.get(ICS, filtros).content))

    assert cuantas() == 4
    assert cuantas(programa="mi-beca") == 3
    assert cuantas(grupo="mayores") == cuantas(derecho="salud") == 1
    assert cuantas(dependencia=regla.dependencia.clave) == 1
    assert cuantas(alcaldia="09012") == 4  # los de toda la ciudad también le tocan
    assert cuantas(grupo="mayores", programa="mi-beca") == 0


@pytest.mark.parametrize("ruta", [ICS, PAGINA])
@pytest.mark.parametrize("valor", ["no-existe", "\x00", "x" * 5_000, "'; --", "🤖"])
@pytest.mark.parametrize("filtro", ["programa", "grupo", "alcaldia"])
def test_un_filtro_que_no_existe_se_dice(visitante, ruta, filtro, valor):
    assert visitante.get(ruta, {filtro: valor}).status_code == 400


def test_sin_fechas_la_pagina_invita_y_el_archivo_esta_vacio(visitante, programa):
    assert "No hay fechas publicadas" in visitante.get(PAGINA).content.decode()
    archivo = Calendar.from_ical(visitante.get(ICS).content)
    assert archivo.walk("VEVENT") == []


def test_lo_que_no_esta_en_el_portal_no_sale_en_el_calendario(visitante):
    f.FechaDeEntregaFactory(desde=timezone.localdate())

    assert eventos(visitante.get(ICS).content) == {}
    assert "No hay fechas publicadas" in visitante.get(PAGINA).content.decode()


def test_lo_inventado_lo_dice(visitante, programa):
    f.ConvocatoriaFactory(programa=programa, es_demostracion=True, abre=timezone.now() + UN_DIA)

    assert "Fecha inventada para la demostración" in visitante.get(ICS).content.decode().replace(
        "\r\n ", ""
    )
    assert 'class="demo"' in visitante.get(PAGINA).content.decode()


@pytest.mark.parametrize(
    ("modo", "titulo"),
    [("lista_de_espera", "Abre la lista de espera: Mi Beca"), ("pausada", "En pausa: Mi Beca")],
)
def test_lo_que_no_recibe_solicitudes_no_dice_que_abre(programa, modo, titulo):
    f.ConvocatoriaFactory(programa=programa, modo=modo, cierra=None)

    assert list(eventos(calendario_ics(None, nombre="x"))) == [titulo]


def test_un_cierre_a_medianoche_es_el_dia_anterior(programa):
    """Lo que cierra a las 00:00 del 5 se pide hasta el 4, en hora de la Ciudad."""
    zona = timezone.get_default_timezone()
    f.ConvocatoriaFactory(
        programa=programa,
        abre=datetime.datetime(2025, 3, 1, tzinfo=zona),
        cierra=datetime.datetime(2025, 3, 5, tzinfo=zona),
    )
    cierre = next(s for s in sucesos(None) if s.clase == "cierra")

    assert cierre.dia == datetime.date(2025, 3, 4)


def consultas_de(visitante, ruta: str) -> int:
    with CaptureQueriesContext(connection) as hechas:
        assert visitante.get(ruta).status_code == 200
    return len(hechas)


@pytest.mark.parametrize("ruta", [ICS, PAGINA])
def test_el_doble_de_fechas_no_hace_mas_consultas(visitante, ruta):
    def sembrar(cuantas: int) -> None:
        for _ in range(cuantas):
            regla = f.en_portal()
            f.ConvocatoriaFactory(programa=regla.programa, abre=timezone.now() + UN_DIA)
            f.FechaDeEntregaFactory(programa=regla.programa, desde=timezone.localdate())

    sembrar(3)
    con_pocas = consultas_de(visitante, ruta)
    sembrar(3)
    assert consultas_de(visitante, ruta) == con_pocas


def test_el_de_una_suscripcion_trae_solo_lo_suyo(visitante, fechas, programa):
    ajena = f.en_portal(programa__nombre="Otro")
    f.FechaDeEntregaFactory(programa=ajena.programa, desde=fechas + UN_DIA)
    SuscripcionFactory(confirmada=True, programa=programa, calendario="secreta")
    SuscripcionFactory(programa=programa, calendario="sin-confirmar")

    suyo = visitante.get("/avisos/calendario.ics?llave=secreta")

    assert len(eventos(suyo.content)) == 3
    assert visitante.get("/avisos/calendario.ics?llave=sin-confirmar").status_code == 404
    assert visitante.get("/avisos/calendario.ics?llave=inventada").status_code == 404
