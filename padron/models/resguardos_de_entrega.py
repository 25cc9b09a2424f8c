"""Lo que la base hace cumplir de una entrega aunque alguien escriba SQL a mano."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from padron.estados_de_entrega import FLUJO_ENTREGA
from padron.estados_de_entrega import EstadoEntrega as E


class DiaEnLaCiudad(models.Func):
    """El día de un momento en la Ciudad, sin depender de la zona de la sesión: cabe en un CHECK."""

    template = "(%(expressions)s AT TIME ZONE 'America/Mexico_City')::date"
    output_field = models.DateField()


# Lo que una anotación dice de otras tablas se mira por tandas. El año y las cargas van aparte para que
# de los registros solo se lean sus particiones.
_CUADRA = """
    FOR anio, cargas IN SELECT ejercicio, array_agg(DISTINCT carga_id) FROM nuevas GROUP BY 1 LOOP
        SELECT bool_or(r.id IS NULL),
            bool_or(j.programa_id <> r.programa_id OR j.ejercicio <> n.ejercicio),
            bool_or(n.fecha < j.desde),
            bool_or(n.motivo = '' AND n.monto > r.monto)
        INTO sin_registro, de_otro, antes, de_mas
        FROM nuevas n JOIN padron_jornadadeentrega j ON j.id = n.jornada_id
        LEFT JOIN padron_registro r ON r.id = n.registro_id AND r.carga_id = n.carga_id
            AND r.ejercicio = anio AND r.carga_id = ANY (cargas)
        WHERE n.ejercicio = anio;
        IF sin_registro THEN
            RAISE EXCEPTION 'Ese registro no está en el padrón.' USING ERRCODE = 'check_violation';
        ELSIF de_otro THEN
            RAISE EXCEPTION 'La jornada y el registro son de otro programa o de otro año.'
                USING ERRCODE = 'check_violation';
        ELSIF antes THEN
            RAISE EXCEPTION 'La fecha es anterior a la jornada.' USING ERRCODE = 'check_violation';
        ELSIF de_mas THEN
            RAISE EXCEPTION 'Se entrega más de lo que dice el padrón: escribe por qué.'
                USING ERRCODE = 'check_violation';
        END IF;
        IF EXISTS (
            SELECT 1 FROM nuevas n JOIN padron_entrega a ON a.ejercicio = anio
                AND a.registro_id = n.registro_id AND a.ministracion = n.ministracion
                AND a.apoyo = n.apoyo AND a.orden = n.anterior
            WHERE n.anterior IS NOT NULL AND n.ejercicio = anio AND (
                a.estado <> n.estado_anterior
                OR (n.estado = 'devuelta' AND a.monto IS DISTINCT FROM n.monto)
            )
        ) OR EXISTS (
            SELECT 1 FROM nuevas n WHERE n.anterior IS NOT NULL AND n.ejercicio = anio
                AND NOT EXISTS (
                    SELECT 1 FROM padron_entrega a WHERE a.ejercicio = anio
                        AND a.registro_id = n.registro_id AND a.ministracion = n.ministracion
                        AND a.apoyo = n.apoyo AND a.orden = n.anterior
                )
        ) THEN
            RAISE EXCEPTION 'La anotación no cuadra con la anterior: vuelve a abrir la página.'
                USING ERRCODE = 'check_violation';
        END IF;
    END LOOP;
    RETURN NULL;
"""

RESGUARDOS_DE_ENTREGA = (
    pgtrigger.Trigger(
        name="entrega_intacta",
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        func="""
            RAISE EXCEPTION 'Una entrega no se cambia ni se borra: se anota otra cosa después.'
                USING ERRCODE = 'check_violation';
        """,
    ),
    pgtrigger.Trigger(
        name="entrega_no_se_vacia",
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        func="RAISE EXCEPTION 'Las entregas no se vacían.' USING ERRCODE = 'check_violation';",
    ),
    pgtrigger.Trigger(
        name="entrega_cuadra",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        referencing=pgtrigger.Referencing(new="nuevas"),
        declare=[
            ("anio", "smallint"),
            ("cargas", "bigint[]"),
            *((nombre, "boolean") for nombre in ("sin_registro", "de_otro", "antes", "de_mas")),
        ],
        func=_CUADRA,
    ),
)


def _pares() -> Q:
    """De qué se pasa a qué, tal como lo dice la tabla de transiciones."""
    condicion = Q()
    for antes, despues in FLUJO_ENTREGA.pares():
        previo = Q(estado_anterior__isnull=True) if antes == "" else Q(estado_anterior=antes)
        condicion |= previo & Q(estado=despues)
    return condicion


RESTRICCIONES_DE_ENTREGA = [
    models.CheckConstraint(
        condition=_pares(),
        name="entrega_sigue_la_tabla",
        violation_error_message=_("Eso no puede seguir a lo que ya está anotado."),
    ),
    models.CheckConstraint(
        condition=Q(orden=1, anterior__isnull=True, estado_anterior__isnull=True)
        | Q(orden__gt=1, anterior=F("orden") - 1, estado_anterior__isnull=False),
        name="entrega_cita_a_la_anterior",
        violation_error_message=_("Cada anotación cita a la anterior."),
    ),
    models.CheckConstraint(
        condition=Q(estado=E.NO_RECOGIDA, monto__isnull=True, especie="")
        | (~Q(estado=E.NO_RECOGIDA) & (Q(monto__gt=0) | (Q(monto__isnull=True) & ~Q(especie="")))),
        name="entrega_dice_que_se_entrego",
        violation_error_message=_("Di cuánto dinero fue, o qué se entregó en especie."),
    ),
    models.CheckConstraint(
        condition=~Q(estado__in=[E.DEVUELTA, E.REENTREGADA]) | ~Q(motivo=""),
        name="entrega_devuelta_con_motivo",
        violation_error_message=_("Una devolución, o volver a entregar, dice por qué."),
    ),
    models.CheckConstraint(
        condition=Q(fecha__lte=DiaEnLaCiudad("momento")),
        name="entrega_no_es_futura",
        violation_error_message=_("Lo que aún no pasa no se anota: la fecha es posterior a hoy."),
    ),
]
