"""Qué cambió en cada edición: antes y después de cada campo, desde la historia de la base.

La historia guarda el renglón entero después de cada escritura, también de las que no pasaron por el
sistema; lo de antes es lo que guardó la escritura anterior del mismo renglón.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _
from pghistory.models import Events

from sibis.formatos.fechas import fecha_larga

LIMITE = 60  # ediciones que se muestran
_RENGLONES = 3_000  # de historia que se leen para armarlas
CREO, CAMBIO, QUITO = "insert", "update", "delete"
_NO_SE_MUESTRAN = {"password"}


@dataclass(frozen=True, slots=True)
class CambioDeCampo:
    """De un campo. `objeto` es la sección («requisito») si no es del propio asunto.

    Sin `antes`, el renglón se agregó; sin `despues`, se quitó.
    """

    objeto: str
    campo: str
    antes: str
    despues: str


@dataclass(frozen=True, slots=True)
class Edicion:
    """Lo que una persona cambió de una vez."""

    momento: datetime.datetime
    quien: str
    cambios: tuple[CambioDeCampo, ...]

    @property
    def es_corta(self) -> bool:
        """Se puede mostrar abierta sin llenar la página."""
        return len(self.cambios) <= 8


def ediciones_de(modelo: type[models.Model], pk: Any, *, limite: int = LIMITE) -> list[Edicion]:
    """Las últimas primero. Consultas fijas: la historia, las cuentas y una por catálogo citado."""
    eventos = _historia(modelo, pk)
    pares = _con_lo_de_antes(eventos)
    nombres = _nombres(pares)
    cuentas = _cuentas(evento for evento, _antes in pares)
    grupos: dict[tuple[Any, ...], list[CambioDeCampo]] = defaultdict(list)
    for evento, antes in pares:
        quien = cuentas.get((evento.pgh_context or {}).get("user"), "")
        llave = (evento.pgh_created_at, evento.pgh_context_id, quien)
        grupos[llave] += _de_un_evento(modelo, evento, antes, nombres)
    hechas = [
        Edicion(momento, quien, tuple(cambios))
        for (momento, _contexto, quien), cambios in grupos.items()
        if cambios
    ]
    return hechas[::-1][:limite]


def tiene_historia(modelo: type[models.Model]) -> bool:
    return bool(getattr(modelo, "pgh_event_models", None))


def _historia(modelo: type[models.Model], pk: Any) -> list[Any]:
    """La del objeto y la de lo que cuelga de él, en el orden en que se escribió."""
    objeto = modelo(pk=pk)
    propios = _event_models(modelo)
    if not propios:
        return []
    suyas = [m for relacionado in _secciones(modelo) for m in _event_models(relacionado)]
    consulta = Events.objects.across(*propios, *suyas).references(objeto)
    return list(consulta.order_by("-pgh_created_at", "-pgh_id")[:_RENGLONES])[::-1]


def _event_models(modelo: type[models.Model]) -> list[type[models.Model]]:
    """Crear, cambiar y quitar suelen ir a la misma tabla: se nombra una vez."""
    return list(dict.fromkeys(getattr(modelo, "pgh_event_models", {}).values()))


def _secciones(modelo: type[models.Model]) -> list[type[models.Model]]:
    """Los modelos de la misma app que cuelgan de él y llevan historia."""
    return [
        r.related_model
        for r in modelo._meta.related_objects
        if r.one_to_many
        and r.on_delete is models.CASCADE
        and r.related_model._meta.app_label == modelo._meta.app_label
        and tiene_historia(r.related_model)
    ]


def _con_lo_de_antes(eventos: Sequence[Any]) -> list[tuple[Any, dict[str, Any] | None]]:
    ultimo: dict[tuple[str, str], dict[str, Any]] = {}
    pares = []
    for evento in eventos:
        llave = (evento.pgh_obj_model, str(evento.pgh_obj_id))
        pares.append((evento, ultimo.get(llave)))
        ultimo[llave] = evento.pgh_data
    return pares


def _campos(modelo: type[models.Model], asunto: type[models.Model]) -> list[models.Field]:
    """Los que alguien captura; los pasos y los sellos están en la línea de tiempo."""
    return [
        c
        for c in modelo._meta.concrete_fields
        if c.editable
        and not c.primary_key
        and c.name not in _NO_SE_MUESTRAN
        and not (c.is_relation and c.related_model is asunto)
    ]


def _de_un_evento(
    asunto: type[models.Model], evento: Any, antes: dict[str, Any] | None, nombres: _Nombres
) -> list[CambioDeCampo]:
    modelo = apps.get_model(evento.pgh_obj_model)
    propio = modelo is asunto
    rotulo = "" if propio else str(modelo._meta.verbose_name)
    campos = _campos(modelo, asunto)
    if evento.pgh_label == CAMBIO and antes is not None:
        return [
            CambioDeCampo(
                rotulo,
                str(c.verbose_name),
                _en_palabras(c, antes.get(c.attname), nombres),
                _en_palabras(c, evento.pgh_data.get(c.attname), nombres),
            )
            for c in campos
            if antes.get(c.attname) != evento.pgh_data.get(c.attname)
        ]
    if propio or evento.pgh_label == CAMBIO:  # cómo nació el asunto lo dice la línea de tiempo
        return []
    resumen = _resumen(campos, evento.pgh_data, nombres)
    se_quito = evento.pgh_label == QUITO
    return [CambioDeCampo(rotulo, "", resumen if se_quito else "", "" if se_quito else resumen)]


def _resumen(campos: Iterable[models.Field], datos: dict[str, Any], nombres: _Nombres) -> str:
    """Un renglón de una sección, con lo que trae."""
    dichos = (
        (c, _en_palabras(c, datos.get(c.attname), nombres)) for c in campos if c.name != "orden"
    )
    return "; ".join(
        f"{c.verbose_name}: {texto}"
        for c, texto in dichos
        if datos.get(c.attname) not in (None, "", [])
    )


_Nombres = dict[tuple[type[models.Model], Any], str]


def _nombres(pares: Sequence[tuple[Any, dict[str, Any] | None]]) -> _Nombres:
    """Cómo se llama hoy cada cosa que los renglones citan por su llave."""
    citados: dict[type[models.Model], set[Any]] = defaultdict(set)
    for evento, _antes in pares:
        for campo in apps.get_model(evento.pgh_obj_model)._meta.concrete_fields:
            valor = evento.pgh_data.get(campo.attname)
            if campo.is_relation and campo.editable and valor is not None:
                citados[campo.related_model].add(valor)
    return {
        (modelo, objeto.pk): str(objeto)
        for modelo, llaves in citados.items()
        for objeto in modelo._base_manager.filter(pk__in=llaves)
    }


def _cuentas(eventos: Iterable[Any]) -> dict[Any, str]:
    llaves = [llave for e in eventos if (llave := (e.pgh_context or {}).get("user"))]
    if not llaves:
        return {}
    cuentas = get_user_model()._default_manager.filter(pk__in=set(llaves))
    return dict(cuentas.values_list("pk", "username"))


def _en_palabras(campo: models.Field, valor: Any, nombres: _Nombres) -> str:
    if valor is None or valor in ("", []):
        return _("vacío")
    if campo.is_relation:
        return nombres.get((campo.related_model, valor), str(valor))  # type: ignore[arg-type]
    if campo.choices:
        return str(dict(campo.flatchoices).get(valor, valor))
    if isinstance(valor, bool):
        return _("sí") if valor else _("no")
    if isinstance(valor, list):
        return "\n".join(str(v) for v in valor)
    return _fecha_o_numero(campo, valor)


def _fecha_o_numero(campo: models.Field, valor: Any) -> str:
    """La historia los guarda como texto de JSON."""
    if isinstance(campo, models.DateTimeField):
        momento = parse_datetime(str(valor))
        return fecha_larga(momento.date()) if momento else str(valor)
    if isinstance(campo, models.DateField):
        dia = parse_date(str(valor))
        return fecha_larga(dia) if dia else str(valor)
    if isinstance(campo, models.DecimalField):
        try:
            return f"{Decimal(str(valor)):,.{campo.decimal_places}f}"
        except InvalidOperation:
            return str(valor)
    return str(valor)
