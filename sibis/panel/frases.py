"""Las oraciones de la bitácora para lo que se hace desde las listas."""

from django.utils.translation import gettext_lazy as _

FRASES = {
    "lista.exportada": _("{por} descargó {renglones} renglones de «{que}» en {formato}"),
    "lote.confirmado": _("{por} mandó hacer por lote «{que}» sobre {total} renglones"),
    "lote.terminado": _(
        "Terminó el lote «{que}» que pidió {pedido_por}: {hechos} hechos, {fallidos} no se hicieron"
    ),
    "lote.cancelado": _("{por} canceló el lote «{que}» con {hechos} hechos y {faltaban} por hacer"),
    "catalogo.agregado": _("{por} agregó «{clave}» a {catalogo}"),
    "catalogo.corregido": _("{por} corrigió «{clave}» de {catalogo}"),
    "catalogo.cerrado": _("{por} cerró «{clave}» de {catalogo}: rige hasta el {hasta}"),
    "catalogo.importado": _(
        "{por} cargó {lista} desde un archivo: {altas} altas, {cambios} cambios"
    ),
}
