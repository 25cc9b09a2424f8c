"""Emitir un recibo: qué queda escrito, cuándo se niega y que no cambia."""

from __future__ import annotations

import hashlib
import json

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from padron.consultas.constancia import canonica, huella
from padron.models import Recibo
from padron.servicios.recibos import emitir
from sibis.bitacora.models import Evento
from sibis.cuentas import roles
from sibis.nucleo.errores import ErrorDeNegocio, TransicionInvalida
from tests.fabricas.cuentas import UsuarioFactory, con_rol
from tests.fabricas.padron import CargaFactory, CorreccionFactory, PasadaFactory, RegistroFactory
from tests.fabricas.recibos import ReciboFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def carga(regla):
    """Cargada por el enlace, con algo corregido y algo en espera, y confirmada por la titular."""
    carga = CargaFactory(
        por_revisar=True,
        regla=regla,
        cargada_por=con_rol(roles.EnlaceDeDependencia, en=regla.dependencia),
        filas=50,
        validas=12,
        con_error=7,
        filas_declaradas=50,
        monto_declarado="75000.00",
    )
    carga.pasada = PasadaFactory(
        carga=carga, terminada=True, numero=3, huella_de_comprobaciones="c0ffee"
    )
    CorreccionFactory(carga=carga, fila=3, lugar=1)
    CorreccionFactory(carga=carga, fila=3, lugar=1)
    _aplicar(carga, con_rol(roles.TitularQueFirma, en=regla.dependencia))
    return carga


def test_dice_que_se_entrego_y_que_entro(carga):
    dicho = ReciboFactory(carga=carga).constancia

    assert dicho["folio"] == "R" + carga.folio[1:]
    assert dicho["carga"] == carga.folio
    assert dicho["programa"]["nombre"] == "Beca de prueba"
    assert dicho["entrega"]["sha256"] == carga.archivo.sha256
    assert dicho["renglones"] == {
        "recibidos": 50,
        "inscritos": 12,
        "en_espera": 7,
        "descartados": 31,
        "con_aviso": 0,
        "celdas_corregidas": 1,
    }
    assert (dicho["personas"], dicho["monto"]) == (12, "18000.00")
    assert dicho["sexo"] == {"mujeres": 6, "hombres": 6, "otro": 0}
    assert dicho["declarado"] == {
        "renglones": 50,
        "monto": "75000.00",
        "mujeres": None,
        "hombres": None,
    }
    assert dicho["sustituye"] is None


def test_dice_con_que_se_reviso_y_quien_respondio(carga):
    dicho = ReciboFactory(carga=carga).constancia

    assert dicho["regla"]["version"] == carga.regla.version
    assert dicho["revision"] == {
        "pasada": 3,
        "regla_version": carga.regla.version,
        "comprobaciones": "c0ffee",
    }
    assert dicho["cargada"]["cuenta"] == carga.cargada_por.username
    assert dicho["cargada"]["funcion"] == "Enlace de dependencia o alcaldía"
    assert dicho["confirmada"]["cuenta"] == carga.aplicada_por.username
    assert dicho["confirmada"]["funcion"] == "Titular que firma"


def _aplicar(carga, quien):
    carga.estado, carga.aplicada_por, carga.aplicada_en = "aplicada", quien, timezone.now()
    carga.save()


def test_no_trae_nada_de_las_personas_inscritas(recibo):
    escrito = json.dumps(recibo.constancia, ensure_ascii=False)

    for dato in ("Peña", "Íñigo", "Ana", "F-0001"):
        assert dato not in escrito


def test_la_huella_es_la_de_su_forma_canonica_tambien_despues_de_guardarse(recibo):
    recibo = Recibo.objects.get(pk=recibo.pk)

    assert recibo.sha256 == huella(recibo.constancia)
    assert recibo.sha256 == hashlib.sha256(canonica(recibo.constancia)).hexdigest()


def test_queda_en_la_bitacora_de_su_carga(recibo):
    evento = Evento.objects.get(tipo="recibo.emitido")

    assert evento.objeto_id == str(recibo.carga_id)
    assert evento.detalle["folio"] == recibo.folio


