"""La tabla de registros, que Django no sabe partir: por ejercicio y, dentro de cada uno, por carga.

Una carga grande entra como partición propia; las chicas comparten la de omisión de su año («resto»).
El índice único no es llave primaria porque así la tabla suelta de una carga trae el suyo ya hecho y
ATTACH lo adopta sin rehacerlo. Las columnas van de más a menos anchas: sin huecos entre ellas.
"""

CREAR = """
CREATE TABLE padron_registro (
    id bigint NOT NULL,
    carga_id bigint NOT NULL,
    programa_id bigint NOT NULL,
    dependencia_id bigint NOT NULL,
    fila integer NOT NULL,
    fecha_nacimiento date,
    fecha_apoyo date,
    ejercicio smallint NOT NULL,
    edad_meses smallint,
    ministracion smallint,
    con_aviso boolean NOT NULL,
    folio text,
    tipo_persona text NOT NULL,
    curp text,
    nombres text,
    primer_apellido text,
    segundo_apellido text,
    denominacion text,
    sexo text,
    entidad_nacimiento text,
    alcaldia text,
    colonia text,
    codigo_postal text,
    domicilio text,
    telefono text,
    correo text,
    clabe text,
    tutor_curp text,
    tutor_nombre text,
    apoyo text,
    monto numeric(14, 2),
    perfil jsonb,
    CONSTRAINT registro_id_de_su_fila
        CHECK (fila > 0 AND fila < 4194304 AND id = carga_id * 4194304 + fila),
    CONSTRAINT registro_tipo_conocido
        CHECK (tipo_persona IN ('persona', 'menor', 'colectivo', 'empresa', 'facilitadora')),
    CONSTRAINT registro_sexo_conocido CHECK (sexo IN ('H', 'M', 'X')),
    CONSTRAINT registro_largos_justos CHECK (
        octet_length(curp) = 18 AND octet_length(tutor_curp) = 18
        AND octet_length(entidad_nacimiento) = 2 AND octet_length(alcaldia) = 5
        AND octet_length(codigo_postal) = 5 AND octet_length(telefono) = 10
        AND octet_length(clabe) = 18
    ),
    CONSTRAINT registro_cantidades_posibles
        CHECK (monto >= 0 AND edad_meses >= 0 AND ministracion >= 0)
) PARTITION BY LIST (ejercicio);
CREATE UNIQUE INDEX padron_registro_id ON padron_registro (id, carga_id, ejercicio);
CREATE INDEX padron_registro_curp ON padron_registro (curp) WHERE curp IS NOT NULL;
CREATE INDEX padron_registro_folio ON padron_registro (programa_id, folio);

CREATE FUNCTION padron_registro_cuidar(tabla regclass) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    resguardo record;
BEGIN
    FOR resguardo IN
        SELECT t.tgname, p.oid::regproc AS funcion
        FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
        WHERE t.tgrelid = 'padron_registro'::regclass AND NOT t.tgisinternal AND t.tgtype & 32 > 0
    LOOP
        EXECUTE format(
            'CREATE OR REPLACE TRIGGER %I BEFORE TRUNCATE ON %s FOR EACH STATEMENT EXECUTE FUNCTION %s()',
            resguardo.tgname, tabla, resguardo.funcion
        );
    END LOOP;
END $$;
COMMENT ON FUNCTION padron_registro_cuidar IS
    'Los resguardos de renglón los hereda cada partición; el de vaciar, que es de orden, no.';

CREATE FUNCTION padron_registro_del_ejercicio(anio integer) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    del_anio text := format('padron_registro_%s', anio);
    resto text := format('padron_registro_%s_resto', anio);
BEGIN
    IF to_regclass(del_anio) IS NOT NULL THEN RETURN; END IF;
    PERFORM pg_advisory_xact_lock(hashtext('padron_registro_del_ejercicio'), anio);
    IF to_regclass(del_anio) IS NOT NULL THEN RETURN; END IF;
    EXECUTE format(
        'CREATE TABLE %I (LIKE padron_registro INCLUDING CONSTRAINTS) PARTITION BY LIST (carga_id)',
        del_anio
    );
    EXECUTE format('CREATE TABLE %I PARTITION OF %I DEFAULT', resto, del_anio);
    EXECUTE format('ALTER TABLE padron_registro ATTACH PARTITION %I FOR VALUES IN (%s)', del_anio, anio);
    PERFORM padron_registro_cuidar(del_anio::regclass);
    PERFORM padron_registro_cuidar(resto::regclass);
END $$;
COMMENT ON FUNCTION padron_registro_del_ejercicio IS
    'Hace, si falta, la partición de un año y la de sus cargas chicas. Se puede repetir.';

-- COPY no sabe de quién son los renglones que llegan; lo dice la sesión: SET LOCAL sibis.pasada.
ALTER TABLE padron_hallazgo ALTER pasada_id
    SET DEFAULT nullif(current_setting('sibis.pasada', true), '')::bigint;
ALTER TABLE padron_filaenespera ALTER pasada_id
    SET DEFAULT nullif(current_setting('sibis.pasada', true), '')::bigint;
"""
QUITAR = """
ALTER TABLE padron_hallazgo ALTER pasada_id DROP DEFAULT;
ALTER TABLE padron_filaenespera ALTER pasada_id DROP DEFAULT;
DROP TABLE padron_registro;
DROP FUNCTION padron_registro_del_ejercicio(integer);
DROP FUNCTION padron_registro_cuidar(regclass);
"""
