"""Las personas que hoy ven un hilo, y a quiénes puede escribir cada quien."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from sibis.cuentas import roles
from sibis.cuentas.models import Adscripcion, Dependencia, Usuario
from sibis.cuentas.permisos import Permiso
from sibis.expedientes.models import Expediente
from sibis.mensajes.alcance import Alcance, alcance, alcance_de
from sibis.mensajes.models import Hilo


def _funciones_que_revisan() -> list[str]:
    return [
        rol.clave
        for rol in roles.ROLES
        if rol.alcance is roles.Alcance.CIUDAD and Permiso.REVISION_COMENTAR in rol.permisos
    ]


@dataclass(frozen=True, slots=True)
class Lector:
    """Alguien que hoy ve el hilo, y si toma parte en él (entonces se le avisa)."""

    usuario: Usuario
    participa: bool


def quienes_ven(hilo: Hilo) -> list[Lector]:
    """En una consulta más la de sus participantes. La regla es la de `Alcance.ve`."""
    participantes = list(hilo.participantes.all())
    personas = {p.usuario_id for p in participantes if p.usuario_id}
    organos = {p.dependencia_id for p in participantes if p.dependencia_id}
    dependencia = hilo.expediente.dependencia_id if hilo.expediente else None
    candidatos = Q(usuario__in=personas) | Q(dependencia__in=organos)
    if dependencia is not None:
        candidatos |= Q(dependencia=dependencia) | Q(rol__in=_funciones_que_revisan())
    vigentes = Adscripcion.objects.vigentes()
    suyas = vigentes.filter(
        usuario__is_active=True, usuario__in=vigentes.filter(candidatos).values("usuario")
    )
    por_persona: dict[Usuario, list[Adscripcion]] = defaultdict(list)
    for adscripcion in suyas.select_related("usuario").order_by("usuario__username"):
        por_persona[adscripcion.usuario].append(adscripcion)
    lectores = []
    for usuario, adscripciones in por_persona.items():
        quien = alcance_de(usuario.pk, adscripciones)
        if quien.ve(dependencia=dependencia, personas=personas, organos=organos):
            lectores.append(Lector(usuario, quien.participa(personas, organos)))
    return lectores


@dataclass(frozen=True, slots=True)
class Destinatarios:
    """A qué órganos y personas se puede escribir: solo donde hoy hay quien lo lea."""

    organos: tuple[Dependencia, ...]
    personas: tuple[tuple[Usuario, Dependencia], ...]

    def admite(self, organos: Iterable[int], personas: Iterable[int]) -> bool:
        return set(organos) <= {o.pk for o in self.organos} and set(personas) <= {
            u.pk for u, _organo in self.personas
        }


def destinatarios(por: Usuario, *, expediente: Expediente | None = None) -> Destinatarios:
    """Una dependencia escribe a su propia casa y a los órganos de toda la Ciudad; éstos, a cualquiera.

    Sobre un asunto, además, solo a quien puede verlo.
    """
    quien = alcance(por)
    vigentes = Adscripcion.objects.vigentes().filter(usuario__is_active=True)
    renglones = [
        a
        for a in vigentes.select_related("usuario", "dependencia")
        if a.concede(Permiso.MENSAJE_ESCRIBIR) and _le_puede_escribir(quien, a, expediente)
    ]
    organos = {a.dependencia_id: a.dependencia for a in renglones}
    personas = {a.usuario_id: (a.usuario, a.dependencia) for a in renglones if a.usuario != por}
    return Destinatarios(
        tuple(sorted(organos.values(), key=lambda d: d.nombre_actual)),
        tuple(sorted(personas.values(), key=lambda p: p[0].username)),
    )


def _le_puede_escribir(quien: Alcance, a: Adscripcion, expediente: Expediente | None) -> bool:
    if not quien:
        return False
    if expediente is not None:
        return a.vale_en_toda_la_ciudad or a.dependencia_id == expediente.dependencia_id
    return quien.toda_la_ciudad or a.vale_en_toda_la_ciudad or a.dependencia_id in quien.organos


def organo_desde(hilo: Hilo, *, por: Usuario) -> Dependencia | None:
    """Desde qué órgano escribe: el del asunto si es el suyo; si no, uno que participe; si no, el suyo."""
    suyos = {
        a.dependencia_id: a.dependencia
        for a in por.adscripciones_vigentes()
        if a.concede(Permiso.MENSAJE_ESCRIBIR)
    }
    preferidos = [hilo.expediente.dependencia_id] if hilo.expediente else []
    if hilo.pk is not None:
        preferidos += [p.dependencia_id for p in hilo.participantes.all() if p.dependencia_id]
    return next((suyos[p] for p in preferidos if p in suyos), None) or (
        suyos[min(suyos)] if suyos else None
    )
