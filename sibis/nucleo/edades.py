"""Edades en meses: las reglas dicen «59 años 10 meses» o «3 años 10 meses», no años cumplidos."""

from datetime import date

MESES_POR_ANIO = 12
MESES_MAXIMO = 130 * MESES_POR_ANIO


def edad_en_meses(nacimiento: date, *, al: date) -> int:
    """Meses cumplidos al día indicado. Levanta ValueError si nació después de ese día."""
    if nacimiento > al:
        raise ValueError("la fecha de nacimiento es posterior a la fecha de cálculo")
    meses = (al.year - nacimiento.year) * MESES_POR_ANIO + al.month - nacimiento.month
    return meses - (1 if al.day < nacimiento.day else 0)


def en_palabras(meses: int) -> str:
    """778 → «64 años 10 meses»; 11 → «11 meses»; 720 → «60 años»."""
    anios, resto = divmod(meses, MESES_POR_ANIO)
    partes = []
    if anios or not resto:
        partes.append(f"{anios} año" + ("" if anios == 1 else "s"))
    if resto:
        partes.append(f"{resto} mes" + ("" if resto == 1 else "es"))
    return " ".join(partes)


def rango_en_palabras(minimo: int | None, maximo: int | None) -> str:
    """Límites inclusivos en meses. (720, 779) → «de 60 a 64 años»: hasta un día antes de los 65."""
    if minimo is None and maximo is None:
        return ""
    if maximo is None:
        return f"desde los {en_palabras(minimo or 0)}"
    # Antes del primer cumpleaños no hay años que decir: 11 son «11 meses».
    anios_completos = maximo >= MESES_POR_ANIO and (maximo + 1) % MESES_POR_ANIO == 0
    tope = en_palabras(maximo - 11) if anios_completos else en_palabras(maximo)
    if not minimo:
        return f"hasta los {tope}"
    if minimo % MESES_POR_ANIO == 0 and anios_completos:
        desde = minimo // MESES_POR_ANIO
        return f"de {tope}" if desde == maximo // MESES_POR_ANIO else f"de {desde} a {tope}"
    return f"de {en_palabras(minimo)} a {tope}"
