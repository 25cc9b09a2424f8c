"""Los pasos que se dan a muchas reglas a la vez: los que no piden leer una por una."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programas.estados import FLUJO_REGLA
from programas.materia import REGLA
from programas.models import ReglaOperacion
from programas.servicios import revision
from sibis.cuentas.models import Usuario
from sibis.cuentas.permisos import Permiso, ambito
from sibis.panel.lotes import AccionEnLote, Renglon


class _PasoDeReglas(AccionEnLote):
    """Cada regla pasa por el motor, en su transacción: el lote no se salta nada de lo que exige."""

    modelos = frozenset({"programas.reglaoperacion"})
    relacionados = ("dependencia", "programa")
    paso: ClassVar[str]

    def previsualizar(self, objetos: Sequence[ReglaOperacion], *, por: Usuario) -> list[Renglon]:
        impedidas = self._impedidas(objetos, por=por)
        donde = ambito(por, self.permiso)
        return [
            Renglon(regla, por_que_no=razon)
            if (razon := self._por_que_no(regla, impedidas, donde.incluye(regla.dependencia_id)))
            else Renglon(regla, que_pasara=FLUJO_REGLA.paso(self.paso).descripcion)
            for regla in objetos
        ]

    def _impedidas(self, objetos: Sequence[ReglaOperacion], *, por: Usuario) -> dict[int, str]:
        """Las que decide otra persona o instancia: una consulta por condición, no por regla."""
        llaves = [regla.pk for regla in objetos]
        impedidas: dict[int, str] = {}
        for condicion, razon in REGLA.impedimentos(self.permiso, por=por):
            suyas = ReglaOperacion.objects.filter(condicion, pk__in=llaves)
            impedidas |= dict.fromkeys(suyas.values_list("pk", flat=True), str(razon))
        return impedidas

    def _por_que_no(self, regla: ReglaOperacion, impedidas: dict[int, str], es_suya: bool) -> str:
        if regla.estado not in FLUJO_REGLA.paso(self.paso).desde:
            return _("Está en «%(estado)s».") % {"estado": regla.get_estado_display()}
        if not es_suya:
            return _("Tu función no llega a su dependencia.")
        return impedidas.get(regla.pk, "")

    def aplicar(self, objeto: ReglaOperacion, *, por: Usuario) -> None:
        revision.dar(self.paso, objeto, por=por)


class TomarReglas(_PasoDeReglas):
    clave = "tomar-reglas"
    nombre = gettext_lazy("Tomar para revisión")
    permiso = Permiso.REGLA_VALIDAR
    paso = "tomar"


class TomarParaDictamen(_PasoDeReglas):
    clave = "tomar-para-dictamen"
    nombre = gettext_lazy("Tomar para dictamen")
    permiso = Permiso.REGLA_DICTAMINAR
    paso = "tomar-dictamen"


class CerrarReglas(_PasoDeReglas):
    clave = "cerrar-reglas"
    nombre = gettext_lazy("Cerrar el ejercicio")
    permiso = Permiso.REGLA_PUBLICAR
    paso = "cerrar"

    def _por_que_no(self, regla: ReglaOperacion, impedidas: dict[int, str], es_suya: bool) -> str:
        if regla.ejercicio >= timezone.localdate().year:
            return _("El ejercicio %(anio)s no termina todavía.") % {"anio": regla.ejercicio}
        return super()._por_que_no(regla, impedidas, es_suya)


ACCIONES = (TomarReglas, TomarParaDictamen, CerrarReglas)
