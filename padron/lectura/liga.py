"""El mismo archivo con otro nombre, sin copiarlo si se puede."""

from __future__ import annotations

import shutil
from pathlib import Path


def ligar(origen: Path, destino: Path) -> Path:
    """En Windows una liga pide un permiso que casi nadie tiene: entonces se copia."""
    destino.unlink(missing_ok=True)
    try:
        destino.symlink_to(origen.resolve())
    except OSError:
        shutil.copyfile(origen, destino)
    return destino
