"""Las listas de una regla, sin JavaScript: agregar, quitar, mover y guardar en su orden."""

from __future__ import annotations

import pytest

from programas.models import ReglaOperacion
from tests.fabricas import programas as f
from tests.fabricas.cuentas import entrar
from tests.programas.captura import Escritorio

pytestmark = pytest.mark.django_db


@pytest.fixture
def regla(dependencia):
    for numeral in ("1", "1.1", "2"):
        f.ApartadoFactory(numeral=numeral)
    return f.ReglaFactory(programa__dependencia=dependencia)


@pytest.fixture
def mesa(client, enlace, regla):
    entrar(client, enlace)
    return Escritorio(client, regla)


def de_la_base(regla) -> ReglaOperacion:
    return ReglaOperacion.objects.get(pk=regla.pk)


class TestRenglones:
    def test_agregar_conserva_lo_tecleado_y_no_guarda_nada(self, mesa, regla):
        datos = {**mesa.abrir("requisitos"), "requisitos-total": "1", "requisitos-0-texto": "Uno"}
        respuesta = mesa.mandar("requisitos", datos, "agregar:requisitos")

        assert respuesta.url == f"{mesa.url('requisitos')}#requisitos-1"
        despues = mesa.abrir("requisitos")
        assert (despues["requisitos-total"], despues["requisitos-0-texto"]) == (["2"], ["Uno"])
        assert not regla.requisitos.exists()

    def test_se_guardan_en_su_orden_y_con_su_clase(self, mesa, regla):
        datos = mesa.abrir("requisitos") | {
            "requisitos-total": "3",
            "requisitos-0-texto": "Uno",
            "requisitos-2-texto": "Dos",
            "documentos-total": "1",
            "documentos-0-texto": "Acta",
        }
        mesa.mandar("requisitos", datos)

        assert [(r.clase, r.texto) for r in regla.requisitos.order_by("clase", "orden")] == [
            ("condicion", "Uno"),
            ("condicion", "Dos"),
            ("documento", "Acta"),
        ]

    def test_subir_y_quitar_conservan_los_renglones_guardados(self, mesa, regla):
        f.RequisitoFactory(regla=regla, texto="A", orden=1)
        f.RequisitoFactory(regla=regla, texto="B", orden=2)
        antes = {r.texto: r.pk for r in regla.requisitos.all()}

        mesa.mandar("requisitos", mesa.abrir("requisitos"), "subir:requisitos:1")
        mesa.mandar("requisitos", mesa.abrir("requisitos"))
        assert [(r.texto, r.pk) for r in regla.requisitos.all()] == [
            ("B", antes["B"]),
            ("A", antes["A"]),
        ]

        mesa.mandar("requisitos", mesa.abrir("requisitos"), "quitar:requisitos:0")
        mesa.mandar("requisitos", mesa.abrir("requisitos"))
        assert [r.texto for r in regla.requisitos.all()] == ["A"]

    def test_un_renglon_a_medias_dice_que_le_falta_y_donde(self, mesa, regla):
        f.TipoDeApoyoFactory()
        datos = mesa.abrir("apoyos") | {"apoyos-total": "1", "apoyos-0-modalidad": "Primaria"}
        respuesta = mesa.mandar("apoyos", datos)

        assert respuesta.status_code == 422
        assert 'href="#id_apoyos-0-tipo"' in respuesta.text
        assert not regla.apoyos.exists()

    def test_el_renglon_de_otra_regla_no_se_toca(self, mesa, regla):
        ajeno = f.RequisitoFactory(texto="Ajeno")
        datos = mesa.abrir("requisitos") | {
            "requisitos-total": "1",
            "requisitos-0-id": str(ajeno.pk),
            "requisitos-0-texto": "Mío",
        }
        mesa.mandar("requisitos", datos)

        ajeno.refresh_from_db()
        assert ajeno.texto == "Ajeno"
        assert [r.texto for r in regla.requisitos.all()] == ["Mío"]

    def test_la_fuente_de_una_cifra_es_de_la_misma_regla(self, mesa, regla):
        ajena = f.FuenteFactory()
        datos = mesa.abrir("metas") | {
            "metas-total": "1",
            "metas-0-cantidad": "1,200",
            "metas-0-unidad": "becas",
            "metas-0-fuente": str(ajena.pk),
        }
        assert mesa.mandar("metas", datos).status_code == 422

        mesa.mandar("metas", {**datos, "metas-0-fuente": ""})
        assert [str(m) for m in regla.metas.all()] == ["1,200 becas"]

    def test_una_fuente_nueva_recibe_su_clave(self, mesa, regla):
        f.FuenteFactory(regla=regla, clave="f2")
        datos = mesa.abrir("fuentes") | {
            "fuentes-total": "2",
            "fuentes-1-texto": "Padrón",
            "fuentes-1-clase": "captura",
        }
        mesa.mandar("fuentes", datos)

        assert {x.clave: x.texto for x in regla.fuentes.all()} == {
            "f2": "Gaceta Oficial",
            "f1": "Padrón",
        }

    @pytest.mark.parametrize("total", ["-1", "x", "99999", "", "²"])
    def test_un_numero_de_renglones_imposible_no_rompe_nada(self, mesa, total):
        datos = {**mesa.abrir("requisitos"), "requisitos-total": total}

        assert mesa.mandar("requisitos", datos).status_code in {302, 422}

    @pytest.mark.parametrize(
        "accion",
        ["agregar:nada", "quitar:requisitos:77", "volar", "", "responder:9", "subir:x:y:z"],
    )
    def test_una_accion_imposible_se_explica_y_conserva(self, mesa, accion):
        assert mesa.escribir("requisitos", accion).status_code == 302

    def test_con_la_lista_llena_no_se_agrega_otro(self, mesa, regla):
        for n in range(60):
            f.RequisitoFactory(regla=regla, texto=f"R{n}", orden=n)
        mesa.escribir("requisitos", "agregar:requisitos")

        assert mesa.abrir("requisitos")["requisitos-total"] == ["60"]
