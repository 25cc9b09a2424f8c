"""De qué dependencia es cada unidad responsable de un corte: por su nombre y, si no, por su clave."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Q

from presupuesto.consultas.parecido import palabras, parecido
from presupuesto.models import Certeza, CorteDeEgresos, DescripcionDeClave, UnidadResponsable
from sibis.cuentas.models import Denominacion

PARECIDAS = 0.8


@dataclass(frozen=True, slots=True)
class _Hallada:
    dependencia: int | None
    certeza: str
    metodo: str


_NADIE = _Hallada(None, Certeza.PROBABLE, "ninguna se llama así")


def completar(corte: CorteDeEgresos) -> int:
    """Da de alta las unidades que el corte nombra y aún no se conocen. Lo capturado no se toca."""
    claves = set(
        corte.resumen.exclude(unidad_responsable="").values_list("unidad_responsable", flat=True)
    )
    fin = datetime.date(corte.ejercicio, 12, 31)
    conocidas = set(
        UnidadResponsable.objects.vigentes(fin)
        .filter(clave__in=claves)
        .values_list("clave", flat=True)
    )
    nuevas = claves - conocidas
    if not nuevas:
        return 0
    nombres = dict(
        DescripcionDeClave.objects.filter(
            corte=corte, clasificador="unidad_responsable", clave__in=nuevas
        ).values_list("clave", "descripcion")
    )
    otros_anios = set(
        UnidadResponsable.objects.filter(clave__in=nuevas).values_list("clave", flat=True)
    )
    buscador = _Buscador(fin)
    UnidadResponsable.objects.bulk_create(
        _unidad(clave, nombres.get(clave, ""), buscador, fin if clave in otros_anios else None)
        for clave in sorted(nuevas)
    )
    return len(nuevas)


def _unidad(
    clave: str, nombre: str, buscador: _Buscador, fin: datetime.date | None
) -> UnidadResponsable:
    """Sin fechas, salvo que en otros años ya sea de alguien: entonces solo rige en este."""
    hallada = buscador.de(clave, nombre)
    return UnidadResponsable(
        clave=clave,
        nombre=nombre[:300],
        dependencia_id=hallada.dependencia,
        certeza=hallada.certeza,
        metodo=hallada.metodo,
        vigente_desde=fin and fin.replace(month=1, day=1),
        vigente_hasta=fin,
    )


class _Buscador:
    """Todas las denominaciones, de una vez: las de ese año antes que las demás."""

    def __init__(self, dia: datetime.date) -> None:
        rigen = Q(vigente_desde__isnull=True) | Q(vigente_desde__lte=dia)
        todas = Denominacion.objects.filter(rigen).order_by("-vigente_desde")
        self.por_clave = {d.clave_ur: d.dependencia_id for d in todas if d.clave_ur}
        self.nombres = [(palabras(d.nombre, de_organo=True), d.dependencia_id) for d in todas]
        self.siglas = {d.siglas.lower(): d.dependencia_id for d in todas if len(d.siglas) > 2}

    def de(self, clave: str, nombre: str) -> _Hallada:
        suyas = palabras(nombre, de_organo=True)
        if suyas:
            if iguales := {d for n, d in self.nombres if n == suyas}:
                return self._unica(iguales, Certeza.SEGURA, "mismo nombre")
            puntajes = {(parecido(n, suyas), d) for n, d in self.nombres}
            mejor = max(p for p, _d in puntajes) if puntajes else 0
            if mejor >= PARECIDAS:
                cercanas = {d for p, d in puntajes if p == mejor}
                return self._unica(cercanas, Certeza.PROBABLE, "nombre parecido")
            if por_siglas := {d for s, d in self.siglas.items() if s in nombre.lower().split()}:
                return self._unica(por_siglas, Certeza.PROBABLE, "sus siglas van en el nombre")
        if dependencia := self.por_clave.get(clave):
            return _Hallada(dependencia, Certeza.PROBABLE, "misma clave de unidad responsable")
        return _NADIE

    @staticmethod
    def _unica(cuales: set[int], certeza: str, metodo: str) -> _Hallada:
        if len(cuales) == 1:
            return _Hallada(next(iter(cuales)), certeza, metodo)
        return _Hallada(None, Certeza.DUDOSA, "dos dependencias se llaman así")
