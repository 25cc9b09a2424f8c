"""cargar_centros: de la hoja de una dependencia al mapa; lo bueno entra, cada fila mala dice por qué."""

import json

import pytest
from django.core.management import call_command

from sibis.nucleo.errores import ErrorDeNegocio
from sibis.territorio.importacion.centros import Procedencia, cargar_centros
from sibis.territorio.models import Centro
from tests.fabricas.territorio import TipoDeCentroFactory

ENCABEZADO = "nombre,direccion,alcaldia,lat,lon,horario"
ZOCALO = "19.4326,-99.1332"


@pytest.fixture
def pilares(ciudad):
    return TipoDeCentroFactory(clave="pilares", nombre="PILARES")


@pytest.fixture
def sucio(pilares, datos):
    return cargar_centros(datos / "centros_sucios.csv", tipo="pilares")


@pytest.fixture
def cargar(pilares, tmp_path):
    def _cargar(*filas, encabezado=ENCABEZADO, **opciones):
        ruta = tmp_path / "centros.csv"
        ruta.write_text("\n".join([encabezado, *filas]) + "\n", encoding="utf-8")
        return cargar_centros(ruta, tipo="pilares", **opciones)

    return _cargar


@pytest.fixture
def cargar_geojson(pilares, tmp_path):
    def _cargar(*rasgos):
        ruta = tmp_path / "centros.geojson"
        ruta.write_text(json.dumps({"type": "FeatureCollection", "features": list(rasgos)}))
        return cargar_centros(ruta, tipo="pilares")

    return _cargar


def rasgo(coordenadas, tipo="Point", **propiedades):
    geometria = {"type": tipo, "coordinates": coordenadas} if coordenadas is not None else None
    return {"type": "Feature", "properties": propiedades, "geometry": geometria}


def test_las_filas_buenas_entran_aunque_haya_malas(sucio):
    assert sucio.altas == 6
    assert Centro.objects.count() == 6


@pytest.mark.parametrize(
    ("fila", "motivo"),
    [
        (8, "La latitud y la longitud vienen al revés"),
        (9, "Sus coordenadas son 0, 0"),
        (10, "le falta el signo menos"),
        (11, "no son grados"),
        (12, "Cae fuera de la Ciudad de México"),
        (13, "Cae fuera de la Ciudad de México, a "),
        (14, "«Latitud» no es un número en grados (dice «19° 21' N»). Ejemplo: 19.39561."),
        (15, "Falta «Latitud»"),
        (18, "Repite a «Jalalpa» de la fila 5"),
        (19, "Falta «Nombre»"),
        (20, "no tiene letras ni números"),
        (21, "«Capacidad» no es un número de personas (dice «muchos»)"),
    ],
)
def test_cada_rechazo_nombra_la_fila_de_la_hoja_y_su_motivo(sucio, fila, motivo):
    assert motivo in dict(sucio.rechazos)[fila]
    assert len(sucio.rechazos) == 12


def test_el_informe_dice_como_se_leyo_el_archivo(sucio, cargar):
    assert "CP1252, separado por punto y coma, encabezado en la fila 3" in sucio.notas[0]
    informe = cargar(f"Uno,{ZOCALO},rojo", encabezado="nombre,lat,lon,color")
    assert "Columnas que no se usaron: color." in informe.notas


def test_un_centro_de_otra_fuente_no_se_da_por_faltante(cargar):
    cargar(f"Uno,,,{ZOCALO},", procedencia=Procedencia("Censo"))
    informe = cargar(f"Dos,,,{ZOCALO},", procedencia=Procedencia("Sitio"))
    assert not any("misma fuente" in nota for nota in informe.notas)


def test_un_dato_real_deja_de_ser_de_demostracion(cargar):
    cargar(f"Uno,,,{ZOCALO},")
    Centro.objects.update(es_demostracion=True)
    cargar(f"Uno,,,{ZOCALO},")
    assert not Centro.objects.get().es_demostracion


def test_una_fila_llega_completa_y_limpia(sucio):
    centro = Centro.objects.get(nombre="El Peñón")
    assert centro.direccion == "Calle 1; entre 2 y 3"
    assert (centro.punto.y, centro.punto.x) == (19.43, -99.08)
    assert centro.servicios == ["comida caliente", "lavandería"]
    assert centro.capacidad == 120
    assert centro.alcaldia.nombre == "Venustiano Carranza"
    assert (centro.clave, centro.slug) == ("pilares-el-penon-09017", "pilares-el-penon")
    assert centro.fuente == "Archivo centros_sucios.csv"
    assert not centro.es_demostracion


