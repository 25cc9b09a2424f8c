"""Lo que la base no deja cambiar de un documento que se emite, aunque se escriba SQL a mano."""

import pgtrigger


def solo_le_llega_su_archivo(nombre: str, mensaje: str) -> pgtrigger.Trigger:
    """Lo único que llega después es el PDF, que hace el trabajador, y llega una vez (`archivo_id`)."""
    return pgtrigger.Trigger(
        name=nombre,
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        func=f"""
        IF TG_OP = 'DELETE' OR OLD.archivo_id IS NOT NULL
            OR to_jsonb(NEW) - 'archivo_id' IS DISTINCT FROM to_jsonb(OLD) - 'archivo_id'
        THEN
            RAISE EXCEPTION '{mensaje}'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    """,
    )
