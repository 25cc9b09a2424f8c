"""Lo que la base no deja cambiar de una revisión, aunque se escriba SQL a mano."""

import pgtrigger


def no_cambia(que: str, mensaje: str) -> list[pgtrigger.Trigger]:
    """Disparadores que niegan UPDATE, DELETE y TRUNCATE, con su razón en palabras."""
    func = f"RAISE EXCEPTION '{mensaje}' USING ERRCODE = 'check_violation';"
    return [
        pgtrigger.Trigger(
            name=f"{que}_no_cambia",
            when=pgtrigger.Before,
            operation=pgtrigger.Update | pgtrigger.Delete,
            func=func,
        ),
        pgtrigger.Trigger(
            name=f"{que}_no_se_vacia",
            level=pgtrigger.Statement,
            when=pgtrigger.Before,
            operation=pgtrigger.Truncate,
            func=func,
        ),
    ]
