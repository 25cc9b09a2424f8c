"""Buscar: qué sale, en qué orden, con qué filtros y con qué cuentas."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.db import connection
from django.utils import timezone

from programas import proyeccion
from programas.consultas.busqueda import buscar
from programas.consultas.filtros import FACETAS, Filtros, opciones
from programas.consultas.resultados import pagina_de_busqueda, resaltar
from programas.models import FichaPublica, ReglaOperacion
from tests.fabricas import programas as f
from tests.fabricas.cuentas import DependenciaFactory
from tests.fabricas.territorio import AlcaldiaFactory

pytestmark = pytest.mark.django_db


def publicar(*nombres: str, **valores) -> list[ReglaOperacion]:
    """Reglas publicadas con esos nombres, en un solo viaje al portal."""
    reglas = [f.ReglaFactory(publicada=True, nombre=n, **valores) for n in nombres]
    proyeccion.proyectar()
    return reglas


def hallados(q: str = "", **filtros: Iterable[str]) -> list[str]:
    valores = {faceta: tuple(v) for faceta, v in filtros.items()}
    reglas = buscar(Filtros(q=q, valores=valores)).reglas
    nombres = dict(ReglaOperacion.objects.values_list("pk", "nombre"))
    return [nombres[r] for r in reglas]


class TestTexto:
    @pytest.mark.parametrize(
        "q",
        [
            "educación",
            "educacion",
            "EDUCACIÓN",
            "educaci\u006f\u0301n",
            "  educación  ",
            "educacion!!",
            "educasion",
            "eduacción",
        ],
    )
    def test_acentos_mayusculas_signos_y_faltas_no_estorban(self, q):
        publicar("Apoyo a la Educación Básica", "Comedores Públicos")

        assert hallados(q) == ["Apoyo a la Educación Básica"]

    @pytest.mark.parametrize("q", ["niñas", "ninas", "NIÑAS", "niña"])
    def test_la_ene_se_encuentra_con_y_sin_tilde(self, q):
        publicar("Becas para Niñas", "Comedores")

        assert hallados(q) == ["Becas para Niñas"]

    @pytest.mark.parametrize("q", ["mujer", "mujeres"])
    def test_singular_y_plural_hallan_lo_mismo(self, q):
        publicar("Apoyo a la mujer", "Casa de las mujeres", "Comedores")

        assert set(hallados(q)) == {"Apoyo a la mujer", "Casa de las mujeres"}

    def test_el_nombre_manda_sobre_el_resumen_y_el_resumen_sobre_el_requisito(self):
        f.ReglaFactory(publicada=True, nombre="C", requisitos=[{"texto": "Entregar una despensa"}])
        f.ReglaFactory(publicada=True, nombre="B", resumen="Da una despensa.")
        f.ReglaFactory(publicada=True, nombre="Despensa")
        proyeccion.proyectar()

        assert hallados("despensa") == ["Despensa", "B", "C"]

    def test_se_encuentra_por_su_nombre_de_antes_y_por_sus_palabras(self):
        f.en_portal(
            nombre="Bienestar para Niños",
            programa__otros_nombres=["Mi Beca"],
            programa__palabras_clave=["kínder"],
        )

        assert hallados("mi beca") == hallados("kinder") == ["Bienestar para Niños"]

    def test_se_encuentra_por_las_siglas_y_por_el_nombre_viejo_de_su_dependencia(self):
        dependencia = DependenciaFactory(siglas="SEBIEN", nombre="Secretaría de Bienestar")
        dependencia.denominaciones.update(vigente_desde=datetime.date(2025, 1, 1))
        dependencia.denominaciones.create(
            nombre="Secretaría de Desarrollo Social",
            siglas="SEDESO",
            vigente_hasta=datetime.date(2018, 12, 31),
        )
        publicar("Comedores", programa__dependencia=dependencia)

        assert hallados("sebien") == hallados("sedeso") == ["Comedores"]

    def test_un_sinonimo_de_la_gente_lleva_al_programa(self):
        f.SinonimoFactory(termino="me quede sin chamba", equivale_a=["seguro de desempleo"])
        publicar("Seguro de Desempleo", "Comedores")

        assert hallados("me quedé sin chamba") == ["Seguro de Desempleo"]

    def test_con_todas_las_palabras_gana_y_no_se_rellena_con_lo_parecido(self):
        publicar("Beca para mujeres", "Beca", "Casa de mujeres")

        assert hallados("beca mujeres") == ["Beca para mujeres"]
        assert not buscar(Filtros(q="beca mujeres")).aproximada

    def test_sin_nada_exacto_da_lo_mas_parecido_y_lo_avisa(self):
        publicar("Beca deportiva", "Comedores")

        assert hallados("beca cuántica") == ["Beca deportiva"]
        assert buscar(Filtros(q="beca cuántica")).aproximada

    @pytest.mark.parametrize("q", ["apoyo", "de la", "para mi", "el", "quiero ayuda por favor"])
    def test_solo_con_palabras_de_relleno_responde_sin_fallar(self, q):
        publicar("Apoyo para el Campo")

        assert buscar(Filtros(q=q)).total in {0, 1}

    def test_una_palabra_que_nadie_usa_no_halla_nada(self):
        publicar("Beca")

        assert hallados("xilófono") == []

    def test_solo_sale_lo_publicado(self):
        f.ReglaFactory(nombre="Beca en borrador")
        f.ReglaFactory(validada=True, nombre="Beca validada")
        publicar("Beca publicada")

        assert hallados("beca") == ["Beca publicada"]

    def test_cada_programa_sale_una_vez_con_su_ultimo_ejercicio(self):
        programa = f.ProgramaFactory()
        publicar("Beca 2024", programa=programa, ejercicio=2024)
        publicar("Beca 2025", programa=programa, ejercicio=2025)

        assert hallados("beca") == ["Beca 2025"]
        assert hallados("beca", ejercicio=["2024"]) == ["Beca 2024"]
        assert set(hallados("beca", ejercicio=["2024", "2025"])) == {"Beca 2024", "Beca 2025"}


class TestOrden:
    def test_sin_texto_van_primero_los_abiertos(self):
        cerrada, abierta = publicar("A cerrada", "B abierta")
        f.ConvocatoriaFactory(programa=abierta.programa)
        f.ConvocatoriaFactory(programa=cerrada.programa, vencida=True)

        assert hallados() == ["B abierta", "A cerrada"]

    @pytest.mark.parametrize(
        ("orden", "esperados"),
        [("nombre", ["Árbol", "Beca", "Zapato"]), ("recientes", ["Beca", "Zapato", "Árbol"])],
    )
    def test_por_nombre_y_por_reciente(self, orden, esperados):
        for nombre, ejercicio in (("Zapato", 2024), ("Árbol", 2023), ("Beca", 2025)):
            publicar(nombre, ejercicio=ejercicio)

        reglas = buscar(Filtros(orden=orden)).reglas
        nombres = dict(ReglaOperacion.objects.values_list("pk", "nombre"))
        assert [nombres[r] for r in reglas] == esperados

    def test_las_paginas_no_repiten_ni_pierden_a_nadie(self):
        publicar(*[f"Beca {n}" for n in range(7)])

        paginas = [buscar(Filtros(q="beca", pagina=p), cuantas=3).reglas for p in (1, 2, 3, 4)]
        assert [len(p) for p in paginas] == [3, 3, 1, 0]
        assert len({r for p in paginas for r in p}) == 7


@pytest.fixture
def surtido():
    """Doce programas que difieren en todo lo que se puede filtrar."""
    derechos = [f.DerechoSocialFactory(clave=f"d{n}") for n in range(3)]
    grupos = [f.GrupoPrioritarioFactory(clave=f"g{n}") for n in range(2)]
    tipos = [f.TipoDeApoyoFactory(clave=f"t{n}") for n in range(2)]
    alcaldias = [AlcaldiaFactory(clave=c) for c in ("09007", "09010")]
    dependencias = [DependenciaFactory() for _ in range(3)]
    for n in range(12):
        programa = f.ProgramaFactory(
            tipo="accion" if n % 4 == 0 else "programa", dependencia=dependencias[n % 3]
        )
        comun = {
            "programa": programa,
            "publicada": True,
            "nombre": f"Beca {n}" if n % 2 else f"Comedor {n}",
            "derechos": derechos[: n % 4],
            "grupos": grupos[: n % 3],
            "alcaldias": alcaldias[: n % 3],
            "apoyos": [{"tipo": t} for t in tipos[: n % 3]],
        }
        f.ReglaFactory(**comun, ejercicio=2025)
        if n % 3 == 0:
            f.ReglaFactory(**comun, ejercicio=2024)
        rasgos = ({}, {"pausada": True}, {"lista_de_espera": True}, {"vencida": True}, None)[n % 5]
        if rasgos is not None:
            f.ConvocatoriaFactory(programa=programa, **rasgos)
    proyeccion.proyectar()


def retrato() -> list[tuple[ReglaOperacion, dict[str, set[str]]]]:
    """Cada regla publicada con lo que es, leído de sus tablas y no de la proyección."""
    ahora = timezone.now()
    reglas = ReglaOperacion.objects.publicadas().select_related("programa", "dependencia")
    ultimas = {r.programa_id: r.ejercicio for r in reglas.order_by("ejercicio")}
    todo = []
    for regla in reglas:
        suyas = regla.programa.convocatorias.filter(ejercicio=regla.ejercicio)
        tiene = {
            "tipo": {regla.programa.tipo},
            "dependencia": {regla.dependencia.clave},
            "derecho": {d.clave for d in regla.derechos.all()},
            "grupo": {g.clave for g in regla.grupos.all()},
            "apoyo": {a.tipo.clave for a in regla.apoyos.all()},
            "alcaldia": {a.clave for a in regla.alcaldias.all()},
            "estado": {str(c.estado(ahora)) for c in suyas} or {"cerrado"},
            "ejercicio": {str(regla.ejercicio)},
            "ultima": {str(regla.ejercicio == ultimas[regla.programa_id])},
        }
        todo.append((regla, tiene))
    return todo


def pasan(todo: list[tuple[ReglaOperacion, dict[str, set[str]]]], filtros: Filtros) -> set[int]:
    """Lo que los filtros prometen, dicho sin SQL."""
    pedidos = {faceta: set(filtros.de(faceta)) for faceta in FACETAS}
    if not pedidos["ejercicio"]:
        pedidos["ultima"] = {"True"}
    return {
        regla.pk
        for regla, tiene in todo
        if filtros.q.lower() in regla.nombre.lower()
        and all(
            not valores
            or tiene[faceta] & valores
            or (faceta == "alcaldia" and not tiene[faceta])  # de toda la ciudad
            for faceta, valores in pedidos.items()
        )
    }


class TestFacetas:
    CONSULTAS = [
        {},
        {"q": "beca"},
        {"valores": {"derecho": ("d0",)}},
        {"valores": {"alcaldia": ("09007",)}},
        {"valores": {"tipo": ("accion",), "ejercicio": ("2024",)}},
        {"valores": {"estado": ("abierto", "pausado"), "grupo": ("g0",)}, "q": "beca"},
        {"valores": {"derecho": ("d0", "d2"), "apoyo": ("t1",)}},
        {"valores": {"dependencia": ("NADIE",)}},
    ]

    def test_lo_hallado_y_cada_cuenta_son_las_que_saldrian_al_filtrar_a_mano(self, surtido):
        todo, nombres = retrato(), opciones().nombres
        for filtros in (Filtros(**consulta) for consulta in self.CONSULTAS):
            respuesta = buscar(filtros, cuantas=1_000)

            assert set(respuesta.reglas) == pasan(todo, filtros), filtros
            assert respuesta.total == len(respuesta.reglas)
            for faceta, cuentas in respuesta.facetas.items():
                for valor in nombres[faceta]:
                    con_ella = replace(filtros, valores={**filtros.valores, faceta: (valor,)})
                    esperadas = len(pasan(todo, con_ella))
                    assert cuentas.get(valor, 0) == esperadas, (filtros, faceta, valor)
                assert 0 not in cuentas.values(), "Una opción que no lleva a nada no se ofrece."

    def test_dos_opciones_de_una_faceta_suman_y_dos_facetas_cruzan(self, surtido):
        una, otra = {"derecho": ("d1",)}, {"derecho": ("d2",)}
        ambas = {"derecho": ("d1", "d2")}
        de = lambda valores: set(buscar(Filtros(valores=valores), cuantas=99).reglas)  # noqa: E731

        assert de(ambas) == de(una) | de(otra)
        assert de({**una, "grupo": ("g0",)}) == de(una) & de({"grupo": ("g0",)})

    def test_el_filtro_de_alcaldia_incluye_lo_que_es_de_toda_la_ciudad(self):
        iztapalapa, tlalpan = AlcaldiaFactory(clave="09007"), AlcaldiaFactory(clave="09012")
        publicar("De toda la ciudad")
        publicar("De Iztapalapa", alcaldias=[iztapalapa])
        publicar("De Tlalpan", alcaldias=[tlalpan])
        publicar("De las dos", alcaldias=[iztapalapa, tlalpan])

        hallado = hallados(alcaldia=["09007"])
        assert set(hallado) == {"De toda la ciudad", "De Iztapalapa", "De las dos"}
        assert buscar(Filtros()).facetas["alcaldia"]["09007"] == len(hallado)

    def test_cada_filtro_puesto_ofrece_quitarlo_solo_a_el(self, surtido):
        puestos = [("grupo", "g0"), ("derecho", "d0"), ("derecho", "d1")]
        valores = {"grupo": ("g0",), "derecho": ("d0", "d1")}
        pagina = pagina_de_busqueda(Filtros(q="beca", valores=valores, orden="nombre"))

        quedan = [set(parse_qsl(urlsplit(url).query)) for _nombre, url in pagina.filtros_activos]
        todo = {("q", "beca"), ("orden", "nombre"), *puestos}
        assert quedan == [todo - {puesto} for puesto in puestos]


class TestVentanas:
    """El estado de hoy sale de las fechas, al segundo, y lo dicen igual la lista y la página."""

    @pytest.fixture
    def regla(self):
        return f.en_portal()

    def estado(self, regla) -> tuple[str, datetime.datetime | None]:
        [resultado] = pagina_de_busqueda(Filtros()).resultados
        return resultado.estado, resultado.estado_texto

    @pytest.fixture
    def ahora(self):
        """El reloj de la base está quieto dentro de la transacción de la prueba."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT now()")
            return cursor.fetchone()[0]

    @pytest.mark.parametrize(
        ("abre", "cierra", "estado"),
        [
            (-10, 0, "cerrado"),  # al segundo de cerrar, ya cerró
            (-10, 1, "abierto"),
            (0, 10, "abierto"),  # al segundo de abrir, ya abrió
            (1, 10, "cerrado"),
            (-10, None, "abierto"),
        ],
    )
    def test_al_segundo_de_abrir_y_de_cerrar(self, abre, cierra, estado, regla, ahora):
        microsegundo = datetime.timedelta(microseconds=1)
        convocatoria = f.ConvocatoriaFactory(
            programa=regla.programa,
            abre=ahora + abre * microsegundo,
            cierra=None if cierra is None else ahora + cierra * microsegundo,
        )

        assert self.estado(regla)[0] == convocatoria.estado(ahora) == estado
        assert buscar(Filtros(valores={"estado": (estado,)})).total == 1

    @pytest.mark.parametrize(
        ("modos", "gana"),
        [
            (["pausada", "lista_de_espera", "normal"], "abierto"),
            (["pausada", "lista_de_espera"], "lista_de_espera"),
            (["pausada"], "pausado"),
            ([], "cerrado"),
        ],
    )
    def test_con_varias_a_la_vez_gana_la_que_mas_sirve(self, modos, gana, regla):
        for modo in modos:
            f.ConvocatoriaFactory(programa=regla.programa, modo=modo)

        assert self.estado(regla)[0] == gana

    def test_la_fecha_de_cierre_es_de_la_ventana_que_da_el_estado(self, regla):
        abierta = f.ConvocatoriaFactory(programa=regla.programa)
        f.ConvocatoriaFactory(
            programa=regla.programa,
            lista_de_espera=True,
            cierra=abierta.cierra + datetime.timedelta(days=90),
        )

        dia = timezone.localdate(abierta.cierra).day
        assert f"hasta el {dia} de" in self.estado(regla)[1]

    def test_una_abierta_sin_fin_no_toma_prestado_el_cierre_de_otra(self, regla):
        f.ConvocatoriaFactory(programa=regla.programa, cierra=None)
        f.ConvocatoriaFactory(programa=regla.programa, pausada=True)

        assert self.estado(regla) == ("abierto", "Abierto")

    def test_cerrada_que_abrira_dice_cuando_y_con_minusculas(self, regla):
        futura = f.ConvocatoriaFactory(programa=regla.programa, futura=True)
        f.ConvocatoriaFactory(programa=regla.programa, vencida=True)

        estado, texto = self.estado(regla)
        assert estado == "cerrado"
        assert texto.startswith(f"Cerrado; abre el {timezone.localdate(futura.abre).day} de ")
        assert texto == texto[0] + texto[1:].lower()

    def test_sin_convocatorias_se_dice_que_no_hay_publicada(self, regla):
        assert self.estado(regla) == ("cerrado", "Sin convocatoria publicada")

    def test_la_convocatoria_de_otro_anio_no_abre_este(self, regla):
        f.ConvocatoriaFactory(programa=regla.programa, ejercicio=2024)

        assert self.estado(regla)[0] == "cerrado"


class TestResaltar:
    def test_marca_las_palabras_buscadas_sin_distinguir_acentos(self):
        assert resaltar("Apoyo a la Educación", ["educacion"]) == (
            "Apoyo a la <mark>Educación</mark>"
        )

    def test_escapa_lo_que_parezca_html(self):
        assert "<script" not in resaltar("<script>beca</script> <b>beca", ["beca", "script"])


def test_proyectar_quita_lo_que_ya_no_se_publica_y_no_toca_lo_demas():
    una, otra = publicar("Una", "Otra")
    ReglaOperacion.objects.filter(pk=una.pk).update(estado="sustituido")

    proyeccion.proyectar(una.programa)

    assert [x.regla_id for x in FichaPublica.objects.all()] == [otra.pk]


def test_proyectar_dos_veces_deja_lo_mismo():
    publicar("Una", "Otra")
    antes = list(FichaPublica.objects.order_by("pk").values())

    proyeccion.proyectar()

    assert list(FichaPublica.objects.order_by("pk").values()) == antes


def test_proyectar_una_dependencia_de_clave_larga_no_falla():
    regla = f.ReglaFactory(publicada=True, programa__dependencia__clave="D" * 40)

    assert proyeccion.proyectar(regla.programa) == 1
