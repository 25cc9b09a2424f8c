"""Lo que la base no admite, venga de donde venga, y la oración con que se le dice a la gente."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.utils import timezone

from programas.estados import EstadoRegla as E
from programas.models import Programa
from sibis.vigencia.models import ConVigencia
from tests.fabricas import historico as h
from tests.fabricas import programas as f
from tests.programas.captura_casos import casos_de_captura
from tests.programas.negativas import decir, negar

pytestmark = pytest.mark.django_db

AYER, HOY = datetime.date(2025, 1, 1), datetime.date(2025, 1, 2)


@dataclass(frozen=True)
class Caso:
    """Una restricción, un objeto válido, el cambio que la rompe y parte de lo que se lee."""

    restriccion: str
    preparar: Callable[[], models.Model]
    cambio: dict[str, Any]
    mensaje: str
    sufijo: str = field(default="")


def borrador(**valores: Any) -> models.Model:
    return f.ReglaFactory(**valores)


def segunda(fabrica: Any, **valores: Any) -> Callable[[], models.Model]:
    """Un renglón que comparte regla con otro ya escrito."""

    def preparar() -> models.Model:
        primera = fabrica(**{c: v[0] for c, v in valores.items()})
        return fabrica(regla=primera.regla, **{c: v[1] for c, v in valores.items()})

    return preparar


def aprobada_junto_a_una_publicada() -> models.Model:
    publicada = f.ReglaFactory(publicada=True)
    return f.ReglaFactory(
        aprobada=True,
        programa=publicada.programa,
        version=2,
        gaceta_numero="99",
        gaceta_fecha=HOY,
    )


def dos_borradores() -> models.Model:
    una = f.ReglaFactory(ejercicio=2025)
    return f.ReglaFactory(programa=una.programa, ejercicio=2026, version=2)


def borrador_de_una_segunda_version() -> models.Model:
    publicada = f.ReglaFactory(publicada=True)
    return f.ReglaFactory(programa=publicada.programa, version=2)


def direccion_repetida() -> models.Model:
    f.DireccionAnteriorFactory(valor="de-antes")
    return f.DireccionAnteriorFactory()


def pagina_repetida() -> models.Model:
    primera = h.PaginaDeDocumentoFactory(numero=1)
    return h.PaginaDeDocumentoFactory(documento=primera.documento, numero=2)


def sin_resultado_repetida() -> models.Model:
    f.ConsultaSinResultadoFactory(palabra="dos")
    return f.ConsultaSinResultadoFactory(palabra="uno")


def sede_repetida() -> models.Model:
    una = f.SedeFactory()
    return f.SedeFactory(programa=una.programa, centro=una.centro, ejercicio=2024)


CASOS = [
    *[Caso(*caso) for caso in casos_de_captura()],
    Caso("regla_version_unica", borrador_de_una_segunda_version, {"version": 1}, "esa versión"),
    Caso(
        "regla_una_publicada_por_ejercicio",
        aprobada_junto_a_una_publicada,
        {"estado": E.PUBLICADO},
        "Ya hay una versión publicada",
    ),
    Caso(
        "regla_una_en_curso_por_ejercicio",
        dos_borradores,
        {"ejercicio": 2025},
        "Ya hay una versión en trabajo",
    ),
    Caso(
        "regla_edades_en_orden",
        borrador,
        {"edad_min_meses": 720, "edad_max_meses": 719},
        "edad máxima es menor",
    ),
    Caso(
        "regla_fechas_en_orden",
        lambda: f.ReglaFactory(programa__accion=True),
        {"fecha_inicio": HOY, "fecha_fin": AYER},
        "anterior a la de inicio",
    ),
    *[
        Caso(f"regla_{campo}_no_negativo", borrador, {campo: Decimal("-0.01")}, "negativo")
        for campo in ("presupuesto_aprobado", "presupuesto_ejercido", "facilitadores_monto")
    ],
    *[
        Caso(
            f"regla_{acto}_en_y_por_juntos",
            borrador,
            {f"{acto}_en": timezone.now()},
            "quién o cuándo",
        )
        for acto in ("enviado", "validado", "aprobado", "publicado")
    ],
    Caso(
        "regla_publicada_con_gaceta_y_validacion",
        lambda: f.ReglaFactory(aprobada=True),
        {"estado": E.PUBLICADO},
        "faltan la Gaceta o la validación",
    ),
    Caso(
        "regla_aprobada_con_dictamen",
        lambda: f.ReglaFactory(aprobada=True),
        {"aprobado_en": None, "aprobado_por": None},
        "tiene dictamen favorable",
    ),
    Caso(
        "regla_modificacion_es_de_otra",
        borrador,
        {"clase_de_version": "nota_aclaratoria"},
        "modifica una versión anterior",
    ),
    Caso(
        "regla_por_regir_dice_desde_cuando",
        lambda: f.ReglaFactory(aprobada=True, gaceta_numero="1", gaceta_fecha=HOY),
        {"estado": E.POR_REGIR},
        "desde qué día rige",
    ),
    Caso("fuente_clave_unica_en_la_regla", segunda(f.FuenteFactory, clave=("f1", "f2")),
         {"clave": "f1"}, "ya usa esa clave"),
    Caso("texto_uno_por_apartado", segunda(f.TextoApartadoFactory), {"apartado": 1}, "ya tiene texto"),
    Caso("compatibilidad_dice_con_quien", f.CompatibilidadFactory, {"nombre": ""}, "con qué apoyo"),
    Caso("apoyo_montos_no_negativos", f.ApoyoFactory, {"monto_minimo": Decimal(-1)}, "negativo"),
    Caso("apoyo_montos_no_negativos", f.ApoyoFactory,
         {"monto_minimo": None, "monto_maximo": Decimal(-1)}, "negativo", "maximo"),
    Caso("apoyo_rango_en_orden", f.ApoyoFactory, {"monto_maximo": Decimal(1)}, "menor que su mínimo"),
    Caso("poblacion_una_por_clase", segunda(f.PoblacionFactory, clase=("objetivo", "potencial")),
         {"clase": "objetivo"}, "ya está descrita"),
    *[
        Caso("poblacion_sexos_no_exceden_total", f.PoblacionFactory, cambio, "más que el total", n)
        for n, cambio in {
            "juntos": {"mujeres": 60, "hombres": 41},
            "mujeres": {"mujeres": 101},
            "hombres": {"hombres": 101},
        }.items()
    ],
    Caso("poblacion_edades_en_orden", f.PoblacionFactory,
         {"edad_min_meses": 13, "edad_max_meses": 12}, "edad máxima es menor"),
    Caso("convocatoria_cierra_despues_de_abrir", f.ConvocatoriaFactory,
         {"cierra": timezone.now() - datetime.timedelta(days=99)}, "cierra antes de abrir"),
    Caso("entrega_fechas_en_orden", f.FechaDeEntregaFactory, {"hasta": datetime.date(2025, 2, 28)},
         "termina antes de empezar"),
    Caso("sede_una_vez", sede_repetida, {"ejercicio": 2025}, "ya es sede"),
    Caso("direccion_lleva_a_un_solo_programa", direccion_repetida, {"valor": "de-antes"},
         "ya lleva a otro programa"),
    Caso("documento_ejercicio_posible", h.DocumentoFactory, {"ejercicio": 1800}, "igual a 1900"),
    Caso("documento_dice_de_donde_sale", h.DocumentoFactory, {"fuente": "", "enlace": ""},
         "de dónde sale"),
    Caso("documento_texto_solo_con_archivo", h.DocumentoFactory, {"texto_estado": "pendiente"},
         "archivo guardado"),
    Caso("pagina_una_por_numero", pagina_repetida, {"numero": 1}, "ya existe"),
    Caso("pagina_desde_uno", h.PaginaDeDocumentoFactory, {"numero": 0}, "desde 1"),
    Caso("enlace_revisado_dice_cuando", h.EnlaceFactory, {"estado": "roto", "revisado_en": None},
         "cuándo se revisó"),
    Caso("sin_resultado_una_por_dia", sin_resultado_repetida, {"palabra": "dos"}, "ya está contada"),
    Caso("sin_resultado_minimo_de_veces", f.ConsultaSinResultadoFactory, {"veces": 2},
         "se buscó varias veces"),
    Caso("sin_resultado_solo_letras", f.ConsultaSinResultadoFactory, {"palabra": "juan 5512345678"},
         "sin números"),
    Caso("revision_es_una_sola", f.RevisionDelPortalFactory, {"id": 2}, "revision_es_una_sola"),
    Caso("vocabulario_es_uno_solo", f.VocabularioFactory, {"id": 2}, "vocabulario_es_uno_solo"),
    *[
        Caso(
            f"programas_{modelo}_vigencia_en_orden",
            getattr(f, fabrica),
            {"vigente_desde": HOY, "vigente_hasta": AYER},
            "termina antes de empezar",
        )
        for modelo, fabrica in {
            "derechosocial": "DerechoSocialFactory",
            "grupoprioritario": "GrupoPrioritarioFactory",
            "tipodeapoyo": "TipoDeApoyoFactory",
            "apartado": "ApartadoFactory",
            "leyenda": "LeyendaFactory",
            "exigencia": "ExigenciaFactory",
            "ayudadecampo": "AyudaDeCampoFactory",
        }.items()
    ],
]  # fmt: skip
# Estas se prueban aparte: el cambio depende de lo que se preparó, o `clean` lo corrige antes.
APARTE = {
    "texto_uno_por_apartado",
    "regla_no_valida_quien_captura",
    "regla_no_dictamina_quien_presenta_ni_valida",
    "documento_fecha_y_anio_de_acuerdo",
}
LISTA = [c for c in CASOS if c.restriccion not in APARTE]


def nombre(caso: Caso) -> str:
    return "-".join(filter(None, [caso.restriccion, caso.sufijo]))


@pytest.mark.parametrize("caso", LISTA, ids=nombre)
def test_la_base_se_niega_y_al_validar_se_dice_en_palabras(caso):
    objeto = caso.preparar()

    negar(objeto, caso.restriccion, **caso.cambio)
    decir(objeto, caso.mensaje, **caso.cambio)


def test_dos_textos_del_mismo_apartado_se_niegan():
    texto = f.TextoApartadoFactory()
    otro = f.TextoApartadoFactory(regla=texto.regla)

    negar(otro, "texto_uno_por_apartado", apartado=texto.apartado)
    decir(otro, "ya tiene texto", apartado=texto.apartado)


def test_la_fecha_de_un_documento_no_contradice_su_anio():
    documento = h.DocumentoFactory(fecha=HOY)

    negar(documento, "documento_fecha_y_anio_de_acuerdo", anio_publicacion=2019)
    documento.anio_publicacion = 2019
    documento.full_clean()
    assert documento.anio_publicacion == HOY.year


def test_ninguna_restriccion_de_programas_se_queda_sin_prueba():
    declaradas = {
        restriccion.name
        for modelo in apps.get_app_config("programas").get_models()
        for restriccion in modelo._meta.constraints
    }
    assert declaradas - {c.restriccion for c in CASOS} - APARTE == set()


def test_todo_catalogo_con_vigencia_la_tiene_en_orden():
    for modelo in apps.get_app_config("programas").get_models():
        if issubclass(modelo, ConVigencia):
            nombres = [r.name for r in modelo._meta.constraints]
            assert f"programas_{modelo._meta.model_name}_vigencia_en_orden" in nombres


@pytest.mark.parametrize("campo", ["clave", "slug"])
def test_la_identidad_de_un_programa_no_se_repite(campo):
    uno, otro = f.ProgramaFactory(), f.ProgramaFactory()
    cambio = {campo: getattr(uno, campo)}

    negar(otro, campo, **cambio)
    decir(otro, "Ya existe", **cambio)


def test_un_programa_con_reglas_no_se_borra():
    regla = f.ReglaFactory()

    with pytest.raises(models.ProtectedError):
        regla.programa.delete()
    assert Programa.objects.filter(pk=regla.programa_id).exists()
