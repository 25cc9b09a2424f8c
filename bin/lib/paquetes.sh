# Paquetes del sistema: solo los que falten, sin que apt arranque servicio alguno.
# shellcheck shell=bash

_MARCA_POLITICA='# puesto por SIBIS mientras instala; se puede borrar'
_POLITICA=/usr/sbin/policy-rc.d
_CREAR_CLUSTER=/etc/postgresql-common/createcluster.conf

# Un PostgreSQL sirve si trae PostGIS 3. Gana el más nuevo.
bin_de_postgres() {
    local bin version
    while read -r bin; do
        version=${bin%/bin}; version=${version##*/}
        [ -x "$bin/initdb" ] && [ -e "/usr/share/postgresql/$version/extension/postgis.control" ] &&
            { printf '%s' "$bin"; return 0; }
    done < <(printf '%s\n' /usr/lib/postgresql/*/bin | sort -rV)
    # Fuera de Debian: el que esté en el PATH.
    command -v pg_config >/dev/null 2>&1 && bin=$(pg_config --bindir) && [ -x "$bin/initdb" ] &&
        [ -e "$(pg_config --sharedir)/extension/postgis.control" ] && printf '%s' "$bin"
}

python_adecuado() {
    local candidato
    for candidato in ${SIBIS_PYTHON:-} python3 python3.13 python3.12 python3.11; do
        "$candidato" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' \
            >/dev/null 2>&1 && { command -v "$candidato"; return 0; }
    done
    return 1
}

bin_de_navegador() {
    local candidato
    for candidato in ${SIBIS_NAVEGADOR:-} chromium chromium-browser google-chrome google-chrome-stable; do
        command -v "$candidato" 2>/dev/null && return 0
    done
    return 1
}

# paquetes_faltantes [navegador]: una lista de paquetes de apt, vacía si no falta nada.
paquetes_faltantes() {
    [ -n "${DATABASE_URL:-}${DATABASE_URL_FILE:-}" ] || bin_de_postgres >/dev/null || _paquete_postgis
    [ -n "${REDIS_URL:-}${REDIS_URL_FILE:-}" ] || command -v redis-server >/dev/null || echo redis-server
    python_adecuado >/dev/null || _paquete_python
    command -v msgfmt >/dev/null || echo gettext
    _hay_pango || printf '%s\n' libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
    [ "${1:-}" != navegador ] || bin_de_navegador >/dev/null || printf '%s\n' chromium fonts-dejavu-core
}

# WeasyPrint compone los PDF con Pango; su rueda no lo trae.
_hay_pango() {
    local instaladas # de una vez: con un tubo, grep -q cortaría a ldconfig y pipefail lo daría por falla
    instaladas=$(PATH=$PATH:/sbin:/usr/sbin ldconfig -p 2>/dev/null) || return 1
    [[ $instaladas == *libpangoft2-1.0.so.0* && $instaladas == *libharfbuzz-subset.so.0* ]]
}

_paquete_postgis() {
    local hallado
    hallado=$(apt-cache search --names-only '^postgresql-[0-9]+-postgis-3$' 2>/dev/null |
        cut -d' ' -f1 | sort -V | tail -n 1)
    echo "${hallado:-postgresql-15-postgis-3}"
}

_paquete_python() {
    # Ubuntu 22.04 trae Python 3.10 como principal y 3.11 aparte.
    if command -v python3 >/dev/null && ! python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
        echo python3.11-venv
    else
        echo python3-venv
    fi
}

asegurar_paquetes() {
    local faltan
    _retirar_politica
    mapfile -t faltan < <(paquetes_faltantes "$@")
    [ ${#faltan[@]} -gt 0 ] || return 0
    command -v apt-get >/dev/null || morir "faltan programas del sistema (${faltan[*]}) y esta máquina no usa apt." "todo." \
        "instale por su cuenta PostgreSQL con PostGIS 3, Redis, gettext y Python 3.11 o posterior; o dé DATABASE_URL y REDIS_URL."
    _elegir_sudo "${faltan[@]}"
    paso "Actualizo la lista de paquetes del sistema" "$(_remedio_apt "${faltan[@]}")" _actualizar_lista
    mapfile -t faltan < <(paquetes_faltantes "$@") # ya con la lista se sabe qué versión de PostGIS hay
    paso "Instalo paquetes del sistema: ${faltan[*]}" "$(_remedio_apt "${faltan[@]}")" _instalar "${faltan[@]}"
    mapfile -t faltan < <(paquetes_faltantes "$@")
    [ ${#faltan[@]} -eq 0 ] || morir "apt terminó, pero sigue faltando: ${faltan[*]}." "lo instalado." \
        "esta versión del sistema puede no traerlo (se necesita Debian 12, Ubuntu 22.04 o posteriores)."
}

_remedio_apt() {
    printf 'revise la red y los repositorios de apt, y repita. A mano sería: apt-get update && apt-get install --no-install-recommends %s' "$*"
    # En Ubuntu Chromium no viene de apt.
    [[ " $* " != *" chromium "* ]] || printf '. Sin navegador: bin/test --rapido; con otro: SIBIS_NAVEGADOR=/ruta'
}

_elegir_sudo() {
    SUDO=()
    [ "$(id -u)" -eq 0 ] && return
    if command -v sudo >/dev/null && { sudo -n true 2>/dev/null || { [ -t 0 ] && [ -t 2 ] &&
        decir "→ Faltan paquetes del sistema ($*). sudo pedirá su contraseña." && sudo -v; }; }; then
        SUDO=(sudo)
        return
    fi
    morir "faltan paquetes del sistema y este usuario no puede instalarlos: $*." "todo; no se tocó nada." \
        "pida a quien administra la máquina que corra:
                 apt-get update && apt-get install -y --no-install-recommends $*
               y después repita esta orden, ya sin permisos especiales."
}

_actualizar_lista() {
    local intento
    for intento in 1 2 3 4 5; do
        "${SUDO[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -q -o DPkg::Lock::Timeout=600 && return
        sleep $((intento * 2)) # otro apt puede tener tomada la lista
    done
    # Sin red pero con una lista de antes, la instalación dirá si alcanza.
    [ -n "$(apt-cache search --names-only '^gettext$')" ]
}

_instalar() {
    local codigo=0
    _poner_politica
    "${SUDO[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends \
        -o DPkg::Lock::Timeout=600 "$@" || codigo=$?
    _retirar_politica
    return $codigo
}

# policy-rc.d con 101 prohíbe arrancar servicios; createcluster.conf, crear la base de Debian.
_poner_politica() {
    [ -e $_POLITICA ] || printf '#!/bin/sh\n%s\nexit 101\n' "$_MARCA_POLITICA" |
        "${SUDO[@]}" sh -c "cat >$_POLITICA && chmod 755 $_POLITICA"
    [ -e $_CREAR_CLUSTER ] || printf '%s\ncreate_main_cluster = false\n' "$_MARCA_POLITICA" |
        "${SUDO[@]}" sh -c "mkdir -p ${_CREAR_CLUSTER%/*} && cat >$_CREAR_CLUSTER"
}

# Solo se retira lo nuestro, también lo que dejó una instalación matada a la mitad.
_retirar_politica() {
    local quitar=() como=("${SUDO[@]}")
    grep -qsF "$_MARCA_POLITICA" $_POLITICA && quitar+=("rm -f $_POLITICA")
    grep -qsF "$_MARCA_POLITICA" $_CREAR_CLUSTER &&
        quitar+=("cp /usr/share/postgresql-common/createcluster.conf $_CREAR_CLUSTER || rm -f $_CREAR_CLUSTER")
    [ ${#quitar[@]} -gt 0 ] || return 0
    [ "$(id -u)" -eq 0 ] || [ ${#como[@]} -gt 0 ] || return 0
    local orden
    for orden in "${quitar[@]}"; do "${como[@]}" sh -c "$orden" 2>/dev/null || true; done
}
SUDO=()
