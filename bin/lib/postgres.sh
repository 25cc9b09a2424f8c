# PostgreSQL privado: solo por zócalo, en una carpeta 0700, sin puertos y sin contraseña que cuidar.
# shellcheck shell=bash

BASE=sibis
PG_COMO=() # con qué se antepone cada orden para no ser root

# Quién lo corre: PostgreSQL se niega a ser root. El dueño de la carpeta decide; si aún no hay,
# (1) quien llama, (2) el usuario postgres, (3) un espacio de nombres, (4) /var/lib/sibis.
_pg_elegir_quien() {
    PG=$VAR/pg
    if [ "$(id -u)" -ne 0 ]; then
        mkdir -p -m 700 "$PG"
        [ -O "$PG" ] || morir "$PG es de otro usuario ($(stat -c %U "$PG"))." "sus datos." \
            "corra SIBIS con ese usuario, o use otra carpeta de estado con SIBIS_VAR=/ruta."
        return
    fi
    [ -e "$PG/datos" ] || _pg_crear_carpeta
    PG=$(readlink -f "$PG")
    _pg_como_uid "$(stat -c %u "$PG")"
}

_pg_como_uid() {
    if [ "$1" -eq 0 ]; then
        PG_COMO=(unshare --user --map-user=1000 --)
    else
        PG_COMO=(setpriv "--reuid=$1" "--regid=$(stat -c %g "$PG")" --clear-groups --)
    fi
}

_pg_crear_carpeta() { # sin datos dentro, lo que haya es de un intento anterior
    rm -rf "$PG" "$PG.nueva"
    if id postgres >/dev/null 2>&1 && setpriv --reuid=postgres --regid=postgres --clear-groups -- test -x "$VAR"; then
        mkdir -m 700 "$PG.nueva" && chown postgres:postgres "$PG.nueva" && mv "$PG.nueva" "$PG"
    elif unshare --user --map-user=1000 -- true 2>/dev/null; then
        mkdir -m 700 "$PG"
    elif id postgres >/dev/null 2>&1; then
        local fuera
        fuera=/var/lib/sibis/$(printf '%s' "$VAR" | sha256sum | cut -c1-12)
        mkdir -p -m 711 /var/lib/sibis
        install -d -m 700 -o postgres -g postgres "$fuera"
        ln -s "$fuera" "$PG"
    else
        morir "PostgreSQL no puede correr como root y no hay otro usuario que pueda entrar a $VAR." "todo." \
            "ponga el proyecto en una carpeta a la que pueda entrar el usuario postgres (no /root), o corra sin ser root."
    fi
}

_pg() { # una orden del servidor, como su usuario, desde una carpeta en la que puede estar
    (cd "$PG_BIN" && exec "${PG_COMO[@]}" "$@" 9>&- 8>&- 7>&-)
}

asegurar_postgres() {
    PG_BIN=$(bin_de_postgres)
    _pg_elegir_quien
    preparar_zocalos
    PG_ZOCALO=$ZOCALOS/pg
    if [ -d "$PG/datos" ]; then
        _pg_misma_version
    else
        rm -f "$VAR/hecho/"* "$VAR/demo.json" # lo anotado era de otra base
        paso "Creo la base de datos privada en ${PG#"$RAIZ/"}" "revise el espacio en disco y repita." _pg_crear
    fi
    _pg_responde || paso "Arranco PostgreSQL" \
        "lea el final de $VAR/registro/postgres.log; si el disco está lleno, libere espacio y repita." _pg_arrancar
    export DATABASE_URL="postgresql://$BASE@/$BASE?host=$PG_ZOCALO"
}

# Con otra versión de PostgreSQL los archivos no se leen: se usa la que los hizo.
_pg_misma_version() {
    local version
    version=$(_pg cat "$PG/datos/PG_VERSION")
    [ "${PG_BIN%/bin}" = "/usr/lib/postgresql/$version" ] && return
    [ "$("$PG_BIN/pg_config" --version 2>/dev/null | grep -oE '[0-9]+' | head -n 1)" = "$version" ] && return
    PG_BIN=/usr/lib/postgresql/$version/bin
    [ -x "$PG_BIN/postgres" ] || morir "la base de $PG la hizo PostgreSQL $version, que ya no está instalado." \
        "los datos, tal cual." "instale postgresql-$version-postgis-3; o respalde, mueva esa carpeta y arranque de nuevo."
}

