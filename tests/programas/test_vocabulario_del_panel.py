"""Lo que cambia una persona en el panel: vale en la búsqueda siguiente y la carga no lo deshace."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from programas import proyeccion
from programas.consultas import interpretacion
from programas.importacion import catalogos, programas
from programas.models import Programa, Sinonimo, Vocabulario
from sibis.bitacora.models import Evento
from sibis.cuentas import roles
from tests.fabricas import programas as f
from tests.fabricas.cuentas import DependenciaFactory, con_rol, entrar
from tests.programas.portal import hallados, publicar

pytestmark = pytest.mark.django_db


@pytest.fixture
def panel(client):
    return entrar(client, con_rol(roles.ValidacionSIBISO)) or client


def guardar(client, **datos):
    datos = {"activo": "on"} | datos
    return client.post(reverse("admin:programas_sinonimo_add"), datos)


class TestSinonimo:
    def test_se_usa_desde_la_busqueda_siguiente_y_queda_en_la_bitacora(self, panel, client):
        publicar("Beca escolar")
        assert hallados("colegiatura") == []

        respuesta = guardar(client, termino="Colegiatura", equivale_a="Beca, BÉCAS")

        assert respuesta.status_code == 302
        assert Sinonimo.objects.get().equivale_a == ["beca", "becas"]
        assert hallados("colegiatura") == ["Beca escolar"]
        assert Evento.objects.get(tipo="sinonimo.creado").detalle["termino"] == "colegiatura"

    def test_otro_proceso_lo_nota_por_la_version(self, panel, client):
        publicar("Beca escolar")
        antes = interpretacion.lexico()
        guardar(client, termino="colegiatura", equivale_a="beca")

        assert Vocabulario.objects.get().version > antes.version
        assert interpretacion.lexico() is not antes

    def test_de_ida_y_vuelta_lleva_en_los_dos_sentidos(self, panel, client):
        publicar("Beca escolar", "Colegiatura pagada")
        guardar(client, termino="colegiatura", equivale_a="beca", ida_y_vuelta="on")

        assert (
            set(hallados("beca"))
            == set(hallados("colegiatura"))
            == {
                "Beca escolar",
                "Colegiatura pagada",
            }
        )

    def test_el_que_se_deja_de_usar_ya_no_lleva_a_nada(self, panel, client):
        publicar("Beca escolar")
        guardar(client, termino="colegiatura", equivale_a="beca")
        sinonimo = Sinonimo.objects.get()

        url = reverse("admin:programas_sinonimo_change", args=[sinonimo.pk])
        client.post(url, {"termino": "colegiatura", "equivale_a": "beca"})

        assert hallados("colegiatura") == []
        assert Evento.objects.filter(tipo="sinonimo.guardado").count() == 1

    @pytest.mark.parametrize(
        ("datos", "mensaje"),
        [
            ({"termino": "¡!", "equivale_a": "beca"}, "Escribe al menos una palabra"),
            ({"termino": "cole", "equivale_a": "¿?"}, "Escribe al menos una equivalencia"),
            ({"termino": "cole", "equivale_a": "Cole"}, "no equivale a sí mismo"),
            ({"termino": "beca", "equivale_a": "apoyo escolar"}, "ya lleva de ahí"),
        ],
    )
    def test_vacio_a_si_mismo_o_en_circulo_no_se_guarda(self, datos, mensaje, panel, client):
        f.SinonimoFactory(termino="apoyo escolar", equivale_a=["colegiatura"])
        f.SinonimoFactory(termino="colegiatura", equivale_a=["beca"])

        respuesta = guardar(client, **datos)

        assert respuesta.status_code == 200
        assert mensaje in respuesta.content.decode()
        assert Sinonimo.objects.count() == 2


class TestLaCargaNoDeshace:
    def cargar(self, tmp_path, **cambios):
        renglon = {
            "clave": "mi-beca", "nombre": "Mi Beca", "tipo": "programa", "dependencia": "FIBIEN",
            "palabras_clave": ["kínder"],
            "ejercicios": [{"ejercicio": 2025, "resumen": "Da becas.",
                            "fuentes": [{"clave": "f1", "texto": "Gaceta"}]}],
        } | cambios  # fmt: skip
        ruta = tmp_path / "programas.json"
        ruta.write_text(json.dumps([renglon]), encoding="utf-8")
        informe = programas.cargar(ruta)
        assert informe.rechazos == []
        proyeccion.proyectar()
        return Programa.objects.get(clave="mi-beca")

    @pytest.fixture(autouse=True)
    def dependencia(self):
        return DependenciaFactory(clave="FIBIEN")

    def test_lo_que_cambio_una_persona_se_queda(self, tmp_path, panel, client):
        programa = self.cargar(tmp_path)
        programa.palabras_clave = ["preescolar"]
        programa.save()

        assert self.cargar(tmp_path).palabras_clave == ["preescolar"]
        assert self.cargar(tmp_path, palabras_clave=["jardín"]).palabras_clave == ["preescolar"]

    def test_lo_que_cambio_el_catalogo_y_nadie_toco_se_actualiza(self, tmp_path):
        programa = self.cargar(tmp_path)
        programa.palabras_clave = ["preescolar"]
        programa.save()

        programa = self.cargar(tmp_path, otros_nombres=["Beca de antes"])
        assert programa.otros_nombres == ["Beca de antes"]
        assert programa.palabras_clave == ["preescolar"]
        assert self.cargar(tmp_path, otros_nombres=["Otra"]).otros_nombres == ["Otra"]

    def test_un_sinonimo_corregido_en_el_panel_se_queda(self, tmp_path):
        ruta = tmp_path / "catalogos.json"

        def cargar(*equivale_a: str) -> list[str]:
            renglon = {"termino": "abuelita", "equivale_a": list(equivale_a)}
            ruta.write_text(json.dumps({"sinonimos": [renglon]}), encoding="utf-8")
            catalogos.cargar(ruta)
            return Sinonimo.objects.get().equivale_a

        assert cargar("persona mayor") == ["persona mayor"]
        assert cargar("adulto mayor") == ["adulto mayor"]
        Sinonimo.objects.update(equivale_a=["pension"])
        assert cargar("adulto mayor") == cargar("otra cosa") == ["pension"]

    def test_las_palabras_puestas_en_el_panel_se_buscan_enseguida(self, panel, client, tmp_path):
        programa = self.cargar(tmp_path)
        datos = {"nombre": "Mi Beca", "slug": "mi-beca", "tipo": "programa",
                 "dependencia": programa.dependencia_id, "palabras_clave": "jardincito"}  # fmt: skip
        url = reverse("admin:programas_programa_change", args=[programa.pk])
        formulario = client.get(url).context["inline_admin_formsets"]
        for conjunto in formulario:
            prefijo = conjunto.formset.prefix
            datos |= {f"{prefijo}-TOTAL_FORMS": 0, f"{prefijo}-INITIAL_FORMS": 0}

        assert client.post(url, datos).status_code == 302
        assert hallados("jardincito") == ["Mi Beca"]
        assert Evento.objects.get(tipo="programa.guardado").detalle["campos"] == ["palabras_clave"]
