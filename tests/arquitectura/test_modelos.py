"""Todo modelo tiene fábrica, panel o excusa; nada de una persona sale en su nombre; las parejas van juntas."""

from __future__ import annotations

import importlib
import pkgutil

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from factory.django import DjangoModelFactory as Fabrica

from sibis.bitacora.datos_personales import CAMPOS
from sibis.nucleo.normalizacion import clave_comparable
from tests import fabricas
from tests.fabricas import cuentas, territorio

NUESTRAS = ("sibis.", "programas", "padron", "presupuesto", "reportes", "ciudadania")

SIN_PANEL = {
    "programas.FichaPublica": "se rehace sola desde lo publicado; nadie la edita",
    **dict.fromkeys(
        [
            *("programas.Alineacion", "programas.Apoyo", "programas.Compatibilidad"),
            *("programas.Fuente", "programas.MetaFisica", "programas.Poblacion"),
            *("programas.Requisito", "programas.TextoApartado"),
        ],
        "se escribe en las secciones de su regla",
    ),
    "programas.BorradorDeSeccion": "lo guarda sola la página de la sección, y se ve en ella",
    "programas.EdicionDeSeccion": "la cuenta el servicio al guardar cada sección",
    "programas.CampoRevisado": "se confirma en la página de la sección",
    "programas.RevisionDelPortal": "lo mueven los disparadores de la base; nadie lo edita",
    "programas.Vocabulario": "se rehace solo con las fichas",
    "territorio.CeldaDeCentros": "se cuentan solas desde los centros",
    "territorio.CambioDeCentros": "la anota la base y la borra la cuenta",
    "territorio.VersionDeCapa": "la fecha la base; solo la leen las teselas",
    "avisos.Aviso": "cada quien lee los suyos en su bandeja; nadie los de otra persona",
    "avisos.PreferenciaDeAvisos": "la cambia cada quien en su página",
    "agenda.Prorroga": "se pide y se decide desde su plazo",
    "agenda.Recordatorio": "se mira en la página de su plazo",
    "agenda.LlaveDeAgenda": "la maneja su dueña, en la agenda",
    "archivos.Archivo": "se mira desde el documento que lo cita",
    **dict.fromkeys(
        (
            *("revision.Remision", "revision.Paso", "revision.Asignacion", "revision.Cotejo"),
            *("revision.Observacion", "revision.Respuesta", "revision.Dictamen"),
            "revision.ExcepcionDeVeda",
        ),
        "se lee y se escribe en la página de revisión de su asunto",
    ),
    "programas.PaginaDeDocumento": "se rehace sola desde el archivo",
    "presupuesto.RenglonDeEgresos": "entra por COPY con su corte; nadie lo edita",
    "presupuesto.DescripcionDeClave": "entra con su corte",
    "presupuesto.ResumenDeEgresos": "se rehace desde los renglones",
    "presupuesto.MontoDePrograma": "se rehace desde los vínculos",
    "presupuesto.TotalDeLoSocial": "se rehace desde el resumen y los vínculos",
    "mensajes.Participante": "se lee en la página de su hilo y no se cambia",
    "mensajes.Mensaje": "se lee y se escribe en la página de su hilo",
    "mensajes.Adjunto": "se descarga desde su mensaje",
    "mensajes.Lectura": "la pone quien lee",
    "mensajes.Mencion": "sale del texto de su mensaje",
    "mensajes.Disposicion": "se decide en su página, que dice qué se hará",
    "presupuesto.RenglonDeAvance": "se escribe en la página de su informe",
    "presupuesto.EvidenciaDeAvance": "se adjunta en la página de su informe",
    "panel.VistaGuardada": "se guarda y se cambia arriba de su lista",
    "panel.Lote": "tiene su propia página, de vista previa y de avance",
    "panel.RenglonDeLote": "se mira en la página de su lote",
    "panel.Importacion": "tiene su propia página, de vista previa",
    **dict.fromkeys(
        ("padron.Hallazgo", "padron.FilaEnEspera", "padron.Correccion"),
        "se lee y se corrige en la página de su carga",
    ),
    "padron.Descarte": "se decide en la cuadrícula o en los arreglos de su carga",
    "padron.HojaCorregida": "tiene su propia página, de vista previa",
    "padron.Entrega": "se anota en la página de su jornada, y no cambia",
    **dict.fromkeys(
        ("padron.LoteDeEntregas", "padron.RegistroDeLote"),
        "tiene su propia página, de vista previa y de lo anotado",
    ),
    "padron.Pasada": "se sigue en la página de su carga",
    "padron.RenglonCapturado": "se teclea en la página de su captura",
    "padron.Tramo": "lo marca la máquina mientras copia",
    "padron.Registro": "entra por COPY con su carga; nadie lo edita",
    "padron.Recibo": "se mira en la página de su carga y en la suya, pública",
    "bitacora.Eslabon": "la cadena se mira con `verificar_bitacora`, no renglón por renglón",
}
# Una sola mitad puede faltar, y se dice por qué.
PAREJAS_SUELTAS = {
    "cuentas.Adscripcion.otorgada": "la primera la da la instalación, que no es una persona",
}
# El nombre de cuenta es institucional y es como se dice quién hizo algo.
PERSONALES = CAMPOS | {"first name", "last name", "email"}
MAYUSCULAS = ("INEGI", "CURP", "COPLADE", "ID", "¿")


