"""Decidir si una clave de Finanzas es de un programa social, y qué parte."""

from __future__ import annotations

from decimal import Decimal

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from presupuesto import proyeccion
from presupuesto.importacion import propuestas
from presupuesto.models import Certeza, CorteDeEgresos, UnidadResponsable, VinculoPresupuestal
from sibis.bitacora.registro import registrar
from sibis.cuentas.models import Usuario
from sibis.cuentas.permisos import Permiso, puede
from sibis.nucleo.errores import ErrorDeNegocio, SinPermiso
from sibis.vigencia.restricciones import con_mensajes, validar

ESTADO = VinculoPresupuestal.Estado


def _exigir(por: Usuario) -> None:
    if not puede(por, Permiso.PRESUPUESTO_CAPTURAR):
        raise SinPermiso(_("Solo Finanzas decide qué clave paga qué programa."))


def confirmar(
    vinculo: VinculoPresupuestal,
    *,
    por: Usuario,
    certeza: str = Certeza.SEGURA,
    participacion: Decimal | None = None,
    nota: str = "",
) -> VinculoPresupuestal:
    """Lo da por bueno, con su certeza y su parte. Levanta SinPermiso o ValidationError."""
    _exigir(por)
    return _decidir(
        vinculo,
        por=por,
        estado=ESTADO.CONFIRMADO,
        certeza=certeza,
        participacion=vinculo.participacion if participacion is None else participacion,
        nota=nota,
    )


def rechazar(vinculo: VinculoPresupuestal, *, por: Usuario, nota: str) -> VinculoPresupuestal:
    """Deja dicho que no es; ya no cuenta ni se vuelve a proponer. La nota es obligatoria."""
    _exigir(por)
    if not nota.strip():
        raise ErrorDeNegocio(_("Escribe por qué no es ese programa."))
    return _decidir(vinculo, por=por, estado=ESTADO.RECHAZADO, nota=nota)


def crear(vinculo: VinculoPresupuestal, *, por: Usuario) -> VinculoPresupuestal:
    """Uno que nadie propuso: nace confirmado por quien lo escribe."""
    _exigir(por)
    vinculo.metodo = VinculoPresupuestal.Metodo.CAPTURA
    vinculo.programa_presupuestario = vinculo.programa_presupuestario.strip().upper()
    return _decidir(vinculo, por=por, estado=ESTADO.CONFIRMADO)


def _decidir(
    vinculo: VinculoPresupuestal, *, por: Usuario, **cambios: object
) -> VinculoPresupuestal:
    """Guarda, registra y rehace los montos en la misma transacción."""
    nuevo = vinculo.pk is None
    antes = None if nuevo else vinculo.estado
    with con_mensajes(), transaction.atomic():
        if not nuevo:
            vinculo = VinculoPresupuestal.objects.select_for_update().get(pk=vinculo.pk)
            antes = vinculo.estado
        for campo, valor in cambios.items():
            setattr(vinculo, campo, valor)
        vinculo.revisado_por, vinculo.revisado_en = por, timezone.now()
        validar(vinculo)
        vinculo.save()
        proyeccion.refrescar()
        registrar(
            f"vinculo.{vinculo.estado}",
            vinculo,
            por=por,
            programa=vinculo.programa.clave,
            clave=vinculo.programa_presupuestario,
            ejercicio=vinculo.ejercicio,
            antes=antes,
            certeza=vinculo.certeza,
            participacion=str(vinculo.participacion),
        )
    return vinculo


@transaction.atomic
def proponer(*, por: Usuario) -> int:
    """Busca otra vez parecidos en todos los cortes vigentes; lo ya decidido se respeta."""
    _exigir(por)
    nuevas = sum(propuestas.proponer(corte) for corte in CorteDeEgresos.objects.vigentes())
    proyeccion.refrescar()
    registrar("vinculo.propuestas", None, por=por, nuevas=nuevas)
    return nuevas


@transaction.atomic
def guardar_unidad(unidad: UnidadResponsable, *, por: Usuario) -> UnidadResponsable:
    """Corrige de qué dependencia es una unidad; las páginas lo ven enseguida."""
    _exigir(por)
    unidad.metodo = _("capturada por una persona")
    unidad.save()
    proyeccion.refrescar()
    registrar(
        "unidad.guardada", unidad, por=por, dependencia=unidad.dependencia, clave=unidad.clave
    )
    return unidad


@transaction.atomic
def guardar_avance(objeto: models.Model, *, por: Usuario, programa: object) -> models.Model:
    """Avance físico, indicador o medición que captura su dependencia."""
    dependencia = programa.dependencia  # type: ignore[attr-defined]
    if not puede(por, Permiso.REGLA_CAPTURAR, en=dependencia):
        raise SinPermiso(_("Solo el enlace de la dependencia escribe el avance de sus programas."))
    objeto.save()
    registrar(
        f"{objeto._meta.model_name}.guardado",
        objeto,
        por=por,
        dependencia=dependencia,
        programa=programa.clave,  # type: ignore[attr-defined]
    )
    return objeto
