"""Las plantillas que se publican y las de quien entrega: de qué reglas hay, y su archivo por contenido."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.cache import cache

from padron.consultas.regla import SinRegla, hechos_de, regla_vigente
from padron.validacion import plantilla
from padron.validacion.formato import Campo, campos
from padron.validacion.regla import Regla
from programas.models import Programa, ReglaOperacion
from sibis.cuentas.permisos import Ambito

TIPOS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
_HACER = {"xlsx": plantilla.en_xlsx, "csv": plantilla.en_csv}
_UN_DIA = 24 * 3600


@dataclass(frozen=True, slots=True)
class Archivo:
    contenido: bytes
    nombre: str
    tipo: str
    etiqueta: str


@dataclass(frozen=True, slots=True)
class Formato:
    """Lo que la página de una plantilla enseña."""

    regla: ReglaOperacion
    hechos: Regla
    campos: tuple[Campo, ...]

    @property
    def obligatorias(self) -> int:
        return sum(c.es_obligatorio for c in self.campos)


def con_plantilla(ambito: Ambito | None = None) -> list[ReglaOperacion]:
    """Una por programa y ejercicio: la que se usa para revisar. Sin ámbito, solo lo publicado."""
    reglas = ReglaOperacion.objects.select_related("programa")
    reglas = reglas.publicadas() if ambito is None else reglas.del_ambito(ambito)
    vigentes: dict[tuple[int, int], ReglaOperacion] = {}
    publicadas = set(reglas.publicadas().values_list("pk", flat=True))
    for regla in reglas.order_by("-ejercicio", "programa__nombre", "-version"):
        llave = (regla.ejercicio, regla.programa_id)
        anterior = vigentes.get(llave)
        if anterior is None or (regla.pk in publicadas and anterior.pk not in publicadas):
            vigentes[llave] = regla
    return list(vigentes.values())


def publicada_de(slug: str, ejercicio: int) -> ReglaOperacion:
    """Levanta SinRegla si no hay una publicada."""
    regla = (
        ReglaOperacion.objects.publicadas()
        .filter(programa__slug=slug, ejercicio=ejercicio)
        .select_related("programa")
        .order_by("-version")
        .first()
    )
    if regla is None:
        raise SinRegla(f"{slug} {ejercicio}")
    return regla


def del_ambito(ambito: Ambito, programa: int, ejercicio: int) -> ReglaOperacion:
    """La que se usa para revisar, si la dependencia es de las suyas. Levanta SinRegla."""
    suyo = Programa.objects.filter(pk=programa).first()
    if suyo is None:
        raise SinRegla(f"{programa} {ejercicio}")
    regla = regla_vigente(suyo, ejercicio)
    if not ambito.incluye(regla.dependencia_id):
        raise SinRegla(f"{programa} {ejercicio}")
    return regla


def formato_de(regla: ReglaOperacion) -> Formato:
    hechos = hechos_de(regla)
    return Formato(regla, hechos, campos(hechos))


def archivo_de(regla: ReglaOperacion, extension: str) -> Archivo:
    """Se hace una vez por contenido: si la regla no cambia, es el mismo archivo."""
    hechos = hechos_de(regla)
    huella = plantilla.huella(hechos)
    hacer = _HACER[extension]
    contenido = cache.get_or_set(
        f"plantilla-de-padron:{huella}:{extension}", lambda: hacer(hechos), _UN_DIA
    )
    return Archivo(
        contenido=contenido,
        nombre=f"plantilla-padron-{regla.programa.slug}-{regla.ejercicio}.{extension}",
        tipo=TIPOS[extension],
        etiqueta=f'"{huella[:32]}-{extension}"',
    )
