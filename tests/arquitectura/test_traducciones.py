"""El inglés está completo: cada texto del código y de las plantillas tiene el suyo, y bien hecho."""

from __future__ import annotations

import ast
import contextlib
import re
import shutil
import subprocess
from gettext import GNUTranslations
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.arquitectura.fuentes import ARBOLES, RAIZ, nombre

Catalogo = dict[object, str]
PO = RAIZ / "locale" / "en" / "LC_MESSAGES" / "django.po"
FUENTES = ("sibis", "programas", "padron", "presupuesto", "reportes", "ciudadania", "templates")

_SIN_COPIAR = shutil.ignore_patterns("__pycache__", "datos", "*.mo")

# Lo que debe sobrevivir a la traducción: huecos y etiquetas.
_HUECO = re.compile(r"%\(\w+\)[.\d]*[a-z]|%[sd%]|\{\w*\}|</?[a-z]+")
# Lo que se dice a una persona con estas llamadas o estos argumentos va marcado.
_LLAMADAS = {"Http404", "BadRequest", "PermissionDenied", "ValidationError"}
_ARGUMENTOS = {"label", "help_text", "verbose_name", "verbose_name_plural", "empty_label"}
# Lo de aquí no llega a una página del portal: cargas, demostración y la galería de DEBUG.
_DE_CASA = re.compile(r"^(tests|bench|bin|sibis/demo|sibis/nucleo)/|/(management|importacion)/")
# Y estos: notas sobre campos que nadie ve ni edita en pantalla.
_SIN_MARCA = {
    "sibis/portal/muestrario.py",
    "programas/models/ficha.py",
    "ciudadania/models/aviso.py",
}


def _compilado(po: Path, destino: Path) -> Catalogo:
    """Sin lo vacío ni lo «fuzzy», que `msgfmt` deja fuera."""
    subprocess.run(["msgfmt", "--check-format", "-o", destino, po], check=True)
    with destino.open("rb") as mo:
        catalogo = GNUTranslations(mo)._catalog
    return {llave: texto for llave, texto in catalogo.items() if llave != ""}


@pytest.fixture(scope="module")
def ingles(tmp_path_factory: pytest.TempPathFactory) -> Catalogo:
    return _compilado(PO, tmp_path_factory.mktemp("en") / "en.mo")


@pytest.fixture(scope="module")
def del_codigo(tmp_path_factory: pytest.TempPathFactory) -> Catalogo:
    """Todo lo que hoy está marcado, extraído de una copia.

    `makemessages` deja por un momento un archivo junto a cada plantilla: sobre el árbol de verdad,
    o sobre un enlace a él, dos procesos de pruebas se los quitarían uno al otro.
    """
    copia = tmp_path_factory.mktemp("fuentes")
    for carpeta in FUENTES:
        shutil.copytree(RAIZ / carpeta, copia / carpeta, ignore=_SIN_COPIAR)
    (copia / "locale").mkdir()
    with contextlib.chdir(copia):
        call_command("makemessages", verbosity=0)
    lleno = copia / "lleno.po"
    subprocess.run(["msgen", "-o", lleno, copia / "locale/en/LC_MESSAGES/django.po"], check=True)
    return _compilado(lleno, copia / "lleno.mo")


def test_no_falta_ni_sobra_ninguna_traduccion(ingles, del_codigo):
    """Si falla: `manage.py makemessages` y traducir lo vacío (docs/codigo.md)."""
    assert len(del_codigo) > 1000
    assert sorted(map(str, set(del_codigo) - set(ingles))) == [], "faltan"
    assert sorted(map(str, set(ingles) - set(del_codigo))) == [], "sobran"


def test_nada_quedo_a_medias():
    texto = PO.read_text(encoding="utf-8")
    assert "fuzzy" not in texto
    assert "\n#~ " not in texto


def _huecos(texto: str) -> list[str]:
    return sorted(set(_HUECO.findall(texto)))


def test_la_traduccion_conserva_huecos_y_etiquetas(ingles, del_codigo):
    """De cada forma con la suya: en español el singular a veces no lleva el número."""
    comunes = set(ingles) & set(del_codigo)
    assert {
        ingles[llave] for llave in comunes if _huecos(del_codigo[llave]) != _huecos(ingles[llave])
    } == set()


def _orillas(texto: str) -> tuple[bool, bool]:
    return texto[:1].isspace(), texto[-1:].isspace()


def test_la_traduccion_conserva_los_espacios_de_las_orillas(ingles, del_codigo):
    """«Quita un filtro, o» va pegado a un enlace: un espacio de más o de menos se nota."""
    comunes = set(ingles) & set(del_codigo)
    assert {
        ingles[llave] for llave in comunes if _orillas(del_codigo[llave]) != _orillas(ingles[llave])
    } == set()


def test_el_ingles_no_lleva_letras_ni_signos_del_espanol(ingles):
    """Salvo los nombres propios, una palabra con acento es una que se quedó sin traducir."""
    propios = re.compile(r"EVALÚA|México|padrón|ministración|Español|trabajo|quedé|sin trabajo")
    quedan = {t for t in ingles.values() if re.search("[áéíóúñ¿¡«»]", propios.sub("", t), re.I)}
    assert quedan == set()


def _crudos(arbol: ast.AST) -> list[str]:
    hallados = []
    for nodo in ast.walk(arbol):
        if not isinstance(nodo, ast.Call):
            continue
        quien = getattr(nodo.func, "id", getattr(nodo.func, "attr", ""))
        valores = [k.value for k in nodo.keywords if k.arg in _ARGUMENTOS]
        valores += nodo.args[:1] if quien in _LLAMADAS else []
        hallados += [ast.unparse(v) for v in valores if _es_texto_crudo(v)]
    return hallados


def _es_texto_crudo(valor: ast.expr) -> bool:
    if isinstance(valor, ast.JoinedStr):
        return True
    return isinstance(valor, ast.Constant) and bool(re.search("[a-z]{3}", str(valor.value)))


def test_lo_que_se_le_dice_a_una_persona_pasa_por_gettext():
    sin_marca = {
        nombre(ruta): crudos
        for ruta, arbol in ARBOLES.items()
        if not _DE_CASA.search(nombre(ruta))
        and nombre(ruta) not in _SIN_MARCA
        and (crudos := _crudos(arbol))
    }
    assert sin_marca == {}