@pytest.mark.parametrize(
    ("nombre", "alcaldia"),
    [
        ("Jalalpa", "Álvaro Obregón"),
        ("Contreras", "La Magdalena Contreras"),
        ("Sin alcaldía", "Cuauhtémoc"),
    ],
)
def test_la_alcaldia_sale_del_texto_o_del_punto(sucio, nombre, alcaldia):
    assert Centro.objects.get(nombre=nombre).alcaldia.nombre == alcaldia


def test_si_texto_y_punto_se_contradicen_se_avisa_nombrando_a_los_dos(sucio):
    assert "dice Tlalpan, pero el punto cae en Iztapalapa" in dict(sucio.avisos)[16]
    assert Centro.objects.get(nombre="Contradice").alcaldia.nombre == "Tlalpan"


def test_una_alcaldia_que_no_es_de_la_ciudad_se_avisa_y_manda_el_punto(sucio):
    assert "«Ecatepec» no es una alcaldía" in dict(sucio.avisos)[17]
    assert Centro.objects.get(nombre="Otra parte").alcaldia.nombre == "Iztapalapa"


def test_repetir_la_carga_no_cambia_nada(cargar):
    assert cargar(f"Uno,Calle 1,,{ZOCALO},").altas == 1
    segunda = cargar(f"Uno,Calle 1,,{ZOCALO},")
    assert (segunda.altas, segunda.cambios, segunda.iguales) == (0, 0, 1)


def test_volver_a_cargar_actualiza_sin_mover_su_direccion_de_pagina(cargar):
    cargar(f"Uno,Calle 1,,{ZOCALO},")
    cargar(f"UNO,Calle 2,,{ZOCALO},Lunes a viernes")
    centro = Centro.objects.get()
    assert (centro.nombre, centro.direccion, centro.horario) == (
        "UNO",
        "Calle 2",
        "Lunes a viernes",
    )
    assert centro.slug == "pilares-uno"


def test_una_columna_que_no_viene_no_borra_lo_que_ya_se_sabia(cargar):
    cargar(f"Uno,Calle 1,,{ZOCALO},De 9 a 18")
    cargar(f"Uno,{ZOCALO}", encabezado="nombre,lat,lon")
    assert Centro.objects.get().horario == "De 9 a 18"


def test_una_celda_vacia_si_lo_borra(cargar):
    cargar(f"Uno,Calle 1,,{ZOCALO},De 9 a 18")
    cargar(f"Uno,Calle 1,,{ZOCALO},")
    assert Centro.objects.get().horario == ""


def test_un_centro_que_ya_no_viene_se_conserva_y_se_dice(cargar):
    cargar(f"Uno,,,{ZOCALO},", f"Dos,,,{ZOCALO},")
    informe = cargar(f"Uno,,,{ZOCALO},")
    assert Centro.objects.count() == 2
    assert informe.notas[-1].startswith("1 de la misma fuente no vienen en este archivo")


def test_la_clave_de_la_fuente_permite_dos_con_el_mismo_nombre(cargar):
    cargar(f"A-1,Uno,{ZOCALO}", f"A-2,Uno,{ZOCALO}", encabezado="clave,nombre,lat,lon")
    assert set(Centro.objects.values_list("clave", "slug")) == {
        ("pilares-a-1", "pilares-uno"),
        ("pilares-a-2", "pilares-uno-cuauhtemoc"),
    }


def test_la_misma_clave_dos_veces_se_rechaza_nombrando_la_primera(cargar):
    informe = cargar(f"A-1,Uno,{ZOCALO}", f"a 1,Dos,{ZOCALO}", encabezado="clave,nombre,lat,lon")
    assert dict(informe.rechazos)[3] == "Repite la clave de «Uno», en la fila 2."


def test_una_fila_rechazada_no_impide_a_otra_igual_que_si_sirve(cargar):
    informe = cargar(f"Uno,,,{ZOCALO},{'x' * 400}", f"Uno,,,{ZOCALO},De 9 a 18")
    assert [fila for fila, _ in informe.rechazos] == [2]
    assert Centro.objects.get().horario == "De 9 a 18"


def test_un_punto_pegado_al_limite_se_queda_en_la_alcaldia_que_dice_la_fuente(cargar):
    # San Simón Tolnáhuac: cae unos metros del lado de Gustavo A. Madero en el límite simplificado.
    informe = cargar("San Simón,,Cuauhtémoc,19.4614,-99.1435,")
    assert informe.avisos == []
    assert Centro.objects.get().alcaldia.nombre == "Cuauhtémoc"


