"""Dos personas guardaron la misma sección: qué tocó cada una, y qué hay que elegir."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from programas.consultas.secciones import SeccionDeCaptura
from programas.forms.captura.crudo import Crudo
from programas.forms.captura.pagina import Pagina, leer_bases
from programas.models import EdicionDeSeccion, ReglaOperacion

MIO, SUYO = "mio", "suyo"


class Choque:
    """Se compara lo mío, lo que hay ahora y lo que había cuando abrí.

    Lo que solo tocó una persona se queda como ella lo dejó; lo que tocaron las dos, se elige.
    """

    def __init__(
        self,
        regla: ReglaOperacion,
        seccion: SeccionDeCaptura,
        crudo: Crudo,
        *,
        pendientes: tuple[str, ...] = (),
    ) -> None:
        self.regla, self.seccion, self.mio, self.pendientes = regla, seccion, crudo, pendientes
        self.actual = Pagina(regla, seccion)
        edicion = (
            EdicionDeSeccion.objects.filter(regla=regla, seccion=seccion.clave)
            .select_related("quien")
            .first()
        )
        self.edicion = edicion.numero if edicion else 0
        self.quien = edicion.quien.get_username() if edicion and edicion.quien else ""
        self.cuando = edicion.guardada_en if edicion else None

    @cached_property
    def _huellas(self) -> tuple[Mapping[str, str], Mapping[str, str], Mapping[str, str]]:
        """(base, mía, actual). Lo mío se revisa con otra regla: revisar le cambia los valores."""
        otra = ReglaOperacion.objects.select_related("programa").get(pk=self.regla.pk)
        mia = Pagina(otra, self.seccion, crudo=self.mio, revisar=True)
        mia.is_valid()
        return leer_bases(self.mio), mia.huellas(), self.actual.huellas()

    @cached_property
    def por_elegir(self) -> tuple[str, ...]:
        """Los que cambiaron las dos, y dicen distinto; o los que se preguntaron y no se eligieron."""
        if self.pendientes:
            return self.pendientes
        base, mia, actual = self._huellas
        return tuple(
            clave
            for clave in self.actual.controles
            if mia[clave] != actual[clave]
            and mia[clave] != base.get(clave)
            and actual[clave] != base.get(clave)
        )

    @cached_property
    def suyos(self) -> tuple[str, ...]:
        """Los que cambió la otra persona y yo no toqué: se quedan como los dejó."""
        base, mia, actual = self._huellas
        return tuple(
            clave
            for clave in self.actual.controles
            if mia[clave] != actual[clave] and mia[clave] == base.get(clave)
        )

    @cached_property
    def combinado(self) -> Crudo:
        """Lo mío, con lo que solo cambió la otra persona."""
        return con_lo_de(self.actual, self.mio, self.suyos)


def con_lo_de(actual: Pagina, mio: Crudo, campos: tuple[str, ...]) -> Crudo:
    """Lo tecleado, con esos campos como están guardados."""
    quedan = {n: v for n, v in mio.items() if not any(actual.es_de(campo, n) for campo in campos)}
    guardado = {
        n: v for n, v in actual.crudo().items() if any(actual.es_de(campo, n) for campo in campos)
    }
    return {**quedan, **guardado}


def combinar(
    regla: ReglaOperacion, seccion: SeccionDeCaptura, crudo: Crudo, enviados: Mapping[str, str]
) -> tuple[Crudo, tuple[str, ...]]:
    """Aplica lo elegido en la página que compara. Devuelve (lo que se guarda, lo que falta elegir)."""
    pedidos = [c for c in enviados.get("conflicto", "").split(",") if c in seccion.campos]
    elegidos = {campo: enviados.get(f"elegir-{campo}", "") for campo in pedidos}
    faltan = tuple(campo for campo, cual in elegidos.items() if cual not in {MIO, SUYO})
    suyos = tuple(campo for campo, cual in elegidos.items() if cual == SUYO)
    return con_lo_de(Pagina(regla, seccion), crudo, suyos), faltan
