"""Lo que la base hace cumplir de las cargas y del padrón aunque alguien escriba SQL a mano."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from padron.estados import (
    FLUJO_CARGA,
    FLUJO_PASADA,
    FUERON_APLICADAS,
    SIN_EFECTO,
    EstadoCarga,
    EstadoPasada,
)
from padron.models.opciones import juntos

_APLICADAS = ", ".join(f"'{e}'" for e in sorted(FUERON_APLICADAS))


def no_se_vacia(nombre: str, mensaje: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=nombre,
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        func=f"RAISE EXCEPTION '{mensaje}' USING ERRCODE = 'check_violation';",
    )


RESGUARDOS_DE_CARGA = (
    pgtrigger.FSM(name="carga_flujo", field="estado", transitions=FLUJO_CARGA.pares()),
    pgtrigger.Trigger(
        name="carga_aplicada_intacta",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        func=f"""
            IF OLD.estado IN ({_APLICADAS})
                AND to_jsonb(NEW) - ARRAY['estado', 'edicion']
                    IS DISTINCT FROM to_jsonb(OLD) - ARRAY['estado', 'edicion']
            THEN
                RAISE EXCEPTION 'La carga ya se aplicó y no cambia. Se corrige con otra que la sustituye.'
                    USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """,
    ),
    pgtrigger.Trigger(
        name="carga_de_su_regla",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert
        | pgtrigger.UpdateOf("regla_id", "programa_id", "ejercicio", "dependencia_id"),
        func="""
            IF NOT EXISTS (
                SELECT 1 FROM programas_reglaoperacion r WHERE r.id = NEW.regla_id
                    AND r.programa_id = NEW.programa_id AND r.ejercicio = NEW.ejercicio
                    AND r.dependencia_id = NEW.dependencia_id
            ) THEN
                RAISE EXCEPTION 'La regla de la carga es de otro programa, ejercicio o dependencia.'
                    USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """,
    ),
    # Quien corrigió un renglón tampoco confirma: lo dice un renglón de otra tabla, no cabe en un CHECK.
    pgtrigger.Trigger(
        name="carga_no_la_aplica_quien_corrige",
        when=pgtrigger.Before,
        operation=pgtrigger.UpdateOf("aplicada_por_id"),
        func="""
            IF NEW.aplicada_por_id IS NOT NULL AND EXISTS (
                SELECT 1 FROM padron_correccion
                WHERE carga_id = NEW.id AND por_id = NEW.aplicada_por_id
                UNION ALL SELECT 1 FROM padron_descarte
                WHERE carga_id = NEW.id AND por_id = NEW.aplicada_por_id
            ) THEN
                RAISE EXCEPTION 'Quien corrigió la carga no puede confirmarla.'
                    USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """,
    ),
    pgtrigger.Protect(name="carga_no_se_borra", operation=pgtrigger.Delete),
    no_se_vacia("carga_no_se_vacia", "El registro de cargas no se vacía."),
)

RESGUARDOS_DE_PASADA = (
    pgtrigger.FSM(name="pasada_flujo", field="estado", transitions=FLUJO_PASADA.pares()),
    pgtrigger.Protect(name="pasada_no_se_borra", operation=pgtrigger.Delete),
)


def _solo_crece_y_a_tiempo(nombre: str) -> tuple[pgtrigger.Trigger, ...]:
    return (
        pgtrigger.Protect(name=f"{nombre}_intacta", operation=pgtrigger.Update | pgtrigger.Delete),
        pgtrigger.Trigger(
            name=f"{nombre}_a_tiempo",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert,
            func=f"""
            IF EXISTS (
                SELECT 1 FROM padron_carga WHERE id = NEW.carga_id AND estado IN ({_APLICADAS})
            ) THEN
                RAISE EXCEPTION 'La carga ya se aplicó: sus renglones no se corrigen.'
                    USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """,  # noqa: S608  (las palabras son del código)
        ),
    )


# Una corrección se anota contra lo que traía el archivo; si estuvo mal, se anota otra.
RESGUARDOS_DE_CORRECCION = _solo_crece_y_a_tiempo("correccion")
RESGUARDOS_DE_DESCARTE = _solo_crece_y_a_tiempo("descarte")

# Los de renglón llegan solos a cada partición; el de vaciar se copia al crearla (migración 0001).
RESGUARDOS_DE_REGISTRO = (
    pgtrigger.Trigger(
        name="registro_intacto",
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        func="""
            RAISE EXCEPTION 'Un registro del padrón no cambia ni se borra: otra carga lo sustituye.'
                USING ERRCODE = 'check_violation';
        """,
    ),
    no_se_vacia("registro_no_se_vacia", "El padrón no se vacía."),
)

RESTRICCIONES_DE_CARGA = [
    models.UniqueConstraint(
        fields=["ejercicio", "consecutivo"],
        name="carga_consecutivo_unico",
        violation_error_message=_("Ese folio ya es de otra carga."),
    ),
    models.UniqueConstraint(
        fields=["archivo", "hoja", "programa", "ejercicio", "periodo"],
        condition=~Q(estado__in=sorted(SIN_EFECTO)),
        name="carga_archivo_una_vez",
        violation_error_message=_("Ese archivo ya se había cargado para este programa y periodo."),
    ),
    models.CheckConstraint(
        condition=Q(ejercicio__gte=2000, ejercicio__lte=2100),
        name="carga_ejercicio_posible",
        violation_error_message=_("El ejercicio va de 2000 a 2100."),
    ),
    models.CheckConstraint(
        condition=Q(periodo__regex=r"^(anual|t[1-4]|m(0[1-9]|1[0-2]))$"),
        name="carga_periodo_posible",
        violation_error_message=_(
            "El periodo es «anual», un trimestre («t1» a «t4») o un mes («m01» a «m12»)."
        ),
    ),
    models.CheckConstraint(
        condition=Q(folio__regex=r"^P-\d{4}-\d{6,}$"),
        name="carga_folio_bien_escrito",
        violation_error_message=_("El folio se escribe «P-2025-000123»."),
    ),
    models.CheckConstraint(
        condition=Q(origen="formulario") | Q(archivo__isnull=False),
        name="carga_con_archivo",
        violation_error_message=_("Una carga que no se tecleó conserva su archivo."),
    ),
    models.CheckConstraint(
        condition=Q(monto_declarado__isnull=True) | Q(monto_declarado__gte=0),
        name="carga_monto_declarado_no_negativo",
        violation_error_message=_("El monto declarado no puede ser negativo."),
    ),
    models.CheckConstraint(
        condition=~Q(sustituye=F("pk")),
        name="carga_no_se_sustituye_a_si_misma",
        violation_error_message=_("Una carga no se sustituye a sí misma."),
    ),
    juntos("presentada", "carga"),
    juntos("aplicada", "carga"),
    juntos("devuelta", "carga"),
    juntos("cancelada", "carga"),
    models.CheckConstraint(
        condition=Q(aplicada_por__isnull=True)
        | (
            ~Q(aplicada_por=F("cargada_por"))
            & (Q(presentada_por__isnull=True) | ~Q(aplicada_por=F("presentada_por")))
        ),
        name="carga_la_aplica_otra_persona",
        violation_error_message=_("Quien cargó o presentó no puede confirmar."),
    ),
    models.CheckConstraint(
        condition=(Q(estado__in=sorted(FUERON_APLICADAS)) & Q(aplicada_en__isnull=False))
        | (~Q(estado__in=sorted(FUERON_APLICADAS)) & Q(aplicada_en__isnull=True)),
        name="carga_aplicada_con_fecha",
        violation_error_message=_("Aplicada es la que alguien confirmó, y dice cuándo."),
    ),
    models.CheckConstraint(
        condition=(Q(estado=EstadoCarga.CANCELADA) & Q(cancelada_en__isnull=False))
        | (~Q(estado=EstadoCarga.CANCELADA) & Q(cancelada_en__isnull=True)),
        name="carga_cancelada_con_fecha",
        violation_error_message=_("Cancelada es la que alguien canceló, y dice cuándo."),
    ),
    models.CheckConstraint(
        condition=~Q(estado=EstadoCarga.ILEGIBLE) | ~Q(error=""),
        name="carga_ilegible_dice_por_que",
        violation_error_message=_("Si no se pudo leer, se dice por qué."),
    ),
]

RESTRICCIONES_DE_PASADA = [
    models.UniqueConstraint(
        fields=["carga", "numero"],
        name="pasada_numero_unico",
        violation_error_message=_("Esa pasada ya existe."),
    ),
    models.UniqueConstraint(
        fields=["carga"],
        condition=Q(estado__in=[EstadoPasada.EN_MARCHA, EstadoPasada.PAUSADA])
        & ~Q(motivo="sombra"),
        name="pasada_una_abierta",
        violation_error_message=_("La carga ya se está revisando."),
    ),
    models.CheckConstraint(
        condition=(
            Q(estado__in=[EstadoPasada.EN_MARCHA, EstadoPasada.PAUSADA])
            & Q(terminada_en__isnull=True)
        )
        | (
            ~Q(estado__in=[EstadoPasada.EN_MARCHA, EstadoPasada.PAUSADA])
            & Q(terminada_en__isnull=False)
        ),
        name="pasada_acabada_con_fecha",
        violation_error_message=_("Una pasada tiene fecha de fin solo cuando acabó."),
    ),
    models.CheckConstraint(
        condition=Q(hechas__lte=F("total")),
        name="pasada_hechas_caben_en_total",
        violation_error_message=_("Una pasada no puede hacer más de lo que hay."),
    ),
    models.CheckConstraint(
        condition=~Q(estado=EstadoPasada.FALLIDA) | ~Q(error=""),
        name="pasada_fallida_dice_por_que",
        violation_error_message=_("Si falló, se dice por qué."),
    ),
]
