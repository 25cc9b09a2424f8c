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
    "carga.fila_corregida": _(
        "{por} corrigió {celdas} celdas de la fila {fila} en la carga {folio}"
    ),
    "carga.fila_fuera": _("{por} dejó fuera la fila {fila} de la carga {folio}: {motivo}"),
    "carga.fila_vuelve": _("{por} hizo volver la fila {fila} en la carga {folio}"),
    "carga.arreglada": _(
        "{por} arregló {filas} filas de la carga {folio}: {codigo} en «{columna}», con {arreglo}"
    ),
    "carga.arreglo_deshecho": _(
        "{por} deshizo un arreglo de {filas} filas en la carga {folio}: {codigo} en «{columna}»"
    ),
    "carga.hoja_subida": _("{por} subió una hoja corregida de la carga {folio}, huella {sha256}"),
    "carga.hoja_aplicada": _(
        "{por} aplicó una hoja corregida en la carga {folio}: {celdas} celdas de {filas} filas"
    ),
    "receta.olvidada": _("{por} pidió no ofrecer más el arreglo de {codigo} en «{columna}»"),
    "lectura.carga": _("{por} vio datos personales de {filas} filas de la carga {folio}"),
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
    "lectura.captura": _("{por} vio una captura de {filas} renglones que escribió otra persona"),
    "captura.empezada": _("{por} empezó a capturar un padrón a mano ({ejercicio}, {periodo})"),
    "captura.entregada": _(
        "{por} entregó lo que se capturó a mano: {renglones} renglones, carga {folio}"
    ),
    "captura.reabierta": _("{por} volvió a abrir la captura que se había entregado como {folio}"),
    "captura.descartada": _("{por} descartó una captura a mano con {renglones} renglones"),
    "captura.olvidada": _(
        "Se borró una captura a mano que nadie tocó en {dias} días: {renglones} renglones"
    ),
    "captura.depurada": _(
        "Se borraron los renglones de una captura cuya carga {folio} ya es parte del padrón"
    ),
}
