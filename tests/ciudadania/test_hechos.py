"""Qué se cuenta cada día, a quién le toca, y que nadie lo reciba dos veces."""

from __future__ import annotations

import datetime

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ciudadania.consultas.alcance import rasgos_de
from ciudadania.consultas.hechos import hechos_del_dia
from ciudadania.estados import Motivo
from ciudadania.models import Aviso, Envio
from ciudadania.reparto import entrega, limpieza, preparacion
from sibis.correo.estados import EstadoEnvio
from tests.fabricas import programas as f
from tests.fabricas.ciudadania import AvisoFactory, SuscripcionFactory, SuscripcionPushFactory
from tests.fabricas.territorio import AlcaldiaFactory

pytestmark = pytest.mark.django_db
UN_DIA = datetime.timedelta(days=1)


def hoy() -> datetime.date:
    return timezone.localdate()


def a_las(dia: datetime.date, hora: int = 9) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(dia, datetime.time(hora)))


def motivos(dia: datetime.date | None = None) -> list[str]:
    return sorted(h.motivo for h in hechos_del_dia(dia or hoy()))


@pytest.mark.parametrize(
    ("dias", "dice"), [(-8, []), (-7, ["abre"]), (0, ["abre"]), (1, []), (30, [])]
)
def test_una_apertura_se_cuenta_desde_su_dia_y_hasta_una_semana(programa, dias, dice):
    f.ConvocatoriaFactory(programa=programa, abre=a_las(hoy() + dias * UN_DIA), cierra=None)

    assert motivos() == dice


@pytest.mark.parametrize(
    ("dias", "dice"), [(-1, []), (0, ["cierra"]), (3, ["cierra"]), (4, []), (60, [])]
)
def test_un_cierre_se_cuenta_los_tres_dias_de_antes(programa, dias, dice):
    f.ConvocatoriaFactory(
        programa=programa, abre=a_las(hoy() - 90 * UN_DIA), cierra=a_las(hoy() + dias * UN_DIA, 23)
    )

    assert motivos() == dice


@pytest.mark.parametrize("modo", ["pausada", "lista_de_espera"])
def test_lo_pausado_no_se_cuenta_y_la_lista_de_espera_solo_al_abrir(programa, modo):
    f.ConvocatoriaFactory(
        programa=programa, abre=a_las(hoy()), cierra=a_las(hoy() + UN_DIA), modo=modo
    )

    assert motivos() == (["abre"] if modo == "lista_de_espera" else [])


@pytest.mark.parametrize(("dias", "cuantas"), [(-1, 0), (0, 1), (3, 1), (4, 0)])
def test_una_entrega_se_cuenta_los_tres_dias_de_antes(programa, dias, cuantas):
    f.FechaDeEntregaFactory(programa=programa, desde=hoy() + dias * UN_DIA)

    assert len(hechos_del_dia(hoy())) == cuantas


def test_una_publicacion_se_cuenta_solo_a_quien_ya_estaba(programa):
    antes = SuscripcionFactory(confirmada=True, programa=programa)
    antes.confirmada_en -= UN_DIA
    antes.save()
    f.en_portal(programa=programa, ejercicio=2026)
    SuscripcionFactory(confirmada=True, programa=programa)

    preparacion.preparar(hoy=hoy())

    assert {a.suscripcion for a in Aviso.objects.filter(motivo=Motivo.REGLA)} == {antes}


def test_lo_que_no_esta_en_el_portal_no_se_anuncia():
    convocatoria = f.ConvocatoriaFactory(abre=a_las(hoy()))
    SuscripcionFactory(confirmada=True, programa=convocatoria.programa)

    preparacion.preparar(hoy=hoy())

    assert not Aviso.objects.exists()
    assert rasgos_de([convocatoria.programa_id]) == {}


def test_solo_a_quien_confirmo_y_solo_lo_que_pidio(programa):
    f.ConvocatoriaFactory(programa=programa, abre=a_las(hoy()), cierra=a_las(hoy() + UN_DIA))
    SuscripcionFactory(programa=programa)
    solo_cierre = SuscripcionFactory(confirmada=True, programa=programa, motivos=["cierra"])
    SuscripcionFactory(confirmada=True)  # de otro programa

    preparacion.preparar(hoy=hoy())

    assert [(a.suscripcion, a.motivo) for a in Aviso.objects.all()] == [(solo_cierre, "cierra")]


def test_un_perfil_recibe_lo_mismo_que_encontraria_buscando():
    mayores = f.GrupoPrioritarioFactory(clave="mayores")
    iztapalapa, tlalpan = AlcaldiaFactory(clave="09007"), AlcaldiaFactory(clave="09012")
    de_ambos = f.en_portal(grupos=[mayores], alcaldias=[iztapalapa])
    de_toda = f.en_portal(grupos=[mayores])
    de_otra = f.en_portal(grupos=[mayores], alcaldias=[tlalpan])
    de_nadie = f.en_portal(alcaldias=[iztapalapa])
    for regla in (de_ambos, de_toda, de_otra, de_nadie):
        f.ConvocatoriaFactory(programa=regla.programa, abre=a_las(hoy()), cierra=None)
    perfil = {"grupo": ["mayores"], "alcaldia": ["09007"]}
    SuscripcionFactory(confirmada=True, programa=None, perfil=perfil, motivos=["abre"])

    preparacion.preparar(hoy=hoy())

    avisados = {a.programa_id for a in Aviso.objects.all()}
    assert avisados == {de_ambos.programa_id, de_toda.programa_id}