_pg_crear() { # se arma con otro nombre y se renombra al final: matado a la mitad, se rehace
    _pg rm -rf "$PG/datos.nuevo"
    _pg "$PG_BIN/initdb" --pgdata="$PG/datos.nuevo" --username=$BASE --auth=trust \
        --encoding=UTF8 --locale=C.UTF-8 --no-instructions
    _pg mv "$PG/datos.nuevo" "$PG/datos"
}

_pg_responde() { [ -S "$PG_ZOCALO/.s.PGSQL.5432" ] && "$PG_BIN/pg_isready" -q -h "$PG_ZOCALO" -t 3; }

# ¿Hay algún proceso trabajando dentro de esos datos? (PostgreSQL se queda parado en ellos.)
_pg_pids() {
    local p
    for p in /proc/[0-9]*; do
        if [ "$(readlink "$p/cwd" 2>/dev/null)" = "$PG/datos" ]; then echo "${p#/proc/}"; fi
    done
}

_pg_arrancar() {
    local espera=0 registro=$VAR/registro/postgres.log opciones
    while [ -n "$(_pg_pids)" ] && [ $((espera += 1)) -le 100 ]; do # arrancando, o muriendo tras un kill -9
        _pg_responde && return
        sleep 0.2
    done
    # Tras un reinicio, el número anotado puede ser hoy de otro proceso: sin nadie dentro, la nota es vieja.
    [ -n "$(_pg_pids)" ] || _pg rm -f "$PG/datos/postmaster.pid"
    _pg_preparar_zocalo
    girar_registro "$registro"
    : >>"$registro"
    opciones="-c listen_addresses='' -c unix_socket_directories='$PG_ZOCALO' -c unix_socket_permissions=0700"
    opciones+=" -c port=5432 -c max_connections=80 -c shared_buffers=256MB -c jit=off -c max_wal_size=2GB"
    # Lo que falla no se copia al registro: la orden y su detalle citan los valores que alguien tecleó.
    opciones+=" -c log_min_error_statement=panic -c log_error_verbosity=terse $PG_OPCIONES"
    _pg "$PG_BIN/pg_ctl" start -w -t 60 -s -D "$PG/datos" -o "$opciones" >>"$registro" 2>&1 ||
        { tail -n 12 "$registro"; return 1; }
    [ "$(psql_privado -d postgres -tAc "SELECT 1 FROM pg_database WHERE datname = '$BASE'")" = 1 ] ||
        psql_privado -d postgres -qc "CREATE DATABASE $BASE"
}
PG_OPCIONES=

_pg_preparar_zocalo() {
    rm -rf "$PG_ZOCALO" # solo puede haber zócalos de un servidor que ya no vive
    mkdir -m 700 "$PG_ZOCALO"
    chown --reference="$PG" "$PG_ZOCALO"
}

psql_privado() { "$PG_BIN/psql" -X -v ON_ERROR_STOP=1 -h "$PG_ZOCALO" -U $BASE "$@"; }

postgres_vivo() { # el de VAR; lo dice su postmaster, no un hijo que aún no se entera
    local pid
    read -r pid <"$PG/datos/postmaster.pid" 2>/dev/null && [ "$(readlink "/proc/$pid/cwd")" = "$PG/datos" ]
}

parar_postgres() { # el de VAR, si es que corre
    [ -e "$VAR/pg" ] || return 0
    PG=$(readlink -f "$VAR/pg")
    [ -n "$(_pg_pids)" ] || return 0
    PG_BIN=$(bin_de_postgres) || return 0
    [ "$(id -u)" -ne 0 ] || _pg_como_uid "$(stat -c %u "$PG")"
    _pg "$PG_BIN/pg_ctl" stop -s -w -t 20 -m fast -D "$PG/datos" >/dev/null 2>&1 ||
        _pg "$PG_BIN/pg_ctl" stop -s -w -t 20 -m immediate -D "$PG/datos" >/dev/null 2>&1 || true
}
