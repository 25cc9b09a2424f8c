"""La lista de cotejo, la veda y su excepción, y lo que la base no deja cambiar."""

from __future__ import annotations

import datetime
from urllib.parse import urlencode

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from programas.estados import EstadoRegla as E
from programas.materia import REGLA
from programas.servicios import publicacion, revision
from sibis.nucleo.errores import ErrorDeNegocio, SinPermiso
from sibis.revision.models import (
    Cotejo,
    Dictamen,
    ExcepcionDeVeda,
    Observacion,
    Paso,
    Remision,
    Respuesta,
)
from sibis.revision.servicios import veda
from sibis.revision.servicios.cotejos import cotejar
from tests.fabricas import calendario as dias
from tests.fabricas import programas as f
from tests.fabricas import revision as r
from tests.programas import camino
from tests.revision.conftest import con_carpeta

pytestmark = pytest.mark.django_db


class TestCotejo:
    @pytest.fixture
    def puntos(self, db):
        return [r.PuntoDeCotejoFactory(orden=n) for n in range(2)]

    def test_sin_contestarla_toda_no_se_valida(self, regla, puntos, validadora):
        cotejar(REGLA, regla, por=validadora, respuestas={puntos[0].pk: ("si", "")})

        with pytest.raises(ErrorDeNegocio) as error:
            revision.validar(regla, por=validadora)
        assert error.value.detalles == ("Falta contestar 1 punto de la lista de cotejo.",)

    def test_con_un_no_tampoco_y_dice_cual(self, regla, puntos, validadora):
        respuestas = {puntos[0].pk: ("si", ""), puntos[1].pk: ("no", "No trae metas.")}
        cotejar(REGLA, regla, por=validadora, respuestas=respuestas)

        with pytest.raises(ErrorDeNegocio) as error:
            revision.validar(regla, por=validadora)
        assert puntos[1].nombre in error.value.detalles[0]

    def test_cada_remision_se_coteja_de_nuevo(self, regla, puntos, titular, validadora):
        todo = {p.pk: ("si", "") for p in puntos}
        cotejar(REGLA, regla, por=validadora, respuestas=todo)
        camino.observar(regla, por=validadora)
        camino.contestar(regla, por=titular)
        revision.atender(regla, por=titular)
        camino.resolver(regla, por=validadora)

        with pytest.raises(ErrorDeNegocio):
            revision.validar(regla, por=validadora)
        cotejar(REGLA, regla, por=validadora, respuestas=todo)
        assert revision.validar(regla, por=validadora).estado == E.VALIDADO

    def test_la_de_otra_instancia_o_variante_no_cuenta(self, regla, validadora):
        r.PuntoDeCotejoFactory(instancia="dictamen")
        r.PuntoDeCotejoFactory(variante="accion")
        r.PuntoDeCotejoFactory(vigente_hasta=datetime.date(2020, 1, 1))

        assert revision.validar(regla, por=validadora).estado == E.VALIDADO

    def test_no_la_contesta_quien_presenta(self, regla, puntos, titular):
        with pytest.raises(SinPermiso):
            cotejar(REGLA, regla, por=titular, respuestas={puntos[0].pk: ("si", "")})
        assert not Cotejo.objects.exists()

    def test_una_respuesta_inventada_se_rechaza_entera(self, regla, puntos, validadora, como):
        como(validadora).post(
            f"/panel/revision/{regla.expediente_id}/cotejo/",
            {f"punto-{puntos[0].pk}": "si", f"punto-{puntos[1].pk}": "quizá", "punto-99x": "si"},
        )
        assert not Cotejo.objects.exists()

    @pytest.mark.parametrize("punto", ["9" * 5000, "²", "٣", "9" * 30])
    def test_un_numero_de_punto_imposible_se_ignora(self, regla, puntos, validadora, como, punto):
        ruta = f"/panel/revision/{regla.expediente_id}/cotejo/"

        cuerpo = urlencode({f"punto-{punto}": "si"})
        hecho = como(validadora).post(ruta, cuerpo, "application/x-www-form-urlencoded")
        assert hecho.status_code == 302
        assert not Cotejo.objects.exists()

    def test_la_nota_se_guarda_sin_lo_que_la_base_no_admite(self, regla, puntos, validadora, como):
        ruta, punto = f"/panel/revision/{regla.expediente_id}/cotejo/", puntos[0].pk
        datos = {f"punto-{punto}": "si", f"nota-{punto}": "Artículo\x00 4"}

        assert como(validadora).post(ruta, datos).status_code == 302
        assert Cotejo.objects.get().nota == "Artículo 4"


