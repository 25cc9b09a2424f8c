"""Lo que enseña la página del equipo: elegir el archivo, y qué se puede hacer con lo que salió."""

from __future__ import annotations

from html import escape

from padron.validacion.archivo import Revisado
from padron.viajero.documento import datos, pagina
from padron.viajero.informe_html import informe
from padron.viajero.revision import Viajero

_ELEGIR = """<form class="caja" method="post" action="revisar" enctype="multipart/form-data">
<label for="archivo">Archivo del padrón</label>
<input type="file" id="archivo" name="archivo" required aria-describedby="formatos">
<button type="submit">Revisar</button>
<p class="tenue" id="formatos">CSV, XLSX, XLS u ODS, o un ZIP con uno solo. Cien mil filas tardan unos
segundos; un millón, cerca de medio minuto. La página cambia sola al terminar.</p>
</form>"""


def inicio(viajero: Viajero, *, problema: str = "") -> str:
    regla = viajero.regla
    aviso = f'<p class="veredicto espera" role="alert">{escape(problema)}</p>' if problema else ""
    cuerpo = (
        "<h1>Revisa tu padrón antes de entregarlo</h1>"
        "<p>El archivo se revisa aquí, con las mismas comprobaciones y los mismos mensajes de la carga. "
        "<strong>No sale de este equipo</strong> y no hace falta red.</p>"
        f"{aviso}{_ELEGIR}"
        "<h2>Para empezar de cero</h2>"
        '<p>La <a href="plantilla.xlsx">plantilla en XLSX</a> ya trae las columnas, sus listas y cómo '
        "llenarlas.</p><h2>Con qué se revisa</h2>"
        + datos(
            [
                ("Regla", f"{regla.nombre}, {regla.ejercicio}, versión {regla.version}"),
                ("Validador", viajero.cual),
            ]
        )
        + '<p class="tenue">Si la regla cambió después de esa fecha, descarga otra vez el validador.</p>'
        + _TERMINAR
    )
    return pagina("Validador de padrones", viajero.de_que, cuerpo)


def resultado(viajero: Viajero, revisado: Revisado) -> str:
    return informe(viajero, revisado, acciones=_acciones(revisado))


def adios(viajero: Viajero) -> str:
    return pagina(
        "El validador terminó",
        viajero.de_que,
        "<h1>El validador terminó</h1><p>Se borró lo que se usó para revisar. Ya puedes cerrar esta "
        "ventana. Para revisar otro archivo, abre de nuevo el validador.</p>",
    )


_TERMINAR = (
    '<form class="acciones" method="post" action="terminar">'
    '<button class="segundo" type="submit">Terminar y borrar lo usado</button></form>'
)


def _acciones(revisado: Revisado) -> str:
    descargas = [
        ("informe.html", "Descargar este informe"),
        ("informe.json", "En JSON"),
    ]
    if revisado.resultado.con_error:
        descargas.insert(0, ("por-corregir.xlsx", "Descargar las filas por corregir (XLSX)"))
    ligas = "".join(
        f'<a class="boton{" segundo" if n else ""}" href="{ruta}">{texto}</a>'
        for n, (ruta, texto) in enumerate(descargas)
    )
    otra = '<a class="boton segundo" href="./">Revisar otro archivo</a>'
    return f'<div class="acciones">{ligas}{otra}</div>{_hojas(revisado)}'


def _hojas(revisado: Revisado) -> str:
    """Si el libro trae varias, cuál se leyó y cómo pedir otra."""
    lectura = revisado.lectura
    if len(lectura.hojas) < 2:
        return ""
    opciones = "".join(
        f"<option{' selected' if h == lectura.hoja else ''}>{escape(h)}</option>"
        for h in lectura.hojas
    )
    return (
        '<form class="acciones" method="post" action="hoja"><label for="hoja">Se leyó la hoja</label>'
        f'<select id="hoja" name="hoja">{opciones}</select>'
        '<button class="segundo" type="submit">Revisar esa hoja</button></form>'
    )
