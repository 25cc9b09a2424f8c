"""Escribir en un hilo: una vez cada cosa, desde un órgano, y avisándole a quien toca."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from sibis.avisos.servicios.avisar import avisar
from sibis.bitacora.datos_personales import dato_personal_en
from sibis.bitacora.registro import registrar
from sibis.cuentas.models import Usuario
from sibis.mensajes.consultas.quienes import Lector, organo_desde, quienes_ven
from sibis.mensajes.models import Hilo, Lectura, Mencion, Mensaje, Participante
from sibis.mensajes.servicios.adjuntos import Subido, adjuntar
from sibis.mensajes.servicios.requisitos import exigir_que_lo_vea, exigir_texto
from sibis.mensajes.texto import limpio, llave_del_envio, nombrados
from sibis.nucleo.errores import SinPermiso, TransicionInvalida


@transaction.atomic
def escribir(
    hilo: Hilo,
    *,
    texto: str,
    llave: uuid.UUID,
    por: Usuario,
    archivos: Sequence[Subido] = (),
) -> Mensaje:
    """El mensaje escrito o, si ese mismo envío ya había llegado, el de entonces.

    Levanta SinPermiso, TransicionInvalida (está cerrado) o ErrorDeNegocio, y no queda nada.
    """
    hilo = Hilo.objects.select_for_update(of=("self",)).select_related("expediente").get(pk=hilo.pk)
    texto = limpio(texto)
    propia = llave_de(llave, [str(hilo.pk), texto], archivos)
    if ya := ya_escrito(propia, por=por):
        return ya
    exigir_que_lo_vea(hilo, por=por)
    if hilo.esta_cerrado:
        raise TransicionInvalida(
            _("El hilo está cerrado. Tu mensaje sigue aquí: reábrelo y vuelve a enviarlo.")
        )
    exigir_texto(texto)
    return asentar(hilo, texto=texto, llave=propia, por=por, archivos=archivos)


def llave_de(formulario: uuid.UUID, partes: Sequence[str], archivos: Sequence[Subido]) -> uuid.UUID:
    return llave_del_envio(formulario, partes, [(a.nombre, a.bytes) for a in archivos])


def ya_escrito(llave: uuid.UUID, *, por: Usuario) -> Mensaje | None:
    return Mensaje.objects.filter(autor=por, llave=llave).first()


def asentar(
    hilo: Hilo, *, texto: str, llave: uuid.UUID, por: Usuario, archivos: Sequence[Subido]
) -> Mensaje:
    """Va dentro de la transacción de quien abre o contesta, ya comprobado todo."""
    desde = organo_desde(hilo, por=por)
    if desde is None:
        raise SinPermiso(_("Tu función de hoy no escribe mensajes."))
    mensaje = Mensaje.objects.create(
        hilo=hilo, autor=por, dependencia=desde, texto=texto, llave=llave
    )
    adjuntar(mensaje, archivos, por=por)
    if (
        hilo.expediente_id
    ):  # quien contesta sobre un asunto queda en él, y se entera de lo que sigue
        Participante.objects.get_or_create(hilo=hilo, dependencia=desde)
    hilo.ultimo, hilo.ultimo_en = mensaje, mensaje.escrito_en
    hilo.save(update_fields=["ultimo", "ultimo_en"])
    Lectura.objects.update_or_create(
        hilo=hilo,
        usuario=por,
        defaults={"hasta": mensaje, "leido_en": mensaje.escrito_en},
    )
    lectores = quienes_ven(hilo)
    menciones = _mencionar(mensaje, lectores, por=por)
    registrar(
        "mensaje.escrito",
        hilo,
        por=por,
        dependencia=desde,
        mensaje=mensaje.pk,
        organo=desde.clave,
        adjuntos=len(archivos),
    )
    _avisar(hilo, mensaje, lectores, menciones=menciones, por=por)
    return mensaje


def _mencionar(mensaje: Mensaje, lectores: Sequence[Lector], *, por: Usuario) -> set[int]:
    """Solo a quien ya ve el hilo: nombrar a alguien no le abre la puerta ni dice si existe."""
    pedidos = set(nombrados(mensaje.texto))
    menciones = [
        Mencion(mensaje=mensaje, usuario=lector.usuario)
        for lector in lectores
        if lector.usuario.username.lower() in pedidos and lector.usuario != por
    ]
    Mencion.objects.bulk_create(menciones)
    return {m.usuario_id for m in menciones}


def _avisar(
    hilo: Hilo,
    mensaje: Mensaje,
    lectores: Sequence[Lector],
    *,
    menciones: Collection[int],
    por: Usuario,
) -> None:
    """Quién escribió y sobre qué; el texto se lee adentro, con su sesión."""
    materia = hilo.materia if dato_personal_en(hilo.materia) is None else _("un asunto")
    que = {"organo": str(mensaje.dependencia), "materia": materia}
    menciona = [x.usuario for x in lectores if x.usuario.pk in menciones]
    demas = [x.usuario for x in lectores if x.participa and x.usuario.pk not in menciones]
    for para, titulo in (
        (menciona, _("%(organo)s te mencionó: %(materia)s") % que),
        (demas, _("%(organo)s escribió: %(materia)s") % que),
    ):
        avisar(
            para=para,
            clase="mensaje",
            hecho=f"hilo-{hilo.pk}-mensaje-{mensaje.pk}",
            titulo=titulo,
            url=f"{hilo.get_absolute_url()}#mensaje-{mensaje.pk}",
            por=por,
        )
