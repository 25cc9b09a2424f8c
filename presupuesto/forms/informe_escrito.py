"""Lo que una persona está escribiendo de un informe: sus tres formularios, juntos."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from presupuesto.consultas.hoja_de_informe import Hoja
from presupuesto.consultas.informe import MetaLeida
from presupuesto.forms.informe import (
    EXPLICACIONES,
    PERSONAS,
    EvidenciaForm,
    InformeForm,
    RenglonesFormSet,
    RenglonForm,
)
from presupuesto.models.resguardos import IMPORTES

_OFICIAL = {
    "presupuesto_original": "aprobado",
    "presupuesto_modificado": "modificado",
    "presupuesto_ejercido": "ejercido",
}


@dataclass(frozen=True, slots=True)
class Importe:
    """Un importe que se escribe, con lo que dice el archivo de egresos al lado."""

    campo: forms.BoundField
    oficial: object
    diferencia: object


@dataclass(frozen=True, slots=True)
class Diferencia:
    """Donde lo que alguien más guardó no es lo que aquí se escribió."""

    que: str
    guardado: str
    escrito: str


class Escrito:
    """Sin datos, los formularios como están guardados; con ellos, lo que se mandó."""

    def __init__(
        self,
        hoja: Hoja,
        datos: Mapping[str, Any] | None = None,
        archivos: Mapping[str, Any] | None = None,
    ) -> None:
        self.hoja = hoja
        informe = hoja.informe
        self.form = InformeForm(datos, instance=informe)
        self.renglones = RenglonesFormSet(
            datos, queryset=informe.renglones.select_related("meta"), prefix="metas"
        )
        self.evidencia = EvidenciaForm(datos, archivos, informe=informe)
        self.encimadas: tuple[Diferencia, ...] = ()

    @property
    def es_valido(self) -> bool:
        """Los dos se revisan siempre, para decir todo a la vez."""
        return all([self.form.is_valid(), self.renglones.is_valid()])

    @property
    def tiene_errores(self) -> bool:
        return bool(self.form.errors or self.renglones.total_error_count() or self.evidencia.errors)

    def guardar(self) -> None:
        self.form.guardar()
        for renglon in self.renglones:
            renglon.guardar()

    def metas(self) -> Iterator[tuple[MetaLeida, RenglonForm]]:
        """Cada meta leída junto a su formulario."""
        leidas = {m.renglon.pk: m for m in self.hoja.leido.metas}
        for formulario in self.renglones:
            if (leida := leidas.get(formulario.instance.pk)) is not None:
                yield leida, formulario

    def importes(self) -> Iterator[Importe]:
        oficial = self.hoja.leido.oficial
        for nombre in IMPORTES:
            dicho = (
                getattr(oficial.montos, _OFICIAL[nombre])
                if oficial and nombre in _OFICIAL
                else None
            )
            propio = getattr(self.hoja.informe, nombre)
            diferencia = oficial.diferencia(propio, dicho) if oficial else None
            yield Importe(self.form[nombre], dicho, diferencia)

    def personas(self) -> Iterator[forms.BoundField]:
        return (self.form[nombre] for nombre in PERSONAS)

    def explicaciones(self) -> Iterator[forms.BoundField]:
        return (self.form[nombre] for nombre in EXPLICACIONES)

    def errores(self) -> Iterator[tuple[str, str]]:
        """(campo al que lleva, oración) de los tres formularios."""
        for formulario, antes in (
            (self.form, ""),
            *((f, f"{_('Meta')} {f.instance.orden}, ") for f in self.renglones),
            (self.evidencia, ""),
        ):
            for error in formulario.non_field_errors():
                yield "", str(error)
            for campo in formulario:
                for error in campo.errors:
                    yield campo.id_for_label, f"{antes}{capfirst(str(campo.label))}: {error}"

    def se_encimaria(self, mensaje: str) -> None:
        self.form.add_error(None, mensaje)

    def volver_a_mostrar(self, fresca: Hoja) -> None:
        """Lo escrito sigue en la página. Si alguien guardó antes, se dice qué, campo por campo.

        La edición pasa a ser la de ahora: guardar otra vez es decidir, ya con las dos a la vista.
        """
        guardado = Escrito(fresca)
        if self.form.is_bound and self._es_de_otra_edicion(fresca):
            self.encimadas = tuple(self._diferencias(guardado))
            datos = self.form.data.copy()
            datos["edicion_abierta"] = str(fresca.informe.edicion)
            self.form.data = datos
        self.hoja = fresca

    def _es_de_otra_edicion(self, fresca: Hoja) -> bool:
        return str(self.form["edicion_abierta"].value()) != str(fresca.informe.edicion)

    def _diferencias(self, guardado: Escrito) -> Iterator[Diferencia]:
        """Campo por campo, lo guardado contra lo que aquí se entendió."""
        actuales = {f.instance.pk: f for f in guardado.renglones}
        pares = [(self.form, guardado.form, "")]
        pares += [
            (f, actuales[f.instance.pk], f"{_('Meta')} {f.instance.orden}, ")
            for f in self.renglones
            if f.instance.pk in actuales
        ]
        for mio, suyo, antes in pares:
            for nombre, escrito in mio.cleaned_data.items():
                if nombre not in suyo.initial or escrito == suyo.initial[nombre]:
                    continue
                campo = suyo[nombre]
                ya, nuevo = campo.value(), campo.field.prepare_value(escrito)
                yield Diferencia(f"{antes}{campo.label}", str(_vacio(ya)), str(_vacio(nuevo)))


def _vacio(valor: Any) -> Any:
    return "—" if valor in (None, "") else valor
