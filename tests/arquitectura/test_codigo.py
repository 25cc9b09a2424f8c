"""Hábitos y rechazos (estilo.md §5) que ninguna otra herramienta mira."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.arquitectura.fuentes import ARBOLES, NUESTRO, PROPIO, RAIZ, leer, nombre

# Nombran lo prohibido para comprobar que no está.
LO_BUSCAN = {Path(__file__), RAIZ / "tests" / "bin" / "test_guiones.py"}
LO_ESCRITO = {
    **leer(".py", ".sh", ".toml", ".html", ".css", ".js", ".md", ".yml", ".json", ".txt", ".in"),
    **leer(".html", ".txt", en=("templates",)),
    **leer(".md", ".svg", en=("docs",)),
    **leer(".css", ".js", en=("static/css", "static/js")),
    **{
        r: r.read_text(encoding="utf-8")
        for r in RAIZ.glob("*")
        if r.is_file() and r.suffix != ".lock"
    },
    **{r: r.read_text(encoding="utf-8") for r in (RAIZ / "bin").glob("*") if r.is_file()},
    **{r: r.read_text(encoding="utf-8") for r in (RAIZ / "requirements").glob("*.txt")},
}
PENDIENTES = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b(?!S)")
REGISTROS = re.compile(
    r"pypi\.org|pythonhosted|npmjs|jsdelivr|unpkg|cdnjs|googleapis|gstatic|registry\.|ghcr\.io|quay\.io"
    r"|--(extra-)?index-url|--trusted-host"
)
DE_ESTA_MAQUINA = re.compile(rf"{re.escape(str(RAIZ))}/|/home/\w+/|/Users/\w+")
SIN_NOMBRE = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "misc",
    "manager",
    "managers",
    "tools",
}
VERSION_EN_EL_NOMBRE = re.compile(r"_(v\d+|fix|fixed|final|old|nuevo|new|bak|copy|optimized)$")


def donde(patron: re.Pattern[str], textos: dict[Path, str]) -> list[str]:
    return [
        f"{nombre(ruta)}:{numero}: {linea.strip()[:80]}"
        for ruta, texto in textos.items()
        if ruta not in LO_BUSCAN
        for numero, linea in enumerate(texto.splitlines(), 1)
        if patron.search(linea)
    ]


def test_no_hay_pendientes_en_el_codigo():
    assert donde(PENDIENTES, LO_ESCRITO) == []


def test_ningun_archivo_nombra_un_registro_de_paquetes():
    assert donde(REGISTROS, LO_ESCRITO) == []


def test_ningun_archivo_nombra_rutas_de_una_maquina():
    assert donde(DE_ESTA_MAQUINA, LO_ESCRITO) == []


def test_el_nombre_de_un_modulo_dice_su_asunto():
    malos = [
        nombre(ruta)
        for ruta in NUESTRO
        if ruta.stem in SIN_NOMBRE
        or VERSION_EN_EL_NOMBRE.search(ruta.stem)
        or not ruta.stem.isascii()
        or ruta.stem != ruta.stem.lower()
    ]
    assert malos == []


def arboles() -> Iterator[tuple[Path, ast.Module]]:
    return ((ruta, ARBOLES[ruta]) for ruta in PROPIO)


def test_los_ajustes_se_leen_por_django_conf():
    """`sibis.settings` importado a mano congela un ajuste antes de que nadie lo cambie."""
    culpables = [
        nombre(ruta)
        for ruta, arbol in arboles()
        if "settings" not in ruta.parts
        for nodo in ast.walk(arbol)
        if (isinstance(nodo, ast.ImportFrom) and (nodo.module or "").startswith("sibis.settings"))
        or (
            isinstance(nodo, ast.Import)
            and any(a.name.startswith("sibis.settings") for a in nodo.names)
        )
    ]
    assert culpables == []


def test_ningun_import_dentro_de_una_funcion():
    """El ciclo que esconde es el mensaje. `AppConfig.ready` es donde Django pide hacerlo."""
    culpables = [
        f"{nombre(ruta)}:{nodo.lineno} {funcion.name}"
        for ruta, arbol in arboles()
        for funcion in ast.walk(arbol)
        if isinstance(funcion, ast.FunctionDef) and funcion.name != "ready"
        for nodo in ast.walk(funcion)
        if isinstance(nodo, ast.Import | ast.ImportFrom)
    ]
    assert [c for c in culpables if not c.startswith(("bin/", "manage.py"))] == []


def test_ningun_except_se_traga_todo():
    culpables = [
        f"{nombre(ruta)}:{nodo.lineno}"
        for ruta, arbol in arboles()
        for nodo in ast.walk(arbol)
        if isinstance(nodo, ast.ExceptHandler)
        and (
            nodo.type is None
            or (isinstance(nodo.type, ast.Name) and nodo.type.id in {"Exception", "BaseException"})
        )
    ]
    assert culpables == []


def test_el_estado_de_una_regla_solo_se_cambia_donde_se_exige():
    """Servicios y carga pasan por la tabla; nadie más escribe `.estado =`."""
    permitidos = ("programas/servicios/", "programas/importacion/")
    culpables = [
        f"{nombre(ruta)}:{nodo.lineno}"
        for ruta, arbol in arboles()
        if nombre(ruta).startswith("programas/") and not nombre(ruta).startswith(permitidos)
        for nodo in ast.walk(arbol)
        if isinstance(nodo, ast.Assign)
        and any(isinstance(d, ast.Attribute) and d.attr == "estado" for d in nodo.targets)
    ]
    assert culpables == []


def es_transaccion(funcion: ast.FunctionDef) -> bool:
    return any("atomic" in ast.unparse(d) for d in funcion.decorator_list)


def test_todo_acto_dice_quien_lo_hace_con_su_nombre():
    """`por=` va siempre escrito: quien lee la llamada sabe a nombre de quién es."""
    actos = [
        (nombre(ruta), f)
        for ruta, arbol in arboles()
        if "servicios" in ruta.parts
        for f in arbol.body
        if isinstance(f, ast.FunctionDef) and not f.name.startswith("_") and es_transaccion(f)
    ]
    assert len(actos) >= 10
    for ruta, funcion in actos:
        assert "por" in {a.arg for a in funcion.args.kwonlyargs}, f"{ruta}: {funcion.name}"
        assert funcion.returns is not None, f"{ruta}: {funcion.name}"


def test_el_javascript_no_arma_html_con_datos():
    """Un nombre con «<» entra como texto o no entra."""
    peligro = re.compile(r"\b(innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval)\b")
    assert donde(peligro, leer(".js", en=("static/js",))) == []


def test_los_modulos_empiezan_diciendo_para_que_son():
    """Una orden ya lo dice en su `help`."""
    sin_decir = [
        nombre(ruta)
        for ruta, arbol in arboles()
        if arbol.body
        and ast.get_docstring(arbol) is None
        and ruta.name not in {"__init__.py", "apps.py", "manage.py"}
        and "commands" not in ruta.parts
    ]
    assert sin_decir == []


def test_las_pruebas_dicen_lo_que_prueban():
    """test_<acto>_<condición>: al menos dos palabras después de «test»."""
    for ruta, arbol in ARBOLES.items():
        if ruta.name.startswith("test_"):
            for nodo in ast.walk(arbol):
                if isinstance(nodo, ast.FunctionDef) and nodo.name.startswith("test"):
                    palabras = nodo.name.split("_")[1:]
                    assert palabras, nodo.name
                    assert not re.fullmatch(r"test_\w*\d+", nodo.name) or len(palabras) > 2, (
                        nodo.name
                    )


def test_ninguna_prueba_finge_nuestro_codigo():
    """Fingir lo propio prueba la fingida. Se cambian ajustes, datos y el reloj, no funciones nuestras."""
    fingir = re.compile(
        r"patch(\.object)?\(\s*[\"']?(sibis|programas|padron|presupuesto|reportes)\b"
    )
    del_reloj = re.compile(r"timezone\.(now|localdate)")
    pruebas = {r: t for r, t in NUESTRO.items() if "tests" in r.parts}
    assert [linea for linea in donde(fingir, pruebas) if not del_reloj.search(linea)] == []
