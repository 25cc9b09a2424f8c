"""De qué tablas sale cada respuesta: de ahí su versión y su 304."""

PROGRAMAS = (
    "programas_programa",
    "programas_reglaoperacion",
    "programas_fichapublica",
    "programas_convocatoria",
    "programas_apoyo",
    "programas_poblacion",
    "cuentas_dependencia",
)
FICHA = (
    *PROGRAMAS,
    "programas_requisito",
    "programas_metafisica",
    "programas_fuente",
    "programas_compatibilidad",
    "programas_textoapartado",
    "programas_fechadeentrega",
    "programas_sede",
    "programas_derechosocial",
    "programas_grupoprioritario",
    "programas_tipodeapoyo",
    "programas_reglaoperacion_alcaldias",
    "programas_reglaoperacion_derechos",
    "programas_reglaoperacion_grupos",
    "territorio_centro",
)
BUSQUEDA = (*PROGRAMAS, "programas_vocabulario", "programas_tipodeapoyo")
CENTROS = ("territorio_centro", "territorio_tipodecentro", "programas_sede", "programas_programa")
CATALOGOS = (
    "programas_derechosocial",
    "programas_grupoprioritario",
    "programas_tipodeapoyo",
    "cuentas_dependencia",
    "territorio_alcaldia",
    "territorio_tipodecentro",
)
PRESUPUESTO = (
    "presupuesto_cortedeegresos",
    "presupuesto_montodeprograma",
    "presupuesto_resumendeegresos",
    "programas_programa",
)
INDICADORES = ("presupuesto_indicador", "presupuesto_medicion", "programas_programa")