class TestVeda:
    @pytest.fixture
    def en_veda(self, db):
        hoy = timezone.localdate()
        un_dia = datetime.timedelta(days=1)
        return dias.PeriodoDeVedaFactory(vigente_desde=hoy - un_dia, vigente_hasta=hoy + un_dia)

    @pytest.fixture
    def aprobada(self, dependencia):
        return con_carpeta(
            f.ReglaFactory(completa=True, aprobada=True, programa__dependencia=dependencia)
        )

    def pedir(self, aprobada, por):
        return veda.pedir_excepcion(
            REGLA, aprobada, paso="publicar", fundamento="LGIPE 209", razon="Es de salud.", por=por
        )

    def test_en_veda_no_se_publica_y_dice_como(self, en_veda, aprobada, validadora):
        with pytest.raises(ErrorDeNegocio) as error:
            publicacion.publicar(aprobada, por=validadora, **camino.GACETA)
        assert "firmada por dos personas" in error.value.detalles[0]

    def test_con_una_firma_no_basta_y_con_dos_si(self, en_veda, aprobada, validadora, evaluadora):
        excepcion = self.pedir(aprobada, validadora)
        with pytest.raises(ErrorDeNegocio):
            publicacion.publicar(aprobada, por=validadora, **camino.GACETA)
        with pytest.raises(SinPermiso, match="otra persona"):
            veda.firmar_excepcion(REGLA, excepcion, por=validadora)

        veda.firmar_excepcion(REGLA, excepcion, por=evaluadora)
        publicada = publicacion.publicar(aprobada, por=validadora, **camino.GACETA)
        assert publicada.estado == E.PUBLICADO

    def test_sin_veda_no_hay_que_exceptuar(self, aprobada, validadora):
        with pytest.raises(ErrorDeNegocio, match="no hace falta"):
            self.pedir(aprobada, validadora)

    def test_quien_presenta_no_se_exceptua(self, en_veda, aprobada, titular):
        with pytest.raises(SinPermiso):
            self.pedir(aprobada, titular)

    def test_la_base_tampoco_admite_dos_firmas_de_la_misma_persona(
        self, en_veda, aprobada, validadora
    ):
        excepcion = self.pedir(aprobada, validadora)
        with pytest.raises(DatabaseError, match="excepcion_la_firman_dos"), transaction.atomic():
            ExcepcionDeVeda.objects.filter(pk=excepcion.pk).update(
                firmada_por=validadora, firmada_en=timezone.now()
            )

    def test_enviar_y_revisar_siguen_durante_la_veda(self, en_veda, regla, validadora):
        assert revision.validar(regla, por=validadora).estado == E.VALIDADO


class TestLaBase:
    """Lo que se remitió, se dio, se contestó o se dictaminó no cambia ni con SQL a mano."""

    @pytest.mark.parametrize(
        ("fabrica", "modelo", "cambio"),
        [
            (r.RemisionFactory, Remision, {"huella": "1" * 64}),
            (r.PasoFactory, Paso, {"hacia": "publicado"}),
            (r.RespuestaFactory, Respuesta, {"texto": "otra"}),
            (r.DictamenFactory, Dictamen, {"sentido": "no_favorable"}),
        ],
    )
    def test_no_se_cambia_ni_se_borra(self, fabrica, modelo, cambio):
        objeto = fabrica()
        suyo = modelo.objects.filter(pk=objeto.pk)
        for acto in (lambda: suyo.update(**cambio), lambda: suyo._raw_delete("default")):
            with pytest.raises(DatabaseError), transaction.atomic():
                acto()
        assert suyo.exists()

    @pytest.mark.parametrize("tabla", ["revision_remision", "revision_paso", "revision_respuesta"])
    def test_no_se_vacia(self, tabla):
        with transaction.atomic(), connection.cursor() as cursor:
            with pytest.raises(DatabaseError):
                cursor.execute(f"SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE {tabla} CASCADE")
            transaction.set_rollback(True)

    def test_una_observacion_notificada_no_se_reescribe_ni_se_borra(self):
        notificada = r.ObservacionFactory(notificada=True)
        suya = Observacion.objects.filter(pk=notificada.pk)
        for acto in (lambda: suya.update(texto="otro"), lambda: suya._raw_delete("default")):
            with pytest.raises(DatabaseError), transaction.atomic():
                acto()

    @pytest.mark.parametrize(
        ("fabrica", "cambio", "restriccion"),
        [
            (r.ObservacionFactory, {"estado": "resuelta"}, "observacion_resuelta_dice_quien"),
            (r.ObservacionFactory, {"texto": ""}, "observacion_dice_algo"),
            (
                lambda: r.ObservacionFactory(clase="comentario"),
                {"notificada_en": timezone.now()},
                "observacion_interna_no_se_notifica",
            ),
            (r.PlazoDeRevisionFactory, {"dias_habiles": 0}, "plazo_de_un_dia_o_mas"),
            (
                r.AsignacionFactory,
                {"hasta": datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)},
                "asignacion_termina_despues",
            ),
            (r.CotejoFactory, {"cotejado_por": None}, "cotejado_por_id"),
            (
                r.ExcepcionDeVedaFactory,
                {"firmada_en": timezone.now()},
                "excepcion_firmada_en_y_por_juntos",
            ),
            (r.ExcepcionDeVedaFactory, {"pedida_por": None}, "pedida_por_id"),
        ],
    )
    def test_lo_imposible_se_niega(self, fabrica, cambio, restriccion):
        objeto = fabrica()
        with pytest.raises(DatabaseError, match=restriccion), transaction.atomic():
            type(objeto).objects.filter(pk=objeto.pk).update(**cambio)

    def test_dos_personas_no_tienen_lo_mismo_a_la_vez(self):
        una = r.AsignacionFactory()
        with pytest.raises(DatabaseError, match="asignacion_una_viva"), transaction.atomic():
            r.AsignacionFactory(expediente=una.expediente)

    def test_una_observacion_no_salta_de_estado_con_update(self):
        observacion = r.ObservacionFactory(estado="descartada")
        with pytest.raises(DatabaseError), transaction.atomic():
            Observacion.objects.filter(pk=observacion.pk).update(estado="abierta")
