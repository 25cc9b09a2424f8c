"""Escribir una regla: abrir versión, guardar sin encimar lo de otra persona."""

from __future__ import annotations

from collections.abc import Callable

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from programas.consultas.secciones import secciones_de
from programas.estados import EDITABLES, EN_CURSO, FUERON_PUBLICOS, EstadoRegla
from programas.materia import REGLA
from programas.models import ClaseDeVersion, EdicionDeSeccion, Programa, ReglaOperacion
from programas.servicios.copias import copiar
from sibis.bitacora.registro import registrar
from sibis.cuentas.models import Dependencia, Usuario
from sibis.cuentas.permisos import Permiso, puede
from sibis.nucleo.errores import EdicionConcurrente, ErrorDeNegocio, SinPermiso, TransicionInvalida
from sibis.revision.servicios.expediente import expediente_de


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
    copia = copiar(
        regla,
        ejercicio=destino,
        version=_siguiente_version(regla.programa, destino),
        dependencia=suya,
        por=por,
        clase=clase if destino == regla.ejercicio else ClaseDeVersion.ORIGINAL,
        alta=_guardar_nueva,
    )
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
    """Con su carpeta. La base admite una sola en trabajo: si dos la abren a la vez, gana una."""
    try:
        regla.save()
    except IntegrityError as error:
        raise EdicionConcurrente(
            "Alguien más abrió una versión en este momento. Vuelve a la lista y continúa en ella."
        ) from error
    expediente_de(REGLA, regla)


@transaction.atomic
def guardar(
    regla: ReglaOperacion,
    *,
    edicion: int,
    por: Usuario,
    escribir: Callable[[], None],
    seccion: str = "",
) -> None:
    """Guarda lo que `escribir` haga si nadie guardó esa sección desde que se abrió su página.

    Cada sección lleva su cuenta: dos personas guardan a la vez dos distintas. Sin `seccion` es la
    regla entera, y su cuenta avanza con cualquiera. Levanta EdicionConcurrente, y entonces nada se
    escribe: lo de la otra persona queda intacto.
    """
    exigir_edicion(regla, por=por)
    # Este renglón aparta la regla: mientras se guarda, nadie la envía ni guarda otra sección.
    abiertas = ReglaOperacion.objects.filter(pk=regla.pk, estado__in=EDITABLES)
    de_la_regla = abiertas if seccion else abiertas.filter(edicion=edicion)
    if not de_la_regla.update(edicion=F("edicion") + 1):
        raise _no_se_guardo(regla)
    if seccion:
        _avanzar(regla, seccion, edicion, por=por)
    else:
        _avanzar_todas(regla, por=por)
    escribir()
    _registrar("regla.guardada", regla, por=por, **({"seccion": seccion} if seccion else {}))


def _avanzar(regla: ReglaOperacion, seccion: str, edicion: int, *, por: Usuario) -> None:
    EdicionDeSeccion.objects.get_or_create(regla=regla, seccion=seccion)
    suya = EdicionDeSeccion.objects.filter(regla=regla, seccion=seccion, numero=edicion)
    if not suya.update(numero=F("numero") + 1, guardada_en=timezone.now(), quien=por):
        raise EdicionConcurrente(
            "Otra persona guardó esta sección mientras la tenías abierta. Lo tuyo no se guardó."
        )


def _avanzar_todas(regla: ReglaOperacion, *, por: Usuario) -> None:
    """Quien tuviera abierta cualquier sección se enterará al guardar."""
    EdicionDeSeccion.objects.bulk_create(
        [EdicionDeSeccion(regla=regla, seccion=s.clave) for s in secciones_de(regla)],
        ignore_conflicts=True,
    )
    todas = EdicionDeSeccion.objects.filter(regla=regla)
    todas.update(numero=F("numero") + 1, guardada_en=timezone.now(), quien=por)


def _no_se_guardo(regla: ReglaOperacion) -> ErrorDeNegocio:
    """Por qué no avanzó: ya no está en captura, o alguien guardó antes."""
    ahora = ReglaOperacion.objects.get(pk=regla.pk)
    if not ahora.es_editable:
        return TransicionInvalida(
            f"La regla ya está en «{ahora.get_estado_display()}» y así no se edita. "
            "Lo tuyo no se guardó en ella."
        )
    return EdicionConcurrente(
        "Otra persona guardó esta regla mientras la tenías abierta. Lo tuyo no se guardó: "
        "abre la página en otra pestaña para ver sus cambios y vuelve a escribir los tuyos."
    )


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
