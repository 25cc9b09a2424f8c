"""La tabla de entregas, que Django no sabe partir: un ejercicio, una partición.

No hay llave ajena a los registros: la base la revisaría renglón por renglón contra cientos de
particiones. Que el registro existe lo mira el resguardo `entrega_cuadra`, de una vez por orden, y un
registro no se borra ni cambia (docs/adr/0031). Las columnas van de más a menos anchas.
"""

PRIMERO, ULTIMO = 2018, 2035

_CHECK = """
    CONSTRAINT entrega_sigue_la_tabla CHECK (
        (coalesce(estado_anterior, ''), estado) IN (
            ('', 'entregada'), ('', 'no_recogida'), ('no_recogida', 'entregada'),
            ('entregada', 'devuelta'), ('reentregada', 'devuelta'), ('devuelta', 'reentregada')
        )
    ),
    CONSTRAINT entrega_cita_a_la_anterior CHECK (
        (orden = 1 AND anterior IS NULL AND estado_anterior IS NULL)
        OR (orden > 1 AND anterior IS NOT NULL AND anterior = orden - 1
            AND estado_anterior IS NOT NULL)
    ),
    CONSTRAINT entrega_dice_que_se_entrego CHECK (
        (estado = 'no_recogida' AND monto IS NULL AND especie = '')
        OR (estado <> 'no_recogida'
            AND ((monto IS NOT NULL AND monto > 0) OR (monto IS NULL AND especie <> '')))
    ),
    CONSTRAINT entrega_devuelta_con_motivo CHECK (
        estado NOT IN ('devuelta', 'reentregada') OR motivo <> ''
    ),
    CONSTRAINT entrega_no_es_futura CHECK (
        fecha <= (momento AT TIME ZONE 'America/Mexico_City')::date
    )
"""

CREAR = f"""
CREATE SEQUENCE padron_entrega_id_seq;
CREATE TABLE padron_entrega (
    id bigint NOT NULL DEFAULT nextval('padron_entrega_id_seq'),
    registro_id bigint NOT NULL,
    carga_id bigint NOT NULL,
    jornada_id bigint NOT NULL REFERENCES padron_jornadadeentrega (id),
    lote_id bigint REFERENCES padron_lotedeentregas (id),
    instrumento_id bigint NOT NULL REFERENCES padron_instrumentodeentrega (id),
    centro_id bigint REFERENCES territorio_centro (id),
    anotada_por_id bigint NOT NULL REFERENCES cuentas_usuario (id),
    momento timestamptz NOT NULL,
    fecha date NOT NULL,
    ejercicio smallint NOT NULL,
    ministracion smallint NOT NULL,
    orden smallint NOT NULL,
    anterior smallint,
    apoyo varchar(80) NOT NULL,
    estado varchar(11) NOT NULL,
    estado_anterior varchar(11),
    monto numeric(14, 2),
    especie varchar(200) NOT NULL,
    recibe varchar(13) NOT NULL,
    motivo varchar(500) NOT NULL,
    {_CHECK}
) PARTITION BY LIST (ejercicio);
ALTER SEQUENCE padron_entrega_id_seq OWNED BY padron_entrega.id;
CREATE UNIQUE INDEX padron_entrega_id ON padron_entrega (id, ejercicio);
-- La historia de un registro, quién le anota primero, y si ya se le entregó: todo empieza por él.
CREATE UNIQUE INDEX padron_entrega_historia
    ON padron_entrega (registro_id, ministracion, apoyo, orden, ejercicio);
-- Lo último que se anotó en una jornada, en su página.
CREATE INDEX padron_entrega_jornada ON padron_entrega (jornada_id, id);
-- Deshacer un lote.
CREATE INDEX padron_entrega_lote ON padron_entrega (lote_id) WHERE lote_id IS NOT NULL;
DO $$
BEGIN
    FOR anio IN {PRIMERO}..{ULTIMO} LOOP
        EXECUTE format(
            'CREATE TABLE padron_entrega_%s PARTITION OF padron_entrega FOR VALUES IN (%s)', anio, anio
        );
    END LOOP;
END $$;
CREATE TABLE padron_entrega_resto PARTITION OF padron_entrega DEFAULT;
"""
QUITAR = "DROP TABLE padron_entrega;"

# Lo de renglón lo hereda cada partición; lo de orden no, y alguien podría nombrarla en vez de la tabla.
CUIDAR = """
DO $$
DECLARE
    particion regclass;
    resguardo record;
BEGIN
    FOR particion IN SELECT inhrelid::regclass FROM pg_inherits WHERE inhparent = 'padron_entrega'::regclass LOOP
        FOR resguardo IN
            SELECT t.tgname, p.oid::regproc AS funcion, t.tgtype & 32 > 0 AS de_vaciar
            FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
            WHERE t.tgrelid = 'padron_entrega'::regclass AND NOT t.tgisinternal AND t.tgtype & 1 = 0
        LOOP
            EXECUTE format(
                CASE WHEN resguardo.de_vaciar
                    THEN 'CREATE TRIGGER %I BEFORE TRUNCATE ON %s FOR EACH STATEMENT EXECUTE FUNCTION %s()'
                    ELSE 'CREATE TRIGGER %I AFTER INSERT ON %s REFERENCING NEW TABLE AS nuevas '
                        'FOR EACH STATEMENT EXECUTE FUNCTION %s()'
                END, resguardo.tgname, particion, resguardo.funcion
            );
        END LOOP;
    END LOOP;
END $$;
"""
