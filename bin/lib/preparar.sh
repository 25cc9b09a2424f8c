# Reúne las piezas y da los dos verbos que usan todas las órdenes:
# preparar_maquina (paquetes y bibliotecas) y asegurar_servidores (PostgreSQL y Redis).
# shellcheck shell=bash

# Quien nos lanza en segundo plano nos deja sordos a Ctrl-C, y bash no puede volver a oír lo que
# heredó ignorado: se empieza de nuevo con la señal en su sitio.
if [[ $(trap -p INT) == "trap -- '' SIGINT" ]] && env --default-signal=INT true 2>/dev/null; then
    exec env --default-signal=INT bash "$0" "$@"
fi

_LIB=${BASH_SOURCE[0]%/*}
for _pieza in lugares mensajes huellas paquetes entorno procesos postgres redis aplicacion; do
    # shellcheck source=/dev/null
    . "$_LIB/$_pieza.sh"
done

# preparar_maquina produccion|desarrollo [navegador]. Deja tomado el turno: suéltelo quien llama.
preparar_maquina() {
    tomar_turno
    asegurar_paquetes "${2:-}"
    asegurar_entorno "$1"
}

# Con DATABASE_URL o REDIS_URL dados, no se arranca nada privado.
# Mientras viva quien los pidió, tiene un candado compartido: nadie los detiene debajo de otro.
asegurar_servidores() {
    exec 7<"$VAR/procesos"
    flock -s 7
    if [ -n "${DATABASE_URL:-}${DATABASE_URL_FILE:-}" ]; then comprobar_base_dada; else asegurar_postgres; fi
    [ -n "${REDIS_URL:-}${REDIS_URL_FILE:-}" ] || asegurar_redis
}

comprobar_base_dada() {
    local error codigo=0
    error=$("$PYTHON" "$AQUI/estado_bd.py" 2>&1 >/dev/null) || codigo=$?
    [ $codigo -ne 3 ] || morir "no se puede entrar a la base de DATABASE_URL: $error" "todo." \
        "revise ese URL y que el servidor corra; o quite DATABASE_URL para usar uno privado."
}

# Al salir: se detienen los que este guion levantó, salvo que otra orden los esté usando.
soltar_servidores() {
    [ "${SERVIDORES_MIOS:-no}" = si ] || return 0
    if { flock -n 7; } 2>/dev/null; then
        parar_servidores
        rm -f "$VAR/procesos/servidores-de-run"
    else
        decir "  Otra orden de SIBIS usa los servidores privados: siguen corriendo (bin/stop los detiene)."
    fi
}

parar_servidores() {
    parar_redis
    parar_postgres
}

servidores_vivos() {
    local pg
    pg=$(readlink -f "$VAR/pg" 2>/dev/null) || true
    proceso_vivo redis >/dev/null && return
    [ -n "$pg" ] && [ -n "$(PG=$pg _pg_pids)" ]
}
