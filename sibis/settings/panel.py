"""El panel: qué se hace por lotes y cómo se agrupa el menú. Los modelos se nombran, no se importan."""

from django.utils.translation import gettext_lazy as _

ACCIONES_EN_LOTE = [  # listas de clases AccionEnLote
    "sibis.panel.servicios.catalogos.ACCIONES",
    "programas.servicios.lotes.ACCIONES",
    "programas.servicios.lotes_de_reglas.ACCIONES",
    "presupuesto.servicios.lotes.ACCIONES",
]

# (texto, vista, permiso con el que se ve): siempre a la mano, bajo la cabecera.
PAGINAS_DEL_PANEL = [
    (_("Lo que te espera"), "admin:index", ""),
    (_("Agenda"), "agenda:agenda", "agenda.ver"),
    (_("Quién va tarde"), "agenda:atrasos", "agenda.ver"),
    (_("En revisión"), "revision:tablero", "regla.ver"),
    (_("Entregar un padrón"), "admin:padron_entregar", "padron.cargar"),
    (_("Plantillas de padrón"), "admin:padron_plantillas", "padron.cargar"),
    (_("Delegar mi función"), "delegaciones:lista", "funcion.delegar"),
]

# Páginas del panel que no son la lista de un modelo: ternas (ruta, vista, nombre), con su ruta punteada.
RUTAS_DEL_PANEL = ["padron.views.plantillas.RUTAS_DEL_PANEL"]

# (por lo que alguien viene, listas en orden). Lo que no esté aquí sale en «Lo demás».
MENU_DEL_PANEL = [
    (
        _("Escribir y revisar reglas"),
        ["programas.reglaoperacion", "programas.programa", "expedientes.expediente"],
    ),
    (
        _("Plazos y mensajes"),
        [
            "agenda.vencimiento",
            "agenda.obligacion",
            "agenda.prorroga",
            "calendario.diainhabil",
            "calendario.periododeveda",
            "mensajes.hilo",
        ],
    ),
    (
        _("Informar avance y presupuesto"),
        [
            "presupuesto.informedeavance",
            "presupuesto.avancefisico",
            "presupuesto.indicador",
            "presupuesto.vinculopresupuestal",
            "presupuesto.unidadresponsable",
            "presupuesto.cortedeegresos",
        ],
    ),
    (
        _("Padrones y entregas"),
        [
            "padron.carga",
            "padron.captura",
            "padron.jornadadeentrega",
            "padron.receta",
            "padron.mapeorecordado",
            "padron.disposiciondepadron",
        ],
    ),
    (_("Archivo histórico"), ["programas.documento", "programas.enlace"]),
    (
        _("Centros y territorio"),
        [
            "territorio.centro",
            "territorio.tipodecentro",
            "territorio.alcaldia",
            "territorio.colonia",
        ],
    ),
    (
        _("Cómo busca la gente"),
        ["programas.sinonimo", "programas.consultasinresultado"],
    ),
    (
        _("Catálogos"),
        [
            "programas.derechosocial",
            "programas.grupoprioritario",
            "programas.tipodeapoyo",
            "programas.apartado",
            "programas.leyenda",
            "programas.exigencia",
            "programas.ayudadecampo",
            "presupuesto.exigenciadeinforme",
            "presupuesto.rangodesemaforo",
            "revision.puntodecotejo",
            "revision.plazoderevision",
            "padron.columnadepadron",
            "padron.instrumentodeentrega",
            "presupuesto.exigenciadeinforme",
            "presupuesto.rangodesemaforo",
            "cuentas.dependencia",
        ],
    ),
    (
        _("Operar el sistema"),
        [
            "cuentas.usuario",
            "cuentas.adscripcion",
            "bitacora.evento",
            "avisos.correodeaviso",
            "ciudadania.envio",
            "ciudadania.aviso",
            "ciudadania.suscripcion",
            "ciudadania.suscripcionpush",
        ],
    ),
]
