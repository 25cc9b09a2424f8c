"""Lo que se teclea se guarda tal cual, una sola vez, y nunca encima de lo de otra persona."""

from __future__ import annotations

import uuid

import pytest

from padron.consultas.captura import huella_de
from padron.models import Captura, RenglonCapturado
from padron.servicios import capturas, capturas_renglones
from padron.servicios.capturas_renglones import Escrito, FaltaEspacio
from sibis.bitacora.models import Evento
from sibis.cuentas import roles
from sibis.nucleo.errores import ErrorDeNegocio, SinPermiso
from tests.fabricas.cuentas import con_rol
from tests.fabricas.programas import ProgramaFactory
from tests.padron.formulario.conftest import COLUMNAS, celdas_de, escribir


def guardar(captura, clave, celdas, *, por, edicion=0, huella="", **mas):
    escrito = Escrito(clave, celdas, edicion, huella)
    return capturas_renglones.guardar(captura, [escrito], columnas=COLUMNAS, por=por, **mas)[
        str(clave)
    ]


def test_empezar_toma_la_dependencia_de_la_regla_y_lo_anota(casa, captura):
    assert captura.dependencia == casa.dependencia
    assert captura.estado == "abierta"
    assert Evento.objects.filter(tipo="captura.empezada", objeto_id=captura.pk).exists()


def test_empezar_sin_regla_publicada_se_niega(casa):
    otro = ProgramaFactory(dependencia=casa.dependencia)
    with pytest.raises(ErrorDeNegocio, match="reglas publicadas"):
        capturas.empezar(programa=otro, ejercicio=2025, periodo="anual", por=casa.enlace)
    assert not Captura.objects.exists()


def test_empezar_en_otro_periodo_se_niega(casa):
    with pytest.raises(ErrorDeNegocio, match="periodo"):
        capturas.empezar(programa=casa.programa, ejercicio=2025, periodo="t1", por=casa.enlace)


@pytest.mark.parametrize("quien", ["titular", "ajena"])
def test_solo_quien_carga_en_esa_dependencia(casa, quien):
    por = casa.titular if quien == "titular" else con_rol(roles.EnlaceDeDependencia)
    with pytest.raises(SinPermiso):
        capturas.empezar(programa=casa.programa, ejercicio=2025, periodo="anual", por=por)


def test_lo_tecleado_se_guarda_tal_cual(casa, captura):
    clave = uuid.uuid4()
    celdas = {"nombres": "  josé  ", "monto": "1,200.50 ", "sexo": "", "inventada": "x"}
    assert guardar(captura, clave, celdas, por=casa.enlace).cambio
    renglon = captura.renglones.get()
    assert renglon.celdas == {"nombres": "  josé  ", "monto": "1,200.50 "}
    assert (renglon.orden, renglon.edicion, renglon.editado_por) == (1, 1, casa.enlace)


def test_un_renglon_vacio_no_se_guarda(casa, captura):
    assert not guardar(captura, uuid.uuid4(), {"nombres": " "}, por=casa.enlace).cambio
    assert not captura.renglones.exists()


def test_mandarlo_dos_veces_no_lo_repite(casa, captura):
    clave, celdas = uuid.uuid4(), celdas_de(1)[0]
    guardar(captura, clave, celdas, por=casa.enlace)
    assert not guardar(captura, clave, celdas, por=casa.enlace).cambio
    assert captura.renglones.count() == 1


def test_saltos_y_nulos_se_vuelven_un_renglon_de_texto(casa, captura):
    guardar(captura, uuid.uuid4(), {"domicilio": "Calle 1\nCol.\x00 Centro"}, por=casa.enlace)
    assert captura.renglones.get().celdas == {"domicilio": "Calle 1 Col. Centro"}


def test_dos_personas_en_el_mismo_renglon_no_se_enciman(casa, captura):
    [clave] = escribir(captura, 1, por=casa.enlace)
    celdas = captura.renglones.get().celdas
    guardar(captura, clave, celdas | {"monto": "5"}, por=casa.colega, edicion=1)
    dicho = guardar(captura, clave, celdas | {"monto": "9"}, por=casa.enlace, edicion=1)
    assert not dicho.cambio
    assert casa.colega.username in dicho.mensaje
    assert captura.renglones.get().celdas["monto"] == "5"
    assert guardar(captura, clave, celdas | {"monto": "9"}, por=casa.enlace, edicion=2).cambio


