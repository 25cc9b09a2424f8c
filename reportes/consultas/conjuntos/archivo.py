"""El archivo histórico: qué documentos hay, de qué y dónde."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from reportes.consultas.conjuntos.piezas import Columna, Conjunto, Tipo

DOCUMENTOS = Conjunto(
    clave="documentos",
    titulo=_("Documentos del archivo histórico"),
    descripcion=_(
        "Un renglón por documento: Gacetas, reglas, evaluaciones, padrones e informes, con su "
        "enlace original y la huella del archivo que guardamos."
    ),
    columnas=(
        Columna("documento", "o.clave", _("Clave del documento; no cambia.")),
        Columna("clase", "o.clase", _("gaceta, regla, convocatoria, padron, informe…")),
        Columna("titulo", "o.titulo", _("Título.")),
        Columna("ejercicio", "o.ejercicio", _("Año del que habla."), Tipo.ENTERO, _("año")),
        Columna("fecha", "o.fecha", _("Cuándo se publicó, si se sabe el día."), Tipo.FECHA),
        Columna(
            "anio_publicacion", "o.anio_publicacion", _("Año en que se publicó."),
            Tipo.ENTERO, _("año"),
        ),
        Columna("programa", "p.clave", _("Clave del programa; vacía si es de varios.")),
        Columna("dependencia", "d.clave", _("Clave de la dependencia; vacía: toda la ciudad.")),
        Columna("resumen", "o.resumen", _("De qué trata.")),
        Columna("gaceta_numero", "o.gaceta_numero", _("Número de la Gaceta Oficial.")),
        Columna("fuente", "o.fuente", _("Quién lo publicó.")),
        Columna("enlace", "o.enlace", _("Dirección original.")),
        Columna(
            "pagina", "'/historico/' || o.slug || '-' || o.clave || '/'",
            _("Ruta de su página en este sitio."),
        ),
        Columna("tipo", "a.tipo", _("Tipo del archivo que guardamos; vacío si no hay copia.")),
        Columna("bytes", "a.bytes", _("Tamaño de la copia."), Tipo.ENTERO, _("bytes")),
        Columna("sha256", "a.sha256", _("Huella SHA-256 de la copia: prueba que no cambió.")),
        Columna("paginas", "o.paginas", _("Páginas de la copia."), Tipo.ENTERO, _("páginas")),
        Columna(
            "es_demostracion", "o.es_demostracion",
            _("true: inventado para enseñar el sistema; no lo uses como dato."), Tipo.BOOLEANO,
        ),
    ),
    desde=(
        "programas_documento o LEFT JOIN programas_programa p ON p.id = o.programa_id "
        "LEFT JOIN cuentas_dependencia d ON d.id = o.dependencia_id "
        "LEFT JOIN archivos_archivo a ON a.id = o.archivo_id WHERE o.visible"
    ),
    orden="o.ejercicio, o.clave",
    tablas=("programas_documento", "programas_programa", "cuentas_dependencia", "archivos_archivo"),
    palabras=(_("archivo histórico"), _("documentos"), _("Gaceta Oficial")),
    fecha="SELECT (max(actualizado_en) AT TIME ZONE 'America/Mexico_City')::date FROM programas_documento WHERE visible",
)  # fmt: skip
