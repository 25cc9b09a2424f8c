"""La página de revisión de un asunto, armada: qué dice, qué cambió, qué se observa y qué sigue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from sibis.cuentas.models import Usuario
from sibis.cuentas.permisos import Permiso, puede
from sibis.expedientes.models import Expediente
from sibis.nucleo.diferencias import Cambio
from sibis.revision.consultas.botones import BotonDePaso, botones_de, puede_en_este_estado
from sibis.revision.consultas.hilos import Hilo, Hilos, hilos_de
from sibis.revision.materias import Materia
from sibis.revision.models import (
    Asignacion,
    Cotejo,
    Dictamen,
    ExcepcionDeVeda,
    Paso,
    PuntoDeCotejo,
    Remision,
)
from sibis.revision.retratos import Campo, Retrato, cambios, desde_json

ANTERIOR, NADA = "anterior", "nada"


@dataclass(frozen=True, slots=True)
class Comparacion:
    clave: str
    rotulo: str
    es_esta: bool


@dataclass(frozen=True, slots=True)
class CampoALaVista:
    campo: Campo
    cambios: tuple[Cambio, ...]
    hilos: tuple[Hilo, ...]
    de_mas: int


@dataclass(frozen=True, slots=True)
class ApartadoALaVista:
    clave: str
    titulo: str
    campos: tuple[CampoALaVista, ...]

    @property
    def cuantos_cambios(self) -> int:
        return sum(bool(c.cambios) for c in self.campos)

    @property
    def cuantas_observaciones(self) -> int:
        return sum(len(c.hilos) + c.de_mas for c in self.campos)


@dataclass(frozen=True, slots=True)
class RenglonDeCotejo:
    punto: PuntoDeCotejo
    resultado: str
    nota: str
    de_antes: str


@dataclass(frozen=True, slots=True)
class PaginaDeRevision:
    """Todo lo que muestra la página; la plantilla no decide nada."""

    expediente: Expediente
    materia: Materia
    asunto: Any
    estado: str
    lo_tiene: str
    asignacion: Asignacion | None
    remision: Remision | None
    visto: int
    botones: tuple[BotonDePaso, ...]
    comparaciones: tuple[Comparacion, ...]
    apartados: tuple[ApartadoALaVista, ...]
    generales: tuple[Hilo, ...]
    hilos: Hilos
    cotejo: tuple[RenglonDeCotejo, ...]
    puede_cotejar: bool
    puede_observar: bool
    puede_comentar: bool
    puede_exceptuar: bool
    dictamenes: tuple[Dictamen, ...]
    excepciones: tuple[ExcepcionDeVeda, ...]
    pasos: tuple[Paso, ...]
    url_de_captura: str

    @property
    def hay_cambios(self) -> bool:
        return any(a.cuantos_cambios for a in self.apartados)


def pagina_de(
    materia: Materia,
    asunto: Any,
    usuario: Usuario,
    *,
    contra: str = "",
    campo: str | None = None,
    cerradas: bool = False,
) -> PaginaDeRevision:
    """Lee el asunto como le toca a esa persona. Un número fijo de consultas."""
    expediente = asunto.expediente
    remisiones = list(expediente.remisiones.select_related("remitida_por").order_by("-numero"))
    ahora = _lo_que_dice(materia, asunto, usuario, remisiones)
    antes, comparaciones = _comparado(materia, asunto, remisiones, contra)
    hilos = hilos_de(expediente, usuario, campo=campo, cerradas=cerradas)
    pasos = list(expediente.pasos.select_related("quien", "organo").order_by("-pk")[:100])
    return PaginaDeRevision(
        expediente=expediente,
        materia=materia,
        asunto=asunto,
        estado=str(materia.estados(asunto.estado).label),
        lo_tiene=materia.esta_en(asunto.estado),
        asignacion=_asignacion(materia, asunto),
        remision=remisiones[0] if remisiones else None,
        visto=pasos[0].pk if pasos else 0,
        botones=botones_de(materia, asunto, usuario),
        comparaciones=comparaciones,
        apartados=_apartados(ahora, antes, hilos, campo),
        generales=tuple(hilos.por_campo.get("", ())),
        hilos=hilos,
        cotejo=_cotejo(materia, asunto, remisiones),
        **_facultades(materia, asunto, usuario),
        dictamenes=tuple(expediente.dictamenes.select_related("organo", "emitido_por", "archivo")),
        excepciones=tuple(
            expediente.excepciones_de_veda.select_related("pedida_por", "firmada_por")
        ),
        pasos=tuple(pasos),
        url_de_captura=_url_de_captura(materia, asunto, usuario),
    )


def _facultades(materia: Materia, asunto: Any, usuario: Usuario) -> dict[str, bool]:
    """Qué puede escribir esa persona en la página, en el estado en que está el asunto."""
    en = asunto.dependencia_id
    return {
        "puede_cotejar": puede_en_este_estado(materia, asunto, usuario, "exige_cotejo"),
        "puede_observar": puede_en_este_estado(materia, asunto, usuario, "exige_observaciones"),
        "puede_comentar": puede(usuario, Permiso.REVISION_COMENTAR, en=en),
        "puede_exceptuar": puede(usuario, Permiso.VEDA_EXCEPTUAR, en=en),
    }


def _asignacion(materia: Materia, asunto: Any) -> Asignacion | None:
    vivas = asunto.expediente.asignaciones.filter(hasta__isnull=True)
    return vivas.filter(instancia=materia.esta_en(asunto.estado)).select_related("revisor").first()


def _lo_que_dice(
    materia: Materia, asunto: Any, usuario: Usuario, remisiones: list[Remision]
) -> Retrato:
    """Quien revisa lee lo remitido: lo que la dependencia está corrigiendo todavía no lo presenta."""
    en_captura = asunto.estado in materia.editables
    if en_captura and remisiones and not puede(usuario, materia.captura, en=asunto.dependencia_id):
        return desde_json(remisiones[0].contenido)
    return materia.retrato(asunto)


def _comparado(
    materia: Materia, asunto: Any, remisiones: list[Remision], contra: str
) -> tuple[Retrato | None, tuple[Comparacion, ...]]:
    """Con qué se compara, y con qué más se podría. De omisión, con lo último que se observó."""
    en_captura = asunto.estado in materia.editables
    otras = remisiones if en_captura else remisiones[1:]
    por_clave = {str(r.numero): r for r in otras}
    anterior = materia.anterior(asunto)
    claves = [*por_clave, *([ANTERIOR] if anterior is not None else []), NADA]
    elegida = contra if contra in claves else claves[0]
    comparaciones = tuple(Comparacion(c, _rotulo(c), c == elegida) for c in claves)
    if elegida == NADA:
        return None, comparaciones
    if elegida == ANTERIOR:
        return anterior, comparaciones
    return desde_json(por_clave[elegida].contenido), comparaciones


def _rotulo(clave: str) -> str:
    if clave == ANTERIOR:
        return _("Con lo del año anterior")
    if clave == NADA:
        return _("Sin comparar")
    return _("Con la remisión %(n)s") % {"n": clave}


def _apartados(
    ahora: Retrato, antes: Retrato | None, hilos: Hilos, solo: str | None
) -> tuple[ApartadoALaVista, ...]:
    distintos = cambios(antes, ahora)
    vistos = {campo.clave for campo in ahora}
    apartados = [
        ApartadoALaVista(
            a.clave,
            a.titulo,
            tuple(
                _a_la_vista(campo, distintos, hilos)
                for campo in a.campos
                if solo is None or campo.clave == solo
            ),
        )
        for a in ahora.apartados
    ]
    sueltos = _que_ya_no_estan(antes, vistos, distintos, hilos) if solo is None else ()
    if sueltos:
        apartados.append(ApartadoALaVista("ya-no-esta", _("Lo que ya no está"), sueltos))
    return tuple(a for a in apartados if a.campos)


def _a_la_vista(campo: Campo, distintos: dict[str, list[Cambio]], hilos: Hilos) -> CampoALaVista:
    return CampoALaVista(
        campo,
        tuple(distintos.get(campo.clave, ())),
        tuple(hilos.por_campo.get(campo.clave, ())),
        hilos.de_mas.get(campo.clave, 0),
    )


def _que_ya_no_estan(
    antes: Retrato | None, vistos: set[str], distintos: dict[str, list[Cambio]], hilos: Hilos
) -> tuple[CampoALaVista, ...]:
    """Campos que tenía lo de antes, o que alguien observó, y lo de ahora no trae."""
    viejos = {c.clave: c for c in antes or () if c.clave not in vistos and not c.esta_vacio}
    for clave, suyos in hilos.por_campo.items():
        if clave and clave not in vistos and clave not in viejos:
            viejos[clave] = Campo(clave, suyos[0].observacion.campo_titulo)
    return tuple(_a_la_vista(Campo(c.clave, c.titulo), distintos, hilos) for c in viejos.values())


def _cotejo(
    materia: Materia, asunto: Any, remisiones: list[Remision]
) -> tuple[RenglonDeCotejo, ...]:
    """La lista de la instancia que lo tiene, con lo contestado y lo que se contestó la vez pasada."""
    if not remisiones:
        return ()
    instancia = materia.esta_en(asunto.estado)
    puntos = PuntoDeCotejo.objects.de(materia.clase, instancia, variante=materia.variante(asunto))
    hechos: dict[tuple[int, int], Cotejo] = {
        (c.remision_id, c.punto_id): c
        for c in Cotejo.objects.filter(remision__in=remisiones[:2], punto__instancia=instancia)
    }
    vacio = Cotejo(resultado="", nota="")
    antes = remisiones[1].pk if len(remisiones) > 1 else 0
    return tuple(
        RenglonDeCotejo(
            punto,
            (hecho := hechos.get((remisiones[0].pk, punto.pk), vacio)).resultado,
            hecho.nota,
            str(viejo.get_resultado_display()) if (viejo := hechos.get((antes, punto.pk))) else "",
        )
        for punto in puntos
    )


def _url_de_captura(materia: Materia, asunto: Any, usuario: Usuario) -> str:
    en_captura = asunto.estado in materia.editables
    if en_captura and puede(usuario, materia.captura, en=asunto.dependencia_id):
        return materia.url(asunto)
    return ""
