"""Un archivo inventado, leído hasta la tabla que se revisa."""

import csv
import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest
import xlsxwriter

from padron.lectura import Lectura, crear_crudo, leer

NUESTRAS = (
    "folio",
    "curp",
    "nombres",
    "alcaldia",
    "colonia",
    "monto",
    "calle",
    "telefono",
    "clabe",
)


def reconoce(celdas):
    return len({c.strip().lower() for c in celdas} & set(NUESTRAS))


@dataclass(frozen=True)
class Leido:
    lectura: Lectura
    filas: list[tuple]
    hallazgos: list[tuple]

    @property
    def codigos(self):
        return [(int(f), c) for f, _, c, _ in self.hallazgos]

    @property
    def avisos(self):
        return [a.codigo for a in self.lectura.avisos]


def leer_todo(ruta: Path, trabajo: Path, **opciones) -> Leido:
    lectura = leer(ruta, trabajo=trabajo, cuantas_reconoce=reconoce, **opciones)
    with duckdb.connect() as con:
        crear_crudo(con, lectura)
        filas = con.execute("SELECT * FROM crudo ORDER BY fila").fetchall()
    hallazgos = []
    if lectura.hallazgos:
        with lectura.hallazgos.open(encoding="utf-8", newline="") as archivo:
            _, *hallazgos = [tuple(r) for r in csv.reader(archivo)]
    return Leido(
        lectura, [tuple(c or "" if i else c for i, c in enumerate(f)) for f in filas], hallazgos
    )


@pytest.fixture
def leido(tmp_path):
    """leido(contenido, nombre="padron.csv"): el contenido es texto, bytes o ya una ruta."""

    def _leer(contenido, nombre="padron.csv", **opciones):
        ruta = tmp_path / nombre
        if isinstance(contenido, Path):
            ruta = contenido
        else:
            ruta.write_bytes(contenido.encode() if isinstance(contenido, str) else contenido)
        return leer_todo(ruta, tmp_path / "trabajo", **opciones)

    return _leer


# Un libro de Excel 97 de dos personas inventadas: ya ninguna biblioteca instalada los escribe.
XLS = (
    "c-rk)O=uHA6#iy6X?|$aq^3eElu)p0?M1wJX=B7%FO9LFmLlk;i4dCZO6)}sTCF(>f+xjGp%*Xp=im=|(3=OLY7c"
    "@SBzi0!L<J9R);Di=V^Vu)K#P|BmVNW){mt8*H?u#l7b2zE`<-R1!T?lM%mA8dWP;9s(+Pw0rYTvc_0ws(_^%M~("
    "?m9T@wDZYPtKv7?=lqJ^SmGme5CUv&LU~(+1Li+0Oz0ynL|HOf!ibrp@Xw(V>-@s3)8!7`Hbm)mRw`nPqrm7hJ|>"
    "tcb{Fwqe?gHLXdGEvCn&!>_IzT$|}BeU0AkWBnmk#|8FX~Jk6K`&D&5`&la?N2~nEBIea%`z&B^5K99Nbjg<?K{7"
    "1dqw}$+N;sK^%p5_8CQbB%Jtwos9GKH`DG7j^G>$etWDsgaRG3f=)82Ow*)2<tn=|c7#skQvLme1rgQcfEBltJzA"
    "u{TG?s9r`X<lyl{P;TD5*u!;;y@eM+GtmrMnUC;N2-B#`cfPzGPN(9hSTfCdSdW42GIN-?EIr6M#2QbP_Oi!rrdK"
    "%XHs(8-MyY_Q?Mb!U%%K^!xysre8fPzKF}|aQ-${IN>FDFG;-~m7;^&9T7ozj;;<M<cyObe+dCZ_s^od(HC7#5cR"
    "@hs{2c{jrZ6AImY+svcKkHhtf*`XIrqV+2)zw=Fwvg27Irq=%Db!P|J(YSMJC?F4)<q@AvIx(Lw72HMTkR>f&a#x"
    "TmQ*X2x<)LOV+Cz*m1Fs;z1mnR$9h1C4Jd7RD3hQq^cR9~;lhOr7cN}5aItA1UtHxIpK8Cjd+pBxpZ#BFh0comn`"
    "F~s1O^>b^kF&(o!SD<H&j1c;T29Su}&Z7f1$()8ohuCq&bg?hU=F;>qPDKtlKgC=ax{T<5wEV^DmG86BW<div"
)


@pytest.fixture
def libro(tmp_path):
    """libro({"Hoja": [renglones]}, nombre): cada celda con el tipo que trae."""

    def _hacer(hojas, nombre="padron.xlsx", preparar=lambda libro, hojas: None):
        ruta = tmp_path / nombre
        with xlsxwriter.Workbook(ruta) as escrito:
            fecha = escrito.add_format({"num_format": "dd/mm/yyyy"})
            hechas = {}
            for titulo, renglones in hojas.items():
                hechas[titulo] = hoja = escrito.add_worksheet(titulo)
                for f, renglon in enumerate(renglones):
                    for c, valor in enumerate(renglon):
                        if isinstance(valor, dt.date):
                            hoja.write_datetime(f, c, valor, fecha)
                        elif valor is not None:
                            hoja.write(f, c, valor)
            preparar(escrito, hechas)
        return ruta

    return _hacer
