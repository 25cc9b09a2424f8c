"""Lo que la base no deja pasar, aunque alguien escriba SQL."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from sibis.mensajes.models import Adjunto, Disposicion, Hilo, Mensaje, Participante
from tests.fabricas.cuentas import DependenciaFactory, UsuarioFactory
from tests.fabricas.expedientes import ExpedienteFactory
from tests.fabricas.mensajes import (
    AdjuntoFactory,
    DisposicionFactory,
    HiloFactory,
    LecturaFactory,
    MencionFactory,
    MensajeFactory,
    ParticipanteFactory,
    ReglaDeConservacionFactory,
)

pytestmark = pytest.mark.django_db


def niega(nombre: str, hacer) -> None:
    with pytest.raises(IntegrityError, match=nombre), transaction.atomic():
        hacer()


def test_hilo_con_asunto_y_parejas_completas():
    hilo = HiloFactory()
    niega("hilo_con_asunto", lambda: HiloFactory(asunto=""))
    niega("hilo_cerrado_en_y_por_juntos", lambda: HiloFactory(cerrado_en=timezone.now()))
    niega(
        "hilo_cerrado_en_y_por_juntos",
        lambda: Hilo.objects.filter(pk=hilo.pk).update(cerrado_por=hilo.creado_por),
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        HiloFactory(creado_en=None)


def test_participa_una_persona_o_un_organo_y_una_vez():
    hilo, organo, persona = HiloFactory(), DependenciaFactory(), UsuarioFactory()
    niega(
        "participante_persona_u_organo",
        lambda: ParticipanteFactory(hilo=hilo, dependencia=organo, usuario=persona),
    )
    niega("participante_persona_u_organo", lambda: ParticipanteFactory(hilo=hilo, dependencia=None))
    ParticipanteFactory(hilo=hilo, dependencia=organo)
    ParticipanteFactory(hilo=hilo, dependencia=None, usuario=persona)
    niega("participante_organo_una_vez", lambda: ParticipanteFactory(hilo=hilo, dependencia=organo))
    niega(
        "participante_persona_una_vez",
        lambda: ParticipanteFactory(hilo=hilo, dependencia=None, usuario=persona),
    )
    assert Participante.objects.count() == 2


def test_mensaje_con_texto_y_enviado_una_vez():
    mensaje = MensajeFactory()
    niega("mensaje_con_texto", lambda: MensajeFactory(texto=""))
    niega("mensaje_con_texto", lambda: MensajeFactory(texto="a" * 10_001))
    niega(
        "mensaje_enviado_una_vez",
        lambda: MensajeFactory(autor=mensaje.autor, llave=mensaje.llave),
    )


@pytest.mark.parametrize("nombre", ["a/b.pdf", "a\\b.pdf", "a\nb.pdf", ""])
def test_adjunto_nombre_sin_ruta(nombre):
    niega("adjunto_nombre_sin_ruta", lambda: AdjuntoFactory(nombre=nombre))


def test_una_vez_por_mensaje_y_por_persona():
    adjunto, lectura, mencion = AdjuntoFactory(), LecturaFactory(), MencionFactory()
    niega(
        "adjunto_una_vez_por_mensaje",
        lambda: AdjuntoFactory(mensaje=adjunto.mensaje, archivo=adjunto.archivo),
    )
    niega(
        "lectura_una_por_persona",
        lambda: LecturaFactory(hasta=lectura.hasta, usuario=lectura.usuario),
    )
    niega(
        "mencion_una_vez_por_mensaje",
        lambda: MencionFactory(mensaje=mencion.mensaje, usuario=mencion.usuario),
    )


def test_conservacion_y_disposicion_completas():
    regla, disposicion = ReglaDeConservacionFactory(), DisposicionFactory()
    niega("conservacion_una_a_la_vez", lambda: ReglaDeConservacionFactory(clase=regla.clase))
    niega("conservacion_anios_posibles", lambda: ReglaDeConservacionFactory(anios=0))
    niega(
        "conservacion_confirmada_con_norma",
        lambda: ReglaDeConservacionFactory(por_confirmar=False),
    )
    suya = Disposicion.objects.filter(pk=disposicion.pk)
    niega("disposicion_decidido_en_y_por_juntos", lambda: suya.update(decision="baja", motivo="Ya"))
    decidida = {"decidido_en": timezone.now(), "decidido_por": UsuarioFactory()}
    niega("disposicion_con_motivo", lambda: suya.update(decision="baja", **decidida))
    niega("disposicion_decidido_en_y_por_juntos", lambda: suya.update(**decidida))
    niega("hilo_id", lambda: DisposicionFactory(hilo=disposicion.hilo))


def niega_sql(sql: str, *valores: object) -> None:
    with (
        pytest.raises(DatabaseError, match="no se|conserva"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql, valores)


def test_lo_escrito_no_cambia_ni_se_borra_con_sql():
    adjunto, otro = AdjuntoFactory(), ExpedienteFactory()
    mensaje = adjunto.mensaje
    niega_sql("UPDATE mensajes_mensaje SET texto = 'otro' WHERE id = %s", mensaje.pk)
    niega_sql("UPDATE mensajes_adjunto SET nombre = 'otro.pdf' WHERE id = %s", adjunto.pk)
    niega_sql("DELETE FROM mensajes_adjunto WHERE id = %s", adjunto.pk)
    niega_sql("DELETE FROM mensajes_mensaje WHERE id = %s", mensaje.pk)
    niega_sql("DELETE FROM mensajes_hilo WHERE id = %s", mensaje.hilo_id)
    niega_sql("UPDATE mensajes_hilo SET expediente_id = %s WHERE id = %s", otro.pk, mensaje.hilo_id)
    assert (Mensaje.objects.count(), Adjunto.objects.count()) == (1, 1)
