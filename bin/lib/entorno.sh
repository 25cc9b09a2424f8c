# El entorno de Python: .venv con las versiones y huellas de requirements/*.txt.
# shellcheck shell=bash

# asegurar_entorno produccion|desarrollo. `desarrollo` contiene a `produccion`.
asegurar_entorno() {
    local nivel=$1
    _entorno_listo "$nivel" && return
    if [ -e "$VENV/.instalando" ] || { [ -e "$VENV" ] && ! "$PYTHON" -c 'import pip' 2>/dev/null; }; then
        decir "→ El entorno de Python quedó a medias o ya no sirve; lo hago de nuevo."
        rm -rf "$VENV"
    fi
    [ -x "$PYTHON" ] || paso "Creo el entorno de Python en .venv" \
        "revise que haya espacio y que python3-venv esté instalado." _crear_entorno
    paso "Instalo las bibliotecas de Python ($nivel, con huellas verificadas)" \
        "revise la red o el índice de paquetes de pip (PIP_INDEX_URL, pip.conf) y repita." _instalar_bibliotecas "$nivel"
}

_huella_de_requisitos() { sha256sum <"$RAIZ/requirements/$1.txt" | cut -c1-24; }

_entorno_listo() {
    [ ! -e "$VENV/.instalando" ] && [ "$(cat "$VENV/.requisitos-$1" 2>/dev/null)" = "$(_huella_de_requisitos "$1")" ] &&
        "$PYTHON" -c '' 2>/dev/null
}

_crear_entorno() {
    mkdir -p "$VENV"
    : >"$VENV/.instalando"
    "$(python_adecuado)" -m venv "$VENV"
}

_instalar_bibliotecas() {
    local nivel=$1 incluidos=produccion n
    [ "$nivel" = produccion ] || incluidos="produccion $nivel"
    : >"$VENV/.instalando"
    _con_uv "$nivel" || "$PYTHON" -m pip install --disable-pip-version-check --no-input --require-hashes \
        -r "$RAIZ/requirements/$nivel.txt"
    for n in $incluidos; do _huella_de_requisitos "$n" >"$VENV/.requisitos-$n"; done
    rm -f "$VENV/.instalando"
}

# uv hace en segundos lo que pip en medio minuto. Si no se puede, pip termina el trabajo.
_con_uv() {
    [ -x "$VENV/bin/uv" ] || "$PYTHON" -m pip install --disable-pip-version-check --no-input -q --require-hashes \
        -r "$RAIZ/requirements/herramientas.txt" || return
    _traducir_pip_a_uv
    "$VENV/bin/uv" pip install --python "$PYTHON" --require-hashes \
        -r "$RAIZ/requirements/$1.txt"
}

# uv no lee pip.conf ni PIP_*: lo que esta máquina tenga puesto para llegar a su índice se le dice así.
_traducir_pip_a_uv() {
    local indice extra certificado ruedas
    indice=$(_de_pip index-url); extra=$(_de_pip extra-index-url | tr ' ' '\n' | grep -E '^https?://' | tr '\n' ' ' || true)
    certificado=$(_de_pip cert); ruedas=$(_de_pip find-links)
    [ -z "$indice" ] || export UV_DEFAULT_INDEX=${UV_DEFAULT_INDEX:-$indice}
    [ -z "${extra// /}" ] || export UV_INDEX=${UV_INDEX:-$extra} UV_INDEX_STRATEGY=${UV_INDEX_STRATEGY:-unsafe-best-match}
    [ ! -f "$certificado" ] || export SSL_CERT_FILE=${SSL_CERT_FILE:-$certificado}
    [ ! -d "$ruedas" ] || export UV_FIND_LINKS=${UV_FIND_LINKS:-$ruedas}
    [ -w "${HOME:-/nada}" ] || export UV_CACHE_DIR=${UV_CACHE_DIR:-$VAR/cache-uv}
}

_de_pip() { # el entorno gana a pip.conf, como en pip
    local nombre=PIP_${1^^}
    nombre=${nombre//-/_}
    if [ -n "${!nombre:-}" ]; then printf '%s' "${!nombre}"; else "$PYTHON" -m pip config get "global.$1" 2>/dev/null || true; fi
}
