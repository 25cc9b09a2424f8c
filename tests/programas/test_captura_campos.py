"""De la regla al formulario y de vuelta: lo que se abre y se guarda sin tocar, sigue igual."""

from __future__ import annotations

import contextlib
from decimal import Decimal

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from programas.consultas.retrato import retrato
from programas.consultas.secciones import secciones_de
from programas.forms.captura import Pagina
from programas.forms.captura import crudo as c
from programas.forms.captura.campos import (
    EdadField,
    EnteroField,
    PesosField,
    RenglonesField,
    TrimestresField,
)
from programas.models import ReglaOperacion
from sibis.nucleo.edades import MESES_MAXIMO
from tests.fabricas import programas as f
from tests.fabricas.territorio import AlcaldiaFactory

MESES = st.none() | st.integers(0, MESES_MAXIMO)
PESOS = st.decimals(0, 10**13, places=2)


def de_ida_y_vuelta(campo: forms.Field, valor: object) -> object:
    """Lo que queda tras pintarlo y volver a leer lo pintado."""
    contexto = campo.widget.get_context("x", campo.prepare_value(valor), {"id": "id_x"})["widget"]
    pares: dict[str, list[str]] = {}
    for nombre, texto in c.de_controles([contexto]):
        pares.setdefault(nombre, []).append(texto)
    return campo.clean(campo.widget.value_from_datadict(c.como_datos(pares), {}, "x"))


@given(st.tuples(MESES, MESES))
def test_una_edad_se_pinta_y_se_vuelve_a_leer_igual(edad):
    minimo, maximo = edad
    if minimo is not None and maximo is not None and maximo < minimo:
        minimo, maximo = maximo, minimo
    assert de_ida_y_vuelta(EdadField(), (minimo, maximo)) == (minimo, maximo)


@given(PESOS)
def test_un_importe_se_pinta_y_se_vuelve_a_leer_igual(monto):
    assert de_ida_y_vuelta(PesosField(), monto) == monto


@given(st.integers(0, 2_147_483_647))
def test_una_cuenta_se_pinta_y_se_vuelve_a_leer_igual(cuenta):
    assert de_ida_y_vuelta(EnteroField(), cuenta) == cuenta


@given(st.none() | st.lists(PESOS, min_size=4, max_size=4))
def test_los_trimestres_se_pintan_y_se_vuelven_a_leer_iguales(trimestres):
    assert de_ida_y_vuelta(TrimestresField(), trimestres) == trimestres


@given(st.lists(st.text("abc ñ", min_size=1).map(str.strip).filter(bool)))
def test_las_notas_se_pintan_y_se_vuelven_a_leer_iguales(notas):
    assert de_ida_y_vuelta(RenglonesField(), notas) == notas


@given(st.text(max_size=30))
def test_ningun_texto_rompe_un_campo_de_numeros(texto):
    for campo in (PesosField(), EnteroField()):
        with contextlib.suppress(forms.ValidationError):
            campo.clean(texto)


@pytest.mark.parametrize(
    ("tecleado", "queda"),
    [
        (["15", "", "29", ""], (180, 359)),
        (["15", "6", "29", "0"], (186, 348)),
        (["", "", "64", "11"], (None, 779)),
        (["", "8", "", "11"], (8, 11)),
        (["60", "", "", ""], (720, None)),
        (["", "", "", ""], (None, None)),
    ],
)
def test_la_edad_como_se_teclea(tecleado, queda):
    assert EdadField().clean(tecleado) == queda


@pytest.mark.parametrize("tecleado", [["30", "", "20", ""], ["x", "", "", ""], ["5", "12", "", ""]])
def test_una_edad_imposible_se_dice(tecleado):
    with pytest.raises(forms.ValidationError):
        EdadField().clean(tecleado)


@given(st.lists(st.sampled_from(["agregar", "quitar", "subir", "bajar"]), max_size=12), st.data())
def test_mover_renglones_nunca_pierde_lo_tecleado(actos, datos):
    """Salvo lo que se quita, cada renglón sigue con lo suyo."""
    crudo = {"x-total": ["2"], "x-0-texto": ["A"], "x-1-texto": ["B"], "otro": ["Z"]}
    esperado = ["A", "B"]
    for acto in actos:
        lugar = datos.draw(st.integers(0, 6))
        if acto == "agregar":
            crudo, esperado = c.agregar(crudo, "x"), [*esperado, ""]
        elif acto == "quitar":
            crudo = c.quitar(crudo, "x", lugar)
            esperado = esperado[:lugar] + esperado[lugar + 1 :]
        else:
            pasos = -1 if acto == "subir" else 1
            crudo, destino = c.mover(crudo, "x", lugar, pasos), lugar + pasos
            if lugar < len(esperado) and 0 <= destino < len(esperado):
                esperado[lugar], esperado[destino] = esperado[destino], esperado[lugar]
    hay = [crudo.get(f"x-{n}-texto", [""])[0] for n in range(c.cuantos(crudo, "x", tope=99))]
    assert hay == esperado
    assert crudo["otro"] == ["Z"]


