"""Decir qué es cada columna: lo adivinado, lo que falta, y que los datos no se ven sin dejar constancia."""

from __future__ import annotations

import io

import pytest
from django.urls import reverse
from xlsxwriter import Workbook

from padron.models import Carga, MapeoRecordado
from sibis.bitacora.models import Evento
from sibis.cuentas.permisos import Permiso
from tests.fabricas.cuentas import que_puede
from tests.fabricas.programas import ReglaFactory
from tests.padron.pantallas.archivos import RAROS, archivo, entregar, personas

pytestmark = pytest.mark.django_db
GENTE = personas(5)


@pytest.fixture
def carga(regla, enlace):
    hecha = entregar(regla, por=enlace, contenido=archivo(GENTE, titulos=RAROS))
    assert hecha.estado == "por_mapear"
    return hecha


@pytest.fixture
def ruta(carga):
    return reverse("admin:padron_carga_columnas", args=[carga.pk])


def mapeo(carga, **cambios):
    datos = {f"columna-{n}": "" for n in range(7)}
    datos |= {"columna-0": "curp", "columna-1": "nombres", "columna-2": "primer_apellido"}
    return {"edicion": carga.edicion, "recordar": "on", **datos, **cambios}


def test_la_carga_sin_mapeo_lleva_a_esta_pagina(carga, ruta, enlace, como):
    hecho = como(enlace).get(reverse("admin:padron_carga_change", args=[carga.pk]))

    assert hecho["Location"] == ruta


def test_lo_adivinado_viene_elegido_y_lo_que_falta_dice_por_que(dependencia, enlace, como):
    regla = ReglaFactory(
        publicada=True, programa__dependencia=dependencia, ejercicio=2025, edad_min_meses=216
    )
    contenido = archivo(
        GENTE, titulos=["Folio", "Nom de pila", "Ap 1", "Ap 2", "Alta", "S", "Importe"]
    )
    carga = entregar(regla, por=enlace, contenido=contenido)

    pagina = como(enlace).get(reverse("admin:padron_carga_columnas", args=[carga.pk]))

    por_lugar = {c.lugar: c.es for c in pagina.context["columnas"].columnas}
    assert por_lugar[0] == "folio"
    faltan = {f.identificador: f.razon for f in pagina.context["columnas"].faltan}
    assert "La regla pide edad: 18 años o más" in faltan["fecha_nacimiento"]


def test_se_ven_las_formas_y_no_los_datos(carga, ruta, enlace, como):
    texto = como(enlace).get(ruta).content.decode()

    assert "A999999A" in texto
    for persona in GENTE:
        assert persona.curp not in texto
        assert f">{persona.nombres}<" not in texto
    assert not Evento.objects.filter(tipo__startswith="lectura.").exists()


def test_ver_los_valores_queda_escrito_y_lo_elegido_sigue(carga, ruta, enlace, como):
    hecho = como(enlace).post(ruta, mapeo(carga, ver_valores="1", **{"columna-6": "monto"}))

    texto = hecho.content.decode()
    assert GENTE[0].curp in texto
    assert '<option value="monto" selected>' in texto
    lectura = Evento.objects.get(tipo="lectura.muestra_de_carga")
    assert (lectura.por, lectura.objeto_id) == (enlace.username, str(carga.pk))
    assert GENTE[0].curp not in str(lectura.detalle)


def test_sin_la_facultad_no_se_ven_aunque_se_pidan(carga, ruta, dependencia, como):
    cliente = como(que_puede(Permiso.PADRON_CARGAR, en=dependencia))

    assert "Ver los valores" not in cliente.get(ruta).content.decode()
    assert cliente.post(ruta, mapeo(carga, ver_valores="1")).status_code == 403
    assert not Evento.objects.filter(tipo__startswith="lectura.").exists()


def test_confirmar_sigue_la_revision_y_se_recuerda(carga, ruta, enlace, como):
    hecho = como(enlace).post(ruta, mapeo(carga))

    carga.refresh_from_db()
    assert hecho["Location"] == reverse("admin:padron_carga_change", args=[carga.pk])
    assert carga.estado == "en_proceso"
    assert carga.mapeo == {"curp": 0, "nombres": 1, "primer_apellido": 2}
    assert MapeoRecordado.objects.filter(dependencia=carga.dependencia).count() == 1


