"""De la clave de Finanzas al programa social: se propone con su certeza y decide una persona."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from presupuesto.models import MontoDePrograma, UnidadResponsable, VinculoPresupuestal
from presupuesto.servicios import vinculos
from sibis.bitacora.models import Evento
from sibis.cuentas import roles
from sibis.nucleo.errores import ErrorDeNegocio, SinPermiso
from tests.fabricas import programas as f
from tests.fabricas.cuentas import DependenciaFactory, con_rol
from tests.fabricas.presupuesto import VinculoPresupuestalFactory
from tests.presupuesto.archivos import cargar_filas, renglon

pytestmark = pytest.mark.django_db


@pytest.fixture
def dependencia():
    return DependenciaFactory(clave="SPRUEBA", nombre="Secretaría de Prueba")


@pytest.fixture
def programa(dependencia):
    return f.ProgramaFactory(clave="mi-beca", nombre="Mi Beca", dependencia=dependencia)


@pytest.fixture
def finanzas():
    return con_rol(roles.Finanzas)


def test_con_el_mismo_nombre_y_dependencia_es_probable(tmp_path, programa):
    cargar_filas(tmp_path, [renglon()])

    vinculo = VinculoPresupuestal.objects.get()
    assert (vinculo.programa, vinculo.ejercicio) == (programa, 2025)
    assert (vinculo.certeza, vinculo.metodo) == ("probable", "nombre_y_dependencia")
    monto = MontoDePrograma.objects.get()
    assert (monto.aprobado, monto.certeza, monto.confirmado) == (Decimal(100), "probable", False)


def test_si_la_regla_declara_la_clave_es_seguro(tmp_path, dependencia):
    texto = "Se ejerce en el programa presupuestario S227 de la dependencia."
    regla = f.ReglaFactory(
        publicada=True,
        programa__nombre="Otro nombre",
        ejercicio=2025,
        textos=[{"apartado": f.ApartadoFactory(numeral="6"), "texto": texto}],
    )
    cargar_filas(tmp_path, [renglon()])

    vinculo = VinculoPresupuestal.objects.get()
    assert (vinculo.programa, vinculo.certeza) == (regla.programa, "segura")


def test_el_mismo_nombre_en_otra_dependencia_es_dudoso_y_no_cuenta(tmp_path, dependencia):
    f.ProgramaFactory(nombre="Mi Beca")
    cargar_filas(tmp_path, [renglon()])

    assert VinculoPresupuestal.objects.get().certeza == "dudosa"
    assert not MontoDePrograma.objects.exists()


def test_dos_programas_con_el_mismo_nombre_son_dudosos(tmp_path, dependencia):
    f.ProgramaFactory.create_batch(2, nombre="Mi Beca", dependencia=dependencia)
    cargar_filas(tmp_path, [renglon()])

    assert set(VinculoPresupuestal.objects.values_list("certeza", flat=True)) == {"dudosa"}


def test_confirmar_con_una_parte_cambia_el_monto_y_queda_dicho(tmp_path, programa, finanzas):
    cargar_filas(tmp_path, [renglon()])
    vinculos.confirmar(
        VinculoPresupuestal.objects.get(), por=finanzas, participacion=Decimal("0.25")
    )

    monto = MontoDePrograma.objects.get()
    assert (monto.aprobado, monto.certeza, monto.confirmado) == (Decimal(25), "segura", True)
    evento = Evento.objects.get(tipo="vinculo.confirmado")
    assert (evento.por, evento.detalle["antes"]) == (finanzas.username, "propuesto")


def test_lo_rechazado_deja_de_contar_y_no_se_vuelve_a_proponer(tmp_path, programa, finanzas):
    cargar_filas(tmp_path, [renglon()])
    vinculos.rechazar(VinculoPresupuestal.objects.get(), por=finanzas, nota="Es otro.")
    vinculos.proponer(por=finanzas)
    cargar_filas(tmp_path, [renglon(), renglon()])

    assert VinculoPresupuestal.objects.get().estado == "rechazado"
    assert not MontoDePrograma.objects.exists()


def test_rechazar_pide_decir_por_que(finanzas):
    with pytest.raises(ErrorDeNegocio):
        vinculos.rechazar(VinculoPresupuestalFactory(), por=finanzas, nota=" ")


def test_no_se_reparte_mas_que_el_entero(finanzas):
    uno = VinculoPresupuestalFactory(programa_presupuestario="S227")
    otro = VinculoPresupuestalFactory(programa_presupuestario="S227")
    vinculos.confirmar(uno, por=finanzas, participacion=Decimal("0.6"))

    with pytest.raises(ValidationError, match="entero"):
        vinculos.confirmar(otro, por=finanzas, participacion=Decimal("0.5"))
    vinculos.confirmar(otro, por=finanzas, participacion=Decimal("0.4"))


@pytest.mark.parametrize("parte", ["0", "-0.1", "1.1"])
def test_la_parte_va_de_cero_a_uno(finanzas, parte):
    with pytest.raises(ValidationError):
        vinculos.confirmar(VinculoPresupuestalFactory(), por=finanzas, participacion=Decimal(parte))


@pytest.mark.parametrize("rol", [roles.Analista, roles.EnlaceDeDependencia, roles.ValidacionSIBISO])
def test_solo_finanzas_decide(rol, dependencia):
    quien = con_rol(rol, en=dependencia)
    for acto in (
        lambda: vinculos.confirmar(VinculoPresupuestalFactory(), por=quien),
        lambda: vinculos.rechazar(VinculoPresupuestalFactory(), por=quien, nota="x"),
        lambda: vinculos.proponer(por=quien),
    ):
        with pytest.raises(SinPermiso):
            acto()


def test_el_vinculo_de_una_unidad_manda_sobre_el_de_todas(tmp_path, programa, finanzas):
    otro = f.ProgramaFactory()
    cargar_filas(
        tmp_path,
        [renglon(), renglon(unidad_responsable="02CD07", desc_unidad_responsable="Iztapalapa")],
    )
    VinculoPresupuestal.objects.all().delete()
    comun = {"programa_presupuestario": "S227", "confirmado": True}
    VinculoPresupuestalFactory(programa=programa, **comun)
    VinculoPresupuestalFactory(programa=otro, unidad_responsable="02CD07", **comun)
    vinculos.proponer(por=finanzas)

    montos = dict(MontoDePrograma.objects.values_list("programa", "aprobado"))
    assert montos == {programa.pk: Decimal(100), otro.pk: Decimal(100)}


def test_una_unidad_se_reconoce_por_su_nombre_aunque_su_clave_sea_de_otra(tmp_path):
    alcaldia = DependenciaFactory(
        clave="ALC-09012", tipo="alcaldia", clave_inegi="09012", nombre="Alcaldía Tlalpan"
    )
    otra = DependenciaFactory(nombre="Alcaldía Coyoacán", denominacion__clave_ur="02CD14")
    fila = renglon(unidad_responsable="02CD14", desc_unidad_responsable="ALCALDÍA TLALPAN")
    cargar_filas(tmp_path, [fila])

    unidad = UnidadResponsable.objects.get()
    assert (unidad.dependencia, unidad.certeza) == (alcaldia, "segura")
    assert unidad.dependencia != otra


def test_lo_corregido_en_una_unidad_no_lo_pisa_otra_carga(tmp_path, dependencia, finanzas):
    cargar_filas(tmp_path, [renglon()])
    unidad, nueva = UnidadResponsable.objects.get(), DependenciaFactory()
    unidad.dependencia = nueva
    vinculos.guardar_unidad(unidad, por=finanzas)
    cargar_filas(tmp_path, [renglon(), renglon()])

    assert UnidadResponsable.objects.get().dependencia == nueva
