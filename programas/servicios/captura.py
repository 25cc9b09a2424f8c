"""Escribir una regla: abrir versión, guardar sin encimar lo de otra persona."""

from __future__ import annotations

from collections.abc import Callable

from django.db import IntegrityError, transaction
from django.db.models import F

from programas.estados import EDITABLES, EN_CURSO, FUERON_PUBLICOS, EstadoRegla
from programas.materia import REGLA
from programas.models import ClaseDeVersion, Programa, ReglaOperacion
from programas.models.secciones import Seccion
from sibis.bitacora.registro import registrar
from sibis.cuentas.models import Dependencia, Usuario
from sibis.cuentas.permisos import Permiso, puede
from sibis.nucleo.errores import EdicionConcurrente, ErrorDeNegocio, SinPermiso, TransicionInvalida
from sibis.revision.servicios.expediente import expediente_de

# Lo que no se copia a una versión nueva: es la historia de la otra.
_NO_SE_COPIA = {
    "id",
    "version",
    "estado",
    "origen",
    "edicion",
    "huella_catalogo",
    "gaceta_numero",
    "gaceta_fecha",
    "coplade_acuerdo",
    "capturado_por",
    "enviado_en",
    "enviado_por",
    "validado_en",
    "validado_por",
    "aprobado_en",
    "aprobado_por",
    "expediente",
    "clase_de_version",
    "vigente_desde",
    "razon_de_la_version",
    "publicado_en",
    "publicado_por",
    "creado_en",
    "actualizado_en",
}


# El dinero y las fechas de un año no valen para otro.
_DEL_ANIO = (
    "presupuesto_aprobado",
    "presupuesto_ejercido",
    "presupuesto_trimestres",
    "facilitadores_monto",
    "fecha_inicio",
    "fecha_fin",
)


def exigir_captura(dependencia: Dependencia | int, *, por: Usuario) -> None:
    if not puede(por, Permiso.REGLA_CAPTURAR, en=dependencia):
        raise SinPermiso("Solo el enlace de la dependencia escribe sus reglas de operación.")


def exigir_edicion(regla: ReglaOperacion, *, por: Usuario) -> None:
    """Levanta SinPermiso si no es su dependencia, TransicionInvalida si ya no está en captura."""
    exigir_captura(regla.dependencia_id, por=por)
    if not regla.es_editable:
        raise TransicionInvalida(
            f"La regla está en «{regla.get_estado_display()}» y así no se edita. "
            "Si ya se publicó, abre una versión nueva."
        )


@transaction.atomic
def iniciar(
    programa: Programa, *, ejercicio: int, nombre: str, dependencia: Dependencia, por: Usuario
) -> ReglaOperacion:
    """Primera regla de un programa en un ejercicio, en borrador."""
    exigir_captura(programa.dependencia_id, por=por)  # nadie abre el programa de otra dependencia
    exigir_captura(dependencia, por=por)
    _exigir_sin_otra_en_curso(programa, ejercicio)
    regla = ReglaOperacion(
        programa=programa,
        ejercicio=ejercicio,
        version=_siguiente_version(programa, ejercicio),
        nombre=nombre,
        dependencia=dependencia,
        capturado_por=por,
    )
    _guardar_nueva(regla)
    expediente_de(REGLA, regla)
    _registrar("regla.iniciada", regla, por=por)
    return regla


@transaction.atomic
def nueva_version(
    regla: ReglaOperacion,
    *,
    por: Usuario,
    ejercicio: int | None = None,
    clase: str = ClaseDeVersion.AVISO_MODIFICATORIO,
) -> ReglaOperacion:
    """Copia una regla con todas sus secciones a un borrador: del mismo ejercicio o del siguiente.

    En el mismo ejercicio es una nota aclaratoria o un aviso que modifica (`clase`). La publicada
    sigue a la vista, igual, hasta que la nueva se publique y llegue el día en que rige.
    """
    destino = ejercicio or regla.ejercicio
    # La de otro año la escribe quien hoy opera el programa, aunque copie lo que escribió otra.
    suya = regla.dependencia if destino == regla.ejercicio else regla.programa.dependencia
    exigir_captura(suya, por=por)
    if destino == regla.ejercicio and regla.estado not in FUERON_PUBLICOS:
        raise ErrorDeNegocio("Esta versión aún no se publica: corrígela en lugar de abrir otra.")
    if destino == regla.ejercicio and clase == ClaseDeVersion.ORIGINAL:
        raise ErrorDeNegocio(
            "Las reglas de ese año ya se publicaron: di si es una nota o un aviso."
        )
    if destino == regla.ejercicio and regla.estado == EstadoRegla.CERRADO:
        raise ErrorDeNegocio("El ejercicio ya se cerró: sus reglas no admiten modificaciones.")
    _exigir_sin_otra_en_curso(regla.programa, destino)
    copia = _copiar(regla, destino, dependencia=suya, por=por, clase=clase)
    _registrar("regla.version_abierta", copia, por=por, desde_version=regla.version)
    return copia


