"""Abrir una regla o una versión nueva: quién puede, qué se copia y qué queda intacto."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from django.forms.models import model_to_dict

from programas.estados import EstadoRegla as E
from programas.models import ReglaOperacion
from programas.servicios import captura
from sibis.bitacora.models import Evento
from sibis.cuentas import roles
from sibis.nucleo.errores import ErrorDeNegocio, SinPermiso
from tests.fabricas import programas as f
from tests.fabricas.cuentas import DependenciaFactory, UsuarioFactory, con_rol
from tests.fabricas.territorio import AlcaldiaFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def programa(dependencia):
    return f.ProgramaFactory(dependencia=dependencia)


@pytest.fixture
def publicada(programa):
    """Con un renglón o más de cada sección, y cada cifra atada a su propia fuente."""
    regla = f.ReglaFactory(
        completa=True,
        programa=programa,
        origen="catalogo",
        presupuesto_fuente="f1",
        facilitadores_monto=Decimal("5000.00"),
        notas=["Ojo."],
        coplade_acuerdo="COPLADE/1",
        huella_catalogo="abc",
        capturado_por=UsuarioFactory(),
        derechos=[f.DerechoSocialFactory()],
        grupos=[f.GrupoPrioritarioFactory(), f.GrupoPrioritarioFactory()],
        alcaldias=[AlcaldiaFactory(clave="09007")],
        apoyos=[],
        metas=[],
        poblaciones=[],
        compatibilidades=[{"programa": f.ProgramaFactory()}, {}],
        alineaciones=[{}],
        textos=[{}, {}],
    )
    gaceta, prensa = (
        f.FuenteFactory(regla=regla, clave=c, orden=n) for n, c in ((1, "f1"), (2, "f2"))
    )
    f.ApoyoFactory(regla=regla, fuente=gaceta, orden=2, modalidad="Primaria")
    f.ApoyoFactory(regla=regla, fuente=prensa, orden=1, modalidad="Preescolar")
    f.ApoyoFactory(regla=regla, fuente=None, orden=3, en_especie=True)
    f.PoblacionFactory(regla=regla, fuente=prensa)
    f.MetaFisicaFactory(regla=regla, fuente=gaceta)
    ReglaOperacion.objects.filter(pk=regla.pk).update(estado=E.PUBLICADO)
    regla.refresh_from_db()
    return regla


def contenido(regla) -> dict[str, object]:
    """Todo lo que dice una regla, sin llaves: dos reglas que dicen lo mismo son iguales."""
    secciones = {
        nombre: [
            {
                c: (renglon.fuente.clave if renglon.fuente else None) if c == "fuente" else v
                for c, v in model_to_dict(renglon).items()
                if c not in {"id", "regla"}
            }
            for renglon in getattr(regla, nombre).all()
        ]
        for nombre in f.SECCIONES
    }
    listas = {
        campo.name: sorted(getattr(regla, campo.name).values_list("pk", flat=True))
        for campo in regla._meta.many_to_many
    }
    return {**secciones, **listas}


class TestNuevaVersion:
    def test_copia_cada_seccion_cada_lista_y_cada_atadura_a_su_fuente(self, publicada, enlace):
        copia = captura.nueva_version(publicada, por=enlace)

        assert contenido(copia) == contenido(publicada)
        assert all(contenido(copia).values()), "La prueba quiere al menos un renglón de cada cosa."

    def test_las_cifras_copiadas_apuntan_a_fuentes_de_la_copia_y_no_de_la_original(
        self, publicada, enlace
    ):
        copia = captura.nueva_version(publicada, por=enlace)

        propias = set(copia.fuentes.values_list("pk", flat=True))
        citadas = {
            pk
            for seccion in ("apoyos", "poblaciones", "metas")
            for pk in getattr(copia, seccion).values_list("fuente", flat=True)
            if pk
        }
        assert citadas == propias

    def test_copia_los_datos_y_empieza_su_propia_historia(self, publicada, enlace):
        copia = captura.nueva_version(publicada, por=enlace)
        copia.refresh_from_db()

        iguales = ("nombre", "resumen", "presupuesto_aprobado", "presupuesto_fuente", "notas")
        assert all(getattr(copia, c) == getattr(publicada, c) for c in iguales)
        assert (copia.estado, copia.version, copia.origen) == (E.BORRADOR, 2, "captura")
        assert (copia.capturado_por, copia.edicion, copia.huella_catalogo) == (enlace, 0, "")
        assert (copia.gaceta_numero, copia.gaceta_fecha, copia.coplade_acuerdo) == ("", None, "")
        assert copia.enviado_por is copia.validado_por is copia.publicado_por is None

    def test_deja_la_publicada_como_estaba(self, publicada, enlace):
        antes = (model_to_dict(publicada), publicada.actualizado_en, contenido(publicada))
        captura.nueva_version(publicada, por=enlace)

        ahora = ReglaOperacion.objects.get(pk=publicada.pk)
        assert (model_to_dict(ahora), ahora.actualizado_en, contenido(ahora)) == antes
        assert ahora.estado == E.PUBLICADO

    def test_cambiar_la_copia_no_cambia_la_publicada(self, publicada, enlace):
        copia = captura.nueva_version(publicada, por=enlace)
        copia.apoyos.update(monto_minimo=1)
        copia.fuentes.all().delete()
        copia.alcaldias.clear()

        assert set(publicada.apoyos.values_list("monto_minimo", flat=True)) == {600, None}
        assert publicada.fuentes.count() == 2
        assert publicada.alcaldias.count() == 1

    def test_para_otro_ejercicio_no_arrastra_el_dinero_ni_las_fechas(self, programa, enlace):
        accion = f.ProgramaFactory(accion=True, dependencia=programa.dependencia)
        regla = f.ReglaFactory(
            publicada=True,
            programa=accion,
            presupuesto_aprobado=1,
            presupuesto_ejercido=1,
            presupuesto_trimestres=[1, 1, 1, 1],
            presupuesto_fuente="f1",
            facilitadores_monto=1,
            fecha_inicio=datetime.date(2025, 1, 1),
            fecha_fin=datetime.date(2025, 12, 31),
        )

        copia = captura.nueva_version(regla, por=enlace, ejercicio=2026)

        assert (copia.ejercicio, copia.version) == (2026, 1)
        assert copia.presupuesto_aprobado is copia.presupuesto_ejercido is None
        assert copia.presupuesto_trimestres is copia.facilitadores_monto is None
        assert copia.fecha_inicio is copia.fecha_fin is None
        assert copia.presupuesto_fuente == ""

    def test_la_de_otro_anio_la_abre_quien_hoy_opera_el_programa(self, publicada, enlace):
        nueva = DependenciaFactory()
        publicada.programa.dependencia = nueva
        publicada.programa.save()

        with pytest.raises(SinPermiso):
            captura.nueva_version(publicada, por=enlace, ejercicio=2026)
        copia = captura.nueva_version(
            publicada, por=con_rol(roles.EnlaceDeDependencia, en=nueva), ejercicio=2026
        )
        assert copia.dependencia == nueva

    def test_con_otra_ya_en_trabajo_dice_cual_y_no_abre_dos(self, publicada, enlace):
        captura.nueva_version(publicada, por=enlace)

        with pytest.raises(ErrorDeNegocio, match=r"2025 en trabajo \(versión 2, borrador\)"):
            captura.nueva_version(publicada, por=enlace)
        assert ReglaOperacion.objects.count() == 2

    def test_tras_retirar_una_la_siguiente_no_reutiliza_su_numero(
        self, publicada, enlace, dependencia
    ):
        f.ReglaFactory(retirada=True, programa=publicada.programa, version=2)

        assert captura.nueva_version(publicada, por=enlace).version == 3

    def test_de_una_que_aun_no_se_publica_manda_a_corregirla(self, programa, enlace):
        with pytest.raises(ErrorDeNegocio, match="corrígela en lugar de abrir otra"):
            captura.nueva_version(f.ReglaFactory(programa=programa), por=enlace)

    @pytest.mark.parametrize(
        "rol", [r for r in roles.ROLES if r.clave != "enlace"], ids=lambda r: r.clave
    )
    def test_solo_la_abre_el_enlace(self, rol, publicada, dependencia):
        with pytest.raises(SinPermiso):
            captura.nueva_version(publicada, por=con_rol(rol, en=dependencia))

    def test_el_enlace_de_otra_dependencia_no_la_abre(self, publicada):
        with pytest.raises(SinPermiso):
            captura.nueva_version(publicada, por=con_rol(roles.EnlaceDeDependencia))
        assert ReglaOperacion.objects.count() == 1
        assert not Evento.objects.exists()


class TestIniciar:
    def iniciar(self, programa, por, **cambios):
        datos = {
            "ejercicio": 2026,
            "nombre": "Beca",
            "dependencia": programa.dependencia,
            **cambios,
        }
        return captura.iniciar(programa, por=por, **datos)

    def test_abre_un_borrador_con_su_autora(self, programa, enlace):
        regla = self.iniciar(programa, enlace)
        regla.refresh_from_db()

        assert (regla.estado, regla.version, regla.capturado_por) == (E.BORRADOR, 1, enlace)
        assert Evento.objects.get().tipo == "regla.iniciada"

    def test_con_otra_en_trabajo_ese_anio_se_niega(self, programa, enlace):
        self.iniciar(programa, enlace)

        with pytest.raises(ErrorDeNegocio, match="Continúa en ella"):
            self.iniciar(programa, enlace)

    def test_no_se_abre_a_nombre_de_otra_dependencia(self, programa, enlace):
        with pytest.raises(SinPermiso):
            self.iniciar(programa, enlace, dependencia=DependenciaFactory())

    def test_no_se_abre_la_de_un_programa_ajeno_a_nombre_propio(self, enlace, dependencia):
        """Ocuparía el único lugar en trabajo del año y, publicada, se quedaría con el programa."""
        with pytest.raises(SinPermiso):
            self.iniciar(f.ProgramaFactory(), enlace, dependencia=dependencia)
        assert not ReglaOperacion.objects.exists()


class TestGuardar:
    @pytest.fixture
    def regla(self, programa):
        return f.ReglaFactory(programa=programa)

    def escribe(self, regla, resumen):
        return lambda: ReglaOperacion.objects.filter(pk=regla.pk).update(resumen=resumen)

    def test_guarda_y_avanza_la_edicion(self, regla, enlace):
        captura.guardar(regla, edicion=0, por=enlace, escribir=self.escribe(regla, "Uno."))
        regla.refresh_from_db()

        assert (regla.resumen, regla.edicion) == ("Uno.", 1)
        assert Evento.objects.get().tipo == "regla.guardada"

    def test_con_una_edicion_vieja_no_escribe_nada(self, regla, enlace):
        captura.guardar(regla, edicion=0, por=enlace, escribir=self.escribe(regla, "Uno."))

        with pytest.raises(ErrorDeNegocio, match="Otra persona guardó.*Lo tuyo no se guardó"):
            captura.guardar(regla, edicion=0, por=enlace, escribir=self.escribe(regla, "Dos."))

        regla.refresh_from_db()
        assert (regla.resumen, regla.edicion) == ("Uno.", 1)
        assert Evento.objects.count() == 1

    def test_si_escribir_falla_la_edicion_no_avanza(self, regla, enlace):
        def fallar():
            raise ErrorDeNegocio("Eso no.")

        with pytest.raises(ErrorDeNegocio, match="Eso no"):
            captura.guardar(regla, edicion=0, por=enlace, escribir=fallar)

        regla.refresh_from_db()
        assert regla.edicion == 0

    def test_si_ya_se_envio_no_se_guarda_aunque_se_abriera_en_borrador(self, regla, enlace):
        """La copia en memoria dice «borrador»; la base dice «enviado», y manda la base."""
        ReglaOperacion.objects.filter(pk=regla.pk).update(estado=E.ENVIADO)

        with pytest.raises(ErrorDeNegocio):
            captura.guardar(regla, edicion=0, por=enlace, escribir=self.escribe(regla, "X."))
        regla.refresh_from_db()
        assert regla.resumen == ""

    @pytest.mark.parametrize(
        "rasgo", ["enviada", "validada", "publicada", "sustituida", "retirada"]
    )
    def test_lo_que_no_esta_en_captura_no_se_edita_y_se_dice_en_que_esta(
        self, rasgo, programa, enlace
    ):
        regla = f.ReglaFactory(programa=programa, **{rasgo: True})

        with pytest.raises(ErrorDeNegocio, match=f"está en «{regla.get_estado_display()}»"):
            captura.guardar(regla, edicion=0, por=enlace, escribir=lambda: None)

    def test_el_enlace_de_otra_dependencia_no_guarda(self, regla):
        ajeno = con_rol(roles.EnlaceDeDependencia)

        with pytest.raises(SinPermiso):
            captura.guardar(regla, edicion=0, por=ajeno, escribir=self.escribe(regla, "X."))
        regla.refresh_from_db()
        assert regla.resumen == ""
