"""Renglones malos: cada uno se nombra con su fila y todo lo que tiene mal; los buenos entran."""

from __future__ import annotations

import pytest

from programas.models import Programa, ReglaOperacion
from sibis.bitacora.models import Evento
from tests.programas.archivos import anio, con_anio, cuentas, leer, programa, referencias

__all__ = ["leer", "referencias"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("referencias")]


MALOS = {
    "no es un objeto": ("mi beca", "No es un objeto"),
    "sin clave": (programa(clave="", nombre="X"), "sin clave: falta «clave»"),
    "clave con mayúsculas": (programa("Mi Beca"), "Usa minúsculas sin acento"),
    "sin nombre": (programa(nombre=None), "falta «nombre»"),
    "nombre que no es texto": (programa(nombre=7), "«nombre» debe ser texto"),
    "sin tipo": (programa(tipo=None), "falta «tipo»"),
    "tipo inventado": (programa(tipo="beca"), "«tipo» dice «beca»; puede ser programa, accion"),
    "dependencia desconocida": (programa(dependencia="NADIE"), "no existe en el catálogo: «NADIE»"),
    "derecho desconocido": (programa(derechos=["volar"]), "no existe en el catálogo: «volar»"),
    "sin ejercicios": (programa(ejercicios=[]), "no trae ningún ejercicio"),
    "ejercicios que no son lista": (programa(ejercicios={}), "debe ser una lista de objetos"),
    "ejercicio repetido": (programa(ejercicios=[anio(), anio()]), "el ejercicio 2025 se repite"),
    "ejercicio como texto": (con_anio(ejercicio="2025"), "«ejercicio» debe ser un número entero"),
    "ejercicio imposible": (con_anio(ejercicio=1521), "2000"),
    "monto sin comillas": (con_anio(presupuesto_aprobado=600), "van entre comillas"),
    "monto que no es": (con_anio(presupuesto_aprobado="mil"), "«mil» no es un monto"),
    "monto infinito": (con_anio(presupuesto_aprobado="Infinity"), "no es un monto posible"),
    "monto negativo": (con_anio(presupuesto_aprobado="-1"), "no es un monto posible"),
    "monto que no cabe": (con_anio(presupuesto_aprobado="1e20"), "presupuesto_aprobado"),
    "fecha imposible": (con_anio(gaceta_fecha="2025-02-30"), "no es una fecha AAAA-MM-DD que exista"),
    "fecha al revés": (con_anio(gaceta_fecha="30/01/2025"), "no es una fecha AAAA-MM-DD"),
    "fuente que no está": (
        con_anio(presupuesto_fuente="f9"),
        "cita la fuente «f9», que no está en la lista",
    ),
    "sin fuentes": (con_anio(fuentes=[], apoyos=[]), "falta al menos una fuente"),
    "fuente repetida": (
        con_anio(fuentes=[{"clave": "f1", "texto": "A"}, {"clave": "f1", "texto": "B"}]),
        "ya usa esa clave",
    ),
    "alcaldía desconocida": (con_anio(alcaldias=["09999"]), "no existe en el catálogo: «09999»"),
    "edades al revés": (con_anio(edad_min_meses=9, edad_max_meses=8), "edad máxima es menor"),
    "edad negativa": (con_anio(edad_min_meses=-1), "no puede ser negativo"),
    "edad de siglos": (con_anio(edad_max_meses=9999), "1560"),
    "tope menor que el mínimo": (
        con_anio(apoyos=[{"tipo": "transferencia", "monto_minimo": "9", "monto_maximo": "8"}]),
        "menor que su mínimo",
    ),
    "apoyo sin tipo": (con_anio(apoyos=[{}]), "apoyos 1: falta «tipo»"),
    "residencia inventada": (con_anio(residencia={"clase": "luna"}), "«clase» dice «luna»"),
    "clave de acción en un programa": (con_anio(clave_oficial="2025_AS_002_02CD05"), "_AS_"),
    "fechas en un programa": (con_anio(fecha_inicio="2025-01-01"), "solo las acciones"),
    "texto que no cabe": (programa(nombre="x" * 251), "250"),
    "carácter nulo": (programa(nombre="Be\0ca"), "carácter nulo"),
    "carácter nulo en una sección": (con_anio(requisitos=["CU\0RP"]), "carácter nulo"),
    "medio carácter": (con_anio(notas=["\ud83d"]), "carácter nulo o a medias"),
    "meta sin cantidad": (con_anio(metas=[{"unidad": "x"}]), "falta «cantidad»"),
    "meta que no cabe": (con_anio(metas=[{"cantidad": 10**12, "unidad": "x"}]), "cantidad"),
    "enlace que no es dirección": (con_anio(enlace="mi página"), "enlace"),
}  # fmt: skip
EN_INGLES = ("day", "range", "must", "invalid", "expected", "value", "Error", "None")