def test_sin_pedir_que_se_recuerde_no_se_recuerda(carga, ruta, enlace, como):
    como(enlace).post(ruta, mapeo(carga, recordar=""))

    assert not MapeoRecordado.objects.exists()


def test_dos_columnas_no_pueden_ser_lo_mismo(carga, ruta, enlace, como):
    hecho = como(enlace).post(ruta, mapeo(carga, **{"columna-4": "curp"}))

    texto = hecho.content.decode()
    carga.refresh_from_db()
    assert hecho.status_code == 422
    assert "ya es la columna A" in texto
    assert 'href="#id_columna-4"' in texto
    assert carga.estado == "por_mapear"


@pytest.mark.parametrize(
    "cambios",
    [
        {"columna-0": "", "columna-1": "", "columna-2": ""},
        {"columna-0": "no_existe"},
        {"edicion": "x"},
        {"edicion": "999"},
    ],
    ids=str,
)
def test_lo_que_no_procede_se_dice_y_no_se_mueve(carga, ruta, enlace, como, cambios):
    hecho = como(enlace).post(ruta, mapeo(carga, **cambios))

    carga.refresh_from_db()
    assert hecho.status_code == 422
    assert carga.estado == "por_mapear"


def test_la_titular_y_la_ajena_no_dicen_columnas(carga, ruta, titular, ajena, como):
    assert como(titular).post(ruta, mapeo(carga)).status_code == 302
    assert como(ajena).get(ruta).status_code == 404
    assert como(ajena).post(ruta, mapeo(carga)).status_code == 404
    carga.refresh_from_db()
    assert carga.estado == "por_mapear"


def _libro() -> bytes:
    salida = io.BytesIO()
    libro = Workbook(salida)
    for nombre in ("Padrón viejo", "Padrón nuevo"):
        hoja = libro.add_worksheet(nombre)
        hoja.write_row(0, 0, RAROS)
        for fila, p in enumerate(GENTE, start=1):
            celdas = [p.curp, p.nombres, p.primer_apellido, p.segundo_apellido, "1/1/1990", p.sexo]
            hoja.write_row(fila, 0, [*celdas, 10])
    libro.close()
    return salida.getvalue()


def test_con_varias_hojas_se_elige_otra_sin_subir_de_nuevo(regla, enlace, como):
    carga = entregar(regla, por=enlace, contenido=_libro())
    assert carga.lectura["hoja"] == "Padrón viejo"
    ruta = reverse("admin:padron_carga_columnas", args=[carga.pk])
    cliente = como(enlace)
    assert "Padrón nuevo" in cliente.get(ruta).content.decode()

    cliente.post(ruta, {"otra_hoja": "1", "hoja": "Padrón nuevo"})

    carga.refresh_from_db()
    nueva = Carga.objects.exclude(pk=carga.pk).get()
    assert carga.estado == "cancelada"
    assert (nueva.hoja, nueva.archivo) == ("Padrón nuevo", carga.archivo)


def test_una_hoja_que_no_esta_no_cancela_nada(regla, enlace, como):
    carga = entregar(regla, por=enlace, contenido=_libro())

    como(enlace).post(
        reverse("admin:padron_carga_columnas", args=[carga.pk]), {"otra_hoja": "1", "hoja": "otra"}
    )

    assert [c.estado for c in Carga.objects.all()] == ["por_mapear"]


def test_mil_columnas_no_hacen_mas_consultas(regla, enlace, como, django_assert_max_num_queries):
    titulos = [f"Columna {n}" for n in range(150)]
    carga = entregar(
        regla, por=enlace, contenido=(",".join(titulos) + "\n" + "x," * 149 + "x\n").encode()
    )
    cliente = como(enlace)

    with django_assert_max_num_queries(40):
        assert (
            cliente.get(reverse("admin:padron_carga_columnas", args=[carga.pk])).status_code == 200
        )
