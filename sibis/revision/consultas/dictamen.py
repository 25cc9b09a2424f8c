"""Lo que dice un dictamen, listo para imprimirse; y quién lo puede leer."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils import timezone, translation

from sibis.cuentas.delegaciones import delegante
from sibis.cuentas.models import Usuario
from sibis.cuentas.permisos import Permiso, ambito
from sibis.documentos import qr
from sibis.revision.materias import Materia, materia_de, materias
from sibis.revision.models import Dictamen, Observacion, Paso, Respuesta


@dataclass(frozen=True, slots=True)
class PuntoContestado:
    punto: str
    norma: str
    resultado: str
    nota: str


@dataclass(frozen=True, slots=True)
class ObservacionContada:
    """Qué se señaló, dónde, qué se contestó y cómo quedó."""

    campo: str
    clase: str
    organo: str
    texto: str
    respuestas: tuple[tuple[str, str], ...]
    como_quedo: str


@dataclass(frozen=True, slots=True)
class Firma:
    nombre: str
    cuenta: str
    funcion: str
    por_delegacion_de: str
    momento: datetime.datetime


@dataclass(frozen=True, slots=True)
class DictamenEscrito:
    folio: str
    organo: str
    asunto: str
    presenta: str
    clase: str
    sentido: str
    es_favorable: bool
    consideraciones: str
    remision: int
    remitida_en: datetime.datetime
    huella: str
    cotejo: tuple[PuntoContestado, ...]
    observaciones: tuple[ObservacionContada, ...]
    firma: Firma
    url: str
    qr: str


def direccion_publica(dictamen: Dictamen) -> str:
    """La que se imprime y se cita: completa y en español."""
    with translation.override(settings.LANGUAGE_CODE):
        return settings.URL_PUBLICA + reverse("dictamenes:pagina", args=[dictamen.folio])


def escrito(dictamen: Dictamen) -> DictamenEscrito:
    """Todo lo que dice, con un número fijo de consultas."""
    materia = materia_de(dictamen.expediente)
    paso = dictamen.expediente.pasos.filter(dado_en=dictamen.emitido_en).last()
    url = direccion_publica(dictamen)
    return DictamenEscrito(
        folio=dictamen.folio,
        organo=dictamen.organo.nombre_actual,
        asunto=dictamen.expediente.titulo,
        presenta=dictamen.expediente.dependencia.nombre_actual,
        clase=str(materia.nombre) if materia else dictamen.expediente.clase,
        sentido=str(dictamen.get_sentido_display()),
        es_favorable=dictamen.sentido == "favorable",
        consideraciones=dictamen.consideraciones,
        remision=dictamen.remision.numero,
        remitida_en=dictamen.remision.remitida_en,
        huella=dictamen.remision.huella,
        cotejo=_cotejo(dictamen, materia, paso),
        observaciones=_observaciones(dictamen),
        firma=_firma(dictamen, materia, paso),
        url=url,
        qr=qr.como_imagen(url),
    )


def _cotejo(
    dictamen: Dictamen, materia: Materia | None, paso: Paso | None
) -> tuple[PuntoContestado, ...]:
    """La lista de quien dictamina, contestada sobre la versión que dictamina."""
    hechos = dictamen.remision.cotejos.select_related("punto").order_by(
        "punto__orden", "punto__nombre"
    )
    if materia and paso:
        hechos = hechos.filter(punto__instancia=materia.esta_en(paso.desde))
    return tuple(
        PuntoContestado(c.punto.nombre, c.punto.norma, str(c.get_resultado_display()), c.nota)
        for c in hechos
    )


def _observaciones(dictamen: Dictamen) -> tuple[ObservacionContada, ...]:
    """Las que se notificaron antes de dictaminar; lo interno no sale de su órgano."""
    suyas = (
        Observacion.objects.formales()
        .filter(expediente=dictamen.expediente_id, notificada_en__lte=dictamen.emitido_en)
        .select_related("organo")
        .prefetch_related(
            Prefetch(
                "respuestas",
                Respuesta.objects.filter(escrita_en__lte=dictamen.emitido_en).select_related(
                    "organo"
                ),
            )
        )
    )
    return tuple(
        ObservacionContada(
            campo=o.campo_titulo,
            clase=str(o.get_clase_display()),
            organo=o.organo.siglas,
            texto=o.texto,
            respuestas=tuple((r.organo.siglas, r.texto) for r in o.respuestas.all()),
            como_quedo=str(o.get_estado_display()),
        )
        for o in suyas
    )


def _firma(dictamen: Dictamen, materia: Materia | None, paso: Paso | None) -> Firma:
    quien: Usuario = dictamen.emitido_por
    dia = timezone.localdate(dictamen.emitido_en)
    funciones = [
        str(a.get_rol_display())
        for a in quien.adscripciones_vigentes(dia)
        if a.dependencia_id == dictamen.organo_id
    ]
    delega = None
    if materia and paso:
        permiso = Permiso(materia.flujo.paso(paso.nombre).permiso)
        delega = delegante(quien, permiso, dictamen.expediente.dependencia_id, fecha=dia)
    return Firma(
        nombre=quien.get_full_name() or quien.get_username(),
        cuenta=quien.get_username(),
        funcion=", ".join(funciones),
        por_delegacion_de=(delega.get_full_name() or delega.get_username()) if delega else "",
        momento=dictamen.emitido_en,
    )


def visibles(usuario: Usuario) -> QuerySet[Dictamen]:
    """Los de los expedientes que esa persona puede ver."""
    suyos = Q(pk__in=())
    for materia in materias().values():
        donde = ambito(usuario, materia.ver)
        if donde:
            suyos |= Q(expediente__clase=materia.clase) & donde.filtro("expediente__dependencia")
    return Dictamen.objects.filter(suyos).select_related("expediente", "archivo", "organo")


def publico(folio: str) -> Dictamen | None:
    """El que cualquiera puede leer: el de un asunto que ya se publicó. Lo demás no existe."""
    suyo = (
        Dictamen.objects.select_related("expediente__dependencia", "archivo", "organo", "remision")
        .filter(folio=folio)
        .first()
    )
    return suyo if suyo is not None and _se_publico(suyo) else None


def _se_publico(dictamen: Dictamen) -> bool:
    materia = materia_de(dictamen.expediente)
    if materia is None or not materia.publicos:
        return False
    return materia.modelo._default_manager.filter(
        expediente=dictamen.expediente_id, estado__in=materia.publicos
    ).exists()


def url_del_asunto(dictamen: Dictamen) -> str:
    """La página pública de lo dictaminado; vacía si no tiene."""
    materia = materia_de(dictamen.expediente)
    return materia.url_publica(materia.de(dictamen.expediente)) if materia else ""
