"""La revisión: con qué se firma un dictamen, cuándo se escala un atraso y cuánto se puede delegar."""

from sibis.settings import entorno

# Certificado institucional (PKCS#12) con que se firman los dictámenes; su contraseña, de un secreto.
# Sin él, cada instalación hace uno propio en var/firma.pem al necesitarlo.
FIRMA_P12 = entorno.texto("SIBIS_FIRMA_P12", "")
FIRMA_CLAVE = entorno.texto("SIBIS_FIRMA_CLAVE", "")
# Un PEM con los certificados con que se firmó antes: lo firmado con ellos sigue siendo nuestro.
FIRMA_ANTERIORES = entorno.texto("SIBIS_FIRMA_ANTERIORES", "")

# A los cuántos días hábiles de atraso se entera, además de quien lo tiene, toda su instancia.
REVISION_ESCALA_A_LOS = entorno.entero("SIBIS_REVISION_ESCALA_A_LOS", 2)

# Hasta cuántos días naturales se delega una función: (desde qué día vale la regla, días).
# Por confirmar con el acuerdo delegatorio de cada órgano.
DELEGACION_MAXIMA = [("2019-01-01", 90)]
# A quien avisa al personal lo llaman apps que están debajo de los avisos.
AVISAR_AL_PERSONAL = "sibis.avisos.servicios.avisar.avisar"
