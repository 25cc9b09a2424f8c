"""Del registro a lo que se busca: arma las fichas públicas y el vocabulario desde lo publicado."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.db import connection, transaction

from programas.models import FichaPublica, Programa, ReglaOperacion, Sinonimo, Vocabulario
from sibis.nucleo.normalizacion import clave_comparable

_MINIMO_DE_LETRAS = 3

# Peso: A el nombre; B cómo se busca y para quién; C quién y dónde; D lo demás.
_SQL_VECTOR = """
    UPDATE programas_fichapublica SET vector =
        setweight(to_tsvector('sibis_es', %(a)s), 'A') || setweight(to_tsvector('sibis_es', %(b)s), 'B')
        || setweight(to_tsvector('sibis_es', %(c)s), 'C') || setweight(to_tsvector('sibis_es', %(d)s), 'D')
    WHERE regla_id = %(regla)s
"""


def _textos(regla: ReglaOperacion) -> dict[str, str]:
    """Los cuatro niveles de texto de una regla, del que más dice al que menos."""
    programa, dependencia = regla.programa, regla.dependencia
    denominaciones = [f"{d.nombre} {d.siglas}" for d in dependencia.denominaciones.all()]
    apoyos = list(regla.apoyos.all())
    return {
        "a": " . ".join([regla.nombre, programa.nombre, *programa.otros_nombres]),
        "b": " . ".join(
            [
                *programa.palabras_clave,
                regla.resumen,
                regla.a_quien,
                *(g.nombre for g in regla.grupos.all()),
                *(str(a.tipo) for a in apoyos),
            ]
        ),
        "c": " . ".join(
            [
                dependencia.siglas,
                *denominaciones,
                *(a.nombre for a in regla.alcaldias.all()),
                *(d.nombre for d in regla.derechos.all()),
                regla.clave_oficial.replace("_", " "),
            ]
        ),
        "d": " . ".join(
            [
                regla.objetivo,
                regla.residencia_detalle,
                *(f"{a.modalidad} {a.descripcion}" for a in apoyos),
                *(r.texto for r in regla.requisitos.all()),
            ]
        ),
    }


def _proyectar(regla: ReglaOperacion, *, es_ultima: bool) -> None:
    FichaPublica.objects.update_or_create(
        regla=regla,
        defaults={
            "programa": regla.programa,
            "ejercicio": regla.ejercicio,
            "es_ultima": es_ultima,
            "tipo": regla.programa.tipo,
            "dependencia": regla.dependencia.clave,
            "nombre_comparable": clave_comparable(regla.nombre),
            "derechos": sorted(d.clave for d in regla.derechos.all()),
            "grupos": sorted(g.clave for g in regla.grupos.all()),
            "apoyos": sorted({a.tipo.clave for a in regla.apoyos.all()}),
            "alcaldias": sorted(a.clave for a in regla.alcaldias.all()),
        },
    )
    with connection.cursor() as cursor:
        cursor.execute(_SQL_VECTOR, {**_textos(regla), "regla": regla.pk})


def _publicadas(programas: Iterable[Programa] | None = None) -> Iterable[ReglaOperacion]:
    reglas = ReglaOperacion.objects.publicadas().order_by("programa_id", "-ejercicio")
    if programas is not None:
        reglas = reglas.filter(programa__in=list(programas))
    return reglas.select_related("programa", "dependencia").prefetch_related(
        "dependencia__denominaciones",
        "derechos",
        "grupos",
        "alcaldias",
        "requisitos",
        "apoyos__tipo",
    )


@transaction.atomic
def proyectar(*programas: Programa) -> int:
    """Rehace las fichas de esos programas (todos si no se dice) y el vocabulario. Devuelve cuántas."""
    reglas = list(_publicadas(programas or None))
    vivas = [r.pk for r in reglas]
    sobran = FichaPublica.objects.exclude(pk__in=vivas)
    (sobran.filter(programa__in=programas) if programas else sobran).delete()
    vistos: set[int] = set()
    for regla in reglas:
        _proyectar(regla, es_ultima=regla.programa_id not in vistos)
        vistos.add(regla.programa_id)
    rehacer_vocabulario()
    return len(vivas)


def _palabras() -> tuple[Counter[str], int]:
    """Palabras del catálogo, como se escriben sin acentos, y en cuántos programas salen."""
    cuenta: Counter[str] = Counter()
    programas: dict[int, set[str]] = {}
    for regla in _publicadas():
        texto = " ".join(_textos(regla).values())
        programas.setdefault(regla.programa_id, set()).update(clave_comparable(texto).split())
    for palabras in programas.values():
        cuenta.update(p for p in palabras if len(p) >= _MINIMO_DE_LETRAS and p.isalpha())
    return cuenta, len(programas)


def _raices(palabras: list[str]) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p, coalesce((ts_lexize('spanish_stem', p))[1], p) FROM unnest(%s::text[]) AS p",
            [palabras],
        )
        return dict(cursor.fetchall())


def _sinonimos() -> dict[str, list[str]]:
    """Los que están en uso; el de ida y vuelta también lleva de lo del catálogo al término."""
    lleva_a: dict[str, list[str]] = {}
    for sinonimo in Sinonimo.objects.filter(activo=True):
        lleva_a.setdefault(sinonimo.termino, []).extend(sinonimo.equivale_a)
        if sinonimo.ida_y_vuelta:
            for equivalencia in sinonimo.equivale_a:
                lleva_a.setdefault(equivalencia, []).append(sinonimo.termino)
    return {termino: list(dict.fromkeys(suyas)) for termino, suyas in lleva_a.items()}


@transaction.atomic
def rehacer_vocabulario() -> None:
    """Vuelve a armar palabras y sinónimos; los procesos lo notan por la versión."""
    cuenta, documentos = _palabras()
    raices = _raices(list(cuenta))
    vocabulario, _nuevo = Vocabulario.objects.select_for_update().get_or_create(pk=1)
    vocabulario.palabras = {p: [raices[p], usos] for p, usos in cuenta.items()}
    vocabulario.sinonimos = _sinonimos()
    vocabulario.documentos = documentos
    vocabulario.version += 1
    vocabulario.save()
