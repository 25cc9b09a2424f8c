# Un paso se salta si no cambió nada de lo que lee. La huella se escribe al final del paso:
# si lo matan a la mitad, se repite.
# shellcheck shell=bash

# huella_de RUTAS…: huella de esos archivos (las carpetas, enteras), con sus nombres.
huella_de() {
    local rutas=() r
    for r in "$@"; do [ -e "$r" ] && rutas+=("$r"); done
    [ ${#rutas[@]} -eq 0 ] && { echo vacia; return; }
    find "${rutas[@]}" -type f ! -name '*.pyc' ! -name '*.mo' -print0 2>/dev/null |
        sort -z | xargs -0r sha256sum | sha256sum | cut -c1-24
}

# huella_de_nombres PATRÓN…: lo mismo, por nombre de archivo dentro del proyecto (find -path).
huella_de_nombres() {
    local condicion=() p
    for p in "$@"; do condicion+=(-o -path "$p"); done
    find "$RAIZ" \( -name .venv -o -name .git -o -path "$RAIZ/var" -o -name node_modules \) -prune \
        -o -type f \( "${condicion[@]:1}" \) -print0 |
        sort -z | xargs -0r sha256sum | sha256sum | cut -c1-24
}

ya_hecho() { [ "$(cat "$VAR/hecho/$1" 2>/dev/null)" = "$2" ]; }

anotar_hecho() {
    printf '%s\n' "$2" >"$VAR/hecho/$1.nuevo"
    mv -f "$VAR/hecho/$1.nuevo" "$VAR/hecho/$1"
}
