"""Cargar programas de un archivo: lo bueno entra, lo malo se nombra con su fila, y repetir no repite."""

from __future__ import annotations

from decimal import Decimal

import pytest

from programas.importacion.programas import cargar
from programas.models import Programa, ReglaOperacion
from sibis.bitacora.models import Evento
from sibis.nucleo.errores import ArchivoIlegible
from tests.fabricas import programas as f
from tests.programas.archivos import (
    anio,
    con_anio,
    cuentas,
    escribir,
    leer,
    programa,
    referencias,
)

__all__ = ["leer", "referencias"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("referencias")]


class TestRenglonBueno:
    def test_entra_publicado_por_el_sistema_con_su_rastro(self, leer):
        assert cuentas(leer(programa())) == (1, 0, 0, 0)

        regla = ReglaOperacion.objects.get()
        assert (regla.estado, regla.origen, regla.version) == ("publicado", "catalogo", 1)
        assert (regla.nombre, regla.dependencia.clave) == ("Mi beca", "FIBIEN")
        evento = Evento.objects.get()
        assert (evento.tipo, evento.por) == ("regla.incorporar", "")

    def test_cada_cifra_queda_atada_a_su_fuente(self, leer):
        leer(
            con_anio(
                presupuesto_aprobado="6820000000.00",
                presupuesto_fuente="f2",
                metas=[{"cantidad": 1200000, "unidad": "niñas y niños", "fuente": "f2"}],
                fuentes=[
                    {"clave": "f1", "texto": "Gaceta", "clase": "gaceta"},
                    {"clave": "f2", "texto": "Diario", "clase": "prensa", "fecha": "2021-11-06"},
                ],
            )
        )

        regla = ReglaOperacion.objects.get()
        assert regla.presupuesto_aprobado == Decimal("6820000000.00")
        assert regla.metas.get().fuente.texto == "Diario"
        assert regla.apoyos.get().fuente.clave == "f1"

    def test_lo_que_no_se_sabe_se_queda_sin_dato(self, leer):
        leer(con_anio(residencia=None, apoyos=None, sexo=None))

        regla = ReglaOperacion.objects.get()
        assert regla.presupuesto_aprobado is regla.edad_min_meses is None
        assert (regla.residencia, regla.acceso_simultaneo) == ("sin_dato", "sin_dato")
        assert not regla.apoyos.exists()

    def test_el_nombre_y_la_dependencia_de_un_anio_pueden_ser_otros(self, leer):
        leer(
            programa(
                ejercicios=[
                    anio(2025),
                    anio(2019, nombre="Beca de entonces", dependencia="SEBIEN"),
                ]
            )
        )

        vieja = ReglaOperacion.objects.get(ejercicio=2019)
        assert (vieja.nombre, vieja.dependencia.clave) == ("Beca de entonces", "SEBIEN")
        assert Programa.objects.get().nombre == "Mi beca"

    def test_puede_citar_a_otro_que_viene_mas_abajo_o_que_no_esta(self, leer):
        citas = [
            {"programa": "otra-beca", "clase": "incompatible"},
            {"programa": "no-esta", "clase": "compatible"},
            {"nombre": "Beca federal", "clase": "condicionada", "condicion": "Si va en secundaria"},
        ]
        informe = leer(con_anio(compatibilidades=citas), programa("otra-beca"))

        assert cuentas(informe) == (2, 0, 0, 0)
        vistas = ReglaOperacion.objects.get(programa__clave="mi-beca").compatibilidades
        assert [(c.programa and c.programa.clave, c.nombre) for c in vistas.all()] == [
            ("otra-beca", "otra-beca"),
            (None, "no-esta"),
            (None, "Beca federal"),
        ]