def _exigir_sin_otra_en_curso(programa: Programa, ejercicio: int) -> None:
    en_curso = programa.reglas.filter(
        ejercicio=ejercicio, estado__in={*EN_CURSO, EstadoRegla.POR_REGIR}
    ).first()
    if en_curso is not None:
        raise ErrorDeNegocio(
            f"Ya hay una versión de {ejercicio} en trabajo (versión {en_curso.version}, "
            f"{en_curso.get_estado_display()}). Continúa en ella."
        )


def _siguiente_version(programa: Programa, ejercicio: int) -> int:
    ultima = programa.reglas.filter(ejercicio=ejercicio).order_by("-version").first()
    return ultima.version + 1 if ultima else 1


def _guardar_nueva(regla: ReglaOperacion) -> None:
    """La base admite una sola versión en trabajo: si dos personas la abren a la vez, gana una."""
    try:
        regla.save()
    except IntegrityError as error:
        raise EdicionConcurrente(
            "Alguien más abrió una versión en este momento. Vuelve a la lista y continúa en ella."
        ) from error


def _copiar(
    regla: ReglaOperacion, ejercicio: int, *, dependencia: Dependencia, por: Usuario, clase: str
) -> ReglaOperacion:
    valores = {
        campo.name: getattr(regla, campo.name)
        for campo in regla._meta.concrete_fields
        if campo.name not in _NO_SE_COPIA
    }
    if ejercicio != regla.ejercicio:
        valores |= dict.fromkeys(_DEL_ANIO)
        valores["presupuesto_fuente"] = ""
    version = _siguiente_version(regla.programa, ejercicio)
    valores |= {"ejercicio": ejercicio, "version": version, "dependencia": dependencia}
    if version > 1:
        valores["clase_de_version"] = clase
    copia = ReglaOperacion(**valores, capturado_por=por)
    _guardar_nueva(copia)
    expediente_de(REGLA, copia)
    for muchos in regla._meta.many_to_many:
        getattr(copia, muchos.name).set(getattr(regla, muchos.name).all())
    _copiar_secciones(regla, copia)
    return copia


def _copiar_secciones(regla: ReglaOperacion, copia: ReglaOperacion) -> None:
    """Todas las secciones, en su orden; las cifras apuntan a la copia de su fuente."""
    fuentes: dict[int, Seccion] = {}
    for fuente in regla.fuentes.all():
        original = fuente.pk
        fuente.pk, fuente.regla = None, copia
        fuente._state.adding = True
        fuente.save()
        fuentes[original] = fuente
    for nombre in ("apoyos", "requisitos", "poblaciones", "metas", "compatibilidades"):
        _copiar_lista(getattr(regla, nombre).all(), copia, fuentes)
    for nombre in ("alineaciones", "textos"):
        _copiar_lista(getattr(regla, nombre).all(), copia, fuentes)


def _copiar_lista(secciones: object, copia: ReglaOperacion, fuentes: dict[int, Seccion]) -> None:
    nuevas = []
    for seccion in secciones:  # type: ignore[attr-defined]
        seccion.pk, seccion.regla = None, copia
        seccion._state.adding = True
        if getattr(seccion, "fuente_id", None):
            seccion.fuente = fuentes[seccion.fuente_id]
        nuevas.append(seccion)
    if nuevas:
        type(nuevas[0]).objects.bulk_create(nuevas)


@transaction.atomic
def guardar(
    regla: ReglaOperacion, *, edicion: int, por: Usuario, escribir: Callable[[], None]
) -> None:
    """Guarda lo que `escribir` haga si nadie guardó desde que se abrió la página.

    Levanta EdicionConcurrente, y entonces nada se escribe: lo de la otra persona queda intacto.
    """
    exigir_edicion(regla, por=por)
    avanzo = ReglaOperacion.objects.filter(
        pk=regla.pk, edicion=edicion, estado__in=EDITABLES
    ).update(edicion=F("edicion") + 1)
    if not avanzo:
        raise EdicionConcurrente(
            "Otra persona guardó esta regla mientras la tenías abierta. Lo tuyo no se guardó: "
            "abre la página en otra pestaña para ver sus cambios y vuelve a escribir los tuyos."
        )
    escribir()
    _registrar("regla.guardada", regla, por=por)


def _registrar(tipo: str, regla: ReglaOperacion, *, por: Usuario, **detalle: object) -> None:
    registrar(
        tipo,
        regla,
        por=por,
        dependencia=regla.dependencia.clave,
        ejercicio=regla.ejercicio,
        version=regla.version,
        **detalle,
    )
