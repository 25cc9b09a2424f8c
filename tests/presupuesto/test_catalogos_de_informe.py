"""Lo que trae el sistema para juzgar informes y reglas: entra entero, y no pisa lo que alguien corrigió."""

from __future__ import annotations

import json

import pytest

from presupuesto.importacion import catalogos
from presupuesto.models import ExigenciaDeInforme, RangoDeSemaforo
from sibis.nucleo.errores import ArchivoIlegible
from sibis.revision import catalogos as de_revision
from sibis.revision.materias import materias
from sibis.revision.models import PlazoDeRevision, PuntoDeCotejo

pytestmark = pytest.mark.django_db
CARGAS = [catalogos.cargar, de_revision.cargar]


@pytest.mark.parametrize("cargar", CARGAS)
def test_entra_entero_y_repetirlo_no_cambia_nada(cargar):
    primera, segunda = cargar(), cargar()
    assert all(i.altas and not i.rechazos for i in primera)
    assert [(i.altas, i.cambios, i.iguales) for i in segunda] == [(0, 0, i.altas) for i in primera]


def test_lo_que_alguien_corrigio_en_el_panel_se_queda():
    catalogos.cargar()
    ExigenciaDeInforme.objects.filter(clave="variacion-de-metas-explicada").update(tolerancia=5)
    RangoDeSemaforo.objects.filter(clave="icmpp-verde").update(desde=95)
    catalogos.cargar()
    assert ExigenciaDeInforme.objects.get(clave="variacion-de-metas-explicada").tolerancia == 5
    assert RangoDeSemaforo.objects.get(clave="icmpp-verde").desde == 95


def test_toda_lista_y_todo_plazo_son_de_una_materia_y_de_una_instancia_que_existen():
    de_revision.cargar()
    for punto in PuntoDeCotejo.objects.all():
        pedidas = {t.exige_cotejo for t in materias()[punto.materia].flujo}
        assert punto.instancia in pedidas, punto.clave
        assert punto.norma, punto.clave
    for plazo in PlazoDeRevision.objects.all():
        assert plazo.estado in materias()[plazo.materia].estados.values, plazo.clave
    for materia in materias().values():
        for instancia in {t.exige_cotejo for t in materia.flujo} - {""}:
            hay = PuntoDeCotejo.objects.de(materia.clase, instancia, variante="programa").count()
            assert 6 <= hay <= 8, (materia.clase, instancia)


@pytest.mark.parametrize("cargar", CARGAS)
@pytest.mark.parametrize("contenido", ["{", "[]", '"x"'])
def test_un_archivo_que_no_se_entiende_se_dice(cargar, contenido, tmp_path):
    ruta = tmp_path / "malo.json"
    ruta.write_text(contenido)
    with pytest.raises(ArchivoIlegible):
        cargar(ruta)


def test_un_renglon_malo_se_nombra_y_los_demas_entran(tmp_path):
    ruta = tmp_path / "rangos.json"
    bueno = {"clave": "bueno", "nombre": "Bueno", "indice": "icmpp", "color": "verde"}
    malos = [
        "nada",
        bueno | {"clave": "sobra", "columna": 1},
        bueno | {"clave": "color", "color": "azul"},
        bueno | {"clave": "orden", "desde": "9", "hasta": "1"},
    ]
    ruta.write_text(json.dumps({"rangos": [*malos, bueno]}))

    informe, _exigencias = catalogos.cargar(ruta)

    assert (informe.altas, [fila for fila, _ in informe.rechazos]) == (1, [1, 2, 3, 4])
