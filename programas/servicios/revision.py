"""Enviar, observar, validar y retirar una regla: el único lugar donde cambia su estado."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from programas import requisitos
from programas.estados import FLUJO_REGLA, FUERON_PUBLICOS, EstadoRegla
from programas.models import Exigencia, ReglaOperacion
from programas.models.instancias import impedimentos
from sibis.bitacora.datos_personales import DatoPersonalEnBitacora, exigir_sin_datos_personales
from sibis.bitacora.registro import registrar
from sibis.cuentas.models import Usuario
from sibis.cuentas.permisos import Permiso, puede
from sibis.nucleo.errores import ErrorDeNegocio, SinPermiso
from sibis.nucleo.estados import Transicion


def bloquear(regla: ReglaOperacion) -> ReglaOperacion:
    """La regla como está ahora en la base, apartada para esta transacción."""
    return (
        ReglaOperacion.objects.select_for_update(of=("self",))
        .select_related("programa", "dependencia")
        .get(pk=regla.pk)
    )


def exigir(nombre: str, regla: ReglaOperacion, *, por: Usuario, motivo: str = "") -> Transicion:
    """Punto único por el que pasa toda decisión: estado, facultad, otra persona y otra instancia.

    Levanta TransicionInvalida, SinPermiso o ErrorDeNegocio con lo que la persona puede hacer.
    """
    transicion = FLUJO_REGLA.exigir(nombre, estado=regla.estado)
    permiso = Permiso(transicion.permiso)
    if not puede(por, permiso, en=regla.dependencia_id):
        raise SinPermiso(f"Tu función no permite {nombre} esta regla.")
    if transicion.exige_otra_persona:
        _exigir_otra_instancia(regla, permiso, por=por)
    if transicion.exige_motivo and not motivo.strip():
        raise ErrorDeNegocio(f"Para {nombre} hay que escribir el motivo.")
    _exigir_motivo_publicable(motivo)
    return transicion


def _exigir_motivo_publicable(motivo: str) -> None:
    """El motivo queda en la bitácora para siempre: no lleva datos de nadie."""
    try:
        exigir_sin_datos_personales({"motivo": motivo})
    except DatoPersonalEnBitacora as error:
        raise ErrorDeNegocio(
            "El motivo parece traer una CURP, una CLABE o un correo. Quítalo: queda en la bitácora. "
            "No se cambió nada."
        ) from error


def _exigir_otra_instancia(regla: ReglaOperacion, permiso: Permiso, *, por: Usuario) -> None:
    """Las mismas condiciones con que se arman las colas (programas/models/instancias.py)."""
    for condicion, motivo in impedimentos(permiso, por=por):
        if ReglaOperacion.objects.filter(condicion, pk=regla.pk).exists():
            raise SinPermiso(str(motivo))


def exigir_completa(regla: ReglaOperacion, momento: str) -> None:
    """Levanta ErrorDeNegocio con todo lo que falta, de una vez."""
    faltan = requisitos.faltantes(regla, momento)
    if faltan:
        cuantas = "le falta 1 cosa" if len(faltan) == 1 else f"le faltan {len(faltan)} cosas"
        raise ErrorDeNegocio(
            f"A la regla {cuantas} para {momento}. No se cambió nada.",
            detalles=tuple(f.texto for f in faltan),
        )


def mover(
    regla: ReglaOperacion, nombre: str, *, por: Usuario, motivo: str = "", **cambios: object
) -> ReglaOperacion:
    """Aplica la transición ya exigida, con su renglón de bitácora."""
    transicion = FLUJO_REGLA.exigir(nombre, estado=regla.estado)
    antes = regla.estado
    regla.estado = EstadoRegla(transicion.hacia)
    for campo, valor in cambios.items():
        setattr(regla, campo, valor)
    # La fecha de una publicada es de lo que dice; sustituirla no cambia lo que dijo.
    fecha = [] if antes in FUERON_PUBLICOS else ["actualizado_en"]
    regla.save(update_fields=["estado", *fecha, *cambios])
    registrar(
        f"regla.{nombre}",
        regla,
        por=por,
        dependencia=regla.dependencia.clave,
        desde=antes,
        hacia=regla.estado,
        ejercicio=regla.ejercicio,
        version=regla.version,
        **({"motivo": motivo.strip()} if motivo.strip() else {}),
    )
    return regla


@transaction.atomic
def enviar(regla: ReglaOperacion, *, por: Usuario) -> ReglaOperacion:
    """La titular firma y manda a validación una regla completa."""
    regla = bloquear(regla)
    exigir("enviar", regla, por=por)
    exigir_completa(regla, Exigencia.Momento.ENVIAR)
    return mover(regla, "enviar", por=por, enviado_en=timezone.now(), enviado_por=por)


@transaction.atomic
def observar(regla: ReglaOperacion, *, por: Usuario, motivo: str) -> ReglaOperacion:
    """SIBISO la regresa con lo que hay que corregir."""
    regla = bloquear(regla)
    exigir("observar", regla, por=por, motivo=motivo)
    return mover(regla, "observar", por=por, motivo=motivo)


@transaction.atomic
def validar(regla: ReglaOperacion, *, por: Usuario) -> ReglaOperacion:
    regla = bloquear(regla)
    exigir("validar", regla, por=por)
    exigir_completa(regla, Exigencia.Momento.ENVIAR)
    return mover(regla, "validar", por=por, validado_en=timezone.now(), validado_por=por)


@transaction.atomic
def retirar(regla: ReglaOperacion, *, por: Usuario, motivo: str) -> ReglaOperacion:
    """La dependencia desiste de una versión; queda guardada, no se borra."""
    regla = bloquear(regla)
    exigir("retirar", regla, por=por, motivo=motivo)
    return mover(regla, "retirar", por=por, motivo=motivo)
