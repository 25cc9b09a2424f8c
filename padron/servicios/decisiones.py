"""Presentar, devolver y aplicar una carga: lo que decide que entre al padrón."""

from __future__ import annotations

from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from psycopg import errors, sql

from padron.estados import EstadoCarga
from padron.importacion import pasadas, tabla, ya_inscritas
from padron.models import Carga, Correccion, DisposicionDePadron
from padron.servicios.exigencias import anotar, apartar, exigir_motivo, exigir_paso
from sibis.avisos.servicios.avisar import avisar
from sibis.bitacora.registro import registrar
from sibis.cuentas.models import Usuario
from sibis.cuentas.permisos import Permiso
from sibis.nucleo.errores import ErrorDeNegocio
from sibis.revision.avisos import con_permiso
from sibis.revision.servicios.pasos import exigir_texto_publicable


class NoSePuedeAplicar(ErrorDeNegocio):
    """Algo le falta o cambió desde que se revisó; el mensaje dice qué."""


@transaction.atomic
def presentar(carga: Carga, *, por: Usuario, edicion: int | None = None) -> Carga:
    """El enlace la da por lista; se avisa a quien puede confirmarla."""
    carga = apartar(carga, edicion=edicion)
    exigir_paso(carga, "presentar", por=por)
    exigir_que_pueda_entrar(carga)
    pasadas.mover(
        carga,
        "presentar",
        presentada_por=por,
        presentada_en=timezone.now(),
        devuelta_por=None,
        devuelta_en=None,
        motivo_de_devolucion="",
    )
    anotar("carga.presentada", carga, por=por, validas=carga.validas, con_error=carga.con_error)
    avisar(
        para=Usuario.objects.filter(
            pk__in=con_permiso({Permiso.PADRON_CONFIRMAR}, en=carga.dependencia_id)
        ),
        clase="padron",
        hecho=f"carga-{carga.pk}-presentada-{carga.edicion}",
        titulo=_("%(folio)s: te piden confirmarla") % {"folio": carga.folio},
        texto=_("%(validas)s renglones de «%(programa)s» esperan entrar al padrón.")
        % {"validas": carga.validas, "programa": carga.programa.nombre},
        url=url_de(carga),
        por=por,
    )
    return carga


@transaction.atomic
def devolver(carga: Carga, *, motivo: str, por: Usuario, edicion: int | None = None) -> Carga:
    """La titular la regresa y dice qué falta."""
    carga = apartar(carga, edicion=edicion)
    exigir_paso(carga, "devolver", por=por)
    motivo = exigir_motivo(motivo)
    exigir_texto_publicable(motivo)
    pasadas.mover(
        carga,
        "devolver",
        devuelta_por=por,
        devuelta_en=timezone.now(),
        motivo_de_devolucion=motivo,
        presentada_por=None,
        presentada_en=None,
    )
    anotar("carga.devuelta", carga, por=por, motivo=motivo)
    _avisar_a_quien_cargo(
        carga, f"devuelta-{carga.edicion}", _("%(folio)s: te la devolvieron"), motivo, por=por
    )
    return carga


@transaction.atomic
def aplicar(carga: Carga, *, por: Usuario, edicion: int | None = None) -> Carga:
    """Otra persona la confirma y sus registros entran al padrón: todos los válidos, o ninguno.

    Levanta TransicionInvalida, SinPermiso o NoSePuedeAplicar, y entonces nada cambió.
    """
    carga = apartar(carga, edicion=edicion)
    exigir_paso(carga, "aplicar", por=por)
    suelta = exigir_que_pueda_entrar(carga)
    _tomar_turno(carga)
    _exigir_que_nadie_se_haya_inscrito(carga, suelta)
    anterior = _sustituir(carga)
    pasadas.mover(carga, "aplicar", aplicada_por=por, aplicada_en=timezone.now())
    _unir(carga, suelta)
    anotar(
        "carga.aplicada",
        carga,
        por=por,
        registros=carga.validas,
        en_espera=carga.con_error,
        sha256=carga.archivo.sha256 if carga.archivo else "",
        sustituye=anterior.folio if anterior else "",
    )
    _avisar_a_quien_cargo(
        carga,
        "aplicada",
        _("%(folio)s: ya es parte del padrón"),
        _("%(validas)s registros entraron.") % {"validas": carga.validas},
        por=por,
    )
    return carga


