"""El catálogo de obligaciones, cambiarlas en el panel, y lo que la base no deja pasar."""

from __future__ import annotations

import datetime

import pytest
from django.db import IntegrityError, transaction

from sibis.agenda.importacion import obligaciones as importacion
from sibis.agenda.models import Obligacion
from sibis.cuentas import roles
from tests.fabricas.agenda import ObligacionFactory, VencimientoFactory
from tests.fabricas.cuentas import con_rol, entrar

pytestmark = pytest.mark.django_db
D = datetime.date
HOY = D(2026, 1, 10)


def test_el_catalogo_trae_las_obligaciones_de_verdad_y_repetirlo_no_duplica():
    assert importacion.cargar().rechazos == []
    repetida = importacion.cargar()

    assert (repetida.altas, repetida.cambios) == (0, 0)
    reglas = Obligacion.objects.get(clave="reglas-en-la-gaceta")
    assert reglas.regla_de_fecha.vence(2027) == D(2027, 1, 31)
    for ob in Obligacion.objects.all():
        assert ob.norma
        ob.full_clean()


def test_lo_que_alguien_cambio_en_el_panel_no_lo_deshace_la_carga():
    importacion.cargar()
    Obligacion.objects.filter(clave="padron-en-la-gaceta").update(gracia_dias=10, dia=20)

    importacion.cargar()

    ob = Obligacion.objects.get(clave="padron-en-la-gaceta")
    assert ob.dia == 20


def test_una_obligacion_mal_escrita_se_nombra_y_las_demas_entran(tmp_path):
    archivo = tmp_path / "o.json"
    archivo.write_text(
        '[{"clave": "a", "nombre": "A", "aplica_a": "programas", "clase_de_fecha": "fija"}, 7,'
        ' {"clave": "b", "color": "rojo"},'
        ' {"clave": "c", "nombre": "C", "aplica_a": "programas", "clase_de_fecha": "fija",'
        ' "dia": 1, "mes": 2}]'
    )

    informe = importacion.cargar(archivo)

    assert [fila for fila, _m in informe.rechazos] == [1, 2, 3]
    assert informe.altas == 1


@pytest.mark.parametrize(
    ("crear", "restriccion"),
    [
        (lambda: ObligacionFactory(dia=None), "obligacion_con_su_fecha"),
        (lambda: ObligacionFactory(trimestral=True, trimestres=[]), "obligacion_con_su_fecha"),
        (lambda: ObligacionFactory(clase_de_fecha="tras_fecha"), "obligacion_con_su_fecha"),
        (lambda: ObligacionFactory(dia=32), "obligacion_dia_del_mes"),
        (lambda: ObligacionFactory(mes=13), "obligacion_mes_del_anio"),
        (
            lambda: ObligacionFactory(trimestral=True, trimestres=[5]),
            "obligacion_trimestres_de_1_a_4",
        ),
        (lambda: ObligacionFactory(escala_dias=[1]), "obligacion_escala_con_funciones"),
        (
            lambda: ObligacionFactory(vigente_desde=D(2026, 2, 1), vigente_hasta=D(2026, 1, 1)),
            "agenda_obligacion_vigencia_en_orden",
        ),
        (lambda: VencimientoFactory(trimestre=5), "vencimiento_trimestre_de_1_a_4"),
        (
            lambda: VencimientoFactory(vence_el=HOY, prorrogado_al=HOY),
            "vencimiento_prorroga_alarga",
        ),
        (lambda: VencimientoFactory(cumplido_el=HOY), "vencimiento_cumplido_con_que"),
        (
            lambda: VencimientoFactory(cumplido=True, anotado_en="2026-01-01T00:00Z"),
            "vencimiento_anotado_en_y_por_juntos",
        ),
    ],
)
def test_la_base_rechaza_lo_que_no_puede_ser(crear, restriccion):
    with pytest.raises(IntegrityError, match=restriccion), transaction.atomic():
        crear()


def test_un_deber_del_anio_no_se_repite_aunque_no_tenga_trimestre():
    v = VencimientoFactory()
    iguales = {
        "obligacion": v.obligacion,
        "dependencia": v.dependencia,
        "asunto_clave": v.asunto_clave,
    }
    with pytest.raises(IntegrityError, match="vencimiento_uno_por_deber"), transaction.atomic():
        VencimientoFactory(**iguales)
    VencimientoFactory(**iguales, trimestre=1)


# En el panel


def _datos_de(ob: Obligacion, **cambios: object) -> dict[str, object]:
    campos = ("nombre", "aplica_a", "orden", "norma", "clase_de_fecha", "dia", "mes", "anio")
    return {c: getattr(ob, c) for c in campos} | {
        "gracia_dias": 0,
        "recordatorios": "7, 0",
        "recordar_a": "enlace",
        "escala_dias": "1",
        "escala_a": "enlace",
        **cambios,
    }


def test_cambiar_una_obligacion_queda_escrito_y_corre_lo_que_no_vence(
    client, django_capture_on_commit_callbacks
):
    ob = ObligacionFactory()
    entrar(client, con_rol(roles.ValidacionSIBISO))
    url = f"/panel/agenda/obligacion/{ob.pk}/change/"

    malo = client.post(url, _datos_de(ob, escala_dias="1, 5"))
    assert malo.status_code == 200
    assert "una función por cada día" in malo.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(url, _datos_de(ob, dia=15)).status_code == 302

    ob.refresh_from_db()
    assert (ob.dia, ob.recordatorios, ob.escala_a) == (15, [7, 0], ["enlace"])


def test_el_enlace_consulta_las_obligaciones_y_no_las_cambia(client):
    v = VencimientoFactory()
    entrar(client, con_rol(roles.EnlaceDeDependencia, en=v.dependencia))
    url = f"/panel/agenda/obligacion/{v.obligacion_id}/change/"

    assert client.get(url).status_code == 200
    assert client.post(url, _datos_de(v.obligacion, dia=1)).status_code == 403
    assert client.get("/panel/agenda/vencimiento/").url == "/panel/agenda/"
    assert client.get(f"/panel/agenda/vencimiento/{v.pk}/change/").url == v.get_absolute_url()
