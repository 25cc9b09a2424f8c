"""Lo que deja `sembrar_demo`. El mundo se carga una vez; cada prueba lo devuelve como estaba."""

import datetime
import io
import json
import shutil
import tempfile
from pathlib import Path
from typing import Any
from unittest import mock

import pyotp
import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db.models import Model
from django.test import Client, TestCase, override_settings
from django.urls import reverse
from django.utils import timezone

from programas.models import (
    Convocatoria,
    FechaDeEntrega,
    Programa,
    ReglaOperacion,
    Sede,
    TextoApartado,
)
from programas.requisitos import faltantes
from sibis.bitacora.models import Evento
from sibis.cuentas.models import Adscripcion, Usuario
from sibis.demo.cuentas import CUENTAS
from sibis.territorio.models import Centro
from tests.demo import mundo
from tests.fabricas.programas import ConvocatoriaFactory, SedeFactory

MARCADOS = (Convocatoria, FechaDeEntrega, Sede, Centro)


def sembrar(*args: str) -> str:
    salida = io.StringIO()
    call_command("sembrar_demo", *args, stdout=salida)
    return salida.getvalue()


def foto(modelo: type[Model], *, con_llave: bool = True) -> list[dict[str, Any]]:
    campos = [c.attname for c in modelo._meta.concrete_fields if con_llave or not c.primary_key]
    return sorted(modelo.objects.values(*campos), key=repr)