def test_lo_que_no_toque_no_choca_con_lo_que_alguien_cambio(casa, captura):
    [clave] = escribir(captura, 1, por=casa.enlace)
    celdas = captura.renglones.get().celdas
    huella = huella_de(celdas, COLUMNAS)
    guardar(captura, clave, celdas | {"monto": "5"}, por=casa.colega, edicion=1)
    dicho = guardar(captura, clave, celdas, por=casa.enlace, edicion=1, huella=huella)
    assert (dicho.cambio, dicho.mensaje) == (False, "")
    assert captura.renglones.get().celdas["monto"] == "5"


def test_lo_que_no_se_ve_se_conserva(casa, captura):
    [clave] = escribir(captura, 1, por=casa.enlace)
    guardar(captura, clave, {"nombres": "Otra"}, por=casa.enlace, edicion=1)
    renglon = captura.renglones.get()
    assert renglon.celdas["nombres"] == "Otra"
    assert renglon.celdas["monto"] == "1200.00"


def test_quitar_se_deshace_y_vuelve_a_su_lugar(casa, captura):
    claves = escribir(captura, 3, por=casa.enlace)
    capturas_renglones.quitar(captura, claves[1], por=casa.enlace)
    assert [r.clave for r in captura.renglones.puestos()] == [claves[0], claves[2]]
    assert capturas_renglones.devolver(captura, claves[1], por=casa.colega)
    assert [r.clave for r in captura.renglones.puestos()] == claves


def test_escribir_en_lo_que_alguien_quito_lo_trae_de_vuelta(casa, captura):
    [clave] = escribir(captura, 1, por=casa.enlace)
    capturas_renglones.quitar(captura, clave, por=casa.colega)
    assert guardar(captura, clave, {"nombres": "Eva"}, por=casa.enlace, edicion=1).cambio
    assert captura.renglones.puestos().get().celdas["nombres"] == "Eva"


def test_duplicar_pone_la_copia_debajo(casa, captura):
    claves = escribir(captura, 3, por=casa.enlace)
    copia = capturas_renglones.duplicar(captura, claves[0], por=casa.enlace)
    orden = [r.clave for r in captura.renglones.puestos()]
    assert orden == [claves[0], copia.clave, claves[1], claves[2]]
    assert copia.celdas == captura.renglones.get(clave=claves[0]).celdas


def test_pasado_el_tope_no_se_guarda_ninguno_y_se_dice(casa, captura, settings):
    settings.PADRON_CAPTURA_RENGLONES = 3
    escribir(captura, 2, por=casa.enlace)
    with pytest.raises(FaltaEspacio, match="subir el archivo"):
        escribir(captura, 2, por=casa.enlace, semilla=2)
    assert captura.renglones.count() == 2
    with pytest.raises(FaltaEspacio):
        capturas_renglones.insertar(captura, celdas_de(2, semilla=3), por=casa.enlace)
    escribir(captura, 1, por=casa.enlace, semilla=4)
    with pytest.raises(FaltaEspacio):
        capturas_renglones.duplicar(captura, captura.renglones.first().clave, por=casa.enlace)


def test_una_celda_que_no_cabe_no_deja_guardar_ninguna(casa, captura):
    escritos = [
        Escrito(uuid.uuid4(), {"nombres": "Ana"}),
        Escrito(uuid.uuid4(), {"domicilio": "x" * 501}),
    ]
    with pytest.raises(ErrorDeNegocio, match="No se guardó nada"):
        capturas_renglones.guardar(captura, escritos, columnas=COLUMNAS, por=casa.enlace)
    assert not RenglonCapturado.objects.exists()


def test_ocultar_una_columna_no_borra_lo_suyo(casa, captura):
    escribir(captura, 1, por=casa.enlace)
    capturas_renglones.elegir_columnas(captura, ["curp", "nombres"], por=casa.enlace)
    assert captura.renglones.get().celdas["monto"] == "1200.00"


def test_otra_dependencia_no_escribe_en_ella(captura):
    ajena = con_rol(roles.EnlaceDeDependencia)
    with pytest.raises(SinPermiso):
        escribir(captura, 1, por=ajena)
    with pytest.raises(SinPermiso):
        capturas.anotar_lectura(captura, por=ajena)


def test_el_nombre_de_una_captura_no_trae_datos_de_nadie(casa, captura):
    escribir(captura, 1, por=casa.enlace)
    renglon = captura.renglones.get()
    assert not any(v in f"{captura} {renglon}" for v in renglon.celdas.values())