def test_la_procedencia_vale_donde_la_fila_no_dice_otra_cosa(cargar):
    cargar(
        f"Uno,{ZOCALO},Censo,2024-05-01",
        f"Dos,{ZOCALO},,",
        encabezado="nombre,lat,lon,fuente,fecha de corte",
        procedencia=Procedencia("Sitio oficial", url="https://ejemplo.mx/"),
    )
    uno, dos = Centro.objects.order_by("-nombre")
    assert (uno.fuente, str(uno.fecha_corte)) == ("Censo", "2024-05-01")
    assert (dos.fuente, dos.fecha_corte, dos.fuente_url) == (
        "Sitio oficial",
        None,
        "https://ejemplo.mx/",
    )


def test_un_enlace_que_no_es_http_se_rechaza(cargar):
    informe = cargar(f"Uno,{ZOCALO},javascript:alert(1)", encabezado="nombre,lat,lon,url")
    assert "no es una dirección http" in dict(informe.rechazos)[2]


def test_un_centro_cerrado_llega_con_su_fecha(cargar):
    cargar(f"Uno,{ZOCALO},31/12/2019", encabezado="nombre,lat,lon,vigente hasta")
    assert not Centro.objects.publicos().exists()


def test_un_geojson_de_puntos_se_lee_con_las_mismas_columnas(cargar_geojson):
    informe = cargar_geojson(rasgo([-99.1332, 19.4326], NOMBRE="Uno", Colonia="Centro", lat=0))
    assert informe.altas == 1
    centro = Centro.objects.get()
    assert (centro.colonia, centro.punto.y) == ("Centro", 19.4326)


@pytest.mark.parametrize(
    ("malo", "motivo"),
    [
        (rasgo(None, nombre="Dos"), "No trae geometría"),
        (rasgo([[-99.1, 19.4]], tipo="MultiPoint", nombre="Dos"), "Su geometría es «MultiPoint»"),
        (rasgo(["a", "b"], nombre="Dos"), "no es un número en grados"),
        (rasgo([19.43, -99.13], nombre="Dos"), "vienen al revés"),
        (rasgo([-99.1], nombre="Dos"), "se espera un Point"),
    ],
)
def test_un_rasgo_malo_se_rechaza_y_los_demas_entran(cargar_geojson, malo, motivo):
    informe = cargar_geojson(rasgo([-99.1332, 19.4326], nombre="Uno"), malo)
    assert (informe.altas, [fila for fila, _ in informe.rechazos]) == (1, [2])
    assert motivo in informe.rechazos[0][1]


def test_un_tipo_que_no_existe_dice_cuales_hay(cargar, datos):
    with pytest.raises(ErrorDeNegocio, match="«pilar». Hay: pilares"):
        cargar_centros(datos / "centros_sucios.csv", tipo="pilar")


def test_unas_comillas_sin_cerrar_no_dejan_media_carga(pilares, tmp_path, capsys):
    ruta = tmp_path / "roto.csv"
    ruta.write_text(f'{ENCABEZADO}\nUno,,,{ZOCALO},\n"Dos,,,{ZOCALO},\n')
    with pytest.raises(SystemExit, match="2"):
        call_command("cargar_centros", ruta, tipo="pilares")
    assert "La fila 3 abre unas comillas" in capsys.readouterr().err
    assert not Centro.objects.exists()


def test_el_comando_termina_en_1_si_hubo_rechazos(pilares, datos, capsys):
    with pytest.raises(SystemExit, match="1"):
        call_command("cargar_centros", datos / "centros_sucios.csv", tipo="pilares")
    assert "6 altas, 0 cambios, 0 sin cambio, 12 rechazados" in capsys.readouterr().out


def test_el_comando_termina_en_0_si_todo_entro(pilares, tmp_path, capsys):
    ruta = tmp_path / "bien.csv"
    ruta.write_text(f"{ENCABEZADO}\nUno,,,{ZOCALO},\n")
    call_command("cargar_centros", ruta, tipo="pilares", fuente="Sitio", url="", corte=None)
    assert "1 altas" in capsys.readouterr().out
    assert Centro.objects.get().fuente == "Sitio"


def test_cargar_el_doble_no_pregunta_mas_por_fila(cargar, django_assert_max_num_queries):
    filas = [f"Centro {n},,,{ZOCALO}," for n in range(10)]
    cargar(*filas)
    with django_assert_max_num_queries(8):
        cargar(*filas)