class TestRepetir:
    def test_sin_cambios_no_hace_nada(self, leer):
        leer(programa(), programa("otra"))
        antes = Evento.objects.count()

        assert cuentas(leer(programa(), programa("otra"))) == (0, 0, 2, 0)
        assert ReglaOperacion.objects.count() == 2
        assert Evento.objects.count() == antes

    def test_el_orden_de_las_llaves_del_json_no_es_un_cambio(self, leer):
        leer(programa())
        volteado = dict(reversed(programa().items()))
        volteado["ejercicios"] = [dict(reversed(anio().items()))]

        assert cuentas(leer(volteado)) == (0, 0, 1, 0)

    def test_un_anio_que_cambio_abre_version_y_la_anterior_se_conserva(self, leer):
        leer(programa())
        assert cuentas(leer(con_anio(resumen="Da más dinero."))) == (0, 1, 0, 0)

        vistas = ReglaOperacion.objects.order_by("version").values_list(
            "version", "estado", "resumen"
        )
        assert list(vistas) == [
            (1, "sustituido", "Da dinero para la escuela."),
            (2, "publicado", "Da más dinero."),
        ]
        assert [e.tipo for e in Evento.objects.order_by("pk")][1:] == [
            "regla.sustituir",
            "regla.incorporar",
        ]

    def test_sustituir_no_cambia_la_fecha_de_lo_que_dijo_la_anterior(self, leer):
        leer(programa())
        antes = ReglaOperacion.objects.get().actualizado_en
        leer(con_anio(resumen="Otro."))

        assert ReglaOperacion.objects.get(version=1).actualizado_en == antes

    def test_cambiar_un_anio_no_toca_los_otros(self, leer):
        leer(programa(ejercicios=[anio(2024), anio(2025)]))
        leer(programa(ejercicios=[anio(2024), anio(2025, resumen="Otro.")]))

        assert ReglaOperacion.objects.filter(ejercicio=2024).count() == 1

    def test_cambiar_un_derecho_del_programa_abre_version_de_sus_anios(self, leer):
        leer(programa())
        leer(programa(derechos=[]))

        assert not ReglaOperacion.objects.publicadas().get().derechos.exists()

    def test_lo_que_ya_no_viene_se_queda(self, leer):
        leer(programa(), programa("otra"))
        leer(programa())

        assert ReglaOperacion.objects.publicadas().count() == 2

    def test_un_cambio_malo_deja_publicada_la_version_de_antes(self, leer):
        leer(programa())
        informe = leer(con_anio(edad_min_meses=9, edad_max_meses=8))

        assert cuentas(informe) == (0, 0, 0, 1)
        assert ReglaOperacion.objects.get().estado == "publicado"

    def test_el_slug_de_un_programa_conocido_no_cambia(self, leer):
        leer(programa())
        Programa.objects.update(slug="direccion-de-siempre")

        assert cuentas(leer(programa(nombre="Otro nombre")))[1] == 1
        assert Programa.objects.get().slug == "direccion-de-siempre"


class TestLoCapturadoManda:
    @pytest.fixture
    def conocido(self, leer):
        leer(programa())
        return Programa.objects.get()

    @pytest.mark.parametrize("rasgo", ["enviada", "observada", "validada"])
    def test_una_version_en_trabajo_detiene_al_catalogo(self, rasgo, conocido, leer):
        captura = f.ReglaFactory(programa=conocido, version=2, **{rasgo: True})

        leer(con_anio(resumen="Lo que dice el catálogo."))

        assert conocido.reglas.count() == 2
        captura.refresh_from_db()
        assert captura.resumen == ""

    def test_una_publicada_por_su_dependencia_no_la_sustituye_el_catalogo(self, conocido, leer):
        conocido.reglas.update(estado="sustituido")
        f.ReglaFactory(publicada=True, programa=conocido, version=2, resumen="Lo capturado.")

        leer(con_anio(resumen="Lo que dice el catálogo."))

        assert conocido.reglas.publicadas().get().resumen == "Lo capturado."

    def test_el_nombre_y_la_dependencia_que_dejo_lo_publicado_no_vuelven_atras(
        self, conocido, leer
    ):
        conocido.reglas.update(estado="sustituido")
        f.ReglaFactory(publicada=True, programa=conocido, version=2)
        Programa.objects.update(nombre="Como se llama hoy", otros_nombres=["Mi beca"])

        assert cuentas(leer(programa())) == (0, 0, 1, 0)
        conocido.refresh_from_db()
        assert (conocido.nombre, conocido.otros_nombres) == ("Como se llama hoy", ["Mi beca"])

    def test_una_captura_retirada_ya_no_estorba(self, conocido, leer):
        f.ReglaFactory(retirada=True, programa=conocido, version=2)

        leer(con_anio(resumen="Lo que dice el catálogo."))

        nueva = conocido.reglas.publicadas().get()
        assert (nueva.version, nueva.resumen) == (3, "Lo que dice el catálogo.")


@pytest.mark.parametrize("contenido", [{}, "texto", 7, None], ids=repr)
def test_un_archivo_que_no_es_una_lista_no_se_carga(contenido, tmp_path):
    with pytest.raises(ArchivoIlegible, match="se esperaba una lista"):
        cargar(escribir(tmp_path, contenido))


def test_una_lista_vacia_no_hace_nada(leer):
    assert cuentas(leer()) == (0, 0, 0, 0)
