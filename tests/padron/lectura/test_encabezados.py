"""El encabezado se halla solo, y lo que rodea a la tabla se aparta sin llevarse a nadie."""

import pytest

from sibis.nucleo.errores import ArchivoIlegible

ENCABEZADO = "folio,curp,nombres,alcaldia,monto"
PERSONAS = "1,AAAA,ANA,TLALPAN,300\n2,BBBB,EVA,TLALPAN,300\n"


@pytest.mark.parametrize("antes", [0, 1, 7, 699])
def test_el_encabezado_puede_estar_lejos(leido, antes):
    titulos = "".join(f"Título {n},,\n" if n % 2 else "\n" for n in range(antes))
    leyo = leido(titulos + ENCABEZADO + "\n" + PERSONAS)
    assert leyo.lectura.fila_encabezado == antes + 1
    assert leyo.filas[0] == (antes + 2, "1", "AAAA", "ANA", "TLALPAN", "300")
    assert leyo.hallazgos == []


def test_dos_pisos_dicen_juntos_como_se_llama_cada_columna(leido):
    leyo = leido(
        "PADRÓN,,,,\nfolio,DOMICILIO,,nombres,TUTOR\n,calle,colonia,,nombres\n1,AV 5,CENTRO,ANA,LUZ\n2,AV 6,ROMA,EVA,SOL\n"
    )
    assert leyo.lectura.encabezado == ("folio", "calle", "colonia", "nombres", "TUTOR nombres")
    assert leyo.lectura.fila_encabezado == 3
    assert [f[0] for f in leyo.filas] == [4, 5]


def test_dos_pisos_con_nombres_repetidos_llevan_su_grupo(leido):
    leyo = leido(
        "folio,monto,BENEFICIARIO,,TUTOR,\n,,nombres,curp,nombres,curp\n1,5,ANA,AAAA,LUZ,CCCC\n2,5,EVA,BBBB,SOL,DDDD\n"
    )
    assert leyo.lectura.encabezado == (
        "folio",
        "monto",
        "BENEFICIARIO nombres",
        "BENEFICIARIO curp",
        "TUTOR nombres",
        "TUTOR curp",
    )


def test_sin_encabezado_la_primera_fila_es_una_persona(leido):
    leyo = leido("1,AAAA010101,ANA,TLALPAN,300\n2,BBBB020202,EVA,TLALPAN,300\n")
    assert leyo.avisos == ["sin_encabezado"]
    assert (leyo.lectura.fila_encabezado, leyo.lectura.primera_fila) == (0, 1)
    assert leyo.lectura.encabezado == tuple(f"Columna {x}" for x in "ABCDE")
    assert [f[:2] for f in leyo.filas] == [(1, "1"), (2, "2")]


def test_sin_encabezado_la_columna_27_es_la_aa(leido):
    leyo = leido((",".join(str(n) for n in range(10, 38)) + "\n") * 2)
    assert leyo.lectura.encabezado[25:] == ("Columna Z", "Columna AA", "Columna AB")


def test_un_encabezado_desconocido_se_reconoce_por_lo_que_hay_debajo(leido):
    leyo = leido("Clave;Quién;Cuánto\n100;ANA LUZ;3,000.00\n101;EVA SOL;2,500.00\n")
    assert leyo.lectura.encabezado == ("Clave", "Quién", "Cuánto")
    assert leyo.filas[0] == (2, "100", "ANA LUZ", "3,000.00")
    assert leyo.avisos == []


def test_una_columna_repetida_cambia_de_nombre_y_se_dice(leido):
    leyo = leido("folio,monto,Monto,nombres,,\n1,2,3,ANA,,\n")
    assert leyo.lectura.encabezado == ("folio", "monto", "Monto (2)", "nombres")
    assert leyo.avisos == ["columna_repetida"]


