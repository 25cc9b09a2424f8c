"""Costuras entre apps: la de abajo pregunta a las de arriba por su ruta, en este orden."""

MATERIAS_DE_REVISION = [
    "programas.materia.REGLA",
    "presupuesto.materia.INFORME",
]  # lo que se revisa
BLOQUES_DE_EXPEDIENTE = [  # (usuario, expediente) -> Bloque | None
    "padron.consultas.en_el_expediente.bloque",
    "sibis.mensajes.consultas.del_expediente.bloque",
]
CATALOGOS_DE_LAS_APLICACIONES = [
    "presupuesto.importacion.catalogos.cargar",
    "padron.importacion.catalogos.cargar",
]  # () -> [InformeDeCarga]
REQUISITOS_DE_REGLA: list[str] = []  # (regla, momento) -> [Faltante]
SUJETOS_DE_AGENDA = [
    "programas.consultas.agenda_de_reglas.sujetos"
]  # (obligación, ejercicio) -> [Sujeto]
# Lo que dice Obligacion.cumple -> ([Vencimiento]) -> {pk: Cumplimiento}. Ver sibis/agenda/costuras.py.
CUMPLIMIENTOS_DE_AGENDA = {
    "regla_publicada": "programas.consultas.agenda_de_reglas.reglas_publicadas",
    "informe_trimestral": "presupuesto.consultas.agenda_de_informes.informes_enviados",
    "padron_entregado": "padron.consultas.agenda_de_padron.padrones_entregados",
}
COLAS_DEL_PANEL = [  # usuario -> [Cola]
    "programas.consultas.colas.colas",
    "sibis.revision.consultas.colas.colas",
    "programas.consultas.colas_historico.colas",
    "sibis.agenda.consultas.colas.colas",
    "presupuesto.consultas.colas.colas",
    "padron.consultas.colas.colas",
    "ciudadania.consultas.colas.colas",
    "sibis.avisos.consultas.colas.colas",
    "sibis.mensajes.consultas.colas.colas",
    "sibis.panel.colas_de_lotes.colas",
    "programas.consultas.novedades.colas",
]
CONTADORES_DEL_PANEL = [  # usuario -> (texto, número, dirección) | None; arriba, en toda página
    "sibis.avisos.consultas.bandeja.contador",
    "sibis.mensajes.consultas.bandeja.contador",
]
APARTADOS_DE_FICHA = [
    "presupuesto.consultas.apartados.presupuesto_y_avance",
    "presupuesto.consultas.apartados.indicadores",
    "programas.consultas.dictamen_publico.dictamen",
    "programas.consultas.documento_historico.documentos",
    "ciudadania.consultas.ficha.avisame",
]  # regla -> Apartado | None, en el orden de la página
CIFRAS = [
    "programas.consultas.cifras.CIFRAS",
    "sibis.territorio.consultas.cifras.CIFRAS",
    "presupuesto.consultas.cifras.CIFRAS",
]  # cada una, una lista de DefinicionDeCifra
DOCUMENTOS: list[str] = [
    "programas.consultas.impresos.TIPOS",
    "sibis.mensajes.consultas.impresos.TIPOS",
]  # listas de TipoDeDocumento
# Flujos que no pasan por el motor de revisión y también se escriben en docs/flujos.md.
FLUJOS_DOCUMENTADOS = [
    {
        "titulo": "La carga de un padrón",
        "modulo": "padron.estados",
        "nombre": "carga",
        "otra_persona": "otra persona: ni quien la cargó, ni quien la corrigió, ni quien la presentó",
    },
]
