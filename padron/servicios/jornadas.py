"""Planear, publicar, mover y cancelar jornadas de entrega."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from padron.estados_de_entrega import FLUJO_JORNADA, EstadoJornada
from padron.importacion.entregas import contar_esperadas
from padron.models import JornadaDeEntrega
from padron.servicios import portal_de_jornadas
from programas.models import Programa, ReglaOperacion
from sibis.bitacora.registro import registrar
from sibis.cuentas.models import Usuario
from sibis.cuentas.permisos import Permiso, puede
from sibis.nucleo.errores import ErrorDeNegocio, SinPermiso, TransicionInvalida
from sibis.revision.servicios.pasos import exigir_texto_publicable
from sibis.vigencia.carga import en_palabras
from sibis.vigencia.restricciones import con_mensajes, validar

TOPE = 200  # jornadas de una vez: más no las revisa nadie
# Lo que se publica y una persona teclea.
_SE_LEEN = ("apoyo", "especie", "lugar", "notas", "tardia_lugar", "tardia_documento")
_DE_LA_LISTA = {"letra_desde", "letra_hasta", "alcaldias", "ministracion", "periodo"}
# Con esto ya anotado, cambiarlo diría que se entregó otra cosa.
_FIJOS_CON_ENTREGAS = _DE_LA_LISTA | {"apoyo", "instrumento", "monto", "especie"}


def exigir_facultad(dependencia: int, *, por: Usuario) -> None:
    if not puede(por, Permiso.PADRON_CARGAR, en=dependencia):
        raise SinPermiso(_("Solo el enlace de la dependencia lleva sus entregas."))


def dependencia_de(programa: Programa, ejercicio: int) -> int:
    """La de su regla publicada ese año; sin regla, la que hoy tiene el programa."""
    de_la_regla = (
        ReglaOperacion.objects.publicadas()
        .filter(programa=programa, ejercicio=ejercicio)
        .values_list("dependencia_id", flat=True)
        .first()
    )
    return de_la_regla or programa.dependencia_id


@transaction.atomic
def crear(
    programa: Programa,
    *,
    ejercicio: int,
    tramos: Iterable[tuple[str, str, datetime.date, datetime.date]],
    comun: Mapping[str, Any],
    por: Usuario,
) -> list[JornadaDeEntrega]:
    """Una jornada planeada por tramo: de qué letra a cuál, y de qué día a qué día. O todas o ninguna."""
    dependencia = dependencia_de(programa, ejercicio)
    exigir_facultad(dependencia, por=por)
    lista = list(tramos)
    if not 0 < len(lista) <= TOPE:
        raise ErrorDeNegocio(_("De una vez se hacen de 1 a %(tope)s jornadas.") % {"tope": TOPE})
    _exigir_publicable(comun)
    hechas = [
        _guardar(
            JornadaDeEntrega(
                programa=programa,
                ejercicio=ejercicio,
                dependencia_id=dependencia,
                letra_desde=letra_desde,
                letra_hasta=letra_hasta,
                desde=desde,
                hasta=hasta,
                capturada_por=por,
                **comun,
            )
        )
        for letra_desde, letra_hasta, desde, hasta in lista
    ]
    contar_esperadas(hechas)
    for jornada in hechas:
        _constancia("jornada.planeada", jornada, por=por)
    return hechas


@transaction.atomic
def cambiar(
    jornada: JornadaDeEntrega, *, cambios: Mapping[str, Any], por: Usuario
) -> JornadaDeEntrega:
    """Día, lugar, letras o avisos. Si está publicada, cambia también lo que la gente lee."""
    jornada = _apartar(jornada)
    if jornada.estado == EstadoJornada.CANCELADA:
        raise TransicionInvalida(
            _("La jornada está cancelada y no cambia: planea otra. No se guardó nada.")
        )
    exigir_facultad(jornada.dependencia_id, por=por)
    _exigir_publicable(cambios)
    distintos = {c: v for c, v in cambios.items() if getattr(jornada, c) != v}
    if not distintos:
        return jornada
    _exigir_que_no_contradiga(jornada, distintos)
    for campo, valor in distintos.items():
        setattr(jornada, campo, valor)
    _guardar(jornada, campos=list(distintos))
    if _DE_LA_LISTA & set(distintos):
        contar_esperadas([jornada])
    if jornada.estado == EstadoJornada.PUBLICADA:
        portal_de_jornadas.poner_al_dia(jornada)
    _constancia("jornada.cambiada", jornada, por=por, campos=sorted(distintos))
    return jornada


def _exigir_que_no_contradiga(jornada: JornadaDeEntrega, distintos: Mapping[str, Any]) -> None:
    if not jornada.tiene_anotaciones:
        return
    if _FIJOS_CON_ENTREGAS & set(distintos):
        raise ErrorDeNegocio(
            _(
                "Ya hay entregas anotadas: lo que se entrega y a qué letras no cambia. Planea otra "
                "jornada para lo demás. No se guardó nada."
            )
        )
    primera = jornada.entregas.filter(ejercicio=jornada.ejercicio).order_by("fecha").first()
    if primera is not None and distintos.get("desde", jornada.desde) > primera.fecha:
        raise ErrorDeNegocio(
            _("Hay entregas anotadas desde el %(dia)s: la jornada no puede empezar después.")
            % {"dia": f"{primera.fecha:%d/%m/%Y}"}
        )


@transaction.atomic
def publicar(jornada: JornadaDeEntrega, *, por: Usuario) -> JornadaDeEntrega:
    """Su fecha y su lugar salen en la página del programa, en el calendario y en los avisos."""
    jornada = _apartar(jornada)
    paso = FLUJO_JORNADA.exigir("publicar", estado=jornada.estado)
    exigir_facultad(jornada.dependencia_id, por=por)
    jornada.estado = paso.hacia
    jornada.publicada_en, jornada.publicada_por = timezone.now(), por
    jornada.save(update_fields=["estado", "publicada_en", "publicada_por"])
    contar_esperadas([jornada])
    portal_de_jornadas.poner_al_dia(jornada)
    _constancia("jornada.publicada", jornada, por=por, esperadas=jornada.esperadas)
    return jornada


@transaction.atomic
def cancelar(jornada: JornadaDeEntrega, *, motivo: str, por: Usuario) -> JornadaDeEntrega:
    """Deja de hacerse. Su fecha no desaparece del portal: dice que se canceló y por qué."""
    jornada = _apartar(jornada)
    paso = FLUJO_JORNADA.exigir("cancelar", estado=jornada.estado)
    exigir_facultad(jornada.dependencia_id, por=por)
    if not motivo.strip():
        raise ErrorDeNegocio(_("Escribe por qué se cancela: la gente lo lee."))
    exigir_texto_publicable(motivo)
    if jornada.tiene_anotaciones:
        raise ErrorDeNegocio(
            _("En esta jornada ya se anotaron entregas: sí se hizo, y no se cancela.")
        )
    estaba_publicada = jornada.estado == EstadoJornada.PUBLICADA
    jornada.estado, jornada.motivo = paso.hacia, motivo.strip()
    jornada.cancelada_en, jornada.cancelada_por = timezone.now(), por
    jornada.save(update_fields=["estado", "motivo", "cancelada_en", "cancelada_por"])
    if estaba_publicada:
        portal_de_jornadas.poner_al_dia(jornada)
    _constancia("jornada.cancelada", jornada, por=por)
    return jornada


@transaction.atomic
def volver_a_contar(jornada: JornadaDeEntrega, *, por: Usuario) -> JornadaDeEntrega:
    """Cuántas personas se esperan, con el padrón como está ahora."""
    jornada = _apartar(jornada)
    exigir_facultad(jornada.dependencia_id, por=por)
    contar_esperadas([jornada])
    return jornada


def _apartar(jornada: JornadaDeEntrega) -> JornadaDeEntrega:
    return (
        JornadaDeEntrega.objects.select_for_update(of=("self",))
        .con_lugar()
        .select_related("fecha_publica", "fecha_tardia")
        .get(pk=jornada.pk)
    )


def _exigir_publicable(datos: Mapping[str, Any]) -> None:
    for campo in _SE_LEEN:
        exigir_texto_publicable(str(datos.get(campo) or ""))


def _guardar(jornada: JornadaDeEntrega, *, campos: list[str] | None = None) -> JornadaDeEntrega:
    try:
        validar(jornada)
        with con_mensajes(), transaction.atomic():
            jornada.save(update_fields=campos)
    except ValidationError as error:
        raise ErrorDeNegocio(en_palabras(error)) from error
    return jornada


def _constancia(tipo: str, jornada: JornadaDeEntrega, *, por: Usuario, **detalle: object) -> None:
    registrar(
        tipo,
        jornada,
        por=por,
        dependencia=jornada.dependencia.clave,
        programa=jornada.programa.clave,
        ejercicio=jornada.ejercicio,
        dia=f"{jornada.desde:%d/%m/%Y}",
        letras=jornada.letras,
        **detalle,
    )
