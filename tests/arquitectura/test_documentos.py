"""Los documentos dicen lo que hay: se comparan con el código del que hablan."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pghistory
import pytest
import yaml
from django.apps import apps
from django.conf import settings
from django.core.management import get_commands

from programas.management.commands import generar_flujos
from sibis.revision.materias import materias

RAIZ = Path(settings.RAIZ)
DOCS = RAIZ / "docs"
NUESTROS = ("sibis.", "programas", "padron", "presupuesto", "reportes", "ciudadania")
RAICES = ("README.md", "LEEME.md", "CONTRIBUTING.md", "CHANGELOG.md")
DOCUMENTOS = [*(RAIZ / nombre for nombre in RAICES), *sorted(DOCS.rglob("*.md"))]
# Un ADR cuenta lo que se decidió ese día: los archivos que cita pueden moverse después.
VIVOS = [d for d in DOCUMENTOS if d.parent.name != "adr"]
ADRS = sorted((DOCS / "adr").glob("*.md"))

_CODIGO = re.compile(r"```.*?```|~~~.*?~~~", re.DOTALL)
_ENLACE = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_CITA = re.compile(r"`([^`\n]+)`")
_VARIABLE = re.compile(r"\bSIBIS(?:_[A-Z]+)+\b")
_LEIDA = re.compile(r'(?:entorno\.\w+|environ\.get)\(\s*"([A-Z][A-Z_]+)"')
_RUTA = re.compile(
    r"^(?:\.ci|bin|bench|docs|padron|presupuesto|programas|reportes|requirements|sibis)/"
)
_CLASE = re.compile(r"\b[A-Z][a-z]+(?:[A-Z][a-z]+)*\b")


def _nombre(ruta: Path) -> str:
    return str(ruta.relative_to(RAIZ))


por_documento = pytest.mark.parametrize("documento", DOCUMENTOS, ids=_nombre)
por_documento_vivo = pytest.mark.parametrize("documento", VIVOS, ids=_nombre)


# --- Lo generado


def test_flujos_es_lo_que_escribe_la_orden() -> None:
    guardado = (DOCS / "flujos.md").read_text(encoding="utf-8")
    assert guardado == generar_flujos.texto(), "Corre: bin/sibis generar_flujos"


def test_toda_transicion_y_toda_exigencia_estan_en_flujos() -> None:
    texto = generar_flujos.texto()
    for materia in materias().values():
        for transicion in materia.flujo:
            assert f"| **{transicion.rotulo}** |" in texto
    for clave in generar_flujos.COMPROBACIONES:
        assert f"`{clave}`" in texto


# --- Glosario


def _renglones_del_glosario() -> Iterator[list[str]]:
    for linea in (DOCS / "glosario.md").read_text(encoding="utf-8").splitlines():
        celdas = [celda.strip() for celda in linea.strip().strip("|").split("|")]
        if linea.startswith("|") and celdas[0] not in {"término", "---"}:
            yield celdas


def _modelos() -> list[str]:
    return sorted(
        modelo.__name__
        for modelo in apps.get_models()
        if modelo.__module__.startswith(NUESTROS) and not issubclass(modelo, pghistory.models.Event)
    )


def test_todo_modelo_tiene_su_renglon_en_el_glosario() -> None:
    nombrados = set(_CLASE.findall(" ".join(fila[-1] for fila in _renglones_del_glosario())))
    assert [modelo for modelo in _modelos() if modelo not in nombrados] == []


def test_cada_termino_del_glosario_esta_completo_y_una_sola_vez() -> None:
    filas = list(_renglones_del_glosario())
    assert [fila[0] for fila in filas if len(fila) != 4 or not all(fila)] == []
    terminos = [fila[0] for fila in filas]
    assert sorted(terminos) == sorted(set(terminos))


def test_las_clases_del_glosario_existen() -> None:
    codigo = "\n".join(
        archivo.read_text(encoding="utf-8")
        for paquete in ("sibis", "programas", "padron", "presupuesto", "ciudadania", "reportes")
        for archivo in (RAIZ / paquete).rglob("*.py")
    )
    definidas = set(re.findall(r"^\s*class (\w+)", codigo, re.MULTILINE))
    citadas = {
        clase
        for fila in _renglones_del_glosario()
        for cita in _CITA.findall(fila[-1])
        for clase in _CLASE.findall(cita)
        if clase != "Event"
    }
    assert sorted(citadas - definidas) == []


# --- Lo que los documentos nombran


def _sin_bloques(documento: Path) -> str:
    return _CODIGO.sub("", documento.read_text(encoding="utf-8"))


@por_documento_vivo
def test_las_rutas_citadas_existen(documento: Path) -> None:
    citas = [cita.split("::")[0] for cita in _CITA.findall(_sin_bloques(documento))]
    rutas = [c for c in citas if _RUTA.match(c) and " " not in c and not set(c) & set("*<{…[")]
    assert [ruta for ruta in rutas if not (RAIZ / ruta).exists()] == []


@por_documento_vivo
def test_las_ordenes_citadas_existen(documento: Path) -> None:
    texto = documento.read_text(encoding="utf-8")
    guiones = re.findall(r"(?<![\w/])bin/([a-z]+)\b", texto)
    assert [g for g in guiones if not (RAIZ / "bin" / g).exists()] == []
    ordenes = re.findall(r"(?:bin/sibis|manage\.py) ([a-z]\w+)", texto)
    assert [orden for orden in ordenes if orden not in get_commands()] == []


def test_cada_palabra_del_mapa_de_la_portada_es_una_carpeta() -> None:
    """El dibujo del árbol en README y LEEME: las carpetas a la izquierda, o de dos en dos."""
    for nombre in ("README.md", "LEEME.md"):
        bloques = _CODIGO.findall((RAIZ / nombre).read_text(encoding="utf-8"))
        carpetas = re.findall(r"(?<![\w./])([a-z]+)/(?=\s|$)", bloques[1])
        faltan = [
            c for c in carpetas if not (RAIZ / c).is_dir() and not (RAIZ / "sibis" / c).is_dir()
        ]
        assert carpetas
        assert faltan == []


def _ancla(titulo: str) -> str:
    """Como la arma quien muestra Markdown: minúsculas, sin signos, guiones por espacios."""
    return re.sub(r"[^\w\- ]", "", titulo.strip().lower()).replace(" ", "-")


@por_documento
def test_los_enlaces_internos_llevan_a_algo(documento: Path) -> None:
    rotos = []
    for enlace in _ENLACE.findall(_sin_bloques(documento)):
        ruta, _, ancla = enlace.partition("#")
        if "://" in ruta or ruta.startswith("mailto:"):
            continue
        destino = (documento.parent / ruta).resolve() if ruta else documento
        if not destino.exists():
            rotos.append(enlace)
        elif ancla:
            titulos = re.findall(r"^#+ (.+)$", destino.read_text(encoding="utf-8"), re.MULTILINE)
            if ancla not in map(_ancla, titulos):
                rotos.append(enlace)
    assert rotos == []


# --- Operación


def _variables_del_codigo() -> set[str]:
    """Las que leen los ajustes y los guiones; NOMBRE_FILE es la misma por otra puerta."""
    archivos = [
        *(RAIZ / "sibis" / "settings").glob("*.py"),
        *(RAIZ / "bin").rglob("*"),
        RAIZ / "docker-compose.yml",
        RAIZ / "Dockerfile",
    ]
    texto = "\n".join(
        a.read_text(encoding="utf-8")
        for a in archivos
        if a.is_file() and a.suffix in {"", ".py", ".sh", ".yml"}
    )
    leidas = set(_VARIABLE.findall(texto)) | set(_LEIDA.findall(texto))
    return {variable.removesuffix("_FILE") for variable in leidas}


def test_toda_variable_de_entorno_esta_en_operacion() -> None:
    dicho = (DOCS / "operacion.md").read_text(encoding="utf-8")
    assert [v for v in sorted(_variables_del_codigo()) if f"`{v}`" not in dicho] == []


def test_operacion_no_nombra_variables_que_nadie_lee() -> None:
    dicho = (DOCS / "operacion.md").read_text(encoding="utf-8")
    portal = (RAIZ / "sibis" / "portal" / "contexto.py").read_text(encoding="utf-8")
    nombradas = {v.removesuffix("_FILE") for v in _VARIABLE.findall(dicho)}
    assert sorted(nombradas - _variables_del_codigo() - set(_VARIABLE.findall(portal))) == []


# --- ADR, cambios, licencia, publiccode


def test_los_adr_van_numerados_sin_huecos() -> None:
    assert [int(adr.name[:4]) for adr in ADRS] == list(range(1, len(ADRS) + 1))


@pytest.mark.parametrize("adr", ADRS, ids=_nombre)
def test_cada_adr_cabe_en_una_pagina_y_trae_sus_partes(adr: Path) -> None:
    texto = adr.read_text(encoding="utf-8")
    assert texto.startswith(f"# {adr.name[:4]}. ")
    assert re.search(r"^\d{4}-\d{2}-\d{2} · ", texto, re.MULTILINE)
    partes = re.findall(r"^## (.+)$", texto, re.MULTILINE)
    assert [p for p in ("Contexto", "Decisión", "Consecuencias") if p not in partes] == []
    assert len(texto.splitlines()) <= 60


def _version() -> str:
    proyecto = tomllib.loads((RAIZ / "pyproject.toml").read_text(encoding="utf-8"))
    return str(proyecto["project"]["version"])


def test_la_version_es_la_misma_en_todas_partes() -> None:
    cambios = (RAIZ / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (\d+\.\d+\.\d+)", cambios, re.MULTILINE)[0] == _version()
    assert _publiccode()["softwareVersion"] == _version()


def test_la_licencia_esta_completa() -> None:
    lineas = (RAIZ / "LICENSE").read_text(encoding="utf-8").splitlines()
    assert lineas[0].strip() == "GNU AFFERO GENERAL PUBLIC LICENSE"
    assert lineas[1].strip() == "Version 3, 19 November 2007"
    assert len(lineas) == 661
    assert "END OF TERMS AND CONDITIONS" in "\n".join(lineas)


def _publiccode() -> dict:
    return yaml.safe_load((RAIZ / "publiccode.yml").read_text(encoding="utf-8"))


def test_publiccode_trae_lo_que_pide_la_norma() -> None:
    datos = _publiccode()
    pedidas = "publiccodeYmlVersion name url platforms categories developmentStatus softwareType"
    faltan = [
        c
        for c in f"{pedidas} description legal maintenance localisation".split()
        if not datos.get(c)
    ]
    assert faltan == []
    assert datos["publiccodeYmlVersion"] == "0.4"
    assert datos["legal"]["license"] == "AGPL-3.0-or-later"
    assert datos["developmentStatus"] in {"concept", "development", "beta", "stable", "obsolete"}
    assert all(contacto["name"] for contacto in datos["maintenance"]["contacts"])
    assert isinstance(datos["localisation"]["localisationReady"], bool)
    assert datos["localisation"]["availableLanguages"]
    assert (RAIZ / datos["logo"]).exists()


@pytest.mark.parametrize("idioma", ["es", "en"])
def test_publiccode_se_describe_en_los_dos_idiomas(idioma: str) -> None:
    descripcion = _publiccode()["description"][idioma]
    assert 0 < len(descripcion["shortDescription"]) <= 150
    assert 150 <= len(descripcion["longDescription"]) <= 10_000
    assert len(descripcion["genericName"]) <= 35
    assert descripcion["features"]
