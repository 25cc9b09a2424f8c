"""Abrir, cerrar y reabrir un hilo, y marcar hasta dónde se leyó."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sibis.bitacora.registro import registrar
from sibis.cuentas.models import Dependencia, Usuario
from sibis.expedientes.models import Expediente
from sibis.mensajes.alcance import alcance
from sibis.mensajes.consultas.quienes import destinatarios, organo_desde
from sibis.mensajes.models import Hilo, Lectura, Mensaje, Participante
from sibis.mensajes.servicios.adjuntos import Subido
from sibis.mensajes.servicios.escribir import asentar, llave_de, ya_escrito
from sibis.mensajes.servicios.requisitos import exigir_asunto, exigir_que_lo_vea, exigir_texto
from sibis.mensajes.texto import en_un_renglon, limpio
from sibis.nucleo.errores import ErrorDeNegocio, SinPermiso, TransicionInvalida


@transaction.atomic
def abrir(
    *,
    asunto: str,
    texto: str,
    llave: uuid.UUID,
    por: Usuario,
    expediente: Expediente | None = None,
    organos: Collection[Dependencia] = (),
    personas: Collection[Usuario] = (),
    archivos: Sequence[Subido] = (),
) -> Hilo:
    """El hilo con su primer mensaje o, si ese envío ya había llegado, el de entonces.

    Levanta SinPermiso o ErrorDeNegocio, y entonces no queda nada.
    """
    Usuario.objects.select_for_update(no_key=True).get(
        pk=por.pk
    )  # el mismo envío, dos veces a la vez
    asunto, texto = en_un_renglon(asunto), limpio(texto)
    del_asunto = str(expediente.pk) if expediente else ""
    propia = llave_de(llave, ["nuevo", del_asunto, asunto, texto], archivos)
    if ya := ya_escrito(propia, por=por):
        return ya.hilo
    _exigir_que_pueda_abrir(expediente, organos, personas, por=por)
    exigir_asunto(asunto)
    exigir_texto(texto)
    hilo = Hilo.objects.create(expediente=expediente, asunto=asunto, creado_por=por)
    desde = organo_desde(hilo, por=por)
    _invitar(hilo, desde, organos, personas, por=por)
    registrar(
        "hilo.abierto",
        hilo,
        por=por,
        dependencia=expediente.dependencia if expediente else desde,
        organo=desde.clave if desde else "",
        expediente=expediente.pk if expediente else None,
    )
    asentar(hilo, texto=texto, llave=propia, por=por, archivos=archivos)
    return hilo


def _exigir_que_pueda_abrir(
    expediente: Expediente | None,
    organos: Collection[Dependencia],
    personas: Collection[Usuario],
    *,
    por: Usuario,
) -> None:
    if not puede_escribir_sobre(expediente, por=por):
        raise SinPermiso(_("No puedes abrir un hilo sobre ese asunto."))
    posibles = destinatarios(por, expediente=expediente)
    if not posibles.admite([o.pk for o in organos], [p.pk for p in personas]):
        raise SinPermiso(
            _("Alguno de los destinatarios no puede recibir este mensaje. No se envió nada.")
        )
    if not organos and not personas:
        raise ErrorDeNegocio(_("Elige a quién le escribes: un órgano o una persona."))


def puede_escribir_sobre(expediente: Expediente | None, *, por: Usuario) -> bool:
    """Sobre un asunto escribe quien vería el hilo si ya participara en él."""
    quien = alcance(por)
    if expediente is None:
        return bool(quien)
    return quien.ve(dependencia=expediente.dependencia_id, personas=[por.pk], organos=quien.organos)


def _invitar(
    hilo: Hilo,
    desde: Dependencia | None,
    organos: Collection[Dependencia],
    personas: Collection[Usuario],
    *,
    por: Usuario,
) -> None:
    """Entre órganos participa el de quien escribe; entre personas, solo ella."""
    suyos = {o.pk for o in organos}
    if desde is not None and (organos or hilo.expediente_id):
        suyos.add(desde.pk)
    if hilo.expediente is not None:
        suyos.add(hilo.expediente.dependencia_id)
    quienes = {p.pk for p in personas}
    if not suyos:
        quienes.add(por.pk)
    Participante.objects.bulk_create(
        [
            *(Participante(hilo=hilo, dependencia_id=o) for o in sorted(suyos)),
            *(Participante(hilo=hilo, usuario_id=u) for u in sorted(quienes)),
        ]
    )


@transaction.atomic
def cerrar(hilo: Hilo, *, por: Usuario) -> Hilo:
    """Ya no se escribe en él; se sigue leyendo. Cerrarlo dos veces no es un error."""
    hilo = _tomar(hilo, por=por)
    if hilo.esta_cerrado:
        return hilo
    hilo.cerrado_en, hilo.cerrado_por = timezone.now(), por
    hilo.save(update_fields=["cerrado_en", "cerrado_por"])
    registrar("hilo.cerrado", hilo, por=por, dependencia=organo_desde(hilo, por=por))
    return hilo


@transaction.atomic
def reabrir(hilo: Hilo, *, por: Usuario) -> Hilo:
    hilo = _tomar(hilo, por=por)
    if not hilo.esta_cerrado:
        return hilo
    if hasattr(hilo, "disposicion"):
        raise TransicionInvalida(
            _("El hilo ya cumplió su plazo de conservación: abre uno nuevo que lo cite.")
        )
    hilo.cerrado_en = hilo.cerrado_por = None
    hilo.save(update_fields=["cerrado_en", "cerrado_por"])
    registrar("hilo.reabierto", hilo, por=por, dependencia=organo_desde(hilo, por=por))
    return hilo


def _tomar(hilo: Hilo, *, por: Usuario) -> Hilo:
    tomado = (
        Hilo.objects.select_for_update(of=("self",)).select_related("expediente").get(pk=hilo.pk)
    )
    exigir_que_lo_vea(tomado, por=por)
    return tomado


@transaction.atomic
def marcar_leido(hilo: Hilo, *, hasta: int, por: Usuario) -> Lectura | None:
    """Hasta el mensaje que de verdad se le mostró; una marca nunca retrocede."""
    exigir_que_lo_vea(hilo, por=por)
    mensaje = Mensaje.objects.filter(hilo=hilo, pk__lte=hasta).order_by("-pk").first()
    if mensaje is None:
        return None
    lectura, nueva = Lectura.objects.select_for_update().get_or_create(
        hilo=hilo, usuario=por, defaults={"hasta": mensaje}
    )
    if not nueva and lectura.hasta_id < mensaje.pk:
        lectura.hasta, lectura.leido_en = mensaje, timezone.now()
        lectura.save(update_fields=["hasta", "leido_en"])
    return lectura
