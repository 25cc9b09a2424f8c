# Los procesos que arrancamos: se anotan con su hora de inicio, para no matar nunca a otro
# que haya heredado el número.
# shellcheck shell=bash

_inicio_de() { # la hora de inicio que da el núcleo; vacía si no existe
    local linea
    { linea=$(<"/proc/$1/stat"); } 2>/dev/null || return 0
    # shellcheck disable=SC2086
    set -- ${linea##*) }
    [ "$1" = Z ] || printf '%s' "${20}"
}

anotar_proceso() { printf '%s %s\n' "$2" "$(_inicio_de "$2")" >"$VAR/procesos/$1"; }

proceso_vivo() { # imprime su número si sigue siendo el que anotamos
    local pid inicio
    read -r pid inicio 2>/dev/null <"$VAR/procesos/$1" || return 1
    [ -n "$inicio" ] && [ "$(_inicio_de "$pid")" = "$inicio" ] && printf '%s' "$pid"
}

# detener_proceso NOMBRE SEGUNDOS: pide que termine y, si no hace caso, lo mata.
detener_proceso() {
    local pid limite=$((SECONDS + $2))
    pid=$(proceso_vivo "$1") || { rm -f "$VAR/procesos/$1"; return 0; }
    kill -TERM "$pid" 2>/dev/null || true
    while proceso_vivo "$1" >/dev/null; do
        if [ $SECONDS -ge $limite ]; then kill -KILL "$pid" 2>/dev/null || true; fi
        sleep 0.1
    done
    rm -f "$VAR/procesos/$1"
}

# lanzar NOMBRE ORDEN…: en segundo plano, con su registro, fuera del alcance del Ctrl-C de la
# terminal (nosotros decidimos el orden) y con muerte asegurada si este guion muere.
lanzar() {
    local nombre=$1 atado=()
    shift
    girar_registro "$VAR/registro/$nombre.log"
    setpriv --pdeathsig TERM true 2>/dev/null && atado=(setpriv --pdeathsig TERM --)
    setsid "${atado[@]}" "$@" >>"$VAR/registro/$nombre.log" 2>&1 </dev/null 9>&- 8>&- 7>&- &
    anotar_proceso "$nombre" $!
    ULTIMO_LANZADO=$!
}

SERVICIOS="web worker beat"

detener_servicios() {
    local s pid
    # Todos reciben el aviso a la vez y después se espera a cada uno.
    for s in $SERVICIOS; do pid=$(proceso_vivo "$s") && kill -TERM "$pid" 2>/dev/null || true; done
    for s in $SERVICIOS; do detener_proceso "$s" 8; done
}

servicios_vivos() {
    local s
    for s in $SERVICIOS; do proceso_vivo "$s" >/dev/null && printf '%s ' "$s"; done
    return 0
}