def test_repetir_la_preparacion_no_repite_nada(programa):
    f.ConvocatoriaFactory(programa=programa, abre=a_las(hoy()), cierra=a_las(hoy() + UN_DIA))
    SuscripcionFactory(confirmada=True, programa=programa)

    for _ in range(3):
        preparacion.preparar(hoy=hoy())
        entrega.repartir()

    assert Aviso.objects.count() == 2
    assert len(mail.outbox) == 1


def test_varios_hechos_y_varias_suscripciones_van_en_un_solo_correo(programa):
    otro = f.en_portal(nombre="Otro Apoyo", programa__nombre="Otro Apoyo").programa
    for cual in (programa, otro):
        f.ConvocatoriaFactory(programa=cual, abre=a_las(hoy()), cierra=a_las(hoy() + UN_DIA))
        SuscripcionFactory(confirmada=True, programa=cual, correo="ana@ejemplo.mx")

    preparacion.preparar(hoy=hoy())
    entrega.repartir()

    (correo,) = mail.outbox
    for frase in ("Hoy abre: Mi Beca", "Últimos días: Otro Apoyo"):
        assert frase in correo.body
        assert frase in correo.alternatives[0][0]
    assert "y 3 avisos más" in correo.subject


def test_lo_que_llega_despues_del_correo_de_hoy_espera_al_de_manana(programa):
    SuscripcionFactory(confirmada=True, programa=programa)
    f.ConvocatoriaFactory(programa=programa, abre=a_las(hoy()), cierra=None)
    preparacion.preparar(hoy=hoy())
    entrega.repartir()
    f.ConvocatoriaFactory(programa=programa, abre=a_las(hoy()), cierra=None, nombre="Segunda")

    preparacion.preparar(hoy=hoy())
    entrega.repartir()
    assert len(mail.outbox) == 1
    preparacion.preparar(hoy=hoy() + UN_DIA)
    entrega.repartir()

    assert len(mail.outbox) == 2
    assert "Segunda" in mail.outbox[1].body
    assert "Convocatoria general" not in mail.outbox[1].body


def test_lo_que_ya_paso_sin_salir_no_se_cuenta(programa):
    """Ayer su correo ya había salido cuando se supo de la entrega; hoy ya no sirve decirlo."""
    suya = SuscripcionFactory(confirmada=True, programa=programa)
    AvisoFactory(suscripcion=suya, motivo=Motivo.ENTREGA, dia=hoy() - UN_DIA)
    de_regla = AvisoFactory(suscripcion=suya, motivo=Motivo.REGLA, dia=hoy() - UN_DIA)

    preparacion.juntar(hoy=hoy())

    assert list(Aviso.objects.exclude(envio=None)) == [de_regla]


def test_si_la_fecha_cambia_se_vuelve_a_contar(programa):
    SuscripcionFactory(confirmada=True, programa=programa, motivos=["cierra"])
    convocatoria = f.ConvocatoriaFactory(
        programa=programa, abre=a_las(hoy() - 20 * UN_DIA), cierra=a_las(hoy() + UN_DIA)
    )
    preparacion.preparar(hoy=hoy())
    convocatoria.cierra += 2 * UN_DIA
    convocatoria.save()
    preparacion.preparar(hoy=hoy())

    assert Aviso.objects.count() == 2


def consultas(cuantas_personas: int, programa) -> int:
    for _ in range(cuantas_personas):
        SuscripcionFactory(confirmada=True, programa=programa)
        SuscripcionPushFactory(programa=programa)
    with CaptureQueriesContext(
        connection,
    ) as hechas:
        preparacion.preparar(hoy=hoy())
    return len(hechas)


def test_el_doble_de_gente_no_hace_mas_consultas(programa):
    f.ConvocatoriaFactory(programa=programa, abre=a_las(hoy()), cierra=a_las(hoy() + UN_DIA))

    assert consultas(4, programa) == consultas(8, programa)


def test_lo_viejo_se_borra_solo_y_lo_demas_se_queda(programa):
    ahora = timezone.now()
    vieja = SuscripcionFactory(programa=programa, creada_en=ahora - 8 * UN_DIA)
    nueva = SuscripcionFactory(programa=programa, creada_en=ahora - 6 * UN_DIA)
    confirmada = SuscripcionFactory(
        confirmada=True, programa=programa, creada_en=ahora - 900 * UN_DIA
    )
    f.ConvocatoriaFactory(programa=programa, abre=a_las(hoy()), cierra=None)
    preparacion.preparar(hoy=hoy())
    entrega.repartir()
    Envio.objects.filter(estado=EstadoEnvio.ENVIADO).update(creado_en=ahora - 31 * UN_DIA)

    limpieza.limpiar()

    quedan = set(type(nueva).objects.values_list("pk", flat=True))
    assert quedan == {nueva.pk, confirmada.pk}
    assert vieja.pk not in quedan
    assert not Envio.objects.exists()
