"""El catálogo que se distribuye entra limpio, dice de dónde salió cada cifra y no se repite."""

from __future__ import annotations

import json

import pytest
from django.db.models import F, Q

from programas.consultas.busqueda import buscar
from programas.consultas.filtros import Filtros
from programas.management.commands.cargar_catalogos import DATOS, DEPENDENCIAS
from programas.models import (
    Apoyo,
    Compatibilidad,
    Exigencia,
    Fuente,
    Leyenda,
    MetaFisica,
    Programa,
    ReglaOperacion,
    Sinonimo,
)
from programas.requisitos import COMPROBACIONES
from sibis.bitacora.models import Evento
from sibis.bitacora.sellado import sellar, verificar
from tests.programas.catalogo.conftest import cargar


@pytest.fixture(scope="module")
def archivo() -> list[dict]:
    return json.loads((DATOS / "programas.json").read_text(encoding="utf-8"))


def test_entra_sin_rechazos_ni_avisos(carga):
    codigo, salida = carga

    assert codigo == 0
    assert "fila" not in salida


def test_hay_al_menos_120_programas_de_30_dependencias_entre_2018_y_2025():
    reglas = ReglaOperacion.objects.publicadas().filter(ejercicio__range=(2018, 2025))

    assert reglas.values("programa").distinct().count() >= 120
    assert reglas.values("dependencia").distinct().count() >= 30


def test_todo_renglon_del_archivo_queda_publicado(archivo):
    del_archivo = {(p["clave"], e["ejercicio"]) for p in archivo for e in p["ejercicios"]}
    en_la_base = ReglaOperacion.objects.publicadas().values_list("programa__clave", "ejercicio")

    assert set(en_la_base) == del_archivo


def test_repetir_la_carga_no_cambia_nada():
    antes = Evento.objects.count(), ReglaOperacion.objects.count()
    codigo, salida = cargar()

    assert codigo == 0
    resumenes = [linea for linea in salida.splitlines() if " altas, " in linea]
    assert len(resumenes) >= 14
    assert all(": 0 altas, 0 cambios," in linea for linea in resumenes), salida
    assert (Evento.objects.count(), ReglaOperacion.objects.count()) == antes


def test_toda_regla_dice_al_menos_una_fuente():
    assert not ReglaOperacion.objects.filter(fuentes__isnull=True).exists()


def test_todo_presupuesto_y_todo_numero_citan_una_fuente_de_su_regla():
    """Sin cita vale la primera de la regla, que siempre hay; la citada tiene que existir."""
    con_cita = ReglaOperacion.objects.exclude(presupuesto_fuente="")
    existentes = con_cita.filter(fuentes__clave=F("presupuesto_fuente"))
    assert con_cita.count() == existentes.count()
    for modelo in (Apoyo, MetaFisica):
        ajenas = modelo.objects.filter(fuente__isnull=False).exclude(fuente__regla=F("regla"))
        assert not ajenas.exists()


def test_toda_fuente_dice_cual_es_y_ninguna_lleva_contrasenas_ni_rutas_locales():
    sospechosas = Fuente.objects.filter(
        Q(texto="")
        | Q(url__contains="@")
        | Q(url__startswith="file:")
        | Q(url__contains="localhost")
    )
    assert not sospechosas.exists()


def test_ningun_monto_es_cero_ni_inventado_en_especie():
    assert not Apoyo.objects.filter(Q(monto_minimo=0) | Q(monto_maximo=0)).exists()


def test_las_compatibilidades_citan_programas_que_existen(archivo):
    claves = {p["clave"] for p in archivo}
    citadas = {
        c["programa"]
        for p in archivo
        for e in p["ejercicios"]
        for c in e.get("compatibilidades") or []
        if c.get("programa")
    }
    assert citadas <= claves
    assert Compatibilidad.objects.filter(programa__isnull=False).count() >= len(citadas)


def test_ningun_texto_trae_restos_de_la_fuente():
    """Etiquetas HTML, entidades o dobles espacios delatan un copiado."""
    for campo in ("nombre", "resumen", "a_quien", "queja", "residencia_detalle"):
        raros = ReglaOperacion.objects.filter(
            Q(**{f"{campo}__contains": "  "})
            | Q(**{f"{campo}__regex": r"<[a-z/]"})
            | Q(**{f"{campo}__regex": r"&[a-z]+;"})
        )
        assert not raros.exists(), campo


def test_los_resumenes_caben_en_un_renglon_y_terminan_en_punto():
    for regla in ReglaOperacion.objects.exclude(resumen=""):
        assert len(regla.resumen) <= 220, regla
        assert regla.resumen.endswith("."), regla


def test_toda_exigencia_que_se_distribuye_se_sabe_comprobar():
    """Una exigencia sin comprobación nunca faltaría: la ley diría que sí y el sistema que no."""
    claves = {e.clave.replace("-", "_") for e in Exigencia.objects.all()}
    assert claves <= set(COMPROBACIONES)


def test_hay_una_leyenda_vigente_y_solo_una_se_muestra_primero():
    vigentes = Leyenda.objects.vigentes().order_by("orden")
    assert vigentes.exists()
    assert "público" in vigentes[0].texto


def test_todo_sinonimo_lleva_a_algun_programa():
    """Uno que no encuentra nada es peor que no tenerlo: promete y deja la página vacía."""
    vacios = [s.termino for s in Sinonimo.objects.all() if not buscar(Filtros(q=s.termino)).total]
    assert vacios == []


def test_ninguna_clave_se_parece_a_otra_por_descuido():
    claves = sorted(Programa.objects.values_list("clave", flat=True))
    assert len({c.replace("-", "") for c in claves}) == len(claves)


def test_la_bitacora_de_la_carga_se_sella_y_esta_integra():
    sellar()
    assert verificar().integra


@pytest.mark.parametrize("ruta", [DATOS / "programas.json", DATOS / "catalogos.json", DEPENDENCIAS])
def test_los_archivos_se_guardan_parejos_para_que_un_cambio_se_lea(ruta):
    """Misma sangría, sin escapar los acentos y sin espacios al final: la diferencia es el dato."""
    texto = ruta.read_text(encoding="utf-8")
    assert "\\u00" not in texto
    assert not any(linea != linea.rstrip() for linea in texto.splitlines())


def test_los_programas_van_en_orden_de_clave(archivo):
    claves = [p["clave"] for p in archivo]
    assert claves == sorted(claves)
