#!/usr/bin/env bash
# revisar.sh: todo lo que se revisa sin correr las pruebas. Lo llaman bin/test, .ci/run y los
# ganchos de git. Corre todas las revisiones aunque falle una, y al final dice cuáles fallaron.
set -uo pipefail
RAIZ=$(cd -- "${BASH_SOURCE[0]%/*}/../.." && pwd -P)
cd "$RAIZ" || exit 1
export PATH=$RAIZ/.venv/bin:$PATH LC_ALL=C.UTF-8
FALLAS=()

revisar() { # revisar NOMBRE ORDEN…
    local nombre=$1 inicio=$SECONDS salida
    shift
    if salida=$("$@" 2>&1 </dev/null); then
        printf '  bien   %-30s %3d s\n' "$nombre" $((SECONDS - inicio)) >&2
    else
        printf '  FALLA  %-30s %3d s\n' "$nombre" $((SECONDS - inicio)) >&2
        printf '%s\n' "$salida" | tail -n 40 | sed 's/^/         /' >&2
        FALLAS+=("$nombre")
    fi
}

plantillas() { find templates -name "${1:-*.html}" -type f -print0 2>/dev/null; }
sangria() { plantillas | xargs -0r djhtml --check --tabwidth 2; }
estilo_de_plantillas() { plantillas | xargs -0r djade --check --target-version 5.2; }
guiones() { local g; for g in bin/* bin/lib/*.sh .ci/run; do [ ! -f "$g" ] || bash -n "$g" || return; done; }

# Con los ajustes de producción y secretos inventados: `check --deploy` no admite advertencias.
despliegue() {
    DJANGO_SETTINGS_MODULE=sibis.settings.produccion SIBIS_URL_PUBLICA=https://sibis.example \
        SIBIS_CLAVE_SECRETA=$(head -c 60 /dev/urandom | base64 -w 0) \
        python manage.py check --deploy --fail-level WARNING
}
migraciones() { python manage.py makemigrations --check --dry-run; }

revisar "ruff: reglas" ruff check .
revisar "ruff: formato" ruff format --check .
revisar "contratos de importación" lint-imports
revisar "tipos (mypy)" mypy
revisar "plantillas: sangría" sangria
revisar "plantillas: estilo" estilo_de_plantillas
revisar "guiones: sintaxis" guiones
revisar "migraciones al día" migraciones
revisar "check --deploy" despliegue

[ ${#FALLAS[@]} -eq 0 ] && exit 0
printf '  Falló: %s\n' "$(IFS=,; echo "${FALLAS[*]}")" >&2
exit 1
