"""Lo que la base hace cumplir de una regla aunque alguien escriba SQL a mano."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from programas.estados import EN_CURSO, EN_EL_PORTAL, FLUJO_REGLA, FUERON_PUBLICOS, EstadoRegla

_PUBLICOS = ", ".join(f"'{estado}'" for estado in sorted(FUERON_PUBLICOS))
# Lo que no es lo que la regla dice: su estado, y la carpeta donde se revisó.
_SUELTOS = "ARRAY['estado', 'edicion', 'actualizado_en', 'expediente_id']"

# Lo único que cambia en una regla publicada: su estado (se suspende, se cierra, otra la sustituye).
PUBLICADA_INTACTA = pgtrigger.Trigger(
    name="regla_publicada_intacta",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    func=f"""
        IF OLD.estado IN ({_PUBLICOS})
            AND (
                to_jsonb(NEW) - {_SUELTOS} IS DISTINCT FROM to_jsonb(OLD) - {_SUELTOS}
                OR NEW.expediente_id IS DISTINCT FROM COALESCE(OLD.expediente_id, NEW.expediente_id)
            )
        THEN
            RAISE EXCEPTION 'La regla ya se publicó y no cambia. Abre una versión nueva.'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    """,
)
# TRUNCATE no pasa por los disparadores de renglón: sin esto, una orden a mano vacía el registro.
NO_SE_VACIA = pgtrigger.Trigger(
    name="regla_no_se_vacia",
    level=pgtrigger.Statement,
    when=pgtrigger.Before,
    operation=pgtrigger.Truncate,
    func="""
        RAISE EXCEPTION 'El registro de reglas no se vacía. Retira o sustituye cada regla.'
            USING ERRCODE = 'check_violation';
    """,
)
_PUBLICADA = pgtrigger.Q(old__estado__in=sorted(FUERON_PUBLICOS))

RESGUARDOS_DE_REGLA = (
    pgtrigger.FSM(
        name="regla_flujo",
        field="estado",
        transitions=FLUJO_REGLA.pares(),
    ),
    pgtrigger.Protect(
        name="regla_publicada_no_se_borra",
        operation=pgtrigger.Delete,
        condition=_PUBLICADA,
    ),
    PUBLICADA_INTACTA,
    NO_SE_VACIA,
)

# Mira el renglón antes y después: tampoco se saca de una publicada llevándolo a otra regla.
# Las listas de la regla (derechos, grupos, alcaldías) las cuida igual una función de las migraciones.
DE_PUBLICADA_INTACTA = pgtrigger.Trigger(
    name="de_publicada_intacta",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    func=f"""
        IF EXISTS (
            SELECT 1 FROM programas_reglaoperacion
            WHERE id IN (OLD.regla_id, NEW.regla_id) AND estado IN ({_PUBLICOS})
        ) THEN
            RAISE EXCEPTION 'La regla ya se publicó: sus secciones no cambian. Abre una versión nueva.'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN COALESCE(NEW, OLD);
    """,  # noqa: S608  (solo lo escrito aquí)
)


def _pareja(campo: str) -> models.CheckConstraint:
    """«validado_en» y «validado_por» van juntos o no van."""
    return models.CheckConstraint(
        condition=Q(**{f"{campo}_en__isnull": True, f"{campo}_por__isnull": True})
        | Q(**{f"{campo}_en__isnull": False, f"{campo}_por__isnull": False}),
        name=f"regla_{campo}_en_y_por_juntos",
        violation_error_message=_("Falta decir quién o cuándo."),
    )


RESTRICCIONES_DE_REGLA = [
    models.UniqueConstraint(
        fields=["programa", "ejercicio", "version"],
        name="regla_version_unica",
        violation_error_message=_("Ya existe esa versión de la regla en el ejercicio."),
    ),
    models.UniqueConstraint(
        fields=["programa", "ejercicio"],
        condition=Q(estado__in=sorted(EN_EL_PORTAL)),
        name="regla_una_publicada_por_ejercicio",
        violation_error_message=_("Ya hay una versión publicada en ese ejercicio."),
    ),
    models.UniqueConstraint(
        fields=["programa", "ejercicio"],
        condition=Q(estado__in=sorted({*EN_CURSO, EstadoRegla.POR_REGIR})),
        name="regla_una_en_curso_por_ejercicio",
        violation_error_message=_("Ya hay una versión en trabajo de ese ejercicio."),
    ),
    models.CheckConstraint(
        condition=Q(edad_min_meses__isnull=True)
        | Q(edad_max_meses__isnull=True)
        | Q(edad_max_meses__gte=F("edad_min_meses")),
        name="regla_edades_en_orden",
        violation_error_message=_("La edad máxima es menor que la mínima."),
    ),
    models.CheckConstraint(
        condition=Q(fecha_inicio__isnull=True)
        | Q(fecha_fin__isnull=True)
        | Q(fecha_fin__gte=F("fecha_inicio")),
        name="regla_fechas_en_orden",
        violation_error_message=_("La fecha de término es anterior a la de inicio."),
    ),
    *[
        models.CheckConstraint(
            condition=Q(**{f"{campo}__isnull": True}) | Q(**{f"{campo}__gte": 0}),
            name=f"regla_{campo}_no_negativo",
            violation_error_message=_("El importe no puede ser negativo."),
        )
        for campo in ("presupuesto_aprobado", "presupuesto_ejercido", "facilitadores_monto")
    ],
    *[_pareja(campo) for campo in ("enviado", "validado", "aprobado", "publicado")],
    models.CheckConstraint(
        condition=Q(validado_por__isnull=True)
        | (~Q(validado_por=F("enviado_por")) & ~Q(validado_por=F("capturado_por"))),
        name="regla_no_valida_quien_captura",
        violation_error_message=_("Quien captura o envía no puede validar."),
    ),
    models.CheckConstraint(
        condition=Q(aprobado_por__isnull=True)
        | (
            ~Q(aprobado_por=F("enviado_por"))
            & ~Q(aprobado_por=F("capturado_por"))
            & ~Q(aprobado_por=F("validado_por"))
        ),
        name="regla_no_dictamina_quien_presenta_ni_valida",
        violation_error_message=_("Quien captura, envía o valida no puede dictaminar."),
    ),
    models.CheckConstraint(
        condition=~Q(estado=EstadoRegla.APROBADO) | Q(aprobado_en__isnull=False),
        name="regla_aprobada_con_dictamen",
        violation_error_message=_("Aprobada es la que tiene dictamen favorable."),
    ),
    models.CheckConstraint(
        condition=Q(clase_de_version="original") | Q(version__gt=1),
        name="regla_modificacion_es_de_otra",
        violation_error_message=_("Una nota o un aviso modifica una versión anterior."),
    ),
    models.CheckConstraint(
        condition=~Q(estado=EstadoRegla.POR_REGIR) | Q(vigente_desde__isnull=False),
        name="regla_por_regir_dice_desde_cuando",
        violation_error_message=_("Falta decir desde qué día rige."),
    ),
    models.CheckConstraint(
        condition=~Q(estado__in=[EstadoRegla.PUBLICADO, EstadoRegla.POR_REGIR], origen="captura")
        | (~Q(gaceta_numero="") & Q(gaceta_fecha__isnull=False) & Q(validado_en__isnull=False)),
        name="regla_publicada_con_gaceta_y_validacion",
        violation_error_message=_("Para publicar faltan la Gaceta o la validación."),
    ),
]
