from django.db import migrations

# Lo que cada proceso tiene en memoria para buscar (programas/consultas/indice.py). La hora en
# microsegundos no se repite aunque la tabla se vacíe o se restaure un respaldo.
VIGILADAS = (
    "programas_fichapublica",
    "programas_convocatoria",
    "programas_programa",
    "programas_derechosocial",
    "programas_grupoprioritario",
    "programas_tipodeapoyo",
    "territorio_alcaldia",
    "cuentas_dependencia",
)
AVISAR = """
    CREATE FUNCTION programas_cambio_el_portal() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO programas_revisiondelportal (id, numero)
            VALUES (1, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint)
            ON CONFLICT (id) DO UPDATE
            SET numero = greatest(programas_revisiondelportal.numero + 1, excluded.numero);
        RETURN NULL;
    END;
    $$;
""" + "".join(
    f"""
    CREATE TRIGGER cambio_el_portal AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {tabla}
        FOR EACH STATEMENT EXECUTE FUNCTION programas_cambio_el_portal();
    """
    for tabla in VIGILADAS
)
NO_AVISAR = (
    "".join(f"DROP TRIGGER IF EXISTS cambio_el_portal ON {tabla};" for tabla in VIGILADAS)
    + "DROP FUNCTION IF EXISTS programas_cambio_el_portal();"
)

# Las listas de una regla las crea Django y no tienen modelo donde declarar el disparador. Se abren
# igual que el de la regla: solo cuando pgtrigger lo aparta.
LISTAS = (
    "programas_reglaoperacion_derechos",
    "programas_reglaoperacion_grupos",
    "programas_reglaoperacion_alcaldias",
)
NO_VACIAR = """
    CREATE FUNCTION programas_lista_no_se_vacia() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF coalesce(current_setting('pgtrigger.ignore', true), '') LIKE '%regla_no_se_vacia%' THEN
            RETURN NULL;
        END IF;
        RAISE EXCEPTION 'El registro de reglas no se vacía. Retira o sustituye cada regla.'
            USING ERRCODE = 'check_violation';
    END;
    $$;
""" + "".join(
    f"""
    CREATE TRIGGER lista_no_se_vacia BEFORE TRUNCATE ON {tabla}
        FOR EACH STATEMENT EXECUTE FUNCTION programas_lista_no_se_vacia();
    """
    for tabla in LISTAS
)
SI_VACIAR = (
    "".join(f"DROP TRIGGER IF EXISTS lista_no_se_vacia ON {tabla};" for tabla in LISTAS)
    + "DROP FUNCTION IF EXISTS programas_lista_no_se_vacia();"
)


class Migration(migrations.Migration):
    """Disparadores: el portal se entera de lo que cambia, y las listas de reglas no se vacían."""

    dependencies = [
        ("programas", "0005_busqueda_y_resguardos"),
        ("territorio", "0001_inicial"),
        ("cuentas", "0001_inicial"),
    ]

    operations = [
        migrations.RunSQL(sql=AVISAR, reverse_sql=NO_AVISAR),
        migrations.RunSQL(sql=NO_VACIAR, reverse_sql=SI_VACIAR),
    ]
