"""Lo que todo el territorio comparte: la caja de la Ciudad y el sistema de referencia."""

SRID = 4326

# Caja que contiene a las 16 alcaldías, con unos 800 m de holgura: (oeste, sur, este, norte).
CAJA = (-99.373, 19.04, -98.932, 19.601)


def en_la_caja(lon: float, lat: float) -> bool:
    oeste, sur, este, norte = CAJA
    return oeste <= lon <= este and sur <= lat <= norte
