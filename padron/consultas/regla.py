"""De la regla de operación publicada a los hechos con que se revisa un padrón."""

from __future__ import annotations

import datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from padron.models import ColumnaDePadron, DisposicionDePadron
from padron.validacion.columnas.territorio import colonia_comparable
from padron.validacion.regla import ApoyoDeRegla, ColumnaPedida, Regla
from programas.models import Apoyo, Programa, ReglaOperacion
from sibis.nucleo.errores import ErrorDeNegocio
from sibis.territorio.models import Colonia

_SEXO = {"mujer": "M", "hombre": "H"}
_PARA = {
    Apoyo.Para.BENEFICIARIAS: "persona",
    Apoyo.Para.FACILITADORAS: "facilitadora",
    Apoyo.Para.COLECTIVOS: "colectivo",
}
_LIMITAN = frozenset(("ciudad", "alcaldia", "colonias"))


class SinRegla(ErrorDeNegocio):
    """El programa no existe o no tiene regla en ese ejercicio."""


def regla_vigente(programa: Programa, ejercicio: int) -> ReglaOperacion:
    """La del portal; si todavía no hay, la más nueva que se trabaja. Levanta SinRegla."""
    reglas = ReglaOperacion.objects.filter(programa=programa, ejercicio=ejercicio)
    regla = reglas.publicadas().order_by("-version").first() or reglas.order_by("-version").first()
    if regla is None:
        raise SinRegla(
            _("«%(programa)s» no tiene reglas de operación en %(ejercicio)s.")
            % {"programa": programa, "ejercicio": ejercicio}
        )
    return regla


def programa_de(clave: str) -> Programa:
    """Por su clave, su dirección o la clave oficial de alguna de sus reglas. Levanta SinRegla."""
    programa = (
        Programa.objects.filter(Q(clave=clave) | Q(slug=clave) | Q(reglas__clave_oficial=clave))
        .distinct()
        .first()
    )
    if programa is None:
        raise SinRegla(_("No hay un programa con la clave «%(clave)s».") % {"clave": clave})
    return programa


def hechos_de(regla: ReglaOperacion, *, al: datetime.date | None = None) -> Regla:
    """Todo lo que el motor necesita, sin volver a la base. `al` es el día en que se revisa."""
    disposicion = DisposicionDePadron.de(regla.programa_id, regla.ejercicio)
    apoyos = tuple(_apoyo(a) for a in regla.apoyos.select_related("tipo"))
    return Regla(
        clave=regla.programa.clave,
        nombre=regla.nombre,
        ejercicio=regla.ejercicio,
        version=regla.version,
        edad_min_meses=regla.edad_min_meses,
        edad_max_meses=regla.edad_max_meses,
        fecha_de_la_edad=disposicion.fecha_de_la_edad,
        sexo=_SEXO.get(regla.sexo, ""),
        alcaldias=_alcaldias(regla),
        apoyos=apoyos,
        tipos_admitidos=_tipos(disposicion, apoyos),
        admite_parcial=disposicion.admite_parcial,
        columnas=_columnas(regla.ejercicio),
        colonias=_colonias(),
        hoy=(al or timezone.localdate()).isoformat(),
    )


def _apoyo(apoyo: Apoyo) -> ApoyoDeRegla:
    """De un apoyo «en total» cada renglón puede ser una parte: solo tiene tope."""
    tope = apoyo.monto_maximo if apoyo.monto_maximo is not None else apoyo.monto_minimo
    por_ministracion = apoyo.base == Apoyo.Base.POR_MINISTRACION
    return ApoyoDeRegla(
        nombre=apoyo.modalidad or str(apoyo.tipo),
        para=_PARA[Apoyo.Para(apoyo.para)],
        minimo=apoyo.monto_minimo if por_ministracion else None,
        maximo=tope,
        ministraciones=apoyo.ministraciones if por_ministracion else None,
    )


def _alcaldias(regla: ReglaOperacion) -> tuple[str, ...]:
    """Donde opera es donde hay que vivir solo si la regla pide residencia."""
    if regla.residencia not in _LIMITAN:
        return ()
    return tuple(regla.alcaldias.order_by("clave").values_list("clave", flat=True))


def _tipos(disposicion: DisposicionDePadron, apoyos: tuple[ApoyoDeRegla, ...]) -> tuple[str, ...]:
    """Los de la disposición escrita; si no la hay, los que los apoyos de la regla dejan ver."""
    tipos = set(disposicion.tipos_admitidos)
    if disposicion.pk is None:
        para = {a.para for a in apoyos}
        tipos |= {"facilitadora"} if "facilitadora" in para else set()
        tipos |= {"colectivo", "empresa"} if "colectivo" in para or not apoyos else set()
    return tuple(sorted(str(t) for t in tipos))


def _columnas(ejercicio: int) -> tuple[ColumnaPedida, ...]:
    columnas = ColumnaDePadron.objects.del_ejercicio(ejercicio).order_by("orden", "identificador")
    return tuple(ColumnaPedida(c.identificador, c.nombre, c.obligatoria, c.norma) for c in columnas)


def _colonias() -> tuple[tuple[str, str], ...]:
    filas = Colonia.objects.vigentes().filter(alcaldia__isnull=False)
    pares = {
        (clave, colonia_comparable(nombre))
        for clave, nombre in filas.values_list("alcaldia__clave", "nombre")
    }
    return tuple(sorted(pares))