def nuestros() -> list[type[models.Model]]:
    """Sin los de la historia, que hace pghistory a imagen de los demás."""
    return [
        m
        for m in apps.get_models()
        if m.__module__.startswith(NUESTRAS) and not hasattr(m, "pgh_tracked_model")
    ]


def por_etiqueta(m: type[models.Model]) -> str:
    return m._meta.label


def con_fabrica() -> dict[type[models.Model], type[Fabrica]]:
    halladas = {}
    for modulo in pkgutil.iter_modules(fabricas.__path__):
        for objeto in vars(importlib.import_module(f"tests.fabricas.{modulo.name}")).values():
            es_fabrica = isinstance(objeto, type) and issubclass(objeto, Fabrica)
            if es_fabrica and objeto._meta.model is not None and not objeto._meta.abstract:
                halladas[objeto._meta.model] = objeto
    return halladas


def en_el_panel() -> set[type[models.Model]]:
    registrados = admin.site._registry
    renglones = {i.model for a in registrados.values() for i in a.inlines}
    return set(registrados) | renglones


def test_hay_modelos_que_revisar():
    assert len(nuestros()) > 25


def test_todo_modelo_tiene_fabrica():
    assert {m._meta.label for m in nuestros()} - {m._meta.label for m in con_fabrica()} == set()


@pytest.mark.django_db
@pytest.mark.parametrize("modelo", sorted(con_fabrica(), key=por_etiqueta), ids=por_etiqueta)
def test_toda_fabrica_da_algo_valido_sin_pedirle_nada(modelo):
    objeto = con_fabrica()[modelo]()

    assert objeto.pk is not None
    if modelo._meta.label not in SIN_PANEL and modelo._meta.app_label != "bitacora":
        objeto.full_clean()  # lo que nadie captura no se valida como captura


def test_todo_modelo_tiene_panel_o_excusa():
    sin_panel = {m._meta.label for m in nuestros() if m not in en_el_panel()}
    assert sin_panel == set(SIN_PANEL), "Falta registrarlo, o sobra su excusa."


def test_el_nombre_de_un_modelo_y_de_sus_campos_va_en_minusculas():
    nombres = {}
    for m in nuestros():
        nombres[m._meta.label] = m._meta.verbose_name
        nombres[f"{m._meta.label} (varios)"] = m._meta.verbose_name_plural
        nombres |= {str(c): c.verbose_name for c in m._meta.fields if not c.auto_created}
    malos = {
        que: str(texto)
        for que, texto in nombres.items()
        if not str(texto)[0].islower() and not str(texto).startswith(MAYUSCULAS)
    }
    assert malos == {}


def test_todo_campo_que_se_captura_tiene_nombre_propio_y_traducible():
    """Sin nombre propio, Django muestra el identificador sin acentos: «numero de gaceta»."""
    panel = en_el_panel()
    sin_nombre = [
        str(c)
        for m in nuestros()
        if m in panel
        for c in m._meta.fields
        if c.editable and not c.primary_key and not isinstance(c._verbose_name, Promise)
    ]
    assert sin_nombre == []


