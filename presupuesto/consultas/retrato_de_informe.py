"""El informe como se congela al remitirlo: cada cifra, un campo que se puede observar y comparar."""

from __future__ import annotations

from decimal import Decimal

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from presupuesto.consultas.hallazgos import cifra
from presupuesto.consultas.informe import InformeLeido, MetaLeida, leer
from presupuesto.models import EvidenciaDeAvance, InformeDeAvance, RenglonDeAvance
from presupuesto.models.resguardos import IMPORTES
from programas.consultas.redaccion import pesos
from sibis.revision.retratos import Apartado, Campo, Retrato

_DE_PERSONAS = ("personas", "mujeres", "hombres", "otro_sexo")
_DE_META = (
    "meta_modificada",
    "motivo_de_modificacion",
    "fuente_de_modificacion",
    "programada",
    "alcanzada",
)


def retrato(informe: InformeDeAvance) -> Retrato:
    """Las mismas consultas que leerlo, sin importar cuántas metas tenga."""
    leido = leer(informe)
    return Retrato(
        (
            Apartado("identidad", _("Qué se informa"), _identidad(informe)),
            *(_de_meta(meta) for meta in leido.metas),
            Apartado("personas", _("Personas beneficiarias"), _personas(informe)),
            Apartado("dinero", _("Presupuesto"), _dinero(leido)),
        )
    )


def _titulo(modelo: type, nombre: str) -> str:
    return str(capfirst(str(modelo._meta.get_field(nombre).verbose_name)))  # type: ignore[attr-defined]


def _identidad(informe: InformeDeAvance) -> tuple[Campo, ...]:
    campos = (
        Campo("programa", _("Programa"), informe.programa.nombre),
        Campo("periodo", _("Periodo"), f"{informe.get_trimestre_display()}, {informe.ejercicio}"),
    )
    if informe.version == 1:
        return campos
    return (*campos, Campo("razon", _("Por qué se corrige"), informe.razon))


def _de_meta(meta: MetaLeida) -> Apartado:
    renglon = meta.renglon
    prefijo = f"meta-{renglon.orden}"
    escritos = tuple(
        Campo(
            f"{prefijo}-{nombre}",
            _titulo(RenglonDeAvance, nombre),
            _texto(getattr(renglon, nombre)),
        )
        for nombre in _DE_META
    )
    return Apartado(
        prefijo,
        f"{_('Meta')} {renglon.orden}: {renglon.meta.descripcion or renglon.unidad}",
        (
            Campo(
                f"{prefijo}-original",
                _("Meta original, según la regla"),
                f"{cifra(renglon.meta_original)} {renglon.unidad}",
            ),
            *escritos,
            Campo(f"{prefijo}-icmpp", _("ICMPP"), indice(meta.icmpp, " %")),
            Campo(f"{prefijo}-explicacion", _("Explicación de la variación"), renglon.explicacion),
            Campo(
                f"{prefijo}-evidencia",
                _("Evidencia"),
                renglones=tuple(map(de_evidencia, meta.evidencias)),
            ),
        ),
    )


def _texto(valor: Decimal | str | None) -> str:
    if valor is None:
        return ""
    return cifra(valor) if isinstance(valor, Decimal) else valor


def indice(valor: Decimal | None, unidad: str = "") -> str:
    return str(_("no se puede calcular")) if valor is None else f"{valor}{unidad}"


def de_evidencia(evidencia: EvidenciaDeAvance) -> str:
    """Qué es y su huella: si el archivo fuera otro, la huella lo diría."""
    return f"{evidencia.descripcion} (SHA-256 {evidencia.archivo.sha256[:16]}…)"


def _personas(informe: InformeDeAvance) -> tuple[Campo, ...]:
    return tuple(
        Campo(nombre, _titulo(InformeDeAvance, nombre), "" if valor is None else cifra(valor))
        for nombre in _DE_PERSONAS
        for valor in [getattr(informe, nombre)]
    )


def _dinero(leido: InformeLeido) -> tuple[Campo, ...]:
    informe = leido.informe
    importes = tuple(
        Campo(nombre, _titulo(InformeDeAvance, nombre), "" if valor is None else pesos(valor))
        for nombre in IMPORTES
        for valor in [getattr(informe, nombre)]
    )
    return (
        *importes,
        Campo("icppp", _("ICPPP"), indice(leido.icppp, " %")),
        *(
            Campo(
                f"iarcm-{meta.renglon.orden}",
                _("IARCM de «%(meta)s»") % {"meta": meta.renglon.unidad},
                indice(meta.iarcm),
            )
            for meta in leido.metas
        ),
        Campo(
            "explicacion_del_gasto",
            _titulo(InformeDeAvance, "explicacion_del_gasto"),
            informe.explicacion_del_gasto,
        ),
        Campo(
            "explicacion_de_egresos",
            _titulo(InformeDeAvance, "explicacion_de_egresos"),
            informe.explicacion_de_egresos,
        ),
        Campo(
            "evidencia",
            _("Evidencia del gasto"),
            renglones=tuple(map(de_evidencia, leido.evidencias)),
        ),
    )