class TestSembrarDemo(TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.var = Path(tempfile.mkdtemp())
        cls.addClassCleanup(shutil.rmtree, cls.var)
        cls.enterClassContext(override_settings(VAR=cls.var, SIBIS_ENTORNO="pruebas"))
        super().setUpClass()

    @classmethod
    def setUpTestData(cls) -> None:
        mundo.cargar()
        cls.salida = sembrar("--semilla", "7")

    def setUp(self) -> None:
        # La base vuelve sola a como la dejó setUpTestData; el archivo, así.
        respaldo = shutil.copy2(self.archivo, self.var / "respaldo")
        self.addCleanup(shutil.copy2, respaldo, self.archivo)
        cache.clear()

    @property
    def archivo(self) -> Path:
        return self.var / "demo.json"

    @property
    def datos(self) -> dict[str, Any]:
        return json.loads(self.archivo.read_text(encoding="utf-8"))

    # Repetirlo

    def test_sembrar_otra_vez_no_cambia_nada(self):
        modelos = (*MARCADOS, Usuario, Adscripcion, ReglaOperacion, TextoApartado, Evento)
        antes, archivo = [foto(m) for m in modelos], self.archivo.read_bytes()
        salida = sembrar("--semilla", "7")
        assert [foto(m) for m in modelos] == antes
        assert self.archivo.read_bytes() == archivo
        assert "otra contraseña" not in salida

    def test_sembrar_con_la_misma_semilla_en_otra_base_da_lo_mismo(self):
        antes = [foto(m, con_llave=False) for m in (Convocatoria, FechaDeEntrega, Centro)]
        nombres = foto(Usuario)[0]["first_name"]
        ciudadanas = self.datos["ciudadanas"]
        for modelo in MARCADOS:
            modelo.objects.all().delete()
        sembrar("--semilla", "7")
        assert [foto(m, con_llave=False) for m in (Convocatoria, FechaDeEntrega, Centro)] == antes
        assert self.datos["ciudadanas"] == ciudadanas
        assert foto(Usuario)[0]["first_name"] == nombres

    def test_sembrar_con_otra_semilla_cambia_fechas_y_conserva_contrasenas(self):
        antes, usuarios = foto(Convocatoria, con_llave=False), self.datos["usuarios"]
        cuantas = Convocatoria.objects.count()
        sembrar("--semilla", "8")
        assert foto(Convocatoria, con_llave=False) != antes
        assert abs(Convocatoria.objects.count() - cuantas) <= 2
        assert self.datos["usuarios"] == usuarios

    def test_sembrar_otro_dia_mueve_las_ventanas_a_ese_dia(self):
        despues = timezone.localdate() + datetime.timedelta(days=60)
        with mock.patch("sibis.demo.siembra.timezone.localdate", return_value=despues):
            sembrar("--semilla", "7")
        ahora = timezone.now() + datetime.timedelta(days=60)
        abiertas = [c for c in Convocatoria.objects.all() if c.estado(ahora) == "abierto"]
        assert len(abiertas) == 19

    def test_sembrar_no_toca_lo_que_no_es_de_demostracion(self):
        programa = Programa.objects.get(clave="ponte-pila")
        sede = Sede.objects.filter(programa=programa).first()
        sede.delete()
        de_verdad = SedeFactory(programa=programa, ejercicio=sede.ejercicio, centro=sede.centro)
        ventana = ConvocatoriaFactory(programa=programa)
        sembrar("--semilla", "7")
        for renglon in (de_verdad, ventana):
            renglon.refresh_from_db()
            assert not renglon.es_demostracion

    # Marcas y lugares

    def test_todo_renglon_dice_que_es_inventado(self):
        for modelo in MARCADOS:
            assert modelo.objects.exists()
            assert not modelo.objects.filter(es_demostracion=False).exists()
        assert (
            not Usuario.objects.filter(email__endswith="@demostracion.invalid")
            .exclude(last_name__endswith="(demostración)")
            .exists()
        )
        en_trabajo = ReglaOperacion.objects.en_curso()
        assert {r.nombre.endswith("(demostración)") for r in en_trabajo} == {True}
        assert {"inventado" in r.notas[-1] for r in en_trabajo} == {True}

    def test_los_centros_caen_dentro_de_su_alcaldia_y_su_nombre_lo_dice(self):
        centros = Centro.objects.select_related("alcaldia")
        assert 160 <= len(centros) <= 200
        for centro in centros:
            assert centro.alcaldia.geometria.contains(centro.punto)
            assert "de demostración" in centro.nombre
            assert centro.telefono.startswith("55 0000 ")

    def test_cada_programa_se_atiende_donde_tiene_sentido(self):
        def tipos(clave: str) -> set[str]:
            return set(
                Centro.objects.filter(sedes__programa__clave=clave).values_list(
                    "tipo__clave", flat=True
                )
            )

        assert tipos("ponte-pila") == {"pilares"}
        assert tipos("comedores-sociales") <= {
            "comedor-comunitario", "comedor-publico", "comedor-movil", "comedor-popular",
        }  # fmt: skip
        assert tipos("alimentos-escolares") <= {"centro-dif", "cacdi", "ubr"}
        alcaldias = Centro.objects.filter(sedes__programa__clave="iztapalas-jefas")
        assert set(alcaldias.values_list("alcaldia__clave", flat=True)) == {"09007"}

    # Lo que se ve en el portal

    def test_los_cuatro_estados_salen_en_las_facetas(self):
        cuerpo = self.client.get(reverse("programas:buscar")).content.decode()
        for estado in ("abierto", "pausado", "lista_de_espera", "cerrado"):
            assert f'value="{estado}"' in cuerpo

    def test_hay_tantos_programas_de_cada_estado_como_se_dijo(self):
        estados: dict[str, int] = {}
        for programa in Programa.objects.prefetch_related("convocatorias"):
            suyos = {str(c.estado()) for c in programa.convocatorias.all()}
            vivo = next((e for e in suyos if e != "cerrado"), "cerrado")
            estados[vivo] = estados.get(vivo, 0) + 1
        assert estados == {"abierto": 19, "lista_de_espera": 5, "pausado": 4, "cerrado": 9}

    def test_las_abiertas_cierran_en_dias_distintos(self):
        cierres = [c.cierra for c in Convocatoria.objects.all() if c.estado() == "abierto"]
        assert len(cierres) == len(set(cierres)) == 19

    def test_ninguna_entrega_empieza_en_fin_de_semana(self):
        assert not FechaDeEntrega.objects.filter(desde__week_day__in=(1, 7)).exists()

    def test_los_textos_de_entrega_son_los_del_apoyo(self):
        def conceptos(clave: str) -> str:
            entregas = FechaDeEntrega.objects.filter(programa__clave=clave)
            return " | ".join(entregas.values_list("concepto", flat=True))

        assert "primer apellido de A a F" in conceptos("mercomuna")
        assert "fase 2 de 3" in conceptos("alimentos-escolares")
        assert "extemporánea" in conceptos("seguro-de-desempleo")
        assert "Depósito de" in conceptos("iztapalas-jefas")

    # Reglas en trabajo

    def test_hay_una_en_cada_paso(self):
        pasos = dict(ReglaOperacion.objects.en_curso().values_list("programa__clave", "estado"))
        assert pasos == {
            "iztapalas-jefas": "borrador",
            "mujeres-construyendo-el-futuro": "observado",
            "entrale-con-los-atletas": "borrador",
            "fomento-al-trabajo-digno": "borrador",
            "seguro-de-desempleo": "enviado",
            "economia-social": "validado",
        }

    def test_la_lista_para_firmar_esta_completa_y_el_borrador_no(self):
        en_trabajo = ReglaOperacion.objects.en_curso()
        assert faltantes(en_trabajo.get(programa__clave="fomento-al-trabajo-digno"), "enviar") == []
        assert faltantes(en_trabajo.get(programa__clave="iztapalas-jefas"), "enviar")

    def test_cada_paso_quedo_en_la_bitacora_con_su_autor(self):
        observada = Evento.objects.get(tipo="regla.observar")
        assert (observada.por, observada.via) == ("valida.sibiso", "orden")
        assert observada.detalle["observaciones"] == 2

    def test_una_que_siguio_su_camino_no_se_abre_otra_vez(self):
        regla = ReglaOperacion.objects.get(programa__clave="iztapalas-jefas", estado="borrador")
        ReglaOperacion.objects.filter(pk=regla.pk).update(estado="retirado")
        sembrar("--semilla", "7")
        assert ReglaOperacion.objects.filter(programa=regla.programa).count() == 2

    # Cuentas y archivo

    def test_el_archivo_tiene_las_llaves_del_contrato_y_solo_lo_lee_su_dueno(self):
        assert self.archivo.stat().st_mode & 0o777 == 0o600
        assert set(self.datos) == {"url", "usuarios", "ciudadanas"}
        assert {frozenset(u) for u in self.datos["usuarios"]} == {
            frozenset({"usuario", "clave", "totp", "rol", "dependencia"})
        }
        assert {frozenset(c) for c in self.datos["ciudadanas"]} == {frozenset({"curp", "nombre"})}
        assert len(self.datos["ciudadanas"]) == 3
        assert not list(self.var.glob("*.nuevo"))

    def test_ninguna_contrasena_se_imprime_ni_entra_a_la_bitacora(self):
        visto = self.salida + "".join(str(e.detalle) for e in Evento.objects.all())
        for usuario in self.datos["usuarios"]:
            assert usuario["usuario"] in self.salida
            assert usuario["clave"] not in visto
            assert usuario["totp"] not in visto

    def test_cada_cuenta_entra_al_panel_con_su_contrasena_y_su_codigo(self):
        for usuario in self.datos["usuarios"]:
            with self.subTest(usuario["usuario"]):
                self._entrar(usuario)

    def _entrar(self, usuario: dict[str, str]) -> None:
        cliente = Client()
        respuesta = cliente.post(
            reverse("account_login"), {"login": usuario["usuario"], "password": usuario["clave"]}
        )
        assert respuesta.url.startswith(reverse("mfa_authenticate"))
        codigo = pyotp.TOTP(usuario["totp"]).now()
        respuesta = cliente.post(reverse("mfa_authenticate"), {"code": codigo})
        assert respuesta.url == "/panel/"
        assert cliente.get("/panel/").status_code == 200

    def test_sin_archivo_se_renuevan_todas_y_lo_dice(self):
        antes = self.datos["usuarios"]
        self.archivo.unlink()
        salida = sembrar("--semilla", "7")
        assert "otra contraseña" in " ".join(salida.split())
        assert not {u["clave"] for u in antes} & {u["clave"] for u in self.datos["usuarios"]}
        self._entrar(self.datos["usuarios"][0])

    def test_un_archivo_ilegible_se_trata_como_si_faltara(self):
        self.archivo.write_text('{"usuarios": [{"usu', encoding="utf-8")
        assert "enlace.styfe" in sembrar("--semilla", "7").rpartition("segundo factor:")[2]
        assert len(self.datos["usuarios"]) == len(CUENTAS)

    def test_solo_se_renueva_la_que_ya_no_coincide(self):
        antes = {u["usuario"]: u["clave"] for u in self.datos["usuarios"]}
        cambio = Usuario.objects.get(username="analista")
        cambio.set_password("puesta-a-mano-en-el-panel")
        cambio.save()
        salida = sembrar("--semilla", "7")
        ahora = {u["usuario"]: u["clave"] for u in self.datos["usuarios"]}
        assert {u for u in antes if antes[u] != ahora[u]} == {"analista"}
        assert "analista" in salida.rpartition("segundo factor:")[2]

    @override_settings(SECRET_KEY="otra-clave-secreta-de-la-instalacion")
    def test_con_otra_clave_secreta_los_codigos_se_renuevan(self):
        antes = self.datos["usuarios"]
        sembrar("--semilla", "7")
        assert not {u["totp"] for u in antes} & {u["totp"] for u in self.datos["usuarios"]}

    def test_una_cuenta_de_verdad_con_ese_nombre_no_se_toca(self):
        Usuario.objects.filter(username="finanzas").update(email="alguien@ejemplo.mx")
        with pytest.raises(SystemExit) as salida:
            call_command("sembrar_demo", stderr=io.StringIO())
        assert salida.value.code == 1
