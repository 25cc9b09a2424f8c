"""El catálogo sale, se corrige y entra: lo que se ve antes es lo que se aplica, y con un error no entra nada."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from programas.models import Apartado, Sinonimo, TipoDeApoyo
from sibis.bitacora.models import Evento
from sibis.cuentas import roles
from sibis.cuentas.models import Dependencia
from sibis.panel.models import Importacion
from tests.fabricas.catalogos import ApartadoFactory, SinonimoFactory, TipoDeApoyoFactory
from tests.fabricas.cuentas import DependenciaFactory, con_rol, entrar
from tests.fabricas.panel import ImportacionFactory
from tests.panel.archivos import (
    APOYOS,
    SINONIMOS,
    TITULOS,
    aplicar,
    descargar,
    en_csv,
    en_hoja,
    subir,
)


def test_lo_que_se_descarga_se_sube_y_no_cambia_nada(client, validadora):
    TipoDeApoyoFactory(
        clave="a", nombre="=1+1|x", orden=3, vigente_desde=datetime.date(2020, 1, 31)
    )
    TipoDeApoyoFactory(clave="b", nombre="Ñandú, «raro»\ny con salto", descripcion="-x")
    renglones = descargar(client, APOYOS)

    previa = subir(client, APOYOS, en_csv(*renglones)).content.decode()

    assert renglones[0] == TITULOS
    assert renglones[1][1].startswith("'="), "no es una fórmula"
    assert "no hay nada que aplicar" in previa


@pytest.mark.parametrize("forma", ["csv", "cp1252", "punto y coma", "xlsx"])
def test_altas_y_cambios_se_ven_antes_y_se_aplican(client, validadora, forma):
    TipoDeApoyoFactory(clave="vales", nombre="Vales")
    renglones = [
        ["CLAVE", "Nombre", "Vigente hasta", "otra cosa"],
        ["vales", "Vales de despensa", "31/12/2030", "x"],
        ["canasta", "Canasta básica: año 1", "", ""],
    ]
    archivo = {
        "csv": lambda: en_csv(*renglones),
        "cp1252": lambda: en_csv(*renglones, letra="cp1252"),
        "punto y coma": lambda: en_csv(["Catálogo de apoyos"], *renglones, separador=";"),
        "xlsx": lambda: en_hoja(
            renglones[0],
            ["vales", "Vales de despensa", datetime.datetime(2030, 12, 31)],  # noqa: DTZ001
            renglones[2],
        ),
    }[forma]()

    previa = subir(client, APOYOS, archivo).content.decode()

    assert TipoDeApoyo.objects.count() == 1, "todavía no cambia nada"
    assert "Altas: 1. Cambios: 1." in previa
    assert "<del>Vales</del> <ins>Vales de despensa</ins>" in previa
    assert "otra cosa" in previa
    aplicar(client)
    vales = TipoDeApoyo.objects.get(clave="vales")
    assert (vales.nombre, vales.vigente_hasta) == ("Vales de despensa", datetime.date(2030, 12, 31))
    assert TipoDeApoyo.objects.get(clave="canasta").nombre == "Canasta básica: año 1"
    assert set(Evento.objects.values_list("tipo", flat=True)) >= {
        "catalogo.agregado",
        "catalogo.corregido",
        "catalogo.importado",
    }


def test_con_un_renglon_malo_no_entra_ninguno_y_se_dicen_todos(client, validadora):
    TipoDeApoyoFactory(clave="vales", nombre="Vales")
    archivo = en_csv(
        ["clave", "nombre", "orden", "vigente desde", "vigente hasta"],
        ["vales", "Cambiado", "1", "", ""],
        ["Con Mayúsculas", "x", "1", "", ""],
        ["fecha", "x", "1", "mañana", ""],
        ["orden", "x", "uno", "", ""],
        ["al-reves", "x", "1", "2020-01-01", "2019-01-01"],
        ["", "sin clave", "1", "", ""],
        ["vales", "repetida", "1", "", ""],
        ["larga", "x" * 300, "1", "", ""],
    )

    previa = subir(client, APOYOS, archivo).content.decode()
    hecho = aplicar(client)

    for fila, dicho in (
        (3, "Usa minúsculas sin acento"),
        (4, "Vigente desde: dice «mañana»; escribe la fecha"),
        (5, "Orden: dice «uno»; escribe un número entero"),
        (6, "La vigencia termina antes de empezar"),
        (7, "Falta la clave"),
        (8, "La clave «vales» se repite"),
        (9, "200"),
    ):
        assert f"Fila {fila}." in previa, dicho
        assert dicho in previa
    assert "Hay 7 renglones con error" in previa
    assert "No se aplicó nada" in hecho.content.decode()
    assert TipoDeApoyo.objects.get().nombre == "Vales"
    assert Importacion.objects.get().aplicada_en is None
    assert not Evento.objects.filter(tipo__startswith="catalogo.").exists()


def test_una_columna_ausente_no_borra_lo_que_habia(client, validadora):
    TipoDeApoyoFactory(clave="vales", nombre="Vales", descripcion="Se conserva", orden=7)

    subir(client, APOYOS, en_csv(["clave", "nombre"], ["vales", "Otro"]))
    aplicar(client)

    vales = TipoDeApoyo.objects.get()
    assert (vales.nombre, vales.descripcion, vales.orden) == ("Otro", "Se conserva", 7)


def test_aplicar_dos_veces_es_una(client, validadora):
    subir(client, APOYOS, en_csv(["clave", "nombre"], ["nuevo", "Nuevo"]))
    aplicar(client)

    otra = aplicar(client)

    assert "ya se aplicó" in otra.content.decode()
    assert Evento.objects.filter(tipo="catalogo.importado").count() == 1


def test_los_sinonimos_van_con_sus_listas_y_por_su_servicio(client, validadora):
    SinonimoFactory(termino="abuelita", equivale_a=["persona mayor", "adulta mayor"])
    renglones = descargar(client, SINONIMOS)
    assert renglones[1] == ["abuelita", "persona mayor; adulta mayor", "no", "sí"]

    subir(client, SINONIMOS, en_csv(renglones[0], ["abuelita", "persona mayor", "sí", "no"]))
    aplicar(client)

    suyo = Sinonimo.objects.get()
    assert (suyo.equivale_a, suyo.ida_y_vuelta, suyo.activo) == (["persona mayor"], True, False)
    assert Evento.objects.filter(tipo="sinonimo.guardado").exists()


def test_las_opciones_se_escriben_como_se_leen(client, validadora):
    ApartadoFactory(clave="uno", numeral="1", aplica_a="ambos")
    ruta = "/panel/listas/programas/apartado/archivo/"

    subir(client, ruta, en_csv(["clave", "aplica a"], ["uno", "Acciones Sociales"]))
    aplicar(client)
    mala = subir(client, ruta, en_csv(["clave", "aplica a"], ["uno", "todo"])).content.decode()

    assert Apartado.objects.get().aplica_a == "accion"
    assert "escribe una de estas: programas sociales" in mala


def test_las_dependencias_se_corrigen_por_su_clave(client, validadora):
    DependenciaFactory(clave="VIEJA")
    DependenciaFactory(clave="NUEVA")
    ruta = "/panel/listas/cuentas/dependencia/archivo/"

    subir(client, ruta, en_csv(["clave", "sucesora"], ["VIEJA", "NUEVA"]))
    aplicar(client)
    mala = subir(client, ruta, en_csv(["clave", "sucesora"], ["VIEJA", "NO-HAY"])).content.decode()

    assert Dependencia.objects.get(clave="VIEJA").sucesora.clave == "NUEVA"
    assert "no hay ninguna con esa clave" in mala


def test_quien_no_mantiene_el_catalogo_lo_descarga_y_no_lo_sube(client, enlace):
    TipoDeApoyoFactory(clave="vales")

    assert client.post(APOYOS + "csv/").status_code == 200
    assert client.get(APOYOS).status_code == 404
    assert subir(client, APOYOS, en_csv(["clave"], ["x"])).status_code == 404
    assert (
        "Cargar desde un archivo"
        not in client.get("/panel/programas/tipodeapoyo/").content.decode()
    )


def test_la_de_otra_persona_no_existe(client, validadora):
    ajena = ImportacionFactory(modelo="programas.tipodeapoyo")

    for metodo in (client.get, client.post):
        assert metodo(f"/panel/importaciones/{ajena.pk}/").status_code == 404


def test_perdida_la_facultad_ya_no_se_aplica(client, rectora):
    usuario = entrar(client, con_rol(roles.ValidacionSIBISO, en=rectora))
    subir(client, APOYOS, en_csv(["clave", "nombre"], ["nuevo", "Nuevo"]))
    usuario.adscripciones.update(rol=roles.Analista.clave)

    assert aplicar(client).status_code == 404
    assert not TipoDeApoyo.objects.exists()


def test_una_lista_que_no_se_intercambia_no_tiene_esa_pagina(client, validadora):
    assert client.get("/panel/listas/programas/documento/archivo/").status_code == 404
    assert client.post("/panel/listas/programas/documento/archivo/csv/").status_code == 404


def test_prever_lee_el_catalogo_una_vez_y_no_una_por_renglon(client, validadora):
    def consultas(cuantos: int) -> list[str]:
        renglones = [["clave", "nombre"], *([f"c-{n}", f"Nuevo {n}"] for n in range(cuantos))]
        subir(client, APOYOS, en_csv(*renglones))
        ruta = f"/panel/importaciones/{Importacion.objects.latest('pk').pk}/"
        with CaptureQueriesContext(connection) as capturadas:
            client.get(ruta)
        return [c["sql"] for c in capturadas if "SAVEPOINT" not in c["sql"]]

    for n in range(20):
        TipoDeApoyoFactory(clave=f"c-{n}", nombre=f"Nuevo {n}")

    assert len(consultas(10)) == len(consultas(20))


def test_una_importacion_aplicada_dice_cuanto(db):
    with pytest.raises(IntegrityError), transaction.atomic():
        ImportacionFactory(altas=1)
