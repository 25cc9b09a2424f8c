"""El ancla de un numeral, para enlazarlo desde cualquier página."""

from django import template

from sibis.documentos.escrito import ancla_de

register = template.Library()
register.filter("ancla", ancla_de)