class TestRenglonMalo:
    @pytest.fixture
    def informe(self, leer):
        """Un solo archivo con todos, y uno bueno al principio y otro al final."""
        malos = []
        for lugar, (renglon, _dice) in enumerate(MALOS.values()):
            if isinstance(renglon, dict) and renglon["clave"] == "mi-beca":
                renglon = {**renglon, "clave": f"mala-{lugar}"}
            malos.append(renglon)
        return leer(programa("buena"), *malos, programa("buena"), programa("otra-buena"))

    def test_cada_uno_se_nombra_con_su_fila_y_su_porque(self, informe):
        porques = dict(informe.rechazos)
        for fila, (caso, (_renglon, dice)) in enumerate(MALOS.items(), 2):
            assert dice in porques.get(fila, ""), f"{caso} (fila {fila}): {porques.get(fila)}"
        assert len(porques) == len(informe.rechazos) == len(MALOS) + 1

    def test_una_clave_repetida_en_el_archivo_se_rechaza_y_vale_la_primera(self, informe):
        assert dict(informe.rechazos)[len(MALOS) + 2] == "La clave «buena» se repite en el archivo."

    def test_los_buenos_entran_y_de_los_malos_no_queda_nada(self, informe):
        assert informe.altas == 2
        assert informe.codigo_de_salida == 1
        assert sorted(Programa.objects.values_list("clave", flat=True)) == ["buena", "otra-buena"]
        assert ReglaOperacion.objects.count() == Evento.objects.count() == 2

    def test_los_porques_estan_en_espanol(self, informe):
        for fila, porque in informe.rechazos:
            palabras = set(porque.replace("«", " ").replace("»", " ").split())
            assert not palabras & set(EN_INGLES), f"fila {fila}: {porque}"


def test_un_renglon_con_muchos_errores_los_dice_todos_una_vez(leer):
    malo = programa(
        tipo="beca",
        dependencia="NADIE",
        derechos=["volar"],
        ejercicios=[anio(2024, fuentes=[]), anio(2025, presupuesto_aprobado=1, sexo="x")],
    )
    [(fila, porque)] = leer(malo).rechazos

    assert fila == 1
    for dice in ("«beca»", "«NADIE»", "«volar»", "2024: falta al menos una fuente",
                 "2025: «presupuesto_aprobado»", "«sexo» dice «x»"):  # fmt: skip
        assert porque.count(dice) == 1, dice


def test_si_un_anio_esta_mal_no_entra_ninguno_de_ese_programa(leer):
    informe = leer(
        programa(ejercicios=[anio(2024), anio(2025, edad_min_meses=9, edad_max_meses=8)])
    )

    assert cuentas(informe) == (0, 0, 0, 1)
    assert not Programa.objects.exists()


def test_si_el_rechazado_ya_lo_cita_otro_la_carga_sigue_y_lo_avisa(leer):
    """El citado existe desde antes de conocer sus años; borrarlo dejaría la cita en el aire."""
    cita = [{"programa": "citada", "clase": "incompatible"}]
    informe = leer(
        con_anio(compatibilidades=cita),
        programa("citada", ejercicios=[anio(edad_min_meses=9, edad_max_meses=8)]),
        programa("otra"),
    )

    assert cuentas(informe) == (2, 0, 0, 1)
    assert [fila for fila, _aviso in informe.avisos] == [2]
    assert not ReglaOperacion.objects.filter(programa__clave="citada").exists()
