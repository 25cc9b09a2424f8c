"""bin/sibis generar_flujos: escribe docs/flujos.md desde las mismas tablas que rigen el sistema.

No lee la base: describe lo que el proyecto trae. Una prueba falla si el documento se queda atrás.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db.models import TextChoices

from programas.consultas.secciones import TITULOS
from programas.estados import (
    DEL_SISTEMA,
    EDITABLES,
    EN_EL_PORTAL,
    FLUJO_REGLA,
    FUERON_PUBLICOS,
    EstadoRegla,
)
from programas.models import AplicaA, Exigencia
from programas.requisitos import COMPROBACIONES
from sibis.agenda.estados import FLUJO_PRORROGA, EstadoProrroga
from sibis.cuentas.permisos import Permiso
from sibis.cuentas.roles import ROLES, tabla_de_roles
from sibis.nucleo.estados import Flujo, Transicion
from sibis.vigencia.carga import leer_json

DOCUMENTO = Path(settings.RAIZ) / "docs" / "flujos.md"
CATALOGOS = Path(settings.RAIZ) / "programas" / "datos" / "catalogos.json"

_CABEZA = """\
# Flujos, funciones y exigencias

Lo escribe `bin/sibis generar_flujos` desde `programas/estados.py`, `sibis/agenda/estados.py`,
`sibis/cuentas/roles.py`, `programas/requisitos.py` y `programas/datos/catalogos.json`. No se edita a
mano: se cambia la tabla y se vuelve a generar; una prueba avisa si se olvida.
"""

_DECIDE = """\
Quien da un paso que pide otra persona no capturó ni envió esa regla, y ejerce su función desde una
dependencia distinta de la que la presenta. Toda decisión pasa por `exigir`, en
`sibis/revision/servicios/pasos.py`; la base de datos rechaza además los cambios de estado que no están
en la tabla y las reglas que validaría quien las capturó o envió.
"""

_PRORROGA = """\
La pide la titular de la dependencia que debe; mientras no se decida, el plazo no cambia, y no se pide
otra. La decide la Secretaría; sobre lo suyo, EVALÚA (`sibis/agenda/models/instancias.py`).
"""

_FUNCIONES = """\
Cada quien puede lo que dicen sus funciones vigentes, y nada más: no hay superusuarios. Las facultades
sobre padrones, presupuesto y dictamen están repartidas desde ahora; las páginas donde se ejercen
llegan con sus etapas.
"""

_EXIGENCIAS = """\
Lo que una regla debe tener en cada momento; publicar pide también lo de enviar. Son renglones con
vigencia: el panel los cierra o cambia sin tocar el código, así que los de una instalación pueden ser
otros. El código solo sabe comprobarlos, por su clave. Donde la norma está vacía o dice «por
confirmar», falta que alguien con el texto de la ley a la vista la escriba.
"""


def _celda(valor: object) -> str:
    return str(valor).replace("|", "\\|").replace("\n", " ").strip() or "—"


def _tabla(titulos: Iterable[str], renglones: Iterable[Iterable[object]]) -> str:
    encabezado = list(titulos)
    filas = [encabezado, ["---"] * len(encabezado), *renglones]
    return "\n".join(f"| {' | '.join(_celda(celda) for celda in fila)} |" for fila in filas)


def _diagrama(flujo: Flujo) -> str:
    """Lo mismo que la tabla, para los visores que dibujan Mermaid."""
    pasos = [f"  {origen} --> {t.hacia}: {t.nombre}" for t in flujo for origen in sorted(t.desde)]
    return "\n".join(["```mermaid", "stateDiagram-v2", f"  [*] --> {flujo.inicial}", *pasos, "```"])


def _estados() -> str:
    return _tabla(
        ("estado", "se edita", "se ve en el portal"),
        (
            (
                e.label,
                "sí" if e in EDITABLES else "no",
                "sí" if e in EN_EL_PORTAL else _si_fue_publico(e),
            )
            for e in EstadoRegla
        ),
    )


def _si_fue_publico(estado: EstadoRegla) -> str:
    return "solo con el enlace de su versión" if estado in FUERON_PUBLICOS else "no"


def _quienes(transicion: Transicion) -> str:
    if transicion.nombre in DEL_SISTEMA:
        return "el sistema"
    permiso = Permiso(transicion.permiso)
    return "; ".join(str(rol.nombre) for rol in ROLES if permiso in rol.permisos)


def _pide(transicion: Transicion) -> str:
    pide = [
        ("otra persona, de otra dependencia", transicion.exige_otra_persona),
        ("motivo", transicion.exige_motivo),
        (f"lo que se exige al {transicion.exige_completo}", bool(transicion.exige_completo)),
        ("al menos una observación en su campo", transicion.exige_observaciones),
        ("cada observación, contestada", transicion.exige_respuestas),
        ("ninguna observación abierta", transicion.exige_resueltas),
        (f"lista de cotejo de {transicion.exige_cotejo}, completa", bool(transicion.exige_cotejo)),
        ("que no rija una veda, o una excepción con dos firmas", transicion.lo_frena_la_veda),
    ]
    return "; ".join(texto for texto, si in pide if si)


def _pasos(flujo: Flujo, estados: type[TextChoices]) -> str:
    renglones = []
    for t in flujo:
        desde = ", ".join(str(e.label) for e in estados if e in t.desde)
        renglones.append(
            (
                f"**{t.rotulo}**",
                desde,
                estados(t.hacia).label,
                _quienes(t),
                _pide(t),
                t.descripcion,
            )
        )
    return _tabla(("paso", "desde", "hacia", "quién", "pide", "qué es"), renglones)


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
    return _tabla(
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


def texto() -> str:
    """El documento completo, tal como debe estar en docs/flujos.md."""
    partes = (
        _CABEZA,
        "## Una regla de operación, de borrador a publicada\n",
        _diagrama(FLUJO_REGLA),
        "\n### Estados\n",
        _estados(),
        "\n### Pasos\n",
        _pasos(FLUJO_REGLA, EstadoRegla),
        "\n### Quién puede decidir\n",
        _DECIDE,
        "## La prórroga de un plazo\n",
        _PRORROGA,
        _diagrama(FLUJO_PRORROGA),
        "\n### Pasos de una prórroga\n",
        _pasos(FLUJO_PRORROGA, EstadoProrroga),
        "\n## Exigencias\n",
        _EXIGENCIAS,
        _exigencias(),
        f"\n{_sin_exigir()}",
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
