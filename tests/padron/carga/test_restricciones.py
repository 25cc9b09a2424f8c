"""Cada restricción de las cargas niega lo suyo, con sus palabras."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from padron.models import Carga, Correccion, DisposicionDePadron, Pasada
from sibis.vigencia.restricciones import con_mensajes
from tests.fabricas.cuentas import UsuarioFactory
from tests.fabricas.padron import (
    CargaFactory,
    ColumnaDePadronFactory,
    CorreccionFactory,
    DisposicionDePadronFactory,
    FilaEnEsperaFactory,
    MapeoRecordadoFactory,
    PasadaFactory,
    RecetaFactory,
    RegistroFactory,
    TramoFactory,
)
from tests.fabricas.programas import ReglaFactory

pytestmark = pytest.mark.django_db


def niega(hacer) -> str:
    with pytest.raises(ValidationError) as error, con_mensajes(), transaction.atomic():
        hacer()
    return " ".join(error.value.messages)


def cambia(desde: str = "recibida", **valores):
    """Por SQL, sin pasar por ningún servicio."""
    carga = CargaFactory(estado=desde)
    return lambda: Carga.objects.filter(pk=carga.pk).update(
        **{c: v(carga) if callable(v) else v for c, v in valores.items()}
    )


AHORA = datetime.datetime(2026, 1, 2, tzinfo=datetime.UTC)


APLICADA = {"desde": "por_revisar", "estado": "aplicada", "aplicada_en": AHORA}


@pytest.mark.parametrize(
    ("valores", "dicho"),
    [
        ({"periodo": "t9"}, "El periodo es"),
        ({"folio": "123"}, "El folio se escribe"),
        ({"archivo": None}, "conserva su archivo"),
        ({"monto_declarado": -1}, "no puede ser negativo"),
        ({"sustituye_id": lambda c: c.pk}, "a sí misma"),
        ({"presentada_en": AHORA}, "quién o cuándo"),
        ({"devuelta_en": AHORA}, "quién o cuándo"),
        ({"desde": "cancelada", "cancelada_por": None}, "quién o cuándo"),
        ({**APLICADA, "aplicada_por": None}, "quién o cuándo"),
        ({**APLICADA, "aplicada_por_id": lambda c: c.cargada_por_id}, "no puede confirmar"),
        ({"aplicada_en": AHORA, "aplicada_por": lambda c: UsuarioFactory()}, "dice cuándo"),
        ({"estado": "cancelada"}, "dice cuándo"),
        ({"estado": "ilegible"}, "se dice por qué"),
    ],
)
def test_una_carga_imposible_no_existe(valores, dicho):
    assert dicho in niega(cambia(**valores))


def test_una_carga_no_salta_de_estado_ni_cambia_despues_de_aplicada():
    carga = CargaFactory()
    with pytest.raises(Exception, match="nvalid"), transaction.atomic():
        Carga.objects.filter(pk=carga.pk).update(
            estado="aplicada", aplicada_en=AHORA, aplicada_por=UsuarioFactory()
        )
    aplicada = CargaFactory(aplicada=True)
    assert "ya se aplicó" in niega(lambda: Carga.objects.filter(pk=aplicada.pk).update(validas=7))
    with pytest.raises(Exception, match="carga_no_se_borra|annot"), transaction.atomic():
        aplicada.delete()
    with pytest.raises(Exception, match="no se vacía"), transaction.atomic():
        connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE padron_carga CASCADE")


def test_una_carga_es_de_su_regla():
    carga, otra = CargaFactory(), ReglaFactory(publicada=True)

    assert "otro programa" in niega(lambda: Carga.objects.filter(pk=carga.pk).update(regla=otra))


def test_quien_corrigio_no_aplica_ni_por_sql():
    carga = CargaFactory(por_revisar=True)
    persona = CorreccionFactory(carga=carga).por

    assert "corrigió" in niega(
        lambda: Carga.objects.filter(pk=carga.pk).update(
            estado="aplicada", aplicada_en=AHORA, aplicada_por=persona
        )
    )


def test_dos_cargas_no_comparten_archivo_ni_folio():
    carga = CargaFactory()
    iguales = {"regla": carga.regla, "archivo": carga.archivo}

    assert "ya se había cargado" in niega(lambda: CargaFactory(**iguales))
    assert CargaFactory(**iguales, hoja="2").pk
    assert "otra carga" in niega(
        lambda: CargaFactory(
            regla=carga.regla, consecutivo=carga.consecutivo, folio="P-2025-999999"
        )
    )


def test_una_pasada_imposible_no_existe():
    pasada = PasadaFactory()
    suya = Pasada.objects.filter(pk=pasada.pk)

    assert "ya se está revisando" in niega(lambda: PasadaFactory(carga=pasada.carga))
    assert PasadaFactory(carga=pasada.carga, motivo="sombra").pk
    assert "ya existe" in niega(
        lambda: PasadaFactory(carga=pasada.carga, numero=pasada.numero, motivo="sombra")
    )
    assert "más de lo que hay" in niega(lambda: suya.update(hechas=2, total=1))
    assert "solo cuando acabó" in niega(lambda: suya.update(terminada_en=AHORA))
    assert "se dice por qué" in niega(lambda: suya.update(estado="fallida", terminada_en=AHORA))
    suya.update(estado="terminada", terminada_en=AHORA)
    with pytest.raises(Exception, match="nvalid"), transaction.atomic():
        suya.update(estado="en_marcha", terminada_en=None)
    with pytest.raises(Exception, match="pasada_no_se_borra|annot"), transaction.atomic():
        pasada.delete()


def test_una_correccion_no_se_edita_ni_llega_tarde():
    corregida = CorreccionFactory()
    for cambio in (
        lambda: Correccion.objects.update(nuevo="otro"),
        Correccion.objects.all().delete,
    ):
        with pytest.raises(Exception, match="annot"), transaction.atomic():
            cambio()
    assert "primera es la 1" in niega(lambda: CorreccionFactory(carga=corregida.carga, fila=0))
    assert "ya se aplicó" in niega(lambda: CorreccionFactory(carga=CargaFactory(aplicada=True)))


def test_lo_que_va_una_sola_vez():
    fila, tramo, receta = FilaEnEsperaFactory(), TramoFactory(), RecetaFactory()
    mapeo, disposicion = MapeoRecordadoFactory(), DisposicionDePadronFactory()
    columna = ColumnaDePadronFactory()

    assert "ya está en espera" in niega(
        lambda: FilaEnEsperaFactory(pasada=fila.pasada, fila=fila.fila)
    )
    assert "ya está anotado" in niega(
        lambda: TramoFactory(pasada=tramo.pasada, numero=tramo.numero)
    )
    assert "Ya hay una receta" in niega(
        lambda: RecetaFactory(dependencia=receta.dependencia, forma=receta.forma)
    )
    assert "ya tiene su mapeo" in niega(
        lambda: MapeoRecordadoFactory(dependencia=mapeo.dependencia, huella=mapeo.huella)
    )
    assert "ya tiene su disposición" in niega(
        lambda: DisposicionDePadronFactory(programa=disposicion.programa)
    )
    assert "ya tiene un renglón" in niega(
        lambda: ColumnaDePadronFactory(identificador=columna.identificador)
    )


@pytest.mark.parametrize("tipos", [[], ["marciana"], ["persona", "x"]])
def test_una_disposicion_admite_a_alguien_conocido(tipos):
    disposicion = DisposicionDePadronFactory()

    assert "Elige al menos un tipo" in niega(
        lambda: DisposicionDePadron.objects.update(tipos_admitidos=tipos)
    )
    assert disposicion.tipos_admitidos == ["persona", "menor", "facilitadora"]


@pytest.mark.parametrize(
    ("valores", "cual"),
    [
        ({"id": 5}, "registro_id_de_su_fila"),
        ({"tipo_persona": "marciana"}, "registro_tipo_conocido"),
        ({"sexo": "Z"}, "registro_sexo_conocido"),
        ({"curp": "CORTA"}, "registro_largos_justos"),
        ({"clabe": "123"}, "registro_largos_justos"),
        ({"telefono": "55"}, "registro_largos_justos"),
        ({"alcaldia": "9"}, "registro_largos_justos"),
        ({"monto": -1}, "registro_cantidades_posibles"),
        ({"ministracion": -1}, "registro_cantidades_posibles"),
    ],
)
def test_un_registro_imposible_no_existe(valores, cual):
    with pytest.raises(IntegrityError, match=cual), transaction.atomic():
        RegistroFactory(**valores)


def test_el_mismo_registro_no_entra_dos_veces():
    registro = RegistroFactory()
    with pytest.raises(IntegrityError, match="id"), transaction.atomic():
        RegistroFactory(carga=registro.carga, fila=registro.fila)
