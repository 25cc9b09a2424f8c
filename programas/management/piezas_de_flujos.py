"""Con qué se escribe docs/flujos.md: tablas, diagramas y los pasos de cualquier flujo."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import TextChoices

from sibis.cuentas.permisos import Permiso
from sibis.cuentas.roles import ROLES
from sibis.nucleo.estados import Flujo, Transicion


def _celda(valor: object) -> str:
    return str(valor).replace("|", "\\|").replace("\n", " ").strip() or "—"


def tabla(titulos: Iterable[str], renglones: Iterable[Iterable[object]]) -> str:
    encabezado = list(titulos)
    filas = [encabezado, ["---"] * len(encabezado), *renglones]
    return "\n".join(f"| {' | '.join(_celda(celda) for celda in fila)} |" for fila in filas)


def diagrama(flujo: Flujo) -> str:
    """Lo mismo que la tabla, para los visores que dibujan Mermaid."""
    pasos_ = [f"  {origen} --> {t.hacia}: {t.nombre}" for t in flujo for origen in sorted(t.desde)]
    return "\n".join(
        ["```mermaid", "stateDiagram-v2", f"  [*] --> {flujo.inicial}", *pasos_, "```"]
    )


def _quienes(transicion: Transicion, del_sistema: frozenset[str]) -> str:
    if transicion.nombre in del_sistema:
        return "el sistema"
    permiso = Permiso(transicion.permiso)
    return "; ".join(str(rol.nombre) for rol in ROLES if permiso in rol.permisos)


def _pide(transicion: Transicion, otra_persona: str) -> str:
    pide = [
        (otra_persona, transicion.exige_otra_persona),
        ("motivo", transicion.exige_motivo),
        (f"lo que se exige al {transicion.exige_completo}", bool(transicion.exige_completo)),
        ("al menos una observación en su campo", transicion.exige_observaciones),
        ("cada observación, contestada", transicion.exige_respuestas),
        ("ninguna observación abierta", transicion.exige_resueltas),
        (f"lista de cotejo de {transicion.exige_cotejo}, completa", bool(transicion.exige_cotejo)),
        ("que no rija una veda, o una excepción con dos firmas", transicion.lo_frena_la_veda),
    ]
    return "; ".join(texto for texto, si in pide if si)


def pasos(
    flujo: Flujo,
    estados: type[TextChoices],
    del_sistema: frozenset[str] = frozenset(),
    *,
    otra_persona: str = "otra persona, de otra dependencia",
) -> str:
    renglones = []
    for t in flujo:
        desde = ", ".join(str(e.label) for e in estados if e in t.desde)
        renglones.append(
            (
                f"**{t.rotulo}**",
                desde,
                estados(t.hacia).label,
                _quienes(t, del_sistema),
                _pide(t, otra_persona),
                t.descripcion,
            )
        )
    return tabla(("paso", "desde", "hacia", "quién", "pide", "qué es"), renglones)
