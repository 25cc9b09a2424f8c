"""Escribir un informe trimestral: abrirlo, guardarlo sin encimar lo de otra persona, corregirlo."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from presupuesto.consultas.fechas_de_informe import en_curso, ordinal
from presupuesto.consultas.informe import anterior_de, oficial_de
from presupuesto.estados import EDITABLES, EN_CURSO, EstadoInforme
from presupuesto.materia import INFORME
from presupuesto.models import InformeDeAvance, RenglonDeAvance
from programas.models import Programa, ReglaOperacion
from sibis.bitacora.registro import registrar
from sibis.cuentas.models import Usuario
from sibis.cuentas.permisos import Permiso, puede
from sibis.nucleo.errores import EdicionConcurrente, ErrorDeNegocio, SinPermiso, TransicionInvalida
from sibis.revision.servicios.expediente import expediente_de
from sibis.revision.servicios.pasos import exigir_texto_publicable
from sibis.vigencia.carga import en_palabras
from sibis.vigencia.restricciones import con_mensajes

# Lo que se trae del trimestre anterior: lo que no depende de cuánto se avanzó.
_DE_LA_META = ("meta_modificada", "motivo_de_modificacion", "fuente_de_modificacion")
_DEL_DINERO = ("presupuesto_original", "presupuesto_modificado")
# Una corrección empieza igual a lo que corrige.
_DEL_RENGLON = (
    *("orden", "meta_id", "unidad", "meta_original", *_DE_LA_META),
    *("programada", "alcanzada", "explicacion"),
)
_DEL_INFORME = (
    *("programa_id", "ejercicio", "trimestre", "dependencia_id", "regla_id", *_DEL_DINERO),
    *("presupuesto_programado", "presupuesto_devengado", "presupuesto_ejercido"),
    *("explicacion_del_gasto", "explicacion_de_egresos"),
    *("personas", "mujeres", "hombres", "otro_sexo"),
)


def exigir_captura(dependencia: int, *, por: Usuario) -> None:
    if not puede(por, Permiso.AVANCE_CAPTURAR, en=dependencia):
        raise SinPermiso(_("Solo el enlace de la dependencia escribe sus informes trimestrales."))


def exigir_edicion(informe: InformeDeAvance, *, por: Usuario) -> None:
    """Levanta SinPermiso si no es de su dependencia, TransicionInvalida si ya no se escribe."""
    exigir_captura(informe.dependencia_id, por=por)
    if not informe.es_editable:
        raise TransicionInvalida(
            _(
                "El informe está en «%(estado)s» y así no se edita. Si ya se aprobó, abre una "
                "corrección. No se guardó nada."
            )
            % {"estado": informe.get_estado_display()}
        )


@transaction.atomic
def abrir(
    programa: Programa, *, ejercicio: int, trimestre: int, por: Usuario, copiar: bool = True
) -> InformeDeAvance:
    """Un informe en borrador con las metas de la regla publicada; `copiar` trae lo del anterior."""
    # La regla se aparta: así no se modifica, ni se abre otro informe, mientras se copian sus metas.
    regla = (
        ReglaOperacion.objects.publicadas()
        .select_for_update(of=("self",))
        .filter(programa=programa, ejercicio=ejercicio)
        .first()
    )
    if regla is None:
        exigir_captura(programa.dependencia_id, por=por)
        raise ErrorDeNegocio(
            _("«%(programa)s» no tiene reglas publicadas en %(anio)s: sin metas no hay informe.")
            % {"programa": programa.nombre, "anio": ejercicio}
        )
    exigir_captura(regla.dependencia_id, por=por)
    if (ejercicio, trimestre) > en_curso(timezone.localdate()):
        raise ErrorDeNegocio(_("Ese trimestre todavía no empieza."))
    _exigir_que_no_haya_otro(regla, trimestre)
    informe = _nuevo(
        InformeDeAvance(
            programa=programa,
            ejercicio=ejercicio,
            trimestre=trimestre,
            version=_siguiente_version(programa.pk, ejercicio, trimestre),
            razon=_razon_de_otra_vez(programa.pk, ejercicio, trimestre),
            dependencia_id=regla.dependencia_id,
            regla=regla,
            presupuesto_original=regla.presupuesto_aprobado,
            capturado_por=por,
        )
    )
    _poner_metas(informe, regla)
    if copiar:
        _traer_del_anterior(informe)
    expediente_de(INFORME, informe)
    dejar_constancia("informe.abierto", informe, por=por)
    return informe


def _exigir_que_no_haya_otro(regla: ReglaOperacion, trimestre: int) -> None:
    otro = InformeDeAvance.objects.filter(
        programa=regla.programa_id,
        ejercicio=regla.ejercicio,
        trimestre=trimestre,
        estado__in={*EN_CURSO, EstadoInforme.APROBADO},
    ).first()
    if otro is None:
        return
    if otro.fue_aprobado:
        raise ErrorDeNegocio(
            _("El %(cual)s de %(anio)s ya se aprobó: si algo cambió, abre una corrección desde él.")
            % {"cual": ordinal(trimestre), "anio": regla.ejercicio}
        )
    raise ErrorDeNegocio(
        _("El %(cual)s de %(anio)s ya está en trabajo («%(estado)s»). Continúa en él.")
        % {
            "cual": ordinal(trimestre),
            "anio": regla.ejercicio,
            "estado": otro.get_estado_display(),
        }
    )


def _siguiente_version(programa: int, ejercicio: int, trimestre: int) -> int:
    ultima = (
        InformeDeAvance.objects.filter(programa=programa, ejercicio=ejercicio, trimestre=trimestre)
        .order_by("-version")
        .first()
    )
    return ultima.version + 1 if ultima else 1


def _razon_de_otra_vez(programa: int, ejercicio: int, trimestre: int) -> str:
    """Si el anterior se retiró, el que empieza de nuevo lo dice."""
    if _siguiente_version(programa, ejercicio, trimestre) == 1:
        return ""
    return _("El informe anterior se retiró.")


def _nuevo(informe: InformeDeAvance) -> InformeDeAvance:
    """Si dos personas lo abren a la vez, la base deja a una."""
    try:
        with con_mensajes(), transaction.atomic():
            informe.save()
    except ValidationError as error:
        raise EdicionConcurrente(
            _(
                "Alguien más lo abrió en este momento: vuelve a la lista y continúa en él. %(por_que)s"
            )
            % {"por_que": en_palabras(error)}
        ) from error
    return informe


def _poner_metas(informe: InformeDeAvance, regla: ReglaOperacion) -> None:
    RenglonDeAvance.objects.bulk_create(
        RenglonDeAvance(
            informe=informe,
            orden=lugar,
            meta=meta,
            unidad=meta.unidad,
            meta_original=meta.cantidad,
        )
        for lugar, meta in enumerate(regla.metas.order_by("orden", "pk"), start=1)
    )


def _traer_del_anterior(informe: InformeDeAvance) -> None:
    """La meta modificada con su razón, y el presupuesto; de Egresos, lo modificado si lo dice."""
    anterior, oficial = anterior_de(informe), oficial_de(informe)
    cambios: dict[str, Any] = {}
    if anterior is not None:
        por_orden = {r.orden: r for r in anterior.renglones.all()}
        for renglon in informe.renglones.all():
            antes = por_orden.get(renglon.orden)
            if antes is None or antes.unidad != renglon.unidad:
                continue
            for campo in _DE_LA_META:
                setattr(renglon, campo, getattr(antes, campo))
            renglon.save(update_fields=_DE_LA_META)
        cambios = {c: v for c in _DEL_DINERO if (v := getattr(anterior, c)) is not None}
    elif oficial is not None and oficial.confirmado:
        cambios = {"presupuesto_modificado": oficial.montos.modificado}
    for campo, valor in cambios.items():
        setattr(informe, campo, valor)
    informe.save(update_fields=[*cambios, "actualizado_en"])


@transaction.atomic
def corregir(informe: InformeDeAvance, *, razon: str, por: Usuario) -> InformeDeAvance:
    """Abre otra versión de uno aprobado, igual a él. El aprobado sigue a la vista hasta que ésta se apruebe."""
    informe = INFORME.bloquear(informe)
    exigir_captura(informe.dependencia_id, por=por)
    if informe.estado != EstadoInforme.APROBADO:
        raise TransicionInvalida(_("Solo se corrige un informe aprobado; los demás se editan."))
    if not razon.strip():
        raise ErrorDeNegocio(_("Escribe por qué se corrige: se publica junto a la cifra."))
    exigir_texto_publicable(razon)
    copia = _nuevo(
        InformeDeAvance(
            **{campo: getattr(informe, campo) for campo in _DEL_INFORME},
            version=_siguiente_version(informe.programa_id, informe.ejercicio, informe.trimestre),
            razon=razon.strip(),
            capturado_por=por,
        )
    )
    for renglon in informe.renglones.prefetch_related("evidencias"):
        nuevo = RenglonDeAvance.objects.create(
            informe=copia, **{campo: getattr(renglon, campo) for campo in _DEL_RENGLON}
        )
        _copiar_evidencias(renglon.evidencias.all(), copia, nuevo)
    _copiar_evidencias(informe.evidencias.filter(renglon=None), copia, None)
    expediente_de(INFORME, copia)
    dejar_constancia("informe.correccion_abierta", copia, por=por, desde_version=informe.version)
    return copia


def _copiar_evidencias(evidencias: Any, copia: InformeDeAvance, renglon: Any) -> None:
    for evidencia in evidencias:
        evidencia.pk, evidencia.informe, evidencia.renglon = None, copia, renglon
        evidencia._state.adding = True
        evidencia.save()


@transaction.atomic
def guardar(
    informe: InformeDeAvance, *, edicion: int, por: Usuario, escribir: Callable[[], None]
) -> None:
    """Guarda lo que `escribir` haga si nadie guardó desde que se abrió la página.

    Levanta EdicionConcurrente, y entonces no se escribe nada: lo de la otra persona queda intacto.
    """
    exigir_edicion(informe, por=por)
    avanzo = InformeDeAvance.objects.filter(
        pk=informe.pk, edicion=edicion, estado__in=EDITABLES
    ).update(edicion=F("edicion") + 1, actualizado_en=timezone.now())
    if not avanzo:
        raise EdicionConcurrente(
            _(
                "Alguien guardó este informe, o lo envió, mientras lo tenías abierto. Lo tuyo no se "
                "guardó y sigue escrito en esta página."
            )
        )
    try:
        with con_mensajes(), transaction.atomic():
            escribir()
    except ValidationError as error:
        raise ErrorDeNegocio(en_palabras(error)) from error
    dejar_constancia("informe.guardado", informe, por=por)


def dejar_constancia(
    tipo: str, informe: InformeDeAvance, *, por: Usuario, **detalle: object
) -> None:
    """El renglón de bitácora de un informe, con qué programa, trimestre y versión."""
    registrar(
        tipo,
        informe,
        por=por,
        dependencia=informe.dependencia.clave,
        programa=informe.programa.clave,
        ejercicio=informe.ejercicio,
        trimestre=informe.trimestre,
        version=informe.version,
        **detalle,
    )
