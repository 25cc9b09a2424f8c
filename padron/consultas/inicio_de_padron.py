"""La página de entrada: de cada programa, qué se entregó, qué falta y qué se puede hacer."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from padron.consultas.alcance import ambito_de_padron, direccion
from padron.consultas.hoja_de_carga import url_de
from padron.consultas.periodos import en_palabras
from padron.estados import EN_CURSO, SIN_EFECTO
from padron.models import Carga
from programas.models import ReglaOperacion
from sibis.agenda.estados import EstadoVencimiento
from sibis.agenda.models import Vencimiento
from sibis.cuentas.models import Usuario
from sibis.cuentas.permisos import Ambito, Permiso, ambito
from sibis.formatos.fechas import fecha_larga

CUMPLE = "padron_entregado"
Llave = tuple[int, int]
_VAN_TARDE = (EstadoVencimiento.VENCIDO, EstadoVencimiento.POR_VENCER)


@dataclass(frozen=True, slots=True)
class CargaBreve:
    carga: Carga
    periodo: str
    url: str


@dataclass(frozen=True, slots=True)
class ProgramaPorEntregar:
    """`cargas` son las que importan hoy: lo que está en curso y lo último que entró."""

    regla: ReglaOperacion
    cargas: tuple[CargaBreve, ...]
    plazo: Vencimiento | None
    estado_del_plazo: str
    que_vence: str
    puede_cargar: bool
    url_subir: str
    url_capturar: str
    url_plantilla: str

    @property
    def va_tarde(self) -> bool:
        return self.estado_del_plazo in _VAN_TARDE


@dataclass(frozen=True, slots=True)
class Ejercicio:
    anio: int
    programas: tuple[ProgramaPorEntregar, ...]


def inicio(quien: Usuario, *, hoy: datetime.date | None = None) -> tuple[Ejercicio, ...]:
    """Este ejercicio y el pasado, con las mismas consultas sean cuantos sean los programas."""
    hoy = hoy or timezone.localdate()
    anios = (hoy.year, hoy.year - 1)
    reglas = list(_reglas(ambito_de_padron(quien), anios))
    cargas = _cargas(reglas)
    plazos = _plazos(reglas)
    carga_en = ambito(quien, Permiso.PADRON_CARGAR)
    return tuple(
        Ejercicio(
            anio,
            tuple(
                _programa(regla, cargas, plazos, carga_en=carga_en, hoy=hoy)
                for regla in reglas
                if regla.ejercicio == anio
            ),
        )
        for anio in anios
        if any(regla.ejercicio == anio for regla in reglas)
    )


def _reglas(donde: Ambito, anios: tuple[int, ...]) -> Iterable[ReglaOperacion]:
    return (
        ReglaOperacion.objects.publicadas()
        .filter(donde.filtro(), ejercicio__in=anios)
        .select_related("programa", "dependencia")
        .order_by("nombre", "pk")
    )


def _cargas(reglas: list[ReglaOperacion]) -> dict[Llave, list[Carga]]:
    """De cada programa y año, de la más nueva a la más vieja; sin las que no tuvieron efecto."""
    halladas: dict[Llave, list[Carga]] = {}
    suyas = Carga.objects.filter(
        programa__in={r.programa_id for r in reglas}, ejercicio__in={r.ejercicio for r in reglas}
    )
    for carga in suyas.exclude(estado__in=SIN_EFECTO).order_by("-pk"):
        halladas.setdefault((carga.programa_id, carga.ejercicio), []).append(carga)
    return halladas


def _plazos(reglas: list[ReglaOperacion]) -> dict[tuple[str, int], Vencimiento]:
    vencimientos = (
        Vencimiento.objects.vigentes()
        .filter(
            obligacion__cumple=CUMPLE,
            asunto_clave__in={r.programa.clave for r in reglas},
            ejercicio__in={r.ejercicio for r in reglas},
        )
        .order_by("limite")
    )
    return {(v.asunto_clave, v.ejercicio): v for v in vencimientos}


def _programa(
    regla: ReglaOperacion,
    cargas: dict[Llave, list[Carga]],
    plazos: dict[tuple[str, int], Vencimiento],
    *,
    carga_en: Ambito,
    hoy: datetime.date,
) -> ProgramaPorEntregar:
    plazo = plazos.get((regla.programa.clave, regla.ejercicio))
    estado = str(plazo.estado_en(hoy)) if plazo else ""
    pedido = urlencode({"programa": regla.programa_id, "ejercicio": regla.ejercicio})
    suyas = cargas.get((regla.programa_id, regla.ejercicio), [])
    return ProgramaPorEntregar(
        regla=regla,
        cargas=tuple(
            CargaBreve(c, en_palabras(c.periodo), url_de(c)) for c in _que_importan(suyas)
        ),
        plazo=plazo,
        estado_del_plazo=estado,
        que_vence=_que_vence(plazo, estado),
        puede_cargar=carga_en.incluye(regla.dependencia_id),
        url_subir=f"{reverse('admin:padron_carga_add')}?{pedido}",
        url_capturar=direccion("admin:padron_capturar", regla.programa_id, regla.ejercicio),
        url_plantilla=direccion("admin:padron_plantilla", regla.programa_id, regla.ejercicio),
    )


def _que_importan(cargas: list[Carga]) -> list[Carga]:
    en_curso = [c for c in cargas if c.estado in EN_CURSO]
    ultima = next((c for c in cargas if c.estado not in EN_CURSO), None)
    return en_curso[:3] + ([ultima] if ultima else [])


def _que_vence(plazo: Vencimiento | None, estado: str) -> str:
    if plazo is None:
        return ""
    if plazo.cumplido_que:
        return _("Entregado")
    dia = fecha_larga(plazo.plazo)
    if estado == EstadoVencimiento.VENCIDO:
        return _("Venció el %(dia)s") % {"dia": dia}
    return _("Vence el %(dia)s") % {"dia": dia}
