"""bin/sibis generar_flujos: escribe docs/flujos.md desde las mismas tablas que rigen el sistema.

No lee la base: describe lo que el proyecto trae. Una prueba falla si el documento se queda atrás.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils.module_loading import import_string

from programas.consultas.secciones import TITULOS
from programas.estados import EN_EL_PORTAL, FUERON_PUBLICOS
from programas.management.piezas_de_flujos import diagrama, pasos, tabla
from programas.models import AplicaA, Exigencia
from programas.requisitos import COMPROBACIONES
from sibis.agenda.estados import FLUJO_PRORROGA, EstadoProrroga
from sibis.cuentas.roles import tabla_de_roles
from sibis.revision.catalogos import DATOS as COTEJO
from sibis.revision.materias import Materia, materias
from sibis.vigencia.carga import leer_json

DOCUMENTO = Path(settings.RAIZ) / "docs" / "flujos.md"
CATALOGOS = Path(settings.RAIZ) / "programas" / "datos" / "catalogos.json"
INFORMES = Path(settings.RAIZ) / "presupuesto" / "datos" / "informes.json"

_CABEZA = """\
# Flujos, funciones y exigencias

Lo escribe `bin/sibis generar_flujos` desde las materias que se revisan (`MATERIAS_DE_REVISION`, cada una
con su tabla de transiciones), `sibis/agenda/estados.py`, `sibis/cuentas/roles.py`,
`sibis/revision/datos/cotejo.json`, `programas/requisitos.py` y `programas/datos/catalogos.json`. No se edita a mano: se cambia la tabla y se
vuelve a generar; una prueba avisa si se olvida.
"""

_DECIDE = """\
Quien da un paso que pide otra persona no capturó ni envió lo que decide, y ejerce su función desde una
dependencia distinta de la que lo presenta. Toda decisión pasa por `exigir`, en
`sibis/revision/servicios/pasos.py`; la base de datos rechaza además los cambios de estado que no están
en la tabla, y que decida quien capturó o envió.
"""

_PRORROGA = """\
La pide la titular de la dependencia que debe; mientras no se decida, el plazo no cambia, y no se pide
otra. La decide la Secretaría; sobre lo suyo, EVALÚA (`sibis/agenda/models/instancias.py`).
"""

_FUNCIONES = """\
Cada quien puede lo que dicen sus funciones vigentes, y nada más: no hay superusuarios.
"""

_EXIGENCIAS = """\
Lo que una regla debe tener en cada momento; publicar pide también lo de enviar. Son renglones con
vigencia: el panel los cierra o cambia sin tocar el código, así que los de una instalación pueden ser
otros. El código solo sabe comprobarlos, por su clave. Donde la norma está vacía o dice «por
confirmar», falta que alguien con el texto de la ley a la vista la escriba.
"""


def _estados(materia: Materia) -> str:
    """Lo que se ve en el portal solo lo dicen aquí las reglas; en los demás basta quién lo tiene."""
    es_regla = materia.clase == "regla"
    return tabla(
        ("estado", "se edita", "se ve en el portal" if es_regla else "lo tiene"),
        (
            (
                e.label,
                "sí" if e in materia.editables else "no",
                _en_el_portal(e) if es_regla else materia.esta_en(e),
            )
            for e in materia.estados
        ),
    )


def _en_el_portal(estado: Any) -> str:
    if estado in EN_EL_PORTAL:
        return "sí"
    return "solo con el enlace de su versión" if estado in FUERON_PUBLICOS else "no"


def _cotejo(materia: Materia) -> str:
    """Lo que cada instancia contesta, y cuántos días hábiles tiene; son datos, y cambian sin código."""
    suyo = leer_json(COTEJO).get(materia.clase, {})
    puntos = tabla(
        ("instancia", "punto de la lista de cotejo", "norma"),
        ((p["instancia"], p["nombre"], p["norma"]) for p in suyo.get("puntos", [])),
    )
    plazos = tabla(
        ("plazo", "en el estado", "días hábiles", "norma"),
        (
            (p["nombre"], materia.estados(p["estado"]).label, p["dias_habiles"], p["norma"])
            for p in suyo.get("plazos", [])
        ),
    )
    return f"{puntos}\n\n{plazos}"


def _de_materia(materia: Materia) -> str:
    partes = (
        f"## {str(materia.nombre).capitalize()}\n",
        diagrama(materia.flujo),
        "\n### Estados\n",
        _estados(materia),
        "\n### Pasos\n",
        pasos(materia.flujo, materia.estados, materia.del_sistema),
        "\n### Lista de cotejo y plazos\n",
        _cotejo(materia),
        "",
    )
    # Los títulos no se repiten: quien enlaza llega a los de la materia que busca.
    return "\n".join(partes).replace("\n### ", f"\n### {str(materia.nombre).capitalize()}: ")


def _funciones() -> str:
    """Una función tras otra: en una tabla, sus frases no se podrían leer."""
    return "\n\n".join(
        f"### {rol['nombre']}\n\n"
        f"{rol['descripcion']}\n\n"
        f"- Clave: `{rol['clave']}`\n"
        f"- Alcance: {rol['alcance']}\n"
        f"- Puede: {rol['permisos']}\n"
        f"- Sustento: {rol['fundamento']}\n"
        f"- No la ejerce a la vez: {rol['no_junto_con'] or 'sin incompatibilidades'}"
        for rol in tabla_de_roles()
    )


def _vigencia(exigencia: dict[str, Any]) -> str:
    partes = [
        f"{preposicion} {exigencia[campo]}"
        for preposicion, campo in (("desde", "vigente_desde"), ("hasta", "vigente_hasta"))
        if exigencia.get(campo)
    ]
    return " ".join(partes) or "sin límite conocido"


def _norma(exigencia: dict[str, Any]) -> str:
    articulo = f"art. {exigencia['articulo']}" if exigencia["articulo"] else ""
    return ", ".join(filter(None, [exigencia["norma"], articulo]))


_SIN_PAGINA = {"capitulo": "El texto del documento", "publicacion": "Publicación"}


def _seccion(clave: str) -> str:
    """Dónde se arregla en el formulario del panel."""
    seccion = COMPROBACIONES[clave].seccion if clave in COMPROBACIONES else ""
    return str(TITULOS.get(seccion, _SIN_PAGINA.get(seccion, "")))


def _exigencias() -> str:
    exigencias: list[dict[str, Any]] = leer_json(CATALOGOS)["exigencias"]
    return tabla(
        ("si falta, se lee", "momento", "aplica a", "norma", "vigencia", "sección", "clave"),
        (
            (
                e["nombre"],
                Exigencia.Momento(e["momento"]).label,
                AplicaA(e["aplica_a"]).label,
                _norma(e),
                _vigencia(e),
                _seccion(e["clave"]),
                f"`{e['clave']}`",
            )
            for e in sorted(exigencias, key=lambda e: e["orden"])
        ),
    )


def _sin_exigir() -> str:
    """Lo que el código ya sabe comprobar y ninguna exigencia del catálogo pide."""
    pedidas = {e["clave"] for e in leer_json(CATALOGOS)["exigencias"]}
    sueltas = [f"`{clave}`" for clave in COMPROBACIONES if clave not in pedidas]
    if not sueltas:
        return "Toda comprobación del código tiene su exigencia."
    return (
        f"El código también sabe comprobar {', '.join(sueltas)}; no se pide mientras nadie dé de alta "
        "la exigencia con esa clave."
    )


def _exigencias_de_informe() -> str:
    """De presupuesto, que está por encima: se leen de su archivo, no de su código."""
    exigencias = leer_json(INFORMES)["exigencias"]
    return tabla(
        ("se comprueba", "si no se cumple", "tolerancia", "trimestre", "norma", "clave"),
        (
            (
                e["nombre"],
                {"bloquea": "detiene", "avisa": "avisa"}[e["severidad"]],
                e["tolerancia"],
                e["solo_trimestre"] or "todos",
                e["norma"],
                f"`{e['clave']}`",
            )
            for e in exigencias
        ),
    )


def _documentado(titulo: str, modulo: str, nombre: str, *, otra_persona: str) -> str:
    """Un flujo de una app de arriba, que aquí se conoce por su ruta."""
    flujo = import_string(f"{modulo}.FLUJO_{nombre.upper()}")
    estados = import_string(f"{modulo}.Estado{nombre.capitalize()}")
    del_sistema = import_string(f"{modulo}.DEL_SISTEMA")
    return "\n".join(
        (
            f"## {titulo}\n",
            diagrama(flujo),
            f"\n### Pasos de una {nombre}\n",
            pasos(flujo, estados, del_sistema, otra_persona=otra_persona),
        )
    )


def texto() -> str:
    """El documento completo, tal como debe estar en docs/flujos.md."""
    partes = (
        _CABEZA,
        *(_de_materia(materia) for materia in materias().values()),
        "## Quién puede decidir\n",
        _DECIDE,
        "## La prórroga de un plazo\n",
        _PRORROGA,
        diagrama(FLUJO_PRORROGA),
        "\n### Pasos de una prórroga\n",
        pasos(FLUJO_PRORROGA, EstadoProrroga),
        *(f"\n{_documentado(**flujo)}" for flujo in settings.FLUJOS_DOCUMENTADOS),
        "\n## Exigencias de la regla\n",
        _EXIGENCIAS,
        _exigencias(),
        f"\n{_sin_exigir()}",
        "\n## Exigencias del informe trimestral\n",
        _exigencias_de_informe(),
        "\n## Funciones del personal\n",
        _FUNCIONES,
        _funciones(),
    )
    return "\n".join(partes) + "\n"


class Command(BaseCommand):
    help = "Escribe docs/flujos.md desde las tablas de transiciones, funciones y exigencias."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--imprimir", action="store_true", help="lo muestra en pantalla y no escribe nada"
        )

    def handle(self, *args: str, imprimir: bool, **opciones: object) -> None:
        nuevo = texto()
        if imprimir:
            self.stdout.write(nuevo, ending="")
            return
        DOCUMENTO.write_text(nuevo, encoding="utf-8")
        self.stdout.write(f"Escrito: {DOCUMENTO.relative_to(settings.RAIZ)}")
