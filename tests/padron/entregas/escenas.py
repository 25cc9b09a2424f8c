"""Un padrón inventado con su jornada publicada, y lo que las pruebas preguntan de ella."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, Sum

from padron.estados_de_entrega import EstadoEntrega as E
from padron.models import Carga, Entrega, JornadaDeEntrega, Registro
from padron.servicios.jornadas import publicar
from sibis.cuentas.models import Usuario
from sibis.cuentas.roles import EnlaceDeDependencia, TitularQueFirma
from tests.fabricas.cuentas import con_rol
from tests.fabricas.entregas import JornadaDeEntregaFactory
from tests.fabricas.padron import CargaFactory, RegistroFactory

APELLIDOS = ("ÁVILA", "BENÍTEZ", "LÓPEZ", "ÑÁÑEZ", "ORTIZ", "ZÁRATE")


def curp_de(n: int) -> str:
    return f"XEXX800101HDF{chr(65 + n // 26 % 26)}{chr(65 + n % 26)}X{n % 10}{n % 7}"


@dataclass(frozen=True, slots=True)
class Escena:
    carga: Carga
    jornada: JornadaDeEntrega
    registros: list[Registro]
    enlace: Usuario
    titular: Usuario

    def fresca(self) -> JornadaDeEntrega:
        return JornadaDeEntrega.objects.con_lugar().get(pk=self.jornada.pk)


def padron(cuantos: int = 6, *, carga: Carga | None = None, **registro: Any) -> tuple[Carga, list]:
    carga = carga or CargaFactory(aplicada=True)
    hechos = [
        RegistroFactory(
            carga=carga,
            fila=n + 2,
            curp=curp_de(n),
            folio=f"F-{n:04d}",
            nombres="PERSONA",
            primer_apellido=APELLIDOS[n % len(APELLIDOS)],
            **{"monto": 600, "apoyo": "beca"} | registro,
        )
        for n in range(cuantos)
    ]
    return carga, hechos


def escena(cuantos: int = 6, *, registro: dict[str, Any] | None = None, **jornada: Any) -> Escena:
    carga, registros = padron(cuantos, **registro or {})
    enlace = con_rol(EnlaceDeDependencia, en=carga.dependencia)
    planeada = JornadaDeEntregaFactory(
        programa=carga.programa,
        dependencia=carga.dependencia,
        ejercicio=carga.ejercicio,
        **jornada,
    )
    return Escena(
        carga=carga,
        jornada=publicar(planeada, por=enlace),
        registros=registros,
        enlace=enlace,
        titular=con_rol(TitularQueFirma, en=carga.dependencia),
    )


def cuentas_en_sql(jornada: JornadaDeEntrega) -> dict[str, Any]:
    """Las cuentas de la jornada, preguntadas a las entregas mismas."""
    suyas = Entrega.objects.filter(jornada=jornada)

    def cuantas(**condicion: Any) -> Count:
        return Count("id", filter=Q(**condicion))

    dado = Q(estado__in=[E.ENTREGADA, E.REENTREGADA])
    sumas = suyas.aggregate(
        entregadas=cuantas(estado=E.ENTREGADA),
        no_recogidas=cuantas(estado=E.NO_RECOGIDA),
        devueltas=cuantas(estado=E.DEVUELTA),
        reentregadas=cuantas(estado=E.REENTREGADA),
        recogidas_despues=cuantas(estado=E.ENTREGADA, estado_anterior=E.NO_RECOGIDA),
        monto_entregado=Sum("monto", filter=dado),
        monto_devuelto=Sum("monto", filter=Q(estado=E.DEVUELTA)),
    )
    return {c: v if v is not None else Decimal(0) for c, v in sumas.items()}


def cuentas_guardadas(jornada: JornadaDeEntrega) -> dict[str, Any]:
    fresca = JornadaDeEntrega.objects.get(pk=jornada.pk)
    return {c: getattr(fresca, c) for c in cuentas_en_sql(jornada)}


def ultimas(jornada: JornadaDeEntrega) -> dict[int, str]:
    """Registro → lo último que se anotó de él."""
    por_orden = Entrega.objects.filter(ejercicio=jornada.ejercicio).order_by(F("orden").asc())
    return {e.registro_id: str(e.estado) for e in por_orden}
