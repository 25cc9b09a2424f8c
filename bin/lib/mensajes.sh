# Lo que se dice a quien mira: cada paso largo cuenta qué hace y cuánto tardó; cada falla,
# qué pasó, qué se conservó y qué hacer. Todo va a stderr: stdout es de las órdenes.
# shellcheck shell=bash

REGISTRO_DE_ARRANQUE=/dev/null

decir() { printf '%s\n' "$*" >&2; }

# morir QUÉ_PASÓ QUÉ_SE_CONSERVÓ QUÉ_HACER [CÓDIGO]
morir() {
    printf '\nNo se pudo continuar: %s\n' "$1" >&2
    [ -n "${2:-}" ] && printf '  Se conservó: %s\n' "$2" >&2
    [ -n "${3:-}" ] && printf '  Qué hacer:   %s\n' "$3" >&2
    exit "${4:-1}"
}

_segundos_desde() { # microsegundos de inicio → "3.2 s"
    local pasados=$((${EPOCHREALTIME/[.,]/} - $1))
    printf '%d.%d s' $((pasados / 1000000)) $((pasados / 100000 % 10))
}

# paso TEXTO REMEDIO ORDEN…: corre la orden, guarda lo que dice y, si falla, enseña el final.
# Va en su propio grupo de procesos, para que Ctrl-C o SIGTERM la corten al momento y entera.
# No se llama dentro de una condición: bash apagaría `set -e` en la orden.
paso() {
    local texto=$1 remedio=$2 inicio=${EPOCHREALTIME/[.,]/} codigo=0 salida
    shift 2
    salida=$(mktemp)
    printf '→ %s… ' "$texto" >&2
    set -m
    (set -e; "$@") >"$salida" 2>&1 </dev/null 8>&- &
    PASO_EN_CURSO=$!
    set +m
    wait "$PASO_EN_CURSO" || codigo=$?
    PASO_EN_CURSO=
    { printf '== %s\n' "$texto"; cat "$salida"; } >>"$REGISTRO_DE_ARRANQUE"
    if [ $codigo -ne 0 ]; then
        printf 'falló (%s)\n' "$(_segundos_desde "$inicio")" >&2
        tail -n 15 "$salida" | sed 's/^/    /' >&2
        rm -f "$salida"
        morir "falló el paso «$texto»." \
            "lo hecho en los pasos anteriores; al repetir se sigue desde aquí." "$remedio" "$codigo"
    fi
    rm -f "$salida"
    printf 'listo (%s)\n' "$(_segundos_desde "$inicio")" >&2
}
PASO_EN_CURSO=

cortar_paso() {
    [ -n "$PASO_EN_CURSO" ] || return 0
    printf 'interrumpido\n' >&2
    kill -TERM -- "-$PASO_EN_CURSO" 2>/dev/null || true
    PASO_EN_CURSO=
}
# Sin más instrucciones, una señal corta el paso y sale; bin/run y bin/test añaden lo suyo.
trap cortar_paso EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
