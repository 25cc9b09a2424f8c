"""Las 16 alcaldías, con las dos cifras de su código postal y algunas de sus colonias. De memoria.

No es el catálogo: son colonias que existen y cuyo nombre, en esta lista, no se repite en otra alcaldía.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Alcaldia:
    """`peso`: personas, en números redondos, para repartir los renglones como se reparte la ciudad."""

    clave: str
    nombre: str
    postal: str
    peso: int
    colonias: tuple[str, ...]


def _alcaldia(clave: str, nombre: str, postal: str, peso: int, colonias: str) -> Alcaldia:
    return Alcaldia(clave, nombre, postal, peso, tuple(colonias.split("|")))


ALCALDIAS = (
    _alcaldia(
        "09002",
        "AZCAPOTZALCO",
        "02",
        430,
        "Clavería|Nueva Santa María|El Rosario|San Pedro Xalpa|Pro Hogar|San Álvaro|"
        "Reynosa Tamaulipas|Santiago Ahuizotla|Del Gas|San Juan Tlihuaca|Santa María Maninalco",
    ),
    _alcaldia(
        "09003",
        "COYOACÁN",
        "04",
        615,
        "Pedregal de Santo Domingo|Ajusco|Educación|Campestre Churubusco|Villa Coyoacán|"
        "Copilco Universidad|San Francisco Culhuacán|Avante|Prado Churubusco|"
        "Pedregal de Santa Úrsula",
    ),
    _alcaldia(
        "09004",
        "CUAJIMALPA DE MORELOS",
        "05",
        218,
        "El Yaqui|Lomas de Vista Hermosa|Contadero|San Mateo Tlaltenango|San Pablo Chimalpa|"
        "Jesús del Monte|San Lorenzo Acopilco|Zentlápatl|Memetla",
    ),
    _alcaldia(
        "09005",
        "GUSTAVO A. MADERO",
        "07",
        1170,
        "Lindavista|Cuautepec Barrio Alto|San Felipe de Jesús|Gertrudis Sánchez|Nueva Atzacoalco|"
        "Martín Carrera|San Juan de Aragón|Vallejo|Industrial|La Pradera|San Pedro Zacatenco|"
        "Santa María Ticomán|Bondojito|Casas Alemán",
    ),
    _alcaldia(
        "09006",
        "IZTACALCO",
        "08",
        405,
        "Agrícola Oriental|Agrícola Pantitlán|Granjas México|Viaducto Piedad|Santa Anita|"
        "Gabriel Ramos Millán|Reforma Iztaccíhuatl Norte|Nueva Santa Anita|Militar Marte",
    ),
    _alcaldia(
        "09007",
        "IZTAPALAPA",
        "09",
        1835,
        "San Miguel Teotongo|Santa Cruz Meyehualco|Desarrollo Urbano Quetzalcóatl|"
        "Lomas de Zaragoza|San Lorenzo Tezonco|Escuadrón 201|Leyes de Reforma|"
        "Constitución de 1917|Santa Martha Acatitla|Ermita Zaragoza|Santiago Acahualtepec|"
        "Miguel de la Madrid|Sinatel",
    ),
    _alcaldia(
        "09008",
        "LA MAGDALENA CONTRERAS",
        "10",
        248,
        "San Jerónimo Lídice|San Jerónimo Aculco|San Bernabé Ocotepec|Pueblo Nuevo Alto|"
        "San Nicolás Totolapan|El Rosal|Lomas Quebradas|Barranca Seca|El Tanque|Las Cruces",
    ),
    _alcaldia(
        "09009",
        "MILPA ALTA",
        "12",
        153,
        "Villa Milpa Alta|San Pedro Atocpan|San Antonio Tecómitl|San Pablo Oztotepec|"
        "Santa Ana Tlacotenco|San Salvador Cuauhtenco|San Bartolomé Xicomulco|"
        "San Lorenzo Tlacoyucan|San Francisco Tecoxpa|San Jerónimo Miacatlán",
    ),
    _alcaldia(
        "09010",
        "ÁLVARO OBREGÓN",
        "01",
        759,
        "Olivar de los Padres|San Ángel|Tlacopac|Las Águilas|Molino de Rosas|Jalalpa El Grande|"
        "Lomas de Plateros|Barrio Norte|Presidentes|Guadalupe Inn|Florida|Olivar del Conde",
    ),
    _alcaldia(
        "09011",
        "TLÁHUAC",
        "13",
        392,
        "Selene|La Nopalera|Del Mar|San Francisco Tlaltenco|Santiago Zapotitlán|"
        "Santa Catarina Yecahuitzotl|San Juan Ixtayopan|San Andrés Mixquic|"
        "Agrícola Metropolitana|Zapotitla|San Nicolás Tetelco",
    ),
    _alcaldia(
        "09012",
        "TLALPAN",
        "14",
        700,
        "San Miguel Topilejo|Santo Tomás Ajusco|San Andrés Totoltepec|Isidro Fabela|"
        "Toriello Guerra|Pedregal de San Nicolás|Lomas de Padierna|San Pedro Mártir|"
        "San Miguel Xicalco|Fuentes del Pedregal|Magdalena Petlacalco|Parres El Guarda",
    ),
    _alcaldia(
        "09013",
        "XOCHIMILCO",
        "16",
        442,
        "Santa Cruz Acalpixca|San Gregorio Atlapulco|Santiago Tulyehualco|"
        "San Luis Tlaxialtemalco|San Mateo Xalpa|San Francisco Tlalnepantla|Tierra Nueva|"
        "Santa María Nativitas|Santiago Tepalcatlalpan|San Lucas Xochimanca",
    ),
    _alcaldia(
        "09014",
        "BENITO JUÁREZ",
        "03",
        434,
        "Del Valle Centro|Narvarte Poniente|Narvarte Oriente|Portales Norte|Portales Sur|Nápoles|"
        "Mixcoac|Álamos|Xoco|Letrán Valle|San Pedro de los Pinos|Ciudad de los Deportes",
    ),
    _alcaldia(
        "09015",
        "CUAUHTÉMOC",
        "06",
        546,
        "Roma Norte|Roma Sur|Hipódromo|Condesa|Doctores|Obrera|Santa María la Ribera|Tabacalera|"
        "Tránsito|Peralvillo|Atlampa|Buenos Aires|Algarín|Asturias",
    ),
    _alcaldia(
        "09016",
        "MIGUEL HIDALGO",
        "11",
        414,
        "Anáhuac|Tacubaya|Escandón|Granada|Pensil Norte|Popotla|Tacuba|Argentina Antigua|"
        "San Miguel Chapultepec|Observatorio|Lomas de Chapultepec|Daniel Garza|Nextitla",
    ),
    _alcaldia(
        "09017",
        "VENUSTIANO CARRANZA",
        "15",
        443,
        "Jardín Balbuena|Pensador Mexicano|Romero Rubio|Peñón de los Baños|Merced Balbuena|"
        "Magdalena Mixhuca|Federal|Aquiles Serdán|Simón Bolívar|Ignacio Zaragoza|"
        "Aeronáutica Militar",
    ),
)
POR_CLAVE = {alcaldia.clave: alcaldia for alcaldia in ALCALDIAS}


def codigo_postal(alcaldia: Alcaldia, lugar: int) -> str:
    """Uno de su alcaldía; si el resto de las cifras es de esa colonia no se promete."""
    return f"{alcaldia.postal}{lugar * 70 % 990:03}"
