"""Modificar lo publicado, empezar el año que sigue, y la versión que regía un día."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from programas.materia import REGLA
from programas.models import ReglaOperacion
from programas.servicios import captura
from sibis.revision.servicios.expediente import expediente_de
from tests.fabricas import programas as f
from tests.fabricas.cuentas import entrar
from tests.fabricas.revision import ObservacionFactory
from tests.programas.captura import Escritorio

pytestmark = pytest.mark.django_db


@pytest.fixture
def publicada(dependencia):
    return f.ReglaFactory(
        completa=True, publicada=True, programa__dependencia=dependencia, queja="En la contraloría."
    )


@pytest.fixture
def regla(publicada, enlace):
    return captura.nueva_version(publicada, por=enlace, ejercicio=2026)


@pytest.fixture
def mesa(client, enlace, regla):
    entrar(client, enlace)
    return Escritorio(client, regla)


class TestModificar:
    def abrir(self, client, regla, que):
        return client.post(reverse("admin:programas_regla_version", args=[regla.pk]), {"que": que})

    @pytest.mark.parametrize("clase", ["nota_aclaratoria", "aviso_modificatorio"])
    def test_abre_una_nota_o_un_aviso_que_pide_su_razon_y_su_fecha(
        self, client, enlace, publicada, clase
    ):
        for clave in ("razon-de-la-version", "vigente-desde"):
            f.ExigenciaFactory(clave=clave)
        entrar(client, enlace)
        respuesta = self.abrir(client, publicada, clase)
        nueva = ReglaOperacion.objects.get(version=2)

        assert respuesta.url == reverse("admin:programas_reglaoperacion_change", args=[nueva.pk])
        assert (nueva.clase_de_version, nueva.copiada_de) == (clase, publicada)
        mesa = Escritorio(client, nueva)
        assert "Faltan 2 cosas" in client.get(mesa.url_regla).text
        mesa.escribir("modificacion", razon_de_la_version="Sube.", vigente_desde="2025-07-01")
        assert "para el siguiente paso" not in client.get(mesa.url_regla).text

    def test_empieza_las_del_anio_que_sigue(self, client, enlace, publicada):
        entrar(client, enlace)
        self.abrir(client, publicada, "otro_anio")

        nueva = ReglaOperacion.objects.get(ejercicio=2026)
        assert (nueva.version, nueva.clase_de_version) == (1, "original")

    def test_tras_retirar_la_del_anio_que_sigue_la_otra_tampoco_modifica_nada(
        self, enlace, publicada
    ):
        f.ReglaFactory(retirada=True, programa=publicada.programa, ejercicio=2026)

        nueva = captura.nueva_version(publicada, por=enlace, ejercicio=2026)
        assert (nueva.version, nueva.es_modificacion) == (2, False)

    @pytest.mark.parametrize("que", ["", "original", "otra"])
    def test_lo_que_no_se_ofrece_no_se_abre(self, client, enlace, publicada, que):
        entrar(client, enlace)

        assert self.abrir(client, publicada, que).status_code == 422
        assert ReglaOperacion.objects.count() == 1

    def test_quien_no_captura_no_abre_nada(self, client, titular, publicada):
        entrar(client, titular)

        assert self.abrir(client, publicada, "otro_anio").status_code == 422
        assert ReglaOperacion.objects.count() == 1


class TestLaQueRegia:
    @pytest.fixture
    def versiones(self):
        programa = f.ProgramaFactory(slug="beca")
        dia = datetime.date
        for numero, rasgo, resumen, rige, razon in (
            (1, "sustituida", "Primera.", None, ""),
            (2, "sustituida", "Segunda.", dia(2025, 4, 1), "Sube el monto."),
            (3, "publicada", "Tercera.", dia(2025, 9, 1), "Otra vez."),
        ):
            f.ReglaFactory(
                **{rasgo: True},
                programa=programa,
                version=numero,
                clase_de_version="original" if numero == 1 else "aviso_modificatorio",
                resumen=resumen,
                gaceta_fecha=dia(2025, 1, 31) if numero == 1 else rige,
                vigente_desde=rige,
                razon_de_la_version=razon,
            )

    @pytest.mark.parametrize(
        ("fecha", "dice"),
        [
            ("2025-01-31", "Primera."),
            ("2025-03-31", "Primera."),
            ("2025-04-01", "Segunda."),
            ("2025-12-31", "Tercera."),
        ],
    )
    def test_cada_dia_muestra_la_que_regia(self, visitante, versiones, fecha, dice):
        pagina = visitante.get(f"/programas/beca/2025/?fecha={fecha}")

        assert dice in pagina.text
        assert "Así estaban las reglas el" in pagina.text

    def test_antes_de_la_primera_no_regia_ninguna(self, visitante, versiones):
        assert visitante.get("/programas/beca/2025/?fecha=2025-01-30").status_code == 404
        assert visitante.get("/programas/nadie/2025/?fecha=2025-01-30").status_code == 404

    @pytest.mark.parametrize(
        "consulta",
        [
            "fecha=ayer",
            "fecha=2025-02-30",
            "fecha=2025-03-01&version=1",
            "fecha=a&fecha=b",
            "fecha=",
        ],
    )
    def test_una_fecha_que_no_es_se_dice(self, visitante, versiones, consulta):
        assert visitante.get(f"/programas/beca/2025/?{consulta}").status_code == 400

    def test_la_historia_dice_que_es_cada_version_y_enlaza_su_dia(self, visitante, versiones):
        pagina = visitante.get("/programas/beca/2025/").text

        assert "Sube el monto." in pagina
        assert "rige desde el 1 de abril de 2025" in pagina
        assert 'href="/programas/beca/2025/?fecha=2025-04-01"' in pagina

    def test_lo_que_no_se_publico_no_rigio(self, visitante, versiones):
        programa = ReglaOperacion.objects.first().programa
        f.ReglaFactory(
            programa=programa,
            version=4,
            clase_de_version="nota_aclaratoria",
            resumen="Nunca.",
            vigente_desde=datetime.date(2025, 10, 1),
        )

        assert "Nunca." not in visitante.get("/programas/beca/2025/?fecha=2025-12-01").text

    def test_las_reglas_completas_tambien(self, visitante, versiones):
        assert visitante.get("/programas/beca/2025/reglas/?fecha=2025-03-01").status_code == 200


def test_la_lista_y_la_seccion_hacen_las_mismas_consultas_con_el_doble_de_renglones(
    client, enlace, dependencia
):
    programa = f.ProgramaFactory(dependencia=dependencia)
    cuentas = {}
    for cuantos in (2, 4):
        regla = f.ReglaFactory(
            programa=programa,
            ejercicio=2020 + cuantos,
            **{n: [{}] * cuantos for n in f.SECCIONES if n != "poblaciones"},
        )
        expediente_de(REGLA, regla)
        ObservacionFactory.create_batch(
            cuantos,
            expediente=regla.expediente,
            campo="requisitos",
            notificada_en=datetime.datetime(2025, 1, 5, tzinfo=datetime.UTC),
        )
        entrar(client, enlace)
        mesa = Escritorio(client, regla)
        client.get(mesa.url_regla)
        for url in ("lista", "requisitos", "que-es"):
            with CaptureQueriesContext(
                connection,
            ) as consultas:
                client.get(mesa.url_regla if url == "lista" else mesa.url(url))
            cuentas.setdefault(url, []).append(len(consultas))
    assert all(antes == despues for antes, despues in cuentas.values()), cuentas
