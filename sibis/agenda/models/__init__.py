"""Obligaciones, vencimientos, prórrogas, recordatorios y llaves de la agenda."""

from sibis.agenda.models.llave import LlaveDeAgenda
from sibis.agenda.models.obligacion import Obligacion
from sibis.agenda.models.prorroga import Prorroga
from sibis.agenda.models.recordatorio import Recordatorio
from sibis.agenda.models.vencimiento import Vencimiento

__all__ = ["LlaveDeAgenda", "Obligacion", "Prorroga", "Recordatorio", "Vencimiento"]