def exigir_que_pueda_entrar(carga: Carga) -> str:
    """Hay algo que entre, nada del archivo entero lo impide, y está revisado como quedó corregido.

    Devuelve la tabla donde esperan sus registros.
    """
    pasada = carga.pasada
    if pasada is None or not pasada.tabla or not tabla.existe(pasada.tabla):
        raise NoSePuedeAplicar(_("La carga no tiene un resultado completo: revísala de nuevo."))
    if pasada.resumen.get("impide_todo"):
        raise NoSePuedeAplicar(
            _("Algo del archivo entero lo impide: mira qué columna falta o qué cifra no coincide.")
        )
    if not carga.validas:
        raise NoSePuedeAplicar(_("Ningún renglón puede entrar: corrige lo que bloquea."))
    nuevas = Correccion.objects.filter(carga=carga, pk__gt=pasada.resumen.get("correcciones", 0))
    if nuevas.exists():
        raise NoSePuedeAplicar(_("Hay correcciones sin revisar: revísala de nuevo."))
    disposicion = DisposicionDePadron.de(carga.programa_id, carga.ejercicio)
    if carga.con_error and not disposicion.admite_parcial:
        raise NoSePuedeAplicar(
            ngettext(
                "Este programa no admite cargas parciales y %(n)s renglón espera: corrígelo.",
                "Este programa no admite cargas parciales y %(n)s renglones esperan: corrígelos.",
                carga.con_error,
            )
            % {"n": carga.con_error}
        )
    return pasada.tabla


def url_de(carga: Carga) -> str:
    return reverse("admin:padron_carga_change", args=[carga.pk])


def _tomar_turno(carga: Carga) -> None:
    """Un padrón a la vez: dos cargas del mismo programa y periodo se aplican una tras otra."""
    llave = f"padron.{carga.programa_id}.{carga.ejercicio}.{carga.periodo}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [llave])


def _exigir_que_nadie_se_haya_inscrito(carga: Carga, suelta: str) -> None:
    """Desde que se revisó pudo aplicarse otra con las mismas personas."""
    otras = [llave for llave, _folio in ya_inscritas.otras_aplicadas(carga)]
    if not otras:
        return
    consulta = sql.SQL(
        "SELECT count(*) FROM (SELECT DISTINCT t.curp FROM {tabla} t WHERE t.curp IN ("
        "SELECT curp FROM padron_registro WHERE ejercicio = %s AND carga_id = ANY(%s) "
        "AND curp IS NOT NULL)) repetidas"
    ).format(tabla=sql.Identifier(suelta))
    with connection.cursor() as cursor:
        cursor.execute(consulta.as_string(), [carga.ejercicio, otras])
        repetidas = cursor.fetchone()[0]
    if repetidas:
        raise NoSePuedeAplicar(
            ngettext(
                "%(n)s persona ya entró al padrón con otra carga después de revisar esta: revísala "
                "de nuevo. No se aplicó nada.",
                "%(n)s personas ya entraron al padrón con otra carga después de revisar esta: "
                "revísala de nuevo. No se aplicó nada.",
                repetidas,
            )
            % {"n": repetidas}
        )


def _sustituir(carga: Carga) -> Carga | None:
    if carga.sustituye_id is None:
        return None
    anterior = Carga.objects.select_for_update(of=("self",)).get(pk=carga.sustituye_id)
    if anterior.estado != EstadoCarga.APLICADA:
        raise NoSePuedeAplicar(
            _("La carga %(folio)s, que esta sustituye, ya no es la vigente. No se aplicó nada.")
            % {"folio": anterior.folio}
        )
    pasadas.mover(anterior, "sustituir")
    registrar(
        "carga.sustituida",
        anterior,
        por=None,
        dependencia=carga.dependencia,
        folio=anterior.folio,
        por_la=carga.folio,
    )
    return anterior


def _unir(carga: Carga, suelta: str) -> None:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '8s'")
            tabla.unir(carga, suelta, filas=carga.validas)
            cursor.execute("SET LOCAL lock_timeout = DEFAULT")
    except DatabaseError as error:
        if not isinstance(error.__cause__, errors.LockNotAvailable):
            raise
        raise NoSePuedeAplicar(
            _("El padrón está ocupado en este momento. No se aplicó nada: inténtalo en un minuto.")
        ) from None


def _avisar_a_quien_cargo(
    carga: Carga, hecho: str, titulo: str, texto: str, *, por: Usuario
) -> None:
    avisar(
        para=[carga.cargada_por],
        clase="padron",
        hecho=f"carga-{carga.pk}-{hecho}",
        titulo=titulo % {"folio": carga.folio},
        texto=texto,
        url=url_de(carga),
        por=por,
    )
