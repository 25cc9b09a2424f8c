# Lo que la aplicación necesita antes de servir: base al día, catálogos, demostración, estáticos.
# Cada paso se salta si nada de lo que lee cambió.
# shellcheck shell=bash

# El entorno de Django para bin/run y bin/sibis. Lo que ya venga dado, gana.
exportar_ajustes() {
    export DJANGO_SETTINGS_MODULE=${DJANGO_SETTINGS_MODULE:-sibis.settings.local}
    export SIBIS_DEPURAR=${SIBIS_DEPURAR:-no}
    if [ -z "${SIBIS_CLAVE_SECRETA:-}${SIBIS_CLAVE_SECRETA_FILE:-}" ]; then
        [ -s "$VAR/clave_secreta" ] || _crear_clave
        export SIBIS_CLAVE_SECRETA_FILE=$VAR/clave_secreta
    fi
}

_crear_clave() {
    (umask 077; head -c 48 /dev/urandom | base64 -w 0 >"$VAR/clave_secreta.nueva")
    mv "$VAR/clave_secreta.nueva" "$VAR/clave_secreta"
}

manage() { "$PYTHON" "$RAIZ/manage.py" "$@"; }

# poner_al_dia si|no: con datos de demostración, o sin ellos.
poner_al_dia() {
    _traducciones
    _estaticos
    _migraciones
    _catalogos
    [ "$1" = no ] || _demostracion
}

# Para bin/sibis: una base recién creada se pone al día; una que ya existe no se toca sin pedirlo.
poner_al_dia_si_es_nueva() {
    case ${1:-help} in
        migrate | makemigrations | showmigrations | check | help | version | makemessages | compilemessages | --*) return 0 ;;
    esac
    [ ! -e "$VAR/hecho/migraciones" ] || return 0
    _migraciones
    [ "$1" = cargar_catalogos ] || _catalogos
}

_traducciones() {
    local huella
    [ -d "$RAIZ/locale" ] || return 0
    huella=$(huella_de "$RAIZ/locale")
    ya_hecho traducciones "$huella" && return
    paso "Compilo las traducciones" "el error nombra el archivo .po y el renglón." \
        manage compilemessages -v 0 --ignore .venv --ignore var
    anotar_hecho traducciones "$huella"
}

_estaticos() {
    local huella
    huella=$(huella_de "$RAIZ/static" "$RAIZ/requirements/produccion.txt" "$RAIZ/sibis/settings")$(huella_de_nombres '*/static/*')
    [ -d "$VAR/estaticos" ] && ya_hecho estaticos "$huella" && return
    paso "Reúno y comprimo los archivos estáticos" "el error nombra el archivo que falta o sobra." \
        manage collectstatic --noinput --clear -v 0
    anotar_hecho estaticos "$huella"
}

_migraciones() {
    local huella estado
    huella=$(huella_de_nombres '*/migrations/*.py')$(huella_de "$RAIZ/requirements/produccion.txt")
    estado=$(_estado_de_la_base)
    [ -n "$estado" ] && ya_hecho migraciones "$huella $estado" && return
    paso "Pongo al día la base de datos (migraciones)" "el error dice qué migración; los datos de antes siguen ahí." \
        manage migrate --noinput -v 1
    anotar_hecho migraciones "$huella $(_estado_de_la_base)"
}

# Qué base es y qué migraciones tiene: si alguien la borra, la restaura o regresa una, cambia.
_estado_de_la_base() { "$PYTHON" "$AQUI/estado_bd.py" 2>/dev/null || true; }

_catalogos() {
    local huella
    huella=$(huella_de_nombres '*/datos/*' '*/commands/cargar_*.py' '*/carga.py' '*/importacion/*.py')
    huella+=" $(cat "$VAR/hecho/migraciones")"
    ya_hecho catalogos "$huella" && return
    paso "Cargo los catálogos" "cada renglón rechazado se nombra arriba; corrija el archivo y repita." \
        _cargar_catalogos
    if [ -e "$VAR/hecho/con-rechazos" ]; then
        decir "  Se cargó lo bueno; hubo renglones rechazados, con su motivo en ${REGISTRO_DE_ARRANQUE#"$RAIZ/"}."
    fi
    anotar_hecho catalogos "$huella"
}

_cargar_catalogos() { # el código 1 dice «cargué lo bueno y nombré lo malo»: no impide arrancar
    local codigo=0
    rm -f "$VAR/hecho/con-rechazos"
    manage cargar_catalogos || codigo=$?
    [ $codigo -ne 1 ] || : >"$VAR/hecho/con-rechazos"
    [ $codigo -le 1 ]
}

_demostracion() {
    local huella
    huella="$(huella_de "$RAIZ/sibis/demo") $(cat "$VAR/hecho/catalogos")"
    [ -s "$VAR/demo.json" ] && ya_hecho demostracion "$huella" && return
    paso "Siembro los datos de demostración (inventados y marcados como tales)" \
        "repita; o arranque sin ellos con bin/run --sin-demo." manage sembrar_demo
    anotar_hecho demostracion "$huella"
}
