"""El libro traía varias hojas y se leyó otra: la misma entrega, con la hoja que alguien dice."""

from __future__ import annotations

from typing import BinaryIO, cast

from django.db import transaction
from django.utils.translation import gettext as _

from padron.models import Carga
from padron.servicios import cargas
from padron.validacion.motor import CifrasDeControl
from sibis.archivos.servicios import abrir
from sibis.cuentas.models import Usuario
from sibis.nucleo.errores import ErrorDeNegocio


@transaction.atomic
def leer(
    carga: Carga, *, hoja: str, por: Usuario, edicion: int | None = None, en_cola: bool = True
) -> Carga:
    """Cancela la que leyó la hoja equivocada y abre otra del mismo archivo, sin subirlo de nuevo."""
    if hoja not in carga.lectura.get("hojas", ()) or carga.archivo is None:
        raise ErrorDeNegocio(_("El archivo no tiene esa hoja. Elige una de la lista."))
    cargas.cancelar(carga, por=por, edicion=edicion)
    with abrir(carga.archivo) as contenido:
        return cargas.recibir(
            cast(BinaryIO, contenido),
            nombre=carga.nombre_del_archivo,
            programa=carga.programa,
            ejercicio=carga.ejercicio,
            periodo=carga.periodo,
            hoja=hoja,
            cifras=CifrasDeControl(
                filas=carga.filas_declaradas,
                monto=carga.monto_declarado,
                mujeres=carga.mujeres_declaradas,
                hombres=carga.hombres_declarados,
            ),
            sustituye=carga.sustituye,
            por=por,
            en_cola=en_cola,
        )
