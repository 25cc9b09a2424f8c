"""Las oraciones de la bitácora para el padrón."""

from django.utils.translation import gettext_lazy as _

FRASES = {
    "carga.recibida": _("{por} entregó la carga {folio} ({ejercicio}, {periodo}), huella {sha256}"),
    "carga.mapeo_confirmado": _("{por} dijo qué es cada columna de la carga {folio}"),
    "carga.revision_pedida": _("{por} pidió revisar de nuevo la carga {folio}"),
    "carga.sombra_pedida": _("{por} pidió una revisión de prueba de la carga {folio}"),
    "carga.revisada": _(
        "Terminó la revisión de la carga {folio}: {filas} renglones, {validas} pueden entrar, "
        "{con_error} esperan"
    ),
    "carga.pausada": _("{por} puso en pausa la carga {folio}"),
    "carga.reanudada": _("{por} reanudó la carga {folio}"),
    "carga.detenida": _("La revisión de la carga {folio} se detuvo y quedó en pausa"),
    "carga.ilegible": _("El archivo de la carga {folio} no se pudo leer"),
    "carga.presentada": _(
        "{por} presentó la carga {folio}: {validas} renglones pueden entrar, {con_error} esperan"
    ),
    "carga.devuelta": _("{por} devolvió la carga {folio}: {motivo}"),
    "carga.aplicada": _("{por} aplicó la carga {folio}: {registros} registros entraron al padrón"),
    "carga.sustituida": _("La carga {por_la} sustituyó a la {folio}"),
    "carga.cancelada": _("{por} canceló la carga {folio}"),
    "recibo.emitido": _("Al confirmarse la carga se emitió el recibo {folio}"),
    "recibo.firmado": _("El recibo {folio} quedó firmado y guardado"),
    "jornada.planeada": _("{por} planeó una jornada de entrega para el {dia}, letras {letras}"),
    "jornada.publicada": _(
        "{por} publicó la jornada de entrega del {dia}, letras {letras}: {esperadas} esperadas"
    ),
    "jornada.cambiada": _("{por} cambió la jornada de entrega del {dia}, letras {letras}"),
    "jornada.cancelada": _("{por} canceló la jornada de entrega del {dia}, letras {letras}"),
    "entrega.entregada": _("{por} anotó una entrega con fecha {fecha}"),
    "entrega.no_recogida": _("{por} anotó que alguien no recogió, con fecha {fecha}"),
    "entrega.devuelta": _("{por} anotó una devolución con fecha {fecha}"),
    "entrega.reentregada": _("{por} anotó que se entregó otra vez, con fecha {fecha}"),
    "lotedeentregas.propuesto": _("{por} pidió que otra persona confirme un lote: {que}"),
    "lotedeentregas.confirmado": _("{por} confirmó un lote de {por_anotar} anotaciones: {que}"),
    "lotedeentregas.aplicado": _("Se anotó un lote de entregas: {que}. Anotaciones: {anotadas}"),
    "lotedeentregas.descartado": _("{por} descartó un lote de entregas: {que}"),
    "lectura.entrega": _("{por} buscó a una persona en una jornada de entrega"),
    "lectura.lista_de_entrega": _("{por} descargó la lista de una jornada: {renglones} personas"),
}
