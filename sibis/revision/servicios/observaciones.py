"""Observar, contestar, resolver: la conversación sobre un campo de una versión."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sibis.bitacora.registro import registrar
from sibis.cuentas.models import Dependencia, Usuario
from sibis.cuentas.permisos import Permiso, puede
from sibis.expedientes.models import Expediente
from sibis.nucleo.errores import ErrorDeNegocio, SinPermiso
from sibis.revision.estados import FLUJO_OBSERVACION, ClaseObservacion, EstadoObservacion
from sibis.revision.materias import Materia
from sibis.revision.models import Observacion, Respuesta
from sibis.revision.servicios.expediente import expediente_de
from sibis.revision.servicios.pasos import exigir_texto_publicable, organo_de

LARGO = 4000


@transaction.atomic
def observar(
    materia: Materia,
    asunto: Any,
    *,
    por: Usuario,
    campo: str,
    texto: str,
    clase: str = ClaseObservacion.OBSERVACION,
) -> Observacion:
    """Deja una observación en un campo. Quien presenta la ve cuando el documento se le regresa.

    `campo` vacío es todo el documento; uno que no existe levanta ErrorDeNegocio.
    """
    asunto = materia.bloquear(asunto)
    expediente = expediente_de(materia, asunto)
    permiso = _exigir_que_pueda(materia, asunto, clase, por=por)
    dicho = {
        "remision": expediente.remisiones.order_by("-numero").first(),
        "clase": clase,
        "campo": campo,
        "texto": _limpio(texto),
        "autor": por,
    }
    if (repetida := _ya_escrita(expediente, dicho)) is not None:
        return repetida
    observacion = Observacion.objects.create(
        expediente=expediente,
        campo_titulo=_titulo_del_campo(materia, asunto, campo),
        organo=organo_de(por, permiso, asunto),
        **dicho,
    )
    _dejar_constancia("observada", observacion, asunto, por=por)
    return observacion


def _ya_escrita(expediente: Expediente, dicho: dict[str, Any]) -> Observacion | None:
    """La misma, si nadie la ha recibido todavía: un doble clic no es otra observación."""
    iguales = Observacion.objects.abiertas().filter(expediente=expediente, **dicho)
    return iguales.filter(notificada_en__isnull=True).first()


def _exigir_que_pueda(materia: Materia, asunto: Any, clase: str, *, por: Usuario) -> Permiso:
    """Comenta quien trabaja el asunto; observa quien en este estado puede regresarlo."""
    if clase == ClaseObservacion.COMENTARIO:
        if not puede(por, Permiso.REVISION_COMENTAR, en=asunto.dependencia_id):
            raise SinPermiso(_("Tu función no permite comentar este asunto."))
        return Permiso.REVISION_COMENTAR
    for transicion in materia.flujo.desde(asunto.estado):
        permiso = Permiso(transicion.permiso)
        if transicion.exige_observaciones and puede(por, permiso, en=asunto.dependencia_id):
            _exigir_otro_organo(materia, asunto, permiso, por=por)
            return permiso
    raise SinPermiso(
        _("En «%(estado)s» tu función no observa este asunto: quizá hay que tomarlo primero.")
        % {"estado": materia.estados(asunto.estado).label}
    )


def _exigir_otro_organo(materia: Materia, asunto: Any, permiso: Permiso, *, por: Usuario) -> None:
    for condicion, razon in materia.impedimentos(permiso, por=por):
        if materia.modelo._default_manager.filter(condicion, pk=asunto.pk).exists():
            raise SinPermiso(str(razon))


def _titulo_del_campo(materia: Materia, asunto: Any, campo: str) -> str:
    if not campo:
        return ""
    hallado = materia.retrato(asunto).por_clave().get(campo)
    if hallado is None:
        raise ErrorDeNegocio(_("Ese campo no es de este documento. Tu texto no se guardó."))
    return hallado.titulo[:250]


def _limpio(texto: str) -> str:
    limpio = texto.replace("\x00", "").strip()  # la base no guarda ceros
    if not limpio:
        raise ErrorDeNegocio(_("Escribe el texto: está vacío."))
    if len(limpio) > LARGO:
        raise ErrorDeNegocio(_("El texto pasa de %(n)s letras. Divídelo en dos.") % {"n": LARGO})
    exigir_texto_publicable(limpio)
    return limpio


@transaction.atomic
def corregir(observacion: Observacion, *, por: Usuario, texto: str) -> Observacion:
    """Quien la escribió la cambia mientras nadie la haya recibido."""
    observacion = _bloquear(observacion)
    if observacion.notificada_en is not None:
        raise ErrorDeNegocio(_("Ya se notificó: no se reescribe. Escribe otra o contéstala."))
    if observacion.autor_id != por.pk:
        raise SinPermiso(_("Solo quien la escribió la corrige."))
    observacion.texto = _limpio(texto)
    observacion.save(update_fields=["texto"])
    return observacion


@transaction.atomic
def responder(materia: Materia, observacion: Observacion, *, por: Usuario, texto: str) -> Respuesta:
    """Contesta quien presenta, o quien observó."""
    observacion = _bloquear(observacion)
    asunto = materia.de(observacion.expediente)
    _exigir_que_la_vea(materia, observacion, asunto, por=por)
    if not observacion.esta_abierta:
        raise ErrorDeNegocio(_("Esta observación ya está cerrada. Pide que la reabran."))
    limpio = _limpio(texto)
    ultima = observacion.respuestas.order_by("-pk").first()
    if ultima is not None and (ultima.autor_id, ultima.texto) == (por.pk, limpio):
        return ultima  # doble clic: ya está dicho
    respuesta = Respuesta.objects.create(
        observacion=observacion,
        texto=limpio,
        autor=por,
        organo=_organo_que_contesta(observacion, asunto, por=por),
    )
    _dejar_constancia("contestada", observacion, asunto, por=por)
    return respuesta


def _exigir_que_la_vea(
    materia: Materia, observacion: Observacion, asunto: Any, *, por: Usuario
) -> None:
    if not puede(por, Permiso.REVISION_COMENTAR, en=asunto.dependencia_id):
        raise SinPermiso(_("Tu función no contesta observaciones de este asunto."))
    es_de_quien_la_escribio = observacion.organo_id in {
        a.dependencia_id for a in por.adscripciones_vigentes()
    }
    if observacion.notificada_en is None and not es_de_quien_la_escribio:
        raise SinPermiso(_("Esa observación todavía no se notifica."))


def _organo_que_contesta(observacion: Observacion, asunto: Any, *, por: Usuario) -> Dependencia:
    suyas = {a.dependencia_id: a.dependencia for a in por.adscripciones_vigentes()}
    elegida = suyas.get(asunto.dependencia_id) or suyas.get(observacion.organo_id)
    return elegida or next(iter(suyas.values()))


@transaction.atomic
def mover(materia: Materia, observacion: Observacion, nombre: str, *, por: Usuario) -> Observacion:
    """Resuelve, reabre o descarta. Lo hace el órgano que observó, y nadie más."""
    observacion = _bloquear(observacion)
    asunto = materia.de(observacion.expediente)
    transicion = FLUJO_OBSERVACION.exigir(nombre, estado=observacion.estado)
    if observacion.organo_id not in {a.dependencia_id for a in por.adscripciones_vigentes()}:
        raise SinPermiso(_("La cierra el órgano que la escribió."))
    es_comentario = observacion.clase == ClaseObservacion.COMENTARIO
    permiso = Permiso.REVISION_COMENTAR if es_comentario else Permiso(transicion.permiso)
    if not puede(por, permiso, en=asunto.dependencia_id):
        raise SinPermiso(_("Tu función no cierra observaciones."))
    observacion.estado = EstadoObservacion(transicion.hacia)
    resuelta = observacion.estado == EstadoObservacion.RESUELTA
    observacion.resuelta_en = timezone.now() if resuelta else None
    observacion.resuelta_por = por if resuelta else None
    observacion.save(update_fields=["estado", "resuelta_en", "resuelta_por"])
    _dejar_constancia(nombre, observacion, asunto, por=por)
    return observacion


def _bloquear(observacion: Observacion) -> Observacion:
    return (
        Observacion.objects.select_for_update(of=("self",))
        .select_related("expediente", "organo")
        .get(pk=observacion.pk)
    )


def _dejar_constancia(que: str, observacion: Observacion, asunto: Any, *, por: Usuario) -> None:
    """Sin su texto: la bitácora dice dónde y quién; lo dicho está en el expediente."""
    if observacion.clase == ClaseObservacion.COMENTARIO:
        return
    registrar(
        f"observacion.{que}",
        asunto,
        por=por,
        dependencia=asunto.dependencia.clave,
        observacion=observacion.pk,
        campo=observacion.campo_titulo or _("todo el documento"),
    )
