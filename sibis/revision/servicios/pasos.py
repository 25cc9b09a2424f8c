"""Dar un paso: el único lugar donde cambia el estado de lo que se revisa.

El orden es siempre el mismo: bloquear, lo que se vio, estado, facultad, otra persona, lo que el paso
pide, el cambio, la constancia y el aviso. Si algo no procede, no cambia nada.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sibis.bitacora.datos_personales import DatoPersonalEnBitacora, exigir_sin_datos_personales
from sibis.bitacora.registro import registrar
from sibis.cuentas.delegaciones import delegante
from sibis.cuentas.models import Usuario
from sibis.cuentas.permisos import Permiso, puede
from sibis.expedientes.models import Expediente
from sibis.nucleo.errores import EdicionConcurrente, ErrorDeNegocio, SinPermiso
from sibis.nucleo.estados import Transicion
from sibis.revision import avisos
from sibis.revision.materias import Materia
from sibis.revision.models import Asignacion, Observacion, Paso, Remision
from sibis.revision.requisitos import exigir_lo_que_pide
from sibis.revision.servicios.dictamenes import emitir
from sibis.revision.servicios.expediente import expediente_de


@transaction.atomic
def dar(
    materia: Materia,
    asunto: Any,
    nombre: str,
    *,
    por: Usuario | None,
    motivo: str = "",
    visto: int | None = None,
    **cambios: Any,
) -> Any:
    """Da el paso y devuelve el asunto como quedó. `por=None` es el sistema.

    `visto` es el número del último paso que tenía la página de quien decide: si entre tanto alguien
    dio otro, levanta EdicionConcurrente. Levanta también TransicionInvalida, SinPermiso o
    ErrorDeNegocio, con todo lo que falta de una vez.
    """
    asunto = materia.bloquear(asunto)
    expediente = expediente_de(materia, asunto)
    _exigir_al_dia(expediente, visto)
    if por is None:
        transicion = materia.flujo.exigir(nombre, estado=asunto.estado)
    else:
        transicion = exigir(materia, nombre, asunto, por=por, motivo=motivo)
    for campo, valor in cambios.items():
        setattr(asunto, campo, valor)
    exigir_lo_que_pide(materia, transicion, asunto, expediente)
    if nombre in materia.antes_de:
        materia.antes_de[nombre](asunto, dar=dar)
    return _mover(materia, transicion, asunto, por=por, motivo=motivo.strip(), cambios=cambios)


def exigir(
    materia: Materia, nombre: str, asunto: Any, *, por: Usuario, motivo: str = ""
) -> Transicion:
    """Punto único por el que pasa toda decisión: estado, facultad, otra persona y otra instancia.

    Levanta TransicionInvalida, SinPermiso o ErrorDeNegocio con lo que la persona puede hacer.
    """
    transicion = materia.flujo.exigir(nombre, estado=asunto.estado)
    permiso = Permiso(transicion.permiso)
    if not puede(por, permiso, en=asunto.dependencia_id):
        raise SinPermiso(
            _("Tu función no permite %(paso)s sobre %(que)s.")
            % {"paso": transicion.rotulo, "que": materia.articulo}
        )
    if transicion.exige_otra_persona:
        exigir_otra_instancia(materia, asunto, permiso, por=por)
    if transicion.exige_motivo and not motivo.strip():
        raise ErrorDeNegocio(
            _("Para %(paso)s hay que escribir el motivo.") % {"paso": transicion.rotulo}
        )
    exigir_texto_publicable(motivo)
    return transicion


def exigir_otra_instancia(materia: Materia, asunto: Any, permiso: Permiso, *, por: Usuario) -> None:
    """Las mismas condiciones con que se arman las colas."""
    for condicion, razon in materia.impedimentos(permiso, por=por):
        if materia.modelo._default_manager.filter(condicion, pk=asunto.pk).exists():
            raise SinPermiso(str(razon))


def exigir_texto_publicable(texto: str) -> None:
    """Lo que se escribe en una revisión queda para siempre: no lleva datos de nadie."""
    try:
        exigir_sin_datos_personales({"texto": texto})
    except DatoPersonalEnBitacora as error:
        raise ErrorDeNegocio(
            _(
                "El texto parece traer una CURP, una CLABE o un correo. Quítalo: lo que se escribe en "
                "una revisión no se borra. No se cambió nada."
            )
        ) from error


def _exigir_al_dia(expediente: Expediente, visto: int | None) -> None:
    """Quien decide desde una página vieja se entera de qué pasó, y no encima lo de otra persona."""
    if visto is None:
        return
    ultimo = expediente.pasos.select_related("quien").order_by("-pk").first()
    if ultimo is None or ultimo.pk == visto:
        return
    raise EdicionConcurrente(
        _(
            "Ya lo atendió %(quien)s: «%(paso)s». Lo tuyo no se aplicó; revisa cómo está ahora y "
            "decide otra vez si hace falta."
        )
        % {
            "quien": ultimo.quien.get_username() if ultimo.quien else _("el sistema"),
            "paso": ultimo.nombre.replace("-", " "),
        }
    )


def _mover(
    materia: Materia,
    transicion: Transicion,
    asunto: Any,
    *,
    por: Usuario | None,
    motivo: str,
    cambios: dict[str, Any],
) -> Any:
    antes, ahora = asunto.estado, timezone.now()
    sello = materia.sellos.get(transicion.nombre)
    if sello and por is not None:
        cambios = {**cambios, f"{sello}_en": ahora, f"{sello}_por": por}
    for campo, valor in cambios.items():
        setattr(asunto, campo, valor)
    asunto.estado = transicion.hacia
    # La fecha de lo publicado es de lo que dice; cambiarle el estado no cambia lo que dijo.
    fecha = [] if antes in materia.congela_fecha else ["actualizado_en"]
    asunto.save(update_fields=["estado", *fecha, *cambios])
    remision = _remitir(materia, transicion, asunto, por=por)
    paso = Paso.objects.create(
        expediente=asunto.expediente,
        nombre=transicion.nombre,
        desde=antes,
        hacia=asunto.estado,
        motivo=motivo,
        remision=remision,
        organo=organo_de(por, Permiso(transicion.permiso), asunto) if por else None,
        dado_en=ahora,
        quien=por,
    )
    notificadas = _efectos(materia, transicion, asunto, paso=paso, por=por)
    _dejar_constancia(materia, transicion, asunto, paso=paso, por=por, notificadas=notificadas)
    avisos.de_un_paso(materia, transicion, asunto, paso=paso, por=por)
    return asunto


def _remitir(
    materia: Materia, transicion: Transicion, asunto: Any, *, por: Usuario | None
) -> Remision | None:
    """La remisión vigente; si el paso remite, una nueva con lo que el asunto dice ahora."""
    ultima = asunto.expediente.remisiones.order_by("-numero").first()
    if not transicion.remite or por is None:
        return ultima
    retrato = materia.retrato(asunto)
    return Remision.objects.create(
        expediente=asunto.expediente,
        numero=(ultima.numero if ultima else 0) + 1,
        contenido=retrato.como_json(),
        huella=retrato.huella,
        remitida_por=por,
    )


def organo_de(por: Usuario, permiso: Permiso, asunto: Any) -> Any:
    """La dependencia desde la que esa persona ejerce la facultad sobre el asunto."""
    suyas = [a for a in por.adscripciones_vigentes() if a.concede(permiso)]
    propias = [a for a in suyas if a.dependencia_id == asunto.dependencia_id]
    elegidas = propias or suyas or por.adscripciones_vigentes()
    return elegidas[0].dependencia if elegidas else None


def _efectos(
    materia: Materia, transicion: Transicion, asunto: Any, *, paso: Paso, por: Usuario | None
) -> int:
    """Lo que el paso hace además de mover el estado. Devuelve cuántas observaciones notificó."""
    expediente = asunto.expediente
    if transicion.toma and por is not None:
        _asignar(expediente, transicion.toma, revisor=por)
    if transicion.dictamina and por is not None:
        emitir(materia, asunto, paso=paso, sentido=transicion.dictamina, por=por)
    if not transicion.exige_observaciones:
        return 0
    return (
        Observacion.objects.formales()
        .abiertas()
        .filter(expediente=expediente, notificada_en__isnull=True, organo=paso.organo)
        .update(notificada_en=paso.dado_en)
    )


def _asignar(expediente: Expediente, instancia: str, *, revisor: Usuario) -> None:
    vivas = Asignacion.objects.filter(
        expediente=expediente, instancia=instancia, hasta__isnull=True
    )
    vivas.update(hasta=timezone.now())
    Asignacion.objects.create(expediente=expediente, instancia=instancia, revisor=revisor)


def _dejar_constancia(
    materia: Materia,
    transicion: Transicion,
    asunto: Any,
    *,
    paso: Paso,
    por: Usuario | None,
    notificadas: int,
) -> None:
    detalle: dict[str, Any] = {
        "desde": paso.desde,
        "hacia": paso.hacia,
        **{
            c: getattr(asunto, c)
            for c in ("ejercicio", "version", "trimestre")
            if hasattr(asunto, c)
        },
    }
    if paso.motivo:
        detalle["motivo"] = paso.motivo
    if paso.remision is not None:
        detalle["remision"] = paso.remision.numero
    if notificadas:
        detalle["observaciones"] = notificadas
    de = delegante(por, Permiso(transicion.permiso), asunto.dependencia_id) if por else None
    if de is not None:
        detalle["por_delegacion_de"] = de.get_username()
    registrar(
        f"{materia.clase}.{transicion.nombre}",
        asunto,
        por=por,
        dependencia=asunto.dependencia.clave,
        **detalle,
    )