def test_repetirlo_devuelve_el_mismo(recibo):
    assert emitir(recibo.carga, por=UsuarioFactory()).pk == recibo.pk
    assert Recibo.objects.count() == 1


def test_una_carga_sin_aplicar_no_tiene_recibo():
    carga = CargaFactory(por_confirmar=True)

    with pytest.raises(TransicionInvalida, match="aplicada"):
        emitir(carga, por=UsuarioFactory())
    assert not Recibo.objects.exists()


def test_si_lo_inscrito_no_es_lo_revisado_no_se_emite_y_dice_que_hacer():
    carga = CargaFactory(aplicada=True, validas=2)
    RegistroFactory(carga=carga)

    with pytest.raises(ErrorDeNegocio, match=f"avisa a quien opera.*{carga.folio}"):
        emitir(carga, por=carga.aplicada_por)
    assert not Recibo.objects.exists()


def test_lo_que_sustituye_a_otra_lo_dice(sustituto, firmado):
    assert sustituto.constancia["sustituye"] == {
        "carga": firmado.carga.folio,
        "recibo": firmado.folio,
    }


def test_lo_tecleado_sin_archivo_dice_que_no_lo_hubo(regla):
    recibo = ReciboFactory(carga__regla=regla, carga__origen="formulario", carga__archivo=None)

    assert recibo.constancia["entrega"]["sha256"] == ""


class TestLaBase:
    @pytest.mark.parametrize(
        "cambio", [{"sha256": "0" * 64}, {"constancia": {}}, {"folio": "R-2025-999999"}]
    )
    def test_no_deja_cambiar_un_recibo(self, recibo, cambio):
        with pytest.raises(IntegrityError, match="no cambia"), transaction.atomic():
            Recibo.objects.filter(pk=recibo.pk).update(**cambio)

    def test_no_deja_borrarlo_ni_vaciar_la_tabla(self, recibo):
        with pytest.raises(IntegrityError, match="no cambia"), transaction.atomic():
            Recibo.objects.filter(pk=recibo.pk).delete()
        with pytest.raises(IntegrityError, match="no se vacía"), transaction.atomic():
            connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE padron_recibo")

    def test_el_documento_llega_una_vez(self, firmado):
        with pytest.raises(IntegrityError, match="no cambia"), transaction.atomic():
            Recibo.objects.filter(pk=firmado.pk).update(archivo=None)

    @pytest.mark.parametrize(
        ("valores", "regla_rota"),
        [
            ({"folio": "X-1"}, "lleva su mismo número"),
            ({"sha256": "corta"}, "recibo_huella_bien_escrita"),
        ],
    )
    def test_no_admite_uno_mal_escrito(self, valores, regla_rota):
        carga = CargaFactory(aplicada=True)
        correcto = {
            "folio": f"R{carga.folio[1:]}",
            "sha256": "a" * 64,
            "constancia": {},
            "emitido_por": carga.aplicada_por,
        }
        with pytest.raises(IntegrityError, match=regla_rota), transaction.atomic():
            Recibo.objects.create(carga=carga, **correcto | valores)

    def test_el_folio_se_escribe_de_una_manera(self):
        """El de la carga ya lo exige; si un día cambia, el del recibo sigue valiendo."""
        (restriccion,) = [
            c for c in Recibo._meta.constraints if c.name == "recibo_folio_bien_escrito"
        ]
        assert restriccion.condition.check({"folio": "R-2025-000001"})
        assert not restriccion.condition.check({"folio": "R-25-1"})

    def test_no_admite_uno_de_una_carga_sin_aplicar(self):
        carga = CargaFactory(por_confirmar=True)

        with pytest.raises(IntegrityError, match="carga aplicada"), transaction.atomic():
            Recibo.objects.create(
                carga=carga,
                folio=f"R{carga.folio[1:]}",
                sha256="a" * 64,
                constancia={},
                emitido_por=UsuarioFactory(),
            )
