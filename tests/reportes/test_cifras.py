"""El servicio de cifras: lo que se cuenta, cómo se cita y qué no se puede pedir."""

from __future__ import annotations

import pytest
from django.test import override_settings

from programas.consultas.busqueda import buscar
from programas.consultas.filtros import Filtros
from programas.models import Poblacion
from reportes.consultas import cifras as servicio
from reportes.consultas.cifras import CifraInexistente, cifra, definiciones, id_de, leer_id
from sibis.nucleo.cifras import Calculo, DefinicionDeCifra, Fila, Peticion
from tests.fabricas import programas as f
from tests.fabricas.territorio import AlcaldiaFactory, CentroFactory

pytestmark = pytest.mark.django_db


def valores(calculada) -> dict[str, object]:
    return {fila.clave: fila.valor for fila in calculada.calculo.filas}


def test_cuenta_lo_mismo_que_el_buscador():
    salud = f.DerechoSocialFactory(clave="salud")
    f.en_portal(derechos=[salud], ejercicio=2025)
    f.en_portal(ejercicio=2025)
    f.en_portal(ejercicio=2024)

    calculada = cifra("programas_publicados", Peticion(2025, filtros={"derecho": "salud"}))

    assert valores(calculada) == {"": 1}
    hallado = buscar(Filtros(valores={"derecho": ("salud",), "ejercicio": ("2025",)}))
    assert hallado.total == 1


def test_sin_ejercicio_es_el_ultimo_con_datos_y_el_id_lo_dice():
    f.en_portal(ejercicio=2024)
    f.en_portal(ejercicio=2023)

    calculada = cifra("programas_publicados")

    assert valores(calculada) == {"": 1}
    assert calculada.id == "programas_publicados;2024"


def test_lo_de_toda_la_ciudad_cuenta_en_cada_alcaldia():
    una, otra = AlcaldiaFactory(clave="09007"), AlcaldiaFactory(clave="09015")
    f.en_portal(alcaldias=[una])
    f.en_portal()

    calculada = cifra("programas_publicados", Peticion(por="alcaldia"))

    assert valores(calculada) == {una.clave: 2, otra.clave: 1}


def test_lo_que_ninguna_regla_dice_no_es_cero():
    f.en_portal()

    calculada = cifra("personas_objetivo")

    assert valores(calculada) == {"": None}
    assert "0 de 1" in calculada.calculo.nota


def test_la_suma_dice_de_cuantas_reglas_sale():
    f.en_portal(poblaciones=[{"clase": "objetivo", "total": 100}], ejercicio=2025)
    f.en_portal(poblaciones=[{"clase": "objetivo", "total": None}], ejercicio=2025)
    f.en_portal(poblaciones=[{"clase": "beneficiaria", "total": 7}], ejercicio=2025)

    calculada = cifra("personas_objetivo", Peticion(2025))

    assert valores(calculada) == {"": 100}
    assert "1 de 3" in calculada.calculo.nota


def test_la_nota_cuenta_solo_lo_filtrado():
    salud = f.DerechoSocialFactory(clave="salud")
    f.en_portal(poblaciones=[{"clase": "objetivo", "total": 5}], derechos=[salud])
    f.en_portal()

    calculada = cifra("personas_objetivo", Peticion(filtros={"derecho": "salud"}))

    assert "1 de 1" in calculada.calculo.nota


def test_las_abiertas_son_las_de_hoy():
    abierta = f.en_portal()
    f.ConvocatoriaFactory(programa=abierta.programa, ejercicio=abierta.ejercicio)
    f.en_portal()

    assert valores(cifra("convocatorias_abiertas")) == {"": 1}


def test_los_centros_por_tipo_no_cuentan_los_que_cerraron():
    CentroFactory(tipo__clave="pilares")
    CentroFactory(tipo__clave="comedor")
    CentroFactory(tipo__clave="comedor", cerrado=True)

    assert valores(cifra("centros", Peticion(por="tipo"))) == {"comedor": 1, "pilares": 1}


def test_con_la_base_vacia_toda_cifra_contesta():
    for clave, definicion in definiciones().items():
        for por in ("", *definicion.dimensiones):
            assert cifra(clave, Peticion(por=por)).sha256


@pytest.mark.parametrize(
    ("clave", "peticion"),
    [
        ("una", Peticion()),
        ("una", Peticion(2025)),
        ("una", Peticion(2025, "alcaldia")),
        ("una", Peticion(None, "tipo", {"b": "x;y=z/ñ%&", "a": "1"})),
    ],
)
def test_el_id_se_lee_como_se_escribe(clave, peticion):
    assert leer_id(id_de(clave, peticion)) == (clave, peticion)


def test_los_mismos_filtros_en_otro_orden_son_la_misma_cifra():
    uno = Peticion(filtros={"a": "1", "b": "2"})
    otro = Peticion(filtros={"b": "2", "a": "1"})

    assert id_de("x", uno) == id_de("x", otro)


@pytest.mark.parametrize(
    "identidad",
    [
        "x;99999",
        "x;20a5",
        "x;٢٠٢٥",
        "x;2025;sin-igual",
        "x;=1",
        "x;a=1;a=2",
        "x;a=%00",
        "x;" + "a" * 500,
    ],
)
def test_un_id_mal_escrito_se_niega_con_motivo(identidad):
    with pytest.raises(CifraInexistente):
        leer_id(identidad)


@pytest.mark.parametrize(
    ("clave", "peticion"),
    [
        ("no_hay", Peticion()),
        ("centros", Peticion(por="derecho")),
        ("centros", Peticion(filtros={"derecho": "salud"})),
    ],
)
def test_lo_que_no_se_puede_pedir_se_dice(clave, peticion):
    with pytest.raises(CifraInexistente):
        cifra(clave, peticion)


def test_la_huella_cambia_con_el_dato_y_con_la_forma_de_contar():
    def definicion(valor: int, version: int) -> DefinicionDeCifra:
        calculo = Calculo((Fila("", "", valor),), None)
        return DefinicionDeCifra("x", "X", "cosas", "", (), lambda _p: calculo, version=version)

    huellas = set()
    for valor, version in ((1, 1), (2, 1), (1, 2), (1, 1)):
        INVENTADA[:] = [definicion(valor, version)]
        servicio._reunidas.cache_clear()  # las definiciones no cambian mientras corre el sistema
        with override_settings(CIFRAS=["tests.reportes.test_cifras.INVENTADA"]):
            huellas.add(cifra("x").sha256)

    assert len(huellas) == 3


INVENTADA: list[DefinicionDeCifra] = []


def test_dos_cifras_con_la_misma_clave_no_arrancan():
    lista = "programas.consultas.cifras.CIFRAS"
    with override_settings(CIFRAS=[lista, lista]), pytest.raises(ValueError, match="se llaman"):
        definiciones()


def test_agrupar_no_cuesta_mas_consultas_con_mas_programas(django_assert_max_num_queries):
    for _ in range(4):
        f.en_portal(poblaciones=[{"clase": "objetivo", "total": 1}])
    assert Poblacion.objects.count() == 4

    with django_assert_max_num_queries(8):
        cifra("programas_publicados", Peticion(por="dependencia"))
