"""Una vista guardada solo dice cómo mirar; el ámbito lo pone quien mira."""

import pytest
from django.contrib.messages import get_messages
from django.db import IntegrityError, transaction
from django.urls import reverse

from sibis.cuentas import roles
from sibis.nucleo.errores import ErrorDeNegocio, SinPermiso
from sibis.panel.models import VistaGuardada
from sibis.panel.servicios import vistas
from tests.fabricas.cuentas import DependenciaFactory, con_rol, entrar
from tests.fabricas.panel import VistaGuardadaFactory

GUARDAR = "/panel/listas/programas/documento/vistas/"
LISTA = "/panel/programas/documento/"


def avisos(respuesta) -> str:
    return " ".join(str(m) for m in get_messages(respuesta.wsgi_request))


def test_se_guarda_lo_que_se_ve_sin_la_hoja_en_que_se_va(client, enlace):
    respuesta = client.post(f"{GUARDAR}?clase__exact=regla&q=beca&o=1&p=3", {"nombre": "Reglas"})

    vista = VistaGuardada.objects.get()
    assert respuesta["Location"] == f"{LISTA}?clase__exact=regla&q=beca&o=1"
    assert (vista.modelo, vista.usuario) == ("programas.documento", enlace)
    assert vista.consulta == "clase__exact=regla&q=beca&o=1"


def test_lo_que_la_lista_no_entiende_no_se_guarda_y_se_dice(client, enlace):
    malos = "usuario__password__startswith=a&no_existe=1&punto__dwithin=x"
    respuesta = client.post(f"{GUARDAR}?{malos}&clase__exact=regla", {"nombre": "Rara"})

    assert VistaGuardada.objects.get().consulta == "clase__exact=regla"
    assert "no_existe" in avisos(respuesta)


def test_usarla_quita_lo_viejo_lo_dice_y_nunca_falla(client, enlace):
    vista = VistaGuardadaFactory(usuario=enlace, consulta="clase__exact=regla&campo_de_antes=1")

    respuesta = client.get(reverse("admin:panel_vista", args=[vista.pk]), follow=True)

    assert respuesta.redirect_chain[-1][0] == f"{LISTA}?clase__exact=regla"
    assert respuesta.status_code == 200
    assert "campo_de_antes" in respuesta.content.decode()
    vista.refresh_from_db()
    assert "campo_de_antes" in vista.consulta, "usar es un GET: no escribe"


@pytest.mark.parametrize(
    "consulta", ["%00=%00", "o=%FF%FE", "=&&&;;", "e=1&p=9&all=x", "q=" + "a" * 1_900]
)
def test_una_consulta_danada_lleva_a_la_lista(client, enlace, consulta):
    vista = VistaGuardadaFactory(usuario=enlace, consulta=consulta)

    respuesta = client.get(reverse("admin:panel_vista", args=[vista.pk]), follow=True)

    assert respuesta.status_code == 200
    assert respuesta.redirect_chain[-1][0].startswith(LISTA)


def test_la_de_otra_persona_no_existe_para_uno(client, enlace):
    ajena = VistaGuardadaFactory()

    for nombre in ("panel_vista", "panel_vista_editar"):
        assert client.get(reverse(f"admin:{nombre}", args=[ajena.pk])).status_code == 404


def test_la_compartida_se_usa_y_no_se_cambia(client, enlace, suya):
    colega = con_rol(roles.TitularQueFirma, en=suya)
    vista = VistaGuardadaFactory(usuario=colega, nombre="De todos", compartida_con=suya)

    lista = client.get(LISTA).content.decode()

    assert "De todos" in lista
    assert client.get(reverse("admin:panel_vista", args=[vista.pk])).status_code == 302
    assert client.get(reverse("admin:panel_vista_editar", args=[vista.pk])).status_code == 404
    with pytest.raises(SinPermiso):
        vistas.quitar(vista, por=enlace)


def test_no_se_comparte_con_una_dependencia_ajena(client, enlace):
    ajena = DependenciaFactory()

    client.post(GUARDAR + "?clase__exact=regla", {"nombre": "Ajena", "compartida_con": ajena.pk})
    with pytest.raises(SinPermiso):
        vistas.guardar(
            por=enlace, modelo="programas.documento", nombre="x", consulta="", compartida_con=ajena
        )

    assert not VistaGuardada.objects.exists()


def test_al_dejar_la_dependencia_deja_de_verla(client, enlace, suya, db):
    VistaGuardadaFactory(nombre="De la dependencia", compartida_con=suya)
    otra = entrar(client, con_rol(roles.EnlaceDeDependencia))

    assert not VistaGuardada.objects.de(otra).exists()
    assert VistaGuardada.objects.de(enlace).exists()


def test_se_renombra_se_adelanta_y_se_quita(client, enlace):
    primera = VistaGuardadaFactory(usuario=enlace, nombre="Primera", orden=1)
    segunda = VistaGuardadaFactory(usuario=enlace, nombre="Segunda", orden=2)
    ruta = reverse("admin:panel_vista_editar", args=[segunda.pk])

    client.post(ruta, {"nombre": "La buena"})
    client.post(ruta, {"adelantar": "1"})
    assert [v.nombre for v in VistaGuardada.objects.all()] == ["La buena", "Primera"]
    repetido = client.post(ruta, {"nombre": "Primera"})
    assert repetido.status_code == 200
    assert "Ya tienes una vista con ese nombre" in repetido.content.decode()
    client.post(ruta, {"quitar": "1"})
    assert list(VistaGuardada.objects.all()) == [primera]


def test_guardar_con_un_nombre_propio_la_cambia(enlace):
    datos = {"por": enlace, "modelo": "programas.documento", "compartida_con": None}
    vistas.guardar(nombre="Mía", consulta="q=a", **datos)
    vistas.guardar(nombre=" Mía ", consulta="q=b", **datos)

    assert VistaGuardada.objects.get().consulta == "q=b"


def test_tienen_tope_por_lista(enlace):
    for n in range(vistas.TOPE_POR_LISTA):
        VistaGuardadaFactory(usuario=enlace, nombre=str(n))
    with pytest.raises(ErrorDeNegocio, match="Quita una"):
        vistas.guardar(
            por=enlace,
            modelo="programas.documento",
            nombre="otra",
            consulta="",
            compartida_con=None,
        )


def test_el_nombre_no_se_repite_aunque_se_escriba_sql(enlace):
    VistaGuardadaFactory(usuario=enlace, nombre="Una")
    with pytest.raises(IntegrityError), transaction.atomic():
        VistaGuardadaFactory(usuario=enlace, nombre="Una")


def test_de_una_lista_que_no_ve_no_se_guarda_nada(client, enlace):
    assert client.post("/panel/listas/bitacora/evento/vistas/", {"nombre": "x"}).status_code == 404
    assert client.post("/panel/listas/no/existe/vistas/", {"nombre": "x"}).status_code == 404
    assert client.get(GUARDAR).status_code == 405
