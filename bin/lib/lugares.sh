# Dónde está cada cosa, y quién tiene el turno de prepararla.
# shellcheck shell=bash

RAIZ=$(cd -- "${BASH_SOURCE[0]%/*}/../.." && pwd -P)
AQUI=$RAIZ/bin/lib
VENV=$RAIZ/.venv
PYTHON=$VENV/bin/python
VAR=${SIBIS_VAR:-$RAIZ/var}

# Toda orden habla igual en cualquier máquina.
export LC_ALL=C.UTF-8
# Con esto puesto, cada arranque compilaría de nuevo todas las bibliotecas: 3 s en vez de 1.
unset PYTHONDONTWRITEBYTECODE

# usar_var CARPETA: fija dónde vive el estado (bin/test y bin/bench usan el suyo).
usar_var() {
    VAR=$1
    export SIBIS_VAR=$VAR
    mkdir -p "$VAR/registro" "$VAR/procesos" "$VAR/hecho" 2>/dev/null && [ -w "$VAR/registro" ] || morir \
        "no se puede escribir en $VAR." "todo; no se tocó nada." \
        "copie el proyecto a una carpeta suya, o diga otra con SIBIS_VAR=/ruta/que/sea/suya."
    chmod 711 "$VAR" 2>/dev/null || true # el usuario de PostgreSQL debe poder pasar, no mirar
    chmod 700 "$VAR/registro" "$VAR/procesos" "$VAR/hecho" 2>/dev/null || true
    REGISTRO_DE_ARRANQUE=$VAR/registro/arranque.log
    girar_registro "$REGISTRO_DE_ARRANQUE"
}

# Un registro no crece sin fin: pasado de 5 MB se guarda como «.anterior».
girar_registro() {
    if [ -f "$1" ] && [ "$(stat -c %s "$1")" -gt 5000000 ]; then mv -f "$1" "$1.anterior"; fi
}

# Un solo arranque prepara a la vez; los demás esperan. El candado es la carpeta misma y lo
# suelta el núcleo si el proceso muere. Lo que se deja corriendo debe cerrar el 9 (9>&-).
tomar_turno() {
    exec 9<"$RAIZ"
    flock -n 9 && return
    decir "→ Otro arranque de SIBIS está preparando la máquina; espero a que termine."
    flock -w 900 9 || morir "otro arranque lleva más de 15 minutos preparando." "todo." \
        "revise si está detenido (por ejemplo, apt pidiendo algo) y ciérrelo."
}
soltar_turno() { exec 9>&-; }

# Zócalos: en var/ si la ruta cabe (un zócalo admite 107 bytes) y es llana; si no, en /tmp.
carpeta_de_zocalos() {
    if [ ${#VAR} -le 80 ] && [[ $VAR =~ ^[A-Za-z0-9._/-]+$ ]]; then
        printf '%s/zocalos' "$VAR"
    else
        printf '/tmp/sibis-%s-%s' "$(id -u)" "$(printf '%s' "$VAR" | sha256sum | cut -c1-12)"
    fi
}

preparar_zocalos() {
    ZOCALOS=$(carpeta_de_zocalos)
    mkdir -p -m 711 "$ZOCALOS"
    # En /tmp alguien pudo crearla antes: si no es nuestra, no se usa.
    [ -O "$ZOCALOS" ] && [ ! -L "$ZOCALOS" ] || morir "la carpeta $ZOCALOS es de otro usuario." "todo." \
        "corra SIBIS con el usuario que lo preparó, o ponga el proyecto en una ruta más corta."
    chmod 711 "$ZOCALOS"
}