@pytest.fixture
def completa(db) -> ReglaOperacion:
    """Con algo en cada campo y dos renglones en cada lista."""
    for numeral in ("1", "1.1", "2"):
        f.ApartadoFactory(numeral=numeral)
    regla = f.ReglaFactory(
        completa=True,
        clave_oficial="002_35C001_A",
        edad_min_meses=186,
        edad_max_meses=779,
        sexo="mujer",
        residencia_detalle="Con dos años.",
        presupuesto_trimestres=[Decimal("250000.00")] * 4,
        presupuesto_fuente="f1",
        presupuesto_ejercido=Decimal("12.34"),
        facilitadores_total=5,
        facilitadores_monto=Decimal("1500.50"),
        como_solicitar="Así.\n\nY luego asá.",
        acceso_simultaneo="condicionado",
        notas=["Una.", "Dos."],
        enlace="https://ejemplo.gob.mx/reglas",
        derechos=[f.DerechoSocialFactory(), f.DerechoSocialFactory()],
        grupos=[f.GrupoPrioritarioFactory()],
        alcaldias=[AlcaldiaFactory(clave="09007")],
        compatibilidades=[{"programa": f.ProgramaFactory()}, {"clase": "compatible"}],
        alineaciones=[{}, {}],
        textos=[{"apartado": f.ApartadoFactory(numeral="1.1")}],
        requisitos=[{"orden": 1}, {"orden": 2, "texto": "Otro", "numeral": "8.2"}],
    )
    fuente = f.FuenteFactory(regla=regla, clave="f1", fecha="2025-01-31", url="https://ejemplo.mx/")
    f.ApoyoFactory(regla=regla, fuente=fuente, ministraciones=10, personas=1200, orden=2)
    f.RequisitoFactory(regla=regla, documento=True)
    f.PoblacionFactory(regla=regla, clase="potencial", total=9000, mujeres=10, edad_max_meses=359)
    return ReglaOperacion.objects.select_related("programa", "dependencia").get(pk=regla.pk)


class TestIdaYVuelta:
    def test_guardar_cada_seccion_sin_tocarla_no_cambia_lo_que_dice(self, completa):
        antes = retrato(completa).como_json()
        for seccion in secciones_de(completa):
            regla = ReglaOperacion.objects.select_related("programa").get(pk=completa.pk)
            pagina = Pagina(regla, seccion, crudo=Pagina(regla, seccion).crudo(), revisar=True)
            assert pagina.is_valid(), (seccion.clave, pagina.errores)
            pagina.escribir()

        ahora = ReglaOperacion.objects.select_related("programa", "dependencia").get(pk=completa.pk)
        assert retrato(ahora).como_json() == antes

    def test_lo_abierto_y_lo_mandado_sin_tocar_tienen_la_misma_huella(self, completa):
        """Sin esto, quien no tocó un campo aparecería cambiándolo."""
        for seccion in secciones_de(completa):
            guardada = Pagina(completa, seccion)
            regla = ReglaOperacion.objects.select_related("programa").get(pk=completa.pk)
            mandada = Pagina(regla, seccion, crudo=guardada.crudo(), revisar=True)
            assert mandada.is_valid()
            assert mandada.huellas() == guardada.huellas(), seccion.clave

    def test_un_borrador_se_vuelve_a_pintar_como_se_tecleo(self, completa):
        for seccion in secciones_de(completa):
            crudo = Pagina(completa, seccion).crudo()
            assert Pagina(completa, seccion, crudo=crudo).crudo() == crudo, seccion.clave


@pytest.mark.parametrize("accion", [False, True])
def test_los_campos_de_las_secciones_son_los_del_retrato(accion, db):
    """Una observación cita la clave del retrato: en el formulario lleva a ese campo."""
    f.ApartadoFactory(numeral="1", aplica_a="ambos")
    regla = f.ReglaFactory(programa__accion=accion, version=2, clase_de_version="nota_aclaratoria")
    del_retrato = set(retrato(regla).por_clave())
    secciones = secciones_de(regla)
    de_las_secciones = [campo for s in secciones for campo in s.campos]

    assert len(de_las_secciones) == len(set(de_las_secciones)), "Un campo está en dos secciones."
    assert set(de_las_secciones) <= del_retrato
    for seccion in secciones:
        assert tuple(Pagina(regla, seccion).controles) == seccion.campos
    # Lo que no se escribe: lo pone el sistema o, en una acción, no aplica.
    sobra = del_retrato - set(de_las_secciones) - {"dependencia", "clase_de_version"}
    assert sobra <= (
        {
            *("alineaciones", "facilitadores_total", "facilitadores_monto"),
            *("presupuesto_trimestres", "presupuesto_ejercido"),
        }
        if accion
        else {"fecha_inicio", "fecha_fin"}
    )
