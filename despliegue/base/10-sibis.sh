#!/usr/bin/env bash
# La primera vez que arranca la base: un usuario sin privilegios, dueño de la suya, y las
# extensiones, que solo el administrador puede crear. Las migraciones las encuentran hechas.
set -euo pipefail
clave=$(cat /run/secrets/base_sibis)
psql -v ON_ERROR_STOP=1 -v clave="$clave" -U "$POSTGRES_USER" -d postgres <<'SQL'
CREATE ROLE sibis LOGIN PASSWORD :'clave';
CREATE DATABASE sibis OWNER sibis TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8';
REVOKE ALL ON DATABASE sibis FROM PUBLIC;
\connect sibis
CREATE EXTENSION postgis;
CREATE EXTENSION unaccent;
CREATE EXTENSION pg_trgm;
CREATE EXTENSION btree_gist;
SQL
