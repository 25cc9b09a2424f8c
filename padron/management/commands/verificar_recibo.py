from collections.abc import Iterable

from django.utils import timezone

from padron.consultas.comprobacion import por_huella
from padron.consultas.recibo_escrito import direccion_publica
from padron.consultas.recibo_publico import sustituto_de
from sibis.documentos.management.comando import ComandoQueComprueba
from sibis.formatos.fechas import fecha_larga


class Command(ComandoQueComprueba):
    help = (
        "Dice si un PDF es uno de nuestros recibos de padrón, si está intacto y si sigue vigente. Sale "
        "con 0 si lo es, con 1 si no lo es o está alterado, y con 2 si no se puede leer."
    )
    que = "recibo"

    def lo_que_es(self, sha256: str) -> Iterable[str] | None:
        recibo = por_huella(sha256)
        if recibo is None:
            return None
        dicho = recibo.constancia
        dia = fecha_larga(timezone.localdate(recibo.emitido_en))
        sustituto = sustituto_de(recibo)
        vigencia = f"Lo sustituyó el recibo {sustituto}." if sustituto else "Sigue vigente."
        return (
            f"es el recibo {recibo.folio}, de la carga {dicho['carga']}.",
            f"Padrón: {dicho['programa']['nombre']}, {dicho['ejercicio']}.",
            f"Inscritos: {dicho['renglones']['inscritos']}. Emitido el {dia}.",
            vigencia,
            f"Página: {direccion_publica(recibo)}",
        )
