"""Del archivo al registro: renglones buenos entran, malos se nombran con su fila y su porqué."""
