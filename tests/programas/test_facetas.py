"""Los filtros y sus cuentas: lo que prometen es lo que sale."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.utils import timezone

from programas import proyeccion
from programas.consultas.busqueda import buscar
from programas.consultas.filtros import FACETAS, ORDENES, Filtros, opciones
from programas.consultas.resultados import pagina_de_busqueda
from programas.models import ReglaOperacion
from tests.conftest import mientras_dure
from tests.fabricas import programas as f
from tests.fabricas.cuentas import DependenciaFactory
from tests.fabricas.territorio import AlcaldiaFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def surtido(django_db_setup, django_db_blocker):
    """Doce programas que difieren en todo lo que se puede filtrar; ninguna prueba los cambia."""
    with mientras_dure(django_db_blocker):
        surtir()
        yield


def surtir() -> None:
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

    def test_lo_hallado_y_cada_cuenta_son_las_que_saldrian_al_filtrar_a_mano(self):
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

    def test_dos_opciones_de_una_faceta_suman_y_dos_facetas_cruzan(self):
        una, otra = {"derecho": ("d1",)}, {"derecho": ("d2",)}
        ambas = {"derecho": ("d1", "d2")}
        de = lambda valores: set(buscar(Filtros(valores=valores), cuantas=99).reglas)  # noqa: E731

        assert de(ambas) == de(una) | de(otra)
        assert de({**una, "grupo": ("g0",)}) == de(una) & de({"grupo": ("g0",)})

    def test_lo_que_hoy_se_puede_pedir_va_primero(self):
        pagina = pagina_de_busqueda(Filtros())
        (estado,) = (x for x in pagina.facetas if x.parametro == "estado")

        valores = [o.valor for o in estado.opciones]
        assert valores == ["abierto", "pausado", "lista_de_espera", "cerrado"]

    def test_sin_texto_no_se_ofrece_el_orden_por_parecido(self):
        def ordenes(**pedido) -> set[str]:
            return {clave for clave, _nombre, _url in pagina_de_busqueda(Filtros(**pedido)).ordenes}

        assert ordenes() == {"abiertos", "recientes", "nombre"}
        assert ordenes(q="programa") == ordenes(orden="relevancia") == set(ORDENES)

    def test_cada_filtro_puesto_ofrece_quitarlo_solo_a_el(self):
        puestos = [("grupo", "g0"), ("derecho", "d0"), ("derecho", "d1")]
        valores = {"grupo": ("g0",), "derecho": ("d0", "d1")}
        pagina = pagina_de_busqueda(Filtros(q="beca", valores=valores, orden="nombre"))

        quedan = [set(parse_qsl(urlsplit(url).query)) for _nombre, url in pagina.filtros_activos]
        todo = {("q", "beca"), ("orden", "nombre"), *puestos}
        assert quedan == [todo - {puesto} for puesto in puestos]
