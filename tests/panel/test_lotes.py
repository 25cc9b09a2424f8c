"""Un lote se ve antes, se confirma, y hace cada objeto una sola vez."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from programas.models import Documento, TipoDeApoyo
from programas.servicios.lotes import MostrarDocumentos, OcultarDocumentos, RevisarEnlaces
from sibis.bitacora.models import Evento
from sibis.cuentas import roles
from sibis.nucleo.errores import ErrorDeNegocio, SinPermiso, TransicionInvalida
from sibis.panel import avance_de_lotes, tasks
from sibis.panel.estados import EstadoDeLote, Resultado
from sibis.panel.lotes import Renglon, acciones
from sibis.panel.models import Lote, RenglonDeLote
from sibis.panel.servicios import lotes
from sibis.panel.servicios.catalogos import CerrarConFecha
from tests.fabricas.catalogos import TipoDeApoyoFactory
from tests.fabricas.cuentas import con_rol, entrar
from tests.fabricas.historico import DocumentoFactory, EnlaceFactory
from tests.fabricas.panel import LoteFactory

LISTA = "/panel/programas/documento/"


def preparado(por, *documentos: Documento) -> Lote:
    elegidos = Documento.objects.filter(pk__in=[d.pk for d in documentos])
    return lotes.preparar(OcultarDocumentos, elegidos, por=por)


@pytest.fixture
def documentos(suya):
    return DocumentoFactory.create_batch(3, dependencia=suya)


def test_de_la_lista_a_la_vista_previa_sin_cambiar_nada(client, enlace, documentos):
    DocumentoFactory(dependencia=documentos[0].dependencia, visible=False, titulo="Ya oculto")
    todos = {"action": "lote:ocultar-documentos", "select_across": "1", "index": "0"}

    respuesta = client.post(LISTA, todos)
    previa = client.get(respuesta["Location"]).content.decode()

    lote = Lote.objects.get()
    assert respuesta["Location"] == reverse("admin:panel_lote", args=[lote.pk])
    assert (lote.total, lote.por_hacer, lote.estado) == (4, 3, EstadoDeLote.PREPARADO)
    assert "Ya estaba fuera del portal." in previa
    assert "Hacerlo en 3 renglones" in previa
    assert Documento.objects.filter(visible=True).count() == 3


def test_todo_lo_que_cumple_el_filtro_no_es_toda_la_lista(client, enlace, documentos):
    Documento.objects.filter(pk=documentos[0].pk).update(clase="convocatoria")
    todos = {"action": "lote:ocultar-documentos", "select_across": "1", "index": "0"}

    client.post(LISTA + "?clase__exact=convocatoria", todos)

    assert list(RenglonDeLote.objects.values_list("objeto", flat=True)) == [documentos[0].pk]


def test_confirmado_se_hace_y_lo_dice(
    client, enlace, documentos, django_capture_on_commit_callbacks
):
    lote = preparado(enlace, *documentos)
    client.post(reverse("admin:panel_lote_confirmar", args=[lote.pk]))

    tasks.avanzar_lote(lote.pk)

    lote.refresh_from_db()
    assert (lote.estado, lote.hechos, lote.fallidos) == (EstadoDeLote.TERMINADO, 3, 0)
    assert lote.acabado_en is not None
    assert not Documento.objects.filter(visible=True).exists()
    assert Evento.objects.filter(tipo="documento.ocultado", por=enlace.username).count() == 3
    assert {"lote.confirmado", "lote.terminado"} <= set(
        Evento.objects.values_list("tipo", flat=True)
    )
    assert (
        "3 de 3" in client.get(reverse("admin:panel_lote_avance", args=[lote.pk])).content.decode()
    )


def test_sin_confirmar_el_timbre_no_hace_nada(enlace, documentos):
    lote = preparado(enlace, *documentos)

    tasks.avanzar_lote(lote.pk)

    assert Documento.objects.filter(visible=True).count() == 3


def test_repetir_el_timbre_no_repite_nada(enlace, documentos):
    lote = lotes.confirmar(preparado(enlace, *documentos), por=enlace)

    for _vez in range(3):
        tasks.avanzar_lote(lote.pk)

    assert Evento.objects.filter(tipo="documento.ocultado").count() == 3
    assert Evento.objects.filter(tipo="lote.terminado").count() == 1


def test_lo_que_cambio_despues_de_la_vista_previa_falla_solo_en_ese(enlace, documentos):
    lote = lotes.confirmar(preparado(enlace, *documentos), por=enlace)
    Documento.objects.filter(pk=documentos[1].pk).update(visible=False)

    tasks.avanzar_lote(lote.pk)

    lote.refresh_from_db()
    malo = lote.renglones.get(resultado=Resultado.FALLIDO)
    assert (lote.estado, lote.hechos, lote.fallidos) == (EstadoDeLote.CON_FALLAS, 2, 1)
    assert (malo.objeto, malo.motivo) == (documentos[1].pk, "Ya estaba fuera del portal.")


def test_lo_que_ya_no_existe_se_dice(enlace, documentos):
    lote = lotes.confirmar(preparado(enlace, *documentos), por=enlace)
    documentos[0].delete()

    tasks.avanzar_lote(lote.pk)

    assert lote.renglones.get(objeto=documentos[0].pk or lote.renglones.first().objeto).motivo


def test_quien_pierde_su_funcion_a_la_mitad_no_sigue(enlace, documentos):
    lote = lotes.confirmar(preparado(enlace, *documentos), por=enlace)
    ayer = timezone.localdate() - datetime.timedelta(days=1)
    enlace.adscripciones.update(vigente_desde=ayer, vigente_hasta=ayer)

    tasks.avanzar_lote(lote.pk)

    lote.refresh_from_db()
    assert (lote.hechos, lote.fallidos) == (0, 3)
    assert Documento.objects.filter(visible=True).count() == 3


def test_cancelado_deja_lo_hecho_y_no_sigue(enlace, documentos):
    lote = lotes.confirmar(preparado(enlace, *documentos), por=enlace)
    avance_de_lotes.avanzar(lote.pk, segundos=0)

    lotes.cancelar(lote, por=enlace)
    tasks.avanzar_lote(lote.pk)

    lote.refresh_from_db()
    assert (lote.estado, lote.hechos, lote.faltan) == (EstadoDeLote.CANCELADO, 1, 2)
    assert Documento.objects.filter(visible=True).count() == 2
    with pytest.raises(ErrorDeNegocio, match="ya había acabado"):
        lotes.cancelar(lote, por=enlace)


def test_dos_veces_confirmado_es_una(enlace, documentos):
    lote = preparado(enlace, *documentos)
    lotes.confirmar(lote, por=enlace)

    with pytest.raises(TransicionInvalida):
        lotes.confirmar(lote, por=enlace)


def test_el_de_otra_persona_no_existe_y_no_se_toca(client, enlace, documentos):
    lote = preparado(enlace, *documentos)
    otra = entrar(client, con_rol(roles.EnlaceDeDependencia, en=documentos[0].dependencia))

    for nombre in ("lote", "lote_avance"):
        assert client.get(reverse(f"admin:panel_{nombre}", args=[lote.pk])).status_code == 404
    for nombre in ("lote_confirmar", "lote_cancelar", "lote_datos"):
        assert client.post(reverse(f"admin:panel_{nombre}", args=[lote.pk])).status_code == 404
        assert client.get(reverse(f"admin:panel_{nombre}", args=[lote.pk])).status_code in {
            404,
            405,
        }
    for acto in (lotes.confirmar, lotes.cancelar):
        with pytest.raises(SinPermiso):
            acto(lote, por=otra)


def test_quien_no_puede_no_ve_la_accion_ni_la_prepara(client, suya, documentos):
    titular = entrar(client, con_rol(roles.TitularQueFirma, en=suya))

    pagina = client.get(LISTA).content.decode()

    assert "Retirar del portal" not in pagina
    with pytest.raises(SinPermiso):
        preparado(titular, *documentos)


def test_lo_de_otra_dependencia_se_dice_y_no_se_hace(enlace, documentos):
    ajeno = DocumentoFactory(
        dependencia=con_rol(roles.EnlaceDeDependencia).adscripciones.get().dependencia
    )

    lote = preparado(enlace, documentos[0], ajeno)

    assert lote.renglones.get(objeto=ajeno.pk).resultado == Resultado.OMITIDO
    with pytest.raises(SinPermiso):
        OcultarDocumentos().aplicar(ajeno, por=enlace)


def test_sin_elegir_nada_o_demasiado_se_dice(client, enlace, documentos, monkeypatch):
    with pytest.raises(ErrorDeNegocio, match="No elegiste nada"):
        lotes.preparar(OcultarDocumentos, Documento.objects.none(), por=enlace)
    monkeypatch.setattr(lotes, "TOPE", 2)
    respuesta = client.post(
        LISTA,
        {"action": "lote:ocultar-documentos", "select_across": "1", "index": "0"},
        follow=True,
    )
    assert "Acota con un filtro" in respuesta.content.decode()
    assert not Lote.objects.exists()


@pytest.mark.parametrize("clase", [OcultarDocumentos, MostrarDocumentos])
def test_prever_no_hace_mas_consultas_con_mas_renglones(enlace, suya, clase):
    def cuantas() -> int:
        objetos = list(Documento.objects.select_related("dependencia"))
        with CaptureQueriesContext(connection) as capturadas:
            clase().previsualizar(objetos, por=enlace)
        return len(capturadas)

    DocumentoFactory.create_batch(2, dependencia=suya)
    enlace.adscripciones_vigentes()
    con_dos = cuantas()
    DocumentoFactory.create_batch(6, dependencia=suya)
    assert cuantas() == con_dos


def test_cerrar_con_otra_fecha_vuelve_a_calcular(client, validadora):
    rige = TipoDeApoyoFactory(clave="rige")
    TipoDeApoyoFactory(clave="futuro", vigente_desde=datetime.date(2099, 1, 1))
    lote = lotes.preparar(CerrarConFecha, TipoDeApoyo.objects.all(), por=validadora)
    ruta = reverse("admin:panel_lote_datos", args=[lote.pk])
    assert lote.por_hacer == 1

    mal = client.post(ruta, {"hasta": "mañana"})
    assert mal.status_code == 200
    client.post(ruta, {"hasta": "2099-12-31"})
    lote.refresh_from_db()
    assert (lote.por_hacer, lote.datos) == (2, {"hasta": "2099-12-31"})

    lotes.confirmar(lote, por=validadora)
    tasks.avanzar_lote(lote.pk)
    rige.refresh_from_db()
    assert rige.vigente_hasta == datetime.date(2099, 12, 31)
    with pytest.raises(ErrorDeNegocio):
        lotes.recalcular(lote, datos={"hasta": "2100-01-01"}, por=validadora)


def test_revisar_otra_vez_pone_el_enlace_al_principio_de_la_fila(validadora):
    visto = EnlaceFactory(tomado_en=timezone.now())
    EnlaceFactory()
    lote = lotes.preparar(RevisarEnlaces, type(visto).objects.all(), por=validadora)
    assert (lote.total, lote.por_hacer) == (2, 1)

    lotes.confirmar(lote, por=validadora)
    tasks.avanzar_lote(lote.pk)

    visto.refresh_from_db()
    assert visto.tomado_en is None


def test_lo_que_nadie_confirmo_se_olvida_al_dia(enlace, documentos):
    viejo, nuevo = preparado(enlace, documentos[0]), preparado(enlace, documentos[1])
    Lote.objects.filter(pk=viejo.pk).update(creado_en=timezone.now() - datetime.timedelta(days=2))

    assert tasks.olvidar_lotes() == 1
    assert list(Lote.objects.all()) == [nuevo]


def test_la_entrada_dice_los_lotes_de_uno(client, enlace, documentos):
    preparado(enlace, *documentos)
    LoteFactory(titulo="De otra persona")

    pagina = client.get("/panel/").content.decode()

    assert "Preparado para 3; falta confirmarlo." in pagina
    assert "De otra persona" not in pagina


def test_un_renglon_dice_una_de_las_dos_cosas(documentos):
    for dichos in ({}, {"que_pasara": "a", "por_que_no": "b"}):
        with pytest.raises(ValueError, match="qué pasará o por qué no"):
            Renglon(documentos[0], **dichos)


def test_cada_accion_tiene_clave_propia_y_nombre():
    assert {"cerrar-catalogo", "ocultar-documentos", "confirmar-vinculos"} <= set(acciones())
    assert all(str(a.nombre) and a.permiso for a in acciones().values())
