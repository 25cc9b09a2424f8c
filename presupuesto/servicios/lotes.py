"""Lo que se hace por lotes con el presupuesto."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from presupuesto.models import VinculoPresupuestal
from presupuesto.servicios import vinculos
from sibis.cuentas.models import Usuario
from sibis.cuentas.permisos import Permiso
from sibis.nucleo.errores import ErrorDeNegocio
from sibis.panel.lotes import AccionEnLote, Renglon

Estado = VinculoPresupuestal.Estado


class ConfirmarVinculos(AccionEnLote):
    """Confirma cada uno con la certeza y la parte que ya trae."""

    clave = "confirmar-vinculos"
    nombre = gettext_lazy("Confirmar como están")
    permiso = Permiso.PRESUPUESTO_CAPTURAR
    modelos = frozenset({"presupuesto.vinculopresupuestal"})
    relacionados = ("programa",)

    def previsualizar(
        self, objetos: Sequence[VinculoPresupuestal], *, por: Usuario
    ) -> list[Renglon]:
        ya = self._repartido(objetos)
        renglones = []
        for vinculo in objetos:
            motivo = _por_que_no(vinculo)
            llave = (vinculo.programa_presupuestario, vinculo.unidad_responsable, vinculo.ejercicio)
            if not motivo and ya[llave] + vinculo.participacion > 1:
                motivo = _("Con él, esa clave repartiría más del entero.")
            if motivo:
                renglones.append(Renglon(vinculo, por_que_no=motivo))
                continue
            ya[llave] += vinculo.participacion
            que = _("%(clave)s cuenta para %(programa)s (%(certeza)s).") % {
                "clave": vinculo.programa_presupuestario,
                "programa": vinculo.programa.nombre,
                "certeza": vinculo.get_certeza_display(),
            }
            renglones.append(Renglon(vinculo, que_pasara=que))
        return renglones

    def aplicar(self, objeto: VinculoPresupuestal, *, por: Usuario) -> None:
        if motivo := _por_que_no(objeto):
            raise ErrorDeNegocio(motivo)
        vinculos.confirmar(objeto, por=por, certeza=objeto.certeza, nota=objeto.nota)

    @staticmethod
    def _repartido(
        objetos: Sequence[VinculoPresupuestal],
    ) -> defaultdict[tuple[str, str, int | None], Decimal]:
        """Cuánto de cada clave ya está confirmado: una consulta para todas."""
        claves = {v.programa_presupuestario for v in objetos}
        sumas = (
            VinculoPresupuestal.objects.filter(
                programa_presupuestario__in=claves, estado=Estado.CONFIRMADO
            )
            .values_list("programa_presupuestario", "unidad_responsable", "ejercicio")
            .annotate(parte=Sum("participacion"))
            .order_by()
        )
        ya: defaultdict[tuple[str, str, int | None], Decimal] = defaultdict(Decimal)
        for clave, unidad, ejercicio, parte in sumas:
            ya[(clave, unidad, ejercicio)] = parte
        return ya


def _por_que_no(vinculo: VinculoPresupuestal) -> str:
    if vinculo.estado == Estado.CONFIRMADO:
        return _("Ya estaba confirmado.")
    if vinculo.estado == Estado.RECHAZADO:
        return _("Alguien dijo que no es ese programa. Cámbialo en su página.")
    return ""


ACCIONES: tuple[type[AccionEnLote], ...] = (ConfirmarVinculos,)