def test_una_columna_sin_nombre_pero_llena_se_conserva(leido):
    leyo = leido(",folio,nombres,\n1,9,ANA,x\n2,8,EVA,y\n3,7,SOL,\n")
    assert leyo.lectura.encabezado == ("", "folio", "nombres", "")
    assert leyo.filas[1] == (3, "2", "8", "EVA", "y")
    assert leyo.hallazgos == []


@pytest.mark.parametrize(
    ("abajo", "codigos"),
    [
        ("TOTAL,,,,600\n", [(4, "renglon_de_total")]),
        (',,"Total general:",,"$ 600.00"\n', [(4, "renglon_de_total")]),
        ("Total de apoyos: 2,,,,\n", [(4, "renglon_de_total")]),
        ("Suma,,,2,600\n", [(4, "renglon_de_total")]),
        (
            "\nElaboró:,,,,\nLIC. JUAN INVENTADO,,,,\nDirector,,,,\n",
            [(5, "nota_al_pie"), (6, "nota_al_pie"), (7, "nota_al_pie")],
        ),
        ("Fuente: registros propios,,,,\n", [(4, "nota_al_pie")]),
        ("Vo. Bo.,,,C. Inventada,\n", [(4, "nota_al_pie")]),
        ("* Cifras preliminares,,,,\n", [(4, "nota_al_pie")]),
        ("\n,,,,\n", []),
    ],
)
def test_lo_que_va_debajo_de_la_tabla_se_aparta_con_su_fila(leido, abajo, codigos):
    leyo = leido(f"{ENCABEZADO}\n{PERSONAS}{abajo}")
    assert [f[0] for f in leyo.filas] == [2, 3]
    assert leyo.codigos == codigos


@pytest.mark.parametrize(
    "persona",
    [
        "TOTAL,CCCC,LUZ,TLALPAN,300",
        "3,,TOTA LUNA,,",
        "FUENTES,,,TLALPAN,",
        ",,LUZ,,",
        "NOTARIO,,,,",
        "SUMANO,,LUZ,,",
        "PAGAZA,LUZ,,,",
        "GRANADOS TOTAL,,,,",
        "TOTAL,,LUZ,,300",
    ],
)
@pytest.mark.parametrize("despues", ["", "4,DDDD,SOL,TLALPAN,300\n"])
def test_lo_que_podria_ser_una_persona_nunca_se_quita(leido, persona, despues):
    leyo = leido(f"{ENCABEZADO}\n{PERSONAS}{persona}\n{despues}")
    assert (leyo.filas[2][0], ",".join(leyo.filas[2][1:])) == (4, persona)
    assert leyo.hallazgos == []


def test_una_celda_sola_tras_un_hueco_es_dato_si_despues_siguen_personas(leido):
    leyo = leido(f"{ENCABEZADO}\n{PERSONAS}\nLUZ,,,,\n3,CCCC,SOL,X,1\n")
    assert [f[:2] for f in leyo.filas[2:]] == [(5, "LUZ"), (6, "3")]
    assert leyo.hallazgos == []


def test_paginas_pegadas_repiten_titulo_y_encabezado(leido):
    leyo = leido(f"{ENCABEZADO}\n{PERSONAS}\nHoja 2,,,,\n{ENCABEZADO.upper()}\n3,CCCC,SOL,X,1\n")
    assert [f[0] for f in leyo.filas] == [2, 3, 7]
    # El título solo se aparta si de verdad sigue el mismo encabezado.
    assert leyo.codigos == [(5, "nota_al_pie"), (6, "encabezado_repetido")]


def test_un_archivo_sin_filas_lo_dice(leido):
    with pytest.raises(ArchivoIlegible, match="ninguna fila"):
        leido(f"{ENCABEZADO}\n\n,,,,\nTOTAL,,,,0\n")


def test_las_columnas_separadas_sin_comillas_no_se_tragan_una_celda(leido):
    leyo = leido(f"{ENCABEZADO}\n1,AAAA,LUNA, ANA,TLALPAN,300\n2,BBBB,SOL, EVA,TLALPAN,300\n")
    assert leyo.codigos == [(2, "celdas_de_mas"), (3, "celdas_de_mas")]
