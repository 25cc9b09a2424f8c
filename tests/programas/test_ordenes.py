"""bin/sibis importar_programas y cargar_catalogos: códigos de salida y lo que se lee en la terminal."""

from __future__ import annotations

import json

import pytest
from django.core.management import call_command

from programas.management.commands import cargar_catalogos
from programas.models import FichaPublica
from sibis.bitacora.models import Evento
from tests.programas.archivos import con_anio, escribir, programa, referencias

__all__ = ["referencias"]
pytestmark = pytest.mark.django_db


def correr(*orden: object) -> int:
    with pytest.raises(SystemExit) as salida:
        call_command(*orden)
    return salida.value.code


@pytest.mark.usefixtures("referencias")
class TestImportarProgramas:
    def test_todo_bien_sale_con_cero_y_queda_en_el_portal(self, tmp_path, capsys):
        assert correr("importar_programas", escribir(tmp_path, [programa()])) == 0

        assert "1 altas, 0 cambios, 0 sin cambio, 0 rechazados" in capsys.readouterr().out
        assert FichaPublica.objects.count() == 1
        assert Evento.objects.get().via == "orden"

    def test_con_un_renglon_malo_sale_con_uno_lo_nombra_y_carga_los_demas(self, tmp_path, capsys):
        ruta = escribir(tmp_path, [programa(tipo="x"), programa("otra")])

        assert correr("importar_programas", ruta) == 1
        assert "fila 1: rechazada. mi-beca: «tipo» dice «x»" in capsys.readouterr().out
        assert FichaPublica.objects.count() == 1

    @pytest.mark.parametrize(
        ("contenido", "dice"),
        [
            (b"{", "no es JSON"),
            (b"\xff\xfe\x00", "UTF-8"),
            (b"{}", "una lista"),
            (None, "No existe"),
        ],
        ids=["cortado", "binario", "otra-forma", "ausente"],
    )
    def test_lo_que_no_se_puede_leer_sale_con_dos_y_no_toca_nada(
        self, contenido, dice, tmp_path, capsys
    ):
        ruta = tmp_path / "mal.json"
        if contenido is not None:
            ruta.write_bytes(contenido)

        assert correr("importar_programas", ruta) == 2
        assert dice in capsys.readouterr().err
        assert not Evento.objects.exists()

    def test_repetirla_no_duplica_y_sale_con_cero(self, tmp_path):
        ruta = escribir(tmp_path, [programa()])
        correr("importar_programas", ruta)

        assert correr("importar_programas", ruta) == 0
        assert FichaPublica.objects.count() == 1


class TestCargarCatalogos:
    @pytest.fixture
    def datos(self, tmp_path, monkeypatch):
        """La orden con otros archivos: los de verdad se prueban en tests/programas/catalogo."""
        escribir(
            tmp_path,
            {"tipos_de_apoyo": [{"clave": "transferencia", "nombre": "dinero"}],
             "derechos": [{"clave": "educacion", "nombre": "educación"}]},
            "catalogos.json",
        )  # fmt: skip
        escribir(tmp_path, [programa()])
        monkeypatch.setattr(cargar_catalogos, "DATOS", tmp_path)
        return tmp_path

    def test_todo_bien_sale_con_cero_y_al_repetirla_solo_se_nota_lo_que_cambio(self, datos, capsys):
        assert correr("cargar_catalogos") == 0
        salida = capsys.readouterr().out
        assert "Alcaldías: 16 altas" in salida
        assert "1 reglas publicadas" in salida

        escribir(datos, [con_anio(resumen="Otro.")])
        assert correr("cargar_catalogos") == 0
        salida = capsys.readouterr().out
        assert "Alcaldías: 0 altas, 0 cambios" in salida
        assert "sociales: 0 altas, 1 cambios" in salida

    def test_un_renglon_malo_en_cualquier_catalogo_sale_con_uno(self, datos, capsys):
        catalogos = json.loads((datos / "catalogos.json").read_text())
        catalogos["grupos"] = [{"clave": "X"}]
        escribir(datos, catalogos, "catalogos.json")

        assert correr("cargar_catalogos") == 1
        assert "fila 1: rechazada." in capsys.readouterr().out
        assert FichaPublica.objects.count() == 1

    def test_un_archivo_ilegible_sale_con_dos(self, datos, capsys):
        (datos / "programas.json").write_text("[")

        assert correr("cargar_catalogos") == 2
        assert "programas.json no es JSON válido" in capsys.readouterr().err
