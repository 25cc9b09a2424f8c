"""Lo que toda página de una carga muestra: en qué va, qué sigue, quién lo hace y qué puede hacer quien mira."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from padron.consultas.confirmacion import por_que_no_confirma
from padron.consultas.periodos import en_palabras
from padron.estados import DEL_SISTEMA, EN_MARCHA, FLUJO_CARGA, REVISADAS, EstadoCarga
from padron.models import Carga, DisposicionDePadron
from sibis.cuentas.models import Usuario
from sibis.cuentas.permisos import Permiso, puede
from sibis.expedientes.consultas import Renglon, linea_de_tiempo

E = EstadoCarga
# Estos no son botones de la hoja: tienen su página, o los pide la de la segunda persona.
_CON_PAGINA = frozenset({"confirmar_mapeo", "devolver", "aplicar"})
# Los que preguntan antes en su propia página.
PREGUNTAN = frozenset({"cancelar", "presentar"})

_QUE_SIGUE = {
    E.RECIBIDA: gettext_lazy("El archivo ya está guardado. Sigue leerlo y reconocer sus columnas."),
    E.POR_MAPEAR: gettext_lazy(
        "El archivo se leyó. Sigue decir qué es cada columna; después se revisa renglón por renglón."
    ),
    E.EN_PROCESO: gettext_lazy(
        "Se está revisando. Al terminar verás todo lo que se halló, de una vez."
    ),
    E.PAUSADA: gettext_lazy("Está en pausa: lo hecho se conserva y sigue donde se quedó."),
    E.POR_REVISAR: gettext_lazy(
        "La revisión terminó. Corrige lo que haga falta y preséntala para que otra persona la confirme."
    ),
    E.POR_CONFIRMAR: gettext_lazy(
        "Está presentada. Falta que quien firma por la dependencia la confirme o la devuelva."
    ),
    E.APLICADA: gettext_lazy(
        "Ya es parte del padrón. No cambia: si algo está mal, otra la sustituye."
    ),
    E.SUSTITUIDA: gettext_lazy("Fue parte del padrón y otra carga la sustituyó. Se conserva."),
    E.ILEGIBLE: gettext_lazy(
        "No se pudo leer y nada de ella entró. Corrige el archivo y súbelo otra vez."
    ),
    E.CANCELADA: gettext_lazy("Se canceló y nada de ella entró. El archivo se conserva."),
}


@dataclass(frozen=True, slots=True)
class BotonDeCarga:
    nombre: str
    rotulo: str
    descripcion: str
    url: str
    pregunta: bool
    principal: bool = False


@dataclass(frozen=True, slots=True)
class Hoja:
    carga: Carga
    periodo: str
    que_sigue: str
    botones: tuple[BotonDeCarga, ...]
    puede_cargar: bool
    puede_confirmar: bool
    por_que_no_confirma: str
    admite_parcial: bool
    url: str
    url_columnas: str
    url_confirmar: str
    url_otra_vez: str
    historia: tuple[Renglon, ...]

    @property
    def esta_en_marcha(self) -> bool:
        return self.carga.estado in EN_MARCHA or self.carga.estado == E.PAUSADA

    @property
    def esta_revisada(self) -> bool:
        return self.carga.estado in REVISADAS

    @property
    def corrige_columnas(self) -> bool:
        return self.puede_cargar and self.carga.estado in (E.POR_MAPEAR, E.POR_REVISAR)

    @property
    def fue_devuelta(self) -> bool:
        return self.carga.estado == E.POR_REVISAR and self.carga.devuelta_en is not None


def url_de(carga: Carga) -> str:
    return reverse("admin:padron_carga_change", args=[carga.pk])


def hoja_de(carga: Carga, *, quien: Usuario) -> Hoja:
    puede_cargar = puede(quien, Permiso.PADRON_CARGAR, en=carga.dependencia_id)
    por_confirmar = carga.estado in REVISADAS
    razon = por_que_no_confirma(carga, quien=quien) if por_confirmar else ""
    return Hoja(
        carga=carga,
        periodo=en_palabras(carga.periodo),
        que_sigue=str(_QUE_SIGUE[E(carga.estado)]),
        botones=_botones(carga, puede_cargar=puede_cargar),
        puede_cargar=puede_cargar,
        puede_confirmar=por_confirmar and not razon,
        por_que_no_confirma=razon,
        admite_parcial=DisposicionDePadron.de(carga.programa_id, carga.ejercicio).admite_parcial,
        url=url_de(carga),
        url_columnas=reverse("admin:padron_carga_columnas", args=[carga.pk]),
        url_confirmar=reverse("admin:padron_carga_confirmar", args=[carga.pk]),
        url_otra_vez=_otra_vez(carga),
        historia=tuple(linea_de_tiempo([("padron.carga", carga.pk)])),
    )


def _otra_vez(carga: Carga) -> str:
    subir = reverse("admin:padron_carga_add")
    return (
        f"{subir}?programa={carga.programa_id}&ejercicio={carga.ejercicio}&periodo={carga.periodo}"
    )


def _botones(carga: Carga, *, puede_cargar: bool) -> tuple[BotonDeCarga, ...]:
    """Los de quien entrega, según la tabla. Presentar sin renglones que entren no se ofrece."""
    if not puede_cargar:
        return ()
    pasos = [
        t for t in FLUJO_CARGA.desde(carga.estado) if t.nombre not in DEL_SISTEMA | _CON_PAGINA
    ]
    return tuple(
        BotonDeCarga(
            nombre=paso.nombre,
            rotulo=paso.rotulo,
            descripcion=paso.descripcion,
            url=reverse("admin:padron_carga_acto", args=[carga.pk, paso.nombre]),
            pregunta=paso.nombre in PREGUNTAN,
            principal=paso.nombre in ("presentar", "reanudar"),
        )
        for paso in sorted(pasos, key=lambda p: p.nombre == "cancelar")
        if paso.nombre != "presentar" or carga.validas
    )


def politica_de(hoja: Hoja) -> str:
    """Qué pasa con lo que espera, según la disposición del programa."""
    if not hoja.carga.con_error:
        return _("Entran todos sus renglones: ninguno espera.")
    if hoja.admite_parcial:
        return _(
            "Entran los renglones válidos y esperan los demás: este programa admite cargas parciales. "
            "Los que esperan se corrigen después y entran con otra carga."
        )
    return _(
        "Entran todos o no entra ninguno: este programa no admite cargas parciales. Corrige lo que "
        "bloquea antes de presentarla."
    )
