"""El informe para leerse en un navegador: qué se puede cargar, qué hay que corregir y dónde.

Como el JSON, no repite un dato personal: de lo personal enseña la forma («99/99/99») y el número de fila.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from html import escape
from itertools import groupby, islice

from padron.validacion.archivo import Revisado
from padron.validacion.codigos import Severidad
from padron.validacion.informe import errores
from padron.validacion.patrones import Patron, titulo_de
from padron.viajero.documento import datos, pagina
from padron.viajero.revision import CIUDAD, Viajero

FILAS_QUE_SE_NOMBRAN = 500
_SECCIONES = (
    (Severidad.BLOQUEA, "Hay que corregir", "Mientras no se corrijan, estas filas esperan."),
    (Severidad.AVISA, "Conviene mirar", "Estas filas pueden entrar así; quizá algo no está bien."),
    (Severidad.INFORMA, "Para que se sepa", "Así se leyó el archivo. No hay nada que hacer."),
)


def informe(viajero: Viajero, revisado: Revisado, *, acciones: str = "") -> str:
    """`acciones` es HTML que va después del veredicto: en el equipo, lo que se puede descargar."""
    archivo = revisado.lectura.archivo
    cuerpo = "\n".join(
        (
            f"<h1>{escape(archivo)}</h1>",
            _veredicto(revisado),
            acciones,
            _cifras(revisado),
            *_halladas(revisado),
            _columnas(revisado),
            _filas(revisado),
            _lo_que_no(viajero, revisado),
        )
    )
    return pagina(f"Revisión de {archivo}", viajero.de_que, cuerpo)


def veredicto(revisado: Revisado) -> tuple[str, str]:
    """La clase con que se pinta y la oración."""
    r = revisado.resultado
    if r.impide_todo:
        return "espera", "Así no se puede cargar ninguna fila: algo del archivo entero lo impide."
    if r.con_error:
        entran = (
            f"{r.validas:,} pueden entrar y {r.con_error:,} esperan a que se corrijan."
            if revisado.regla.admite_parcial
            else f"{r.con_error:,} tienen algo que corregir, y este padrón entra completo o no entra."
        )
        return "espera", f"De {r.filas:,} filas, {entran}"
    if r.con_aviso:
        return "avisa", f"Las {r.filas:,} filas pueden entrar; {r.con_aviso:,} conviene mirarlas."
    return "", f"Las {r.filas:,} filas pueden entrar. No se halló nada que corregir."


def _veredicto(revisado: Revisado) -> str:
    clase, oracion = veredicto(revisado)
    return f'<p class="{f"veredicto {clase}".strip()}">{escape(oracion)}</p>'


def _cifras(revisado: Revisado) -> str:
    r = revisado.resultado
    pares = (
        ("Filas", f"{r.filas:,}"),
        ("Pueden entrar", f"{r.validas:,}"),
        ("Por corregir", f"{r.con_error:,}"),
        ("Con aviso", f"{r.con_aviso:,}"),
        ("Mujeres", f"{r.cifras.mujeres or 0:,}"),
        ("Hombres", f"{r.cifras.hombres or 0:,}"),
        ("Monto", f"${r.cifras.monto or 0:,.2f}"),
    )
    dentro = "".join(f"<div><dt>{n}</dt><dd>{v}</dd></div>" for n, v in pares)
    return (
        f'<dl class="cifras">{dentro}</dl><p class="tenue">Mujeres, hombres y monto cuentan todas las '
        "filas, también las que esperan: compáralos con tus cifras de control.</p>"
    )


def _halladas(revisado: Revisado) -> Iterator[str]:
    for severidad, titulo, que_es in _SECCIONES:
        suyos = [p for p in revisado.resultado.patrones if p.severidad == severidad.value]
        if suyos:
            dentro = "".join(_hallada(p) for p in suyos)
            yield (
                f'<h2>{titulo}</h2><p class="tenue">{que_es}</p><ul class="halladas">{dentro}</ul>'
            )


def _hallada(patron: Patron) -> str:
    cuantas = "1 fila" if patron.filas == 1 else f"{patron.filas:,} filas"
    filas = [n for n in patron.primeras if n]
    cuantas = cuantas if filas else "Todo el archivo"
    donde = ", ".join(f"{n:,}" for n in filas) + ("…" if patron.filas > len(filas) else "")
    forma = f" Forma: <code>{escape(patron.ejemplos[0])}</code>" if patron.ejemplos else ""
    return (
        f'<li><span class="cuantas">{cuantas}.</span> {escape(patron.mensaje)} '
        f"{escape(patron.sugerencia)}"
        + (f'<p class="tenue">Filas {donde}{forma}</p>' if filas else "")
        + "</li>"
    )


def _columnas(revisado: Revisado) -> str:
    mapeo, faltan = revisado.mapeo, revisado.resultado.faltan
    renglones = "".join(
        f"<tr><td>{escape(titulo_de(nuestra))}</td><td>{escape(suya)}"
        f"{' <em>(adivinada)</em>' if nuestra in mapeo.dudosas else ''}</td></tr>"
        for nuestra, suya in mapeo.reconocidas.items()
    )
    listas = (
        ("Faltan y la regla las exige", [titulo_de(c) for c in faltan.bloquean]),
        ("Faltan y el formato las incluye", [titulo_de(c) for c in faltan.recomendadas]),
        ("Adivinadas: confirma que lo sean", [mapeo.reconocidas[c] for c in sorted(mapeo.dudosas)]),
        ("Del archivo, no se usan", mapeo.ignoradas),
    )
    return (
        "<h2>Cómo se leyeron las columnas</h2>"
        + datos([(nombre, ", ".join(columnas)) for nombre, columnas in listas])
        + f"<details><summary>Las {len(mapeo.reconocidas)} columnas reconocidas</summary>"
        + _tabla(("Se pide", "En el archivo"), renglones)
        + "</details>"
    )


def _filas(revisado: Revisado) -> str:
    """Cerrado: primero se mira por patrón. Las primeras, para que un millón no haga una página que no abre."""
    informan = Severidad.INFORMA.value
    hallados = (
        h
        for h in errores(revisado.resultado.hallazgos, revisado.regla)
        if h["severidad"] != informan and h["fila"]
    )
    por_fila = groupby(hallados, key=lambda h: int(h["fila"]))
    primeras = [(fila, list(suyos)) for fila, suyos in islice(por_fila, FILAS_QUE_SE_NOMBRAN + 1)]
    if not primeras:
        return ""
    renglones = "".join(
        f'<tr><td class="numero">{fila:,}</td><td>{"".join(_hallado(h) for h in suyos)}</td></tr>'
        for fila, suyos in primeras[:FILAS_QUE_SE_NOMBRAN]
    )
    son_todas = len(primeras) <= FILAS_QUE_SE_NOMBRAN
    cuales = (
        f"Las {len(primeras):,} filas con algo que decir"
        if son_todas
        else f"Las primeras {FILAS_QUE_SE_NOMBRAN}; el JSON las trae todas"
    )
    return (
        f"<h2>Fila por fila</h2><details><summary>{cuales}</summary>"
        f"{_tabla(('Fila', 'Qué pasa'), renglones)}</details>"
    )


def _hallado(hallado: dict[str, str]) -> str:
    columna = escape(titulo_de(hallado["columna"]))
    return (
        f"<p>{f'<strong>{columna}.</strong> ' if columna else ''}{escape(hallado['mensaje'])}</p>"
    )


def _tabla(titulos: tuple[str, ...], renglones: str) -> str:
    cabeza = "".join(f'<th scope="col">{t}</th>' for t in titulos)
    return (
        f'<div class="rueda"><table><thead><tr>{cabeza}</tr></thead>'
        f"<tbody>{renglones}</tbody></table></div>"
    )


def _lo_que_no(viajero: Viajero, revisado: Revisado) -> str:
    ahora = datetime.datetime.now(tz=CIUDAD)
    lectura, regla = revisado.lectura, revisado.regla
    return "<h2>Con qué se revisó</h2>" + datos(
        [
            ("Regla", f"{regla.nombre}, {regla.ejercicio}, versión {regla.version}"),
            ("Validador", viajero.cual),
            ("Revisado", f"{ahora:%d/%m/%Y %H:%M} (hora de la Ciudad de México)"),
            ("Hoja", lectura.hoja or ""),
            ("Codificación", lectura.codificacion),
            (
                "Encabezado",
                f"fila {lectura.fila_encabezado}" if lectura.fila_encabezado else "no trae",
            ),
            ("Huella del archivo (SHA-256)", lectura.sha256),
            (
                "Qué no se pudo revisar aquí",
                "Si alguien ya está en el mismo programa y periodo: eso se sabe hasta cargarlo. Lo demás "
                "es lo mismo que dirá la carga.",
            ),
            (
                "Privacidad",
                "El archivo no salió de este equipo. Este informe no trae datos de personas.",
            ),
        ]
    )
