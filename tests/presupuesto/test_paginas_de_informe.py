"""La página en que se escribe un informe: qué se ve, qué se guarda y qué nunca se pierde."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from presupuesto.materia import INFORME
from presupuesto.models import InformeDeAvance
from sibis.cuentas import roles
from sibis.revision.models import Paso
from sibis.revision.servicios.observaciones import observar
from tests.fabricas.cuentas import con_rol
from tests.fabricas.informes import InformeDeAvanceFactory
from tests.presupuesto.informes import aprobar, escribir
from tests.presupuesto.paginas import como, de, lo_que_manda, paso_de

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("criterios")]


def test_abrir_propone_el_ultimo_trimestre_cerrado_y_lleva_a_escribirlo(regla, enlace):
    cliente = como(enlace)
    alta = reverse("admin:presupuesto_informedeavance_add")
    assert cliente.get(alta).status_code == 200
    datos = {"programa": regla.programa_id, "ejercicio": 2025, "trimestre": 4, "copiar": "on"}

    respuesta = cliente.post(alta, datos)

    informe = InformeDeAvance.objects.get()
    assert respuesta["Location"] == de(informe)
    repetido = cliente.post(alta, datos)
    assert repetido.status_code == 422
    assert "ya está en trabajo" in repetido.content.decode()


def test_no_se_abre_el_de_otra_dependencia_ni_lo_abre_quien_no_captura(regla, revisora):
    datos = {"programa": regla.programa_id, "ejercicio": 2025, "trimestre": 4}
    alta = reverse("admin:presupuesto_informedeavance_add")
    assert como(con_rol(roles.EnlaceDeDependencia)).post(alta, datos).status_code == 422
    assert como(revisora).post(alta, datos).status_code == 404
    assert not InformeDeAvance.objects.exists()


def test_guardar_lleva_a_la_misma_pagina_y_dice_cuanto_falta(abierto, enlace):
    cliente = como(enlace)
    respuesta = cliente.post(de(abierto), lo_que_manda(abierto), follow=True)

    pagina = respuesta.content.decode()
    assert "Faltan 2 cosas para enviarlo" in pagina  # la evidencia de cada meta
    assert 'href="#meta-1-evidencia"' in pagina
    abierto.refresh_from_db()
    assert abierto.presupuesto_ejercido == Decimal(1000)
    assert [r.alcanzada for r in abierto.renglones.all()] == [100, 8]


def test_con_un_error_no_se_guarda_nada_y_lo_escrito_sigue_en_la_pagina(abierto, enlace):
    malos = {
        "metas-0-alcanzada": "12,5",
        "metas-1-explicacion": "Texto largo que nadie quiere volver a escribir.",
        "presupuesto_ejercido": "-3",
        "personas": "1.5",
    }
    respuesta = como(enlace).post(de(abierto), lo_que_manda(abierto, **malos))

    pagina = respuesta.content.decode()
    assert respuesta.status_code == 422
    assert "separar miles" in pagina
    assert 'value="12,5"' in pagina
    assert "nadie quiere volver a escribir" in pagina
    for campo in ("id_metas-0-alcanzada", "id_presupuesto_ejercido", "id_personas"):
        assert f'href="#{campo}"' in pagina
    abierto.refresh_from_db()
    assert (abierto.edicion, abierto.presupuesto_ejercido) == (0, None)


@pytest.mark.parametrize(
    "malo",
    [
        {"metas-TOTAL_FORMS": "x"},
        {"metas-TOTAL_FORMS": "99999"},
        {"metas-0-id": "999999"},
        {"metas-0-id": "\x00"},
        {"edicion_abierta": "nada"},
        {"presupuesto_ejercido": "9" * 60},
        {"presupuesto_ejercido": "NaN"},
        {"metas-0-explicacion": "a\x00b"},
        {"explicacion_del_gasto": "x" * 5000},
        {"quitar": "9" * 40},
        {"evidencia-renglon": "otro"},
    ],
)
def test_lo_que_manda_quien_falsifica_la_pagina_nunca_es_un_500(abierto, enlace, malo):
    respuesta = como(enlace).post(de(abierto), lo_que_manda(abierto, **malo))
    assert respuesta.status_code in (302, 400, 422)


def test_la_meta_de_otro_informe_no_se_escribe_desde_este(abierto, enlace):
    ajeno = InformeDeAvanceFactory().renglones.get()
    como(enlace).post(de(abierto), lo_que_manda(abierto, **{"metas-0-id": ajeno.pk}))
    ajeno.refresh_from_db()
    assert ajeno.alcanzada == 100
    assert abierto.renglones.filter(alcanzada__isnull=True).count() == 2


def test_dos_personas_ninguna_pierde_lo_suyo(abierto, enlace, dependencia):
    otra = como(con_rol(roles.EnlaceDeDependencia, en=dependencia))
    mio = lo_que_manda(abierto, **{"metas-0-alcanzada": "90"})
    otra.post(de(abierto), lo_que_manda(abierto, **{"metas-0-alcanzada": "95"}))

    respuesta = como(enlace).post(de(abierto), mio)

    pagina = respuesta.content.decode()
    assert respuesta.status_code == 409
    assert "Guardado por la otra persona" in pagina
    assert "95" in pagina
    assert 'value="90"' in pagina
    assert abierto.renglones.get(orden=1).alcanzada == 95

    otra_vez = mio | {"edicion_abierta": InformeDeAvance.objects.get().edicion}
    assert como(enlace).post(de(abierto), otra_vez).status_code == 302
    assert abierto.renglones.get(orden=1).alcanzada == 90


def test_otra_dependencia_no_ve_ni_escribe_ni_mueve(abierto):
    ajeno = como(con_rol(roles.EnlaceDeDependencia))
    titular = como(con_rol(roles.TitularQueFirma))
    assert ajeno.get(de(abierto)).status_code == 404
    assert ajeno.post(de(abierto), lo_que_manda(abierto)).status_code == 404
    assert titular.post(paso_de(abierto, "enviar")).status_code == 404
    assert (
        titular.get(reverse("admin:presupuesto_informe_corregir", args=[abierto.pk])).status_code
        == 404
    )


def test_quien_solo_consulta_lo_lee_y_no_lo_escribe(abierto):
    cliente = como(con_rol(roles.Finanzas))
    assert "Guardar y ver" not in cliente.get(de(abierto)).content.decode()
    respuesta = cliente.post(de(abierto), lo_que_manda(abierto))
    assert respuesta.status_code == 403
    abierto.refresh_from_db()
    assert abierto.presupuesto_ejercido is None


def test_leer_no_escribe(abierto, enlace):
    antes = InformeDeAvance.objects.values().get()
    for url in (de(abierto), paso_de(abierto, "enviar")):
        como(enlace).get(url)
        como(enlace).head(url)
    assert InformeDeAvance.objects.values().get() == antes


@pytest.mark.parametrize("nombre", ["sustituir", "inventado"])
def test_un_paso_que_no_pide_nadie_no_existe(abierto, titular, nombre):
    assert como(titular).post(paso_de(abierto, nombre)).status_code == 404


def test_firmar_dice_todo_lo_que_falta_antes_y_despues(abierto, titular):
    cliente = como(titular)
    antes = cliente.get(paso_de(abierto, "enviar")).content.decode()
    despues = cliente.post(paso_de(abierto, "enviar"))
    assert "Falta la cantidad programada de «personas»" in antes
    assert despues.status_code == 422
    assert "Falta la cantidad programada de «personas»" in despues.content.decode()


def test_decidir_dos_veces_o_desde_una_pagina_vieja_no_encima(abierto, enlace, titular, revisora):
    escribir(abierto, por=enlace)
    cliente = como(titular)
    assert cliente.post(paso_de(abierto, "enviar")).status_code == 302
    assert cliente.post(paso_de(abierto, "enviar")).status_code == 422
    visto = Paso.objects.get().pk
    assert como(revisora).post(paso_de(abierto, "tomar"), {"visto": visto}).status_code == 302
    vieja = cliente.post(paso_de(abierto, "retirar"), {"visto": visto, "motivo": "Ya no."})
    assert vieja.status_code == 422
    assert "Ya lo atendió" in vieja.content.decode()


def test_lo_observado_se_lee_en_la_pagina_donde_se_corrige(abierto, enlace, titular, revisora):
    escribir(abierto, por=enlace)
    como(titular).post(paso_de(abierto, "enviar"))
    como(revisora).post(paso_de(abierto, "tomar"))
    observar(
        INFORME, abierto, por=revisora, campo="meta-1-alcanzada", texto="No cuadra con el acta."
    )
    assert "No cuadra con el acta" not in como(enlace).get(de(abierto)).content.decode()
    como(revisora).post(paso_de(abierto, "observar"))
    pagina = como(enlace).get(de(abierto)).content.decode()
    assert "No cuadra con el acta" in pagina
    assert 'href="#meta-1-alcanzada"' in pagina


def test_los_botones_son_los_que_el_motor_aceptaria(abierto, enlace, titular, revisora):
    escribir(abierto, por=enlace)
    como(titular).post(paso_de(abierto, "enviar"))
    assert "Tomar para revisión" in como(revisora).get(de(abierto)).content.decode()
    evalua = como(con_rol(roles.DictamenEVALUA))
    assert "Tomar para revisión" not in evalua.get(de(abierto)).content.decode()


def test_corregir_desde_la_pagina_del_aprobado(abierto, enlace, titular, revisora):
    aprobar(escribir(abierto, por=enlace), titular=titular, revisora=revisora)
    cliente = como(enlace)
    assert "Abrir una corrección" in cliente.get(de(abierto)).content.decode()
    url = reverse("admin:presupuesto_informe_corregir", args=[abierto.pk])
    assert cliente.post(url, {"razon": ""}).status_code == 422
    cliente.post(url, {"razon": "Se contó dos veces una sede."})
    nueva = InformeDeAvance.objects.get(version=2)
    assert "Se contó dos veces una sede." in cliente.get(de(nueva)).content.decode()


def test_la_lista_cuesta_lo_mismo_con_el_doble(enlace, regla):
    cliente = como(con_rol(roles.Finanzas))
    lista = reverse("admin:presupuesto_informedeavance_changelist")

    def consultas() -> int:
        with CaptureQueriesContext(connection) as hechas:
            assert cliente.get(lista).status_code == 200
        return len(hechas)

    InformeDeAvanceFactory.create_batch(3)
    consultas()  # la primera abre además la sesión
    pocas = consultas()
    InformeDeAvanceFactory.create_batch(3)
    assert consultas() == pocas


def test_cada_quien_ve_en_su_cola_lo_que_le_espera(abierto, enlace, titular, revisora):
    inicio = reverse("admin:index")
    assert "Mi Beca, 4.º trimestre de 2025" in como(enlace).get(inicio).content.decode()
    escribir(abierto, por=enlace)
    assert "Informes por firmar y enviar" in como(titular).get(inicio).content.decode()
    como(titular).post(paso_de(abierto, "enviar"))
    pagina = como(revisora).get(inicio).content.decode()
    assert "Informes por revisar" in pagina
    assert "Mi Beca, 4.º trimestre de 2025" in pagina