def campos_de_persona(modelo: type[models.Model]) -> list[models.Field]:
    return [
        c
        for c in modelo._meta.fields
        if isinstance(c, models.CharField | models.TextField)
        and clave_comparable(c.name) in PERSONALES
        and not (modelo is not cuentas.Usuario and c.name == "nombre")  # el de una cosa
    ]


@pytest.mark.parametrize(
    "modelo", [m for m in nuestros() if campos_de_persona(m)], ids=por_etiqueta
)
def test_los_datos_de_una_persona_no_salen_al_nombrar_su_renglon(modelo):
    """`str(objeto)` llega a títulos, avisos, bitácora y errores: ahí no va nadie."""
    marcas = {c.name: f"secreto{n}" for n, c in enumerate(campos_de_persona(modelo))}
    objeto = modelo(pk=1, **{c: v for c, v in marcas.items() if c != "username"})

    for texto in (str(objeto), repr(objeto), f"{objeto}"):
        assert "secreto" not in texto


def test_se_revisa_al_menos_la_cuenta_y_el_centro():
    """Si se renombra el campo, la prueba de arriba no debe quedarse sin qué mirar."""
    revisados = {m for m in nuestros() if campos_de_persona(m)}
    assert {cuentas.Usuario, territorio.Centro} <= revisados


def _hojas(condicion: Q) -> set[str]:
    return {
        nombre
        for hija in condicion.children
        for nombre in (_hojas(hija) if isinstance(hija, Q) else {hija[0].split("__")[0]})
    }


def parejas() -> list[tuple[str, str, type[models.Model]]]:
    """(actor, etiqueta, modelo) de cada «x_en» con su «x_por»."""
    halladas = []
    for modelo in nuestros():
        nombres = {c.name for c in modelo._meta.fields}
        for nombre in sorted(nombres):
            acto = nombre.removesuffix("_en")
            if nombre.endswith("_en") and f"{acto}_por" in nombres:
                halladas.append((acto, f"{modelo._meta.label}.{acto}", modelo))
    return halladas


@pytest.mark.parametrize(
    ("acto", "etiqueta", "modelo"), parejas(), ids=lambda v: v if isinstance(v, str) else ""
)
def test_quien_y_cuando_van_juntos_y_lo_dice_la_base(acto, etiqueta, modelo):
    if etiqueta in PAREJAS_SUELTAS:
        return
    juntas = [
        r
        for r in modelo._meta.constraints
        if isinstance(r, models.CheckConstraint)
        and isinstance(r.condition, Q)
        and {f"{acto}_en", f"{acto}_por"} <= _hojas(r.condition)
    ]
    assert juntas, f"{etiqueta}: falta una restricción con «{acto}_en» y «{acto}_por»."


def test_las_parejas_sueltas_existen_y_hay_parejas_que_mirar():
    etiquetas = {etiqueta for _acto, etiqueta, _modelo in parejas()}
    assert set(PAREJAS_SUELTAS) <= etiquetas
    assert len(etiquetas - set(PAREJAS_SUELTAS)) >= 4


def test_el_dinero_es_decimal_y_nada_es_flotante():
    de_dinero = ("monto", "presupuesto_a", "presupuesto_e", "importe", "saldo")
    for campo in (c for m in nuestros() for c in m._meta.fields):
        assert not isinstance(campo, models.FloatField), campo
        if campo.name.startswith(de_dinero):
            assert isinstance(campo, models.DecimalField), campo


def test_toda_restriccion_dice_algo_a_la_gente():
    """El mensaje de omisión nombra la restricción, que no le dice nada a nadie."""
    internas = {"vocabulario_es_uno_solo", "revision_es_una_sola"}
    for restriccion in (r for m in nuestros() for r in m._meta.constraints):
        propio = restriccion.violation_error_message != restriccion.default_violation_error_message
        sencilla = isinstance(restriccion, models.UniqueConstraint) and not restriccion.condition
        assert propio or sencilla or restriccion.name in internas, restriccion.name
