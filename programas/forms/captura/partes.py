"""De qué está hecha la página de una sección: campos sueltos, poblaciones y listas."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.datastructures import MultiValueDict

from programas.forms.captura import crudo as c
from programas.forms.captura.crudo import Crudo
from programas.forms.captura.renglones import (
    MAXIMO_DE_RENGLONES,
    Lista,
    PoblacionForm,
    RenglonForm,
)
from programas.models import Fuente, Poblacion, ReglaOperacion

Datos = MultiValueDict | None
_NO_DICE_NADA = {"id"}


def _hacer(clase: Any, datos: Datos, *, revisar: bool, **opciones: Any) -> Any:
    """El formulario: de la base, con lo tecleado a la vista, o con lo tecleado por revisar."""
    if datos is not None and revisar:
        return clase(datos, **opciones)
    form = clase(**opciones)
    if datos is not None:
        for nombre, campo in form.fields.items():
            casilla = form.add_prefix(nombre)
            if not campo.widget.value_omitted_from_data(datos, {}, casilla):
                form.initial[nombre] = campo.widget.value_from_datadict(datos, {}, casilla)
    return form


def _valores(form: Any) -> dict[str, Any]:
    """Lo revisado, o lo que había en la base."""
    return {
        nombre: form.cleaned_data.get(nombre)
        if form.is_bound
        else form.get_initial_for_field(campo, nombre)
        for nombre, campo in form.fields.items()
        if nombre not in _NO_DICE_NADA
    }


def _casillas(form: Any) -> Iterator[tuple[str, str]]:
    contextos = (
        b.field.widget.get_context(b.html_name, b.value(), {"id": b.auto_id})["widget"]
        for b in form
    )
    yield from c.de_controles(contextos)


class Parte:
    """Lo que la página pide a cada una de sus partes."""

    def _forms(self) -> list[Any]:
        raise NotImplementedError

    def escribir(self) -> None:
        raise NotImplementedError

    def valores(self) -> dict[str, Any]:
        raise NotImplementedError

    def is_valid(self) -> bool:
        resultados = [form.is_valid() for form in self._forms()]
        return all(resultados)

    def errores_sueltos(self) -> list[str]:
        return []

    def casillas(self) -> Iterator[tuple[str, str]]:
        for form in self._forms():
            yield from _casillas(form)


class Campos(Parte):
    """Los campos sueltos de la sección."""

    def __init__(
        self, clase: Any, opciones: dict[str, Any], *, datos: Datos, revisar: bool
    ) -> None:
        self.form = _hacer(clase, datos, revisar=revisar, **opciones)

    def _forms(self) -> list[Any]:
        return [self.form]

    def errores_sueltos(self) -> list[str]:
        return list(self.form.non_field_errors())

    def escribir(self) -> None:
        self.form.escribir()

    def valores(self) -> dict[str, Any]:
        return _valores(self.form)


class Poblaciones(Parte):
    """Las tres, siempre a la vista; la que se deja en blanco no se guarda."""

    def __init__(self, regla: ReglaOperacion, *, datos: Datos, revisar: bool) -> None:
        hay = {p.clase: p for p in regla.poblaciones.all()}
        self.por_clave: dict[str, PoblacionForm] = {}
        for orden, clase in enumerate(Poblacion.Clase):
            objeto = hay.get(clase) or Poblacion(regla=regla, clase=clase, orden=orden)
            clave = f"poblacion-{clase.value}"
            opciones = {"regla": regla, "instance": objeto, "prefix": clave}
            self.por_clave[clave] = _hacer(PoblacionForm, datos, revisar=revisar, **opciones)

    def _forms(self) -> list[Any]:
        return list(self.por_clave.values())

    def is_valid(self) -> bool:
        return super().is_valid() and self._caben_unas_en_otras()

    def _caben_unas_en_otras(self) -> bool:
        """La beneficiaria cabe en la objetivo, y la objetivo en la potencial."""
        formas = list(self.por_clave.values())
        for mayor, menor in zip(formas, formas[1:], strict=False):
            tope, total = mayor.cleaned_data.get("total"), menor.cleaned_data.get("total")
            if tope is not None and total is not None and total > tope:
                menor.add_error("total", menor.no_cabe(mayor))
        return all(not f.errors for f in formas)

    def escribir(self) -> None:
        for form in self.por_clave.values():
            if form.dice_algo:
                form.instance.save()
            elif form.instance.pk is not None:
                form.instance.delete()

    def valores(self) -> dict[str, Any]:
        return {clave: _valores(form) for clave, form in self.por_clave.items()}


class Renglones(Parte):
    """Una lista, en su orden. Un renglón nuevo que se deja en blanco no cuenta."""

    def __init__(
        self,
        regla: ReglaOperacion,
        lista: Lista,
        *,
        tecleado: Crudo | None,
        datos: Datos,
        revisar: bool,
    ) -> None:
        self.regla, self.lista = regla, lista
        objetos = list(lista.de(regla))
        tope = max(MAXIMO_DE_RENGLONES, len(objetos))
        self.lleno = len(objetos) >= tope
        if tecleado is not None and f"{lista.clave}-total" in tecleado:
            objetos = self._de_lo_tecleado(tecleado, objetos, tope)
        self.forms: list[RenglonForm] = [
            _hacer(
                lista.form,
                datos,
                revisar=revisar,
                regla=regla,
                instance=objeto,
                prefix=f"{lista.clave}-{lugar}",
                initial={"id": objeto.pk},
            )
            for lugar, objeto in enumerate(objetos)
        ]

    def _de_lo_tecleado(self, tecleado: Crudo, objetos: list[Any], tope: int) -> list[Any]:
        """Cada renglón con el objeto que dice ser, si es de esta lista; una sola vez cada uno."""
        libres = {str(objeto.pk): objeto for objeto in objetos}
        clave = self.lista.clave
        return [
            libres.pop((tecleado.get(f"{clave}-{n}-id") or [""])[-1], None)
            or self.lista.nuevo(self.regla)
            for n in range(c.cuantos(tecleado, clave, tope=tope))
        ]

    @property
    def total(self) -> int:
        return len(self.forms)

    def _forms(self) -> list[Any]:
        return self.forms

    def casillas(self) -> Iterator[tuple[str, str]]:
        yield f"{self.lista.clave}-total", str(self.total)
        yield from super().casillas()

    def _dichos(self) -> list[RenglonForm]:
        return [form for form in self.forms if not form.esta_vacio]

    def escribir(self) -> None:
        conservados = []
        for orden, form in enumerate(self._dichos(), 1):
            renglon: Any = form.instance
            cambia = form.has_changed() or renglon.orden != orden or renglon.pk is None
            renglon.orden = orden
            if isinstance(renglon, Fuente) and not renglon.clave:
                renglon.clave = self._clave_libre()
            if cambia:
                renglon.save()
            conservados.append(renglon.pk)
        self.lista.de(self.regla).exclude(pk__in=conservados).delete()

    def _clave_libre(self) -> str:
        """La que se cita en el presupuesto; la pone el sistema: «f3»."""
        usadas = set(self.regla.fuentes.values_list("clave", flat=True))
        return next(f"f{n}" for n in range(1, len(usadas) + 2) if f"f{n}" not in usadas)

    def valores(self) -> dict[str, Any]:
        return {self.lista.clave: [_valores(form) for form in self._dichos()]}
