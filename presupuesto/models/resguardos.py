"""Lo que la base hace cumplir de un informe aunque alguien escriba SQL a mano."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from presupuesto.estados import (
    EDITABLES,
    EN_CURSO,
    FLUJO_INFORME,
    FUERON_APROBADOS,
    EstadoInforme,
)

_APROBADOS = ", ".join(f"'{e}'" for e in sorted(FUERON_APROBADOS))
_EDITABLES = ", ".join(f"'{e}'" for e in sorted(EDITABLES))
# Lo que no es lo que el informe dice: su estado, y la carpeta donde se revisó.
_SUELTOS = "ARRAY['estado', 'edicion', 'actualizado_en', 'expediente_id']"

RESGUARDOS_DE_INFORME = (
    pgtrigger.FSM(name="informe_flujo", field="estado", transitions=FLUJO_INFORME.pares()),
    pgtrigger.Trigger(
        name="informe_aprobado_intacto",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        func=f"""
            IF OLD.estado IN ({_APROBADOS})
                AND to_jsonb(NEW) - {_SUELTOS} IS DISTINCT FROM to_jsonb(OLD) - {_SUELTOS}
            THEN
                RAISE EXCEPTION 'El informe ya se aprobó y no cambia. Abre una corrección.'
                    USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """,
    ),
    pgtrigger.Trigger(
        name="informe_de_su_regla",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("regla_id", "programa_id", "ejercicio"),
        func="""
            IF NOT EXISTS (
                SELECT 1 FROM programas_reglaoperacion r WHERE r.id = NEW.regla_id
                    AND r.programa_id = NEW.programa_id AND r.ejercicio = NEW.ejercicio
            ) THEN
                RAISE EXCEPTION 'La regla que se informa es de otro programa o de otro ejercicio.'
                    USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """,
    ),
    pgtrigger.Protect(name="informe_no_se_borra", operation=pgtrigger.Delete),
    pgtrigger.Trigger(
        name="informe_no_se_vacia",
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        func="""
            RAISE EXCEPTION 'El registro de informes no se vacía.' USING ERRCODE = 'check_violation';
        """,
    ),
)

# Lo que cuelga de un informe solo cambia mientras se escribe: lo enviado queda como se envió.
SOLO_AL_ESCRIBIR = pgtrigger.Trigger(
    name="solo_al_escribir_el_informe",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    func=f"""
        IF EXISTS (
            SELECT 1 FROM presupuesto_informedeavance
            WHERE id IN (OLD.informe_id, NEW.informe_id) AND estado NOT IN ({_EDITABLES})
        ) THEN
            RAISE EXCEPTION 'El informe ya se envió: sus cifras y su evidencia no cambian.'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN COALESCE(NEW, OLD);
    """,  # noqa: S608  (solo lo escrito aquí)
)
EVIDENCIA_DE_SU_INFORME = pgtrigger.Trigger(
    name="evidencia_de_su_informe",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    func="""
        IF NEW.renglon_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM presupuesto_renglondeavance
            WHERE id = NEW.renglon_id AND informe_id = NEW.informe_id
        ) THEN
            RAISE EXCEPTION 'Esa meta es de otro informe.' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    """,
)

IMPORTES = (
    "presupuesto_original",
    "presupuesto_modificado",
    "presupuesto_programado",
    "presupuesto_devengado",
    "presupuesto_ejercido",
)


def juntos(campo: str, prefijo: str) -> models.CheckConstraint:
    """«enviado_en» y «enviado_por» van juntos o no van."""
    return models.CheckConstraint(
        condition=Q(**{f"{campo}_en__isnull": True, f"{campo}_por__isnull": True})
        | Q(**{f"{campo}_en__isnull": False, f"{campo}_por__isnull": False}),
        name=f"{prefijo}_{campo}_en_y_por_juntos",
        violation_error_message=_("Falta decir quién o cuándo."),
    )


def no_negativo(campo: str, prefijo: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{f"{campo}__isnull": True}) | Q(**{f"{campo}__gte": 0}),
        name=f"{prefijo}_{campo}_no_negativo",
        violation_error_message=_("La cantidad no puede ser negativa."),
    )


RESTRICCIONES_DE_INFORME = [
    models.UniqueConstraint(
        fields=["programa", "ejercicio", "trimestre", "version"],
        name="informe_version_unica",
        violation_error_message=_("Ya existe esa versión del informe."),
    ),
    models.UniqueConstraint(
        fields=["programa", "ejercicio", "trimestre"],
        condition=Q(estado__in=sorted(EN_CURSO)),
        name="informe_uno_en_curso",
        violation_error_message=_("Ya hay un informe de ese trimestre en trabajo."),
    ),
    models.UniqueConstraint(
        fields=["programa", "ejercicio", "trimestre"],
        condition=Q(estado=EstadoInforme.APROBADO),
        name="informe_uno_aprobado",
        violation_error_message=_("Ya hay un informe aprobado de ese trimestre."),
    ),
    models.CheckConstraint(
        condition=Q(trimestre__gte=1, trimestre__lte=4),
        name="informe_trimestre_de_1_a_4",
        violation_error_message=_("El trimestre va de 1 a 4."),
    ),
    models.CheckConstraint(
        condition=Q(version=1) | ~Q(razon=""),
        name="informe_correccion_dice_por_que",
        violation_error_message=_("Una corrección dice por qué se corrige."),
    ),
    juntos("enviado", "informe"),
    juntos("aprobado", "informe"),
    models.CheckConstraint(
        condition=Q(aprobado_por__isnull=True)
        | (~Q(aprobado_por=F("enviado_por")) & ~Q(aprobado_por=F("capturado_por"))),
        name="informe_no_lo_aprueba_quien_lo_presenta",
        violation_error_message=_("Quien captura o envía no puede aprobar."),
    ),
    models.CheckConstraint(
        condition=(
            Q(estado__in=sorted(FUERON_APROBADOS))
            & Q(aprobado_en__isnull=False, enviado_en__isnull=False)
        )
        | (~Q(estado__in=sorted(FUERON_APROBADOS)) & Q(aprobado_en__isnull=True)),
        name="informe_aprobado_con_fecha",
        violation_error_message=_("Aprobado es el que alguien envió y alguien aprobó."),
    ),
    *[no_negativo(campo, "informe") for campo in IMPORTES],
]
