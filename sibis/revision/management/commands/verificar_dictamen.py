from collections.abc import Iterable

from django.utils import timezone

from sibis.documentos.management.comando import ComandoQueComprueba
from sibis.formatos.fechas import fecha_larga
from sibis.revision.consultas.dictamen import direccion_publica
from sibis.revision.consultas.verificacion import por_huella


class Command(ComandoQueComprueba):
    help = (
        "Dice si un PDF es uno de nuestros dictámenes, si está intacto y quién lo firmó. Sale con 0 si "
        "lo es, con 1 si no lo es o está alterado, y con 2 si no se puede leer."
    )
    que = "dictamen"

    def lo_que_es(self, sha256: str) -> Iterable[str] | None:
        dictamen = por_huella(sha256)
        if dictamen is None:
            return None
        dia = fecha_larga(timezone.localdate(dictamen.emitido_en))
        return (
            f"es el dictamen {dictamen.folio}.",
            f"Sentido: {dictamen.get_sentido_display()}.",
            f"Sobre: {dictamen.expediente.titulo}.",
            f"Lo emitió {dictamen.emitido_por} ({dictamen.organo}) el {dia}.",
            f"Página: {direccion_publica(dictamen)}",
        )
