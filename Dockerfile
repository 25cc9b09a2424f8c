# La imagen de producción. Dos etapas: en la primera se instala y se reúne todo; la segunda no
# lleva compiladores, pip ni índice de paquetes, y corre sin ser root con el disco de solo lectura.
ARG PYTHON=3.11-slim-bookworm

FROM python:${PYTHON} AS construccion
RUN apt-get update && apt-get install -y --no-install-recommends gettext && rm -rf /var/lib/apt/lists/*
RUN python -m venv /opt/venv
COPY requirements/produccion.txt /tmp/produccion.txt
RUN /opt/venv/bin/pip install --no-cache-dir --no-compile --require-hashes -r /tmp/produccion.txt \
    && /opt/venv/bin/python -m compileall -q /opt/venv/lib \
    && /opt/venv/bin/pip uninstall -q -y pip
WORKDIR /opt/sibis
COPY . .
ENV DJANGO_SETTINGS_MODULE=sibis.settings.produccion SIBIS_ESTATICOS=/opt/sibis/estaticos
# Valores de paso: collectstatic lee los ajustes, pero no se conecta a nada ni firma nada.
RUN export SIBIS_CLAVE_SECRETA=solo-para-construir SIBIS_URL_PUBLICA=https://construccion.invalid \
        DATABASE_URL=postgresql://nadie@/nada PATH=/opt/venv/bin:$PATH \
    && if [ -d locale ]; then python manage.py compilemessages -v 0; fi \
    && python manage.py collectstatic --noinput -v 0 \
    && python -m compileall -q sibis programas padron presupuesto ciudadania reportes

FROM python:${PYTHON}
# Pango compone los PDF de WeasyPrint.
RUN apt-get update && apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/*
RUN groupadd --system --gid 10001 sibis \
    && useradd --system --uid 10001 --gid sibis --home-dir /var/lib/sibis --shell /usr/sbin/nologin sibis \
    && install -d -o sibis -g sibis -m 750 /var/lib/sibis
COPY --from=construccion /opt/venv /opt/venv
COPY --from=construccion /opt/sibis /opt/sibis
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=sibis.settings.produccion \
    SIBIS_VAR=/var/lib/sibis SIBIS_ESTATICOS=/opt/sibis/estaticos
WORKDIR /opt/sibis
USER 10001:10001
VOLUME /var/lib/sibis
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=6s --start-period=40s --retries=4 \
    CMD python bin/lib/salud.py http://127.0.0.1:8000/salud/ 4 "$SIBIS_URL_PUBLICA"
CMD ["gunicorn", "sibis.wsgi:application", "--config", "sibis/settings/servidor_web.py", "--bind", "0.0.0.0:8000", "--preload", \
     "--worker-class", "gthread", "--workers", "2", "--threads", "4", "--timeout", "60", \
     "--worker-tmp-dir", "/dev/shm", "--no-control-socket", "--access-logfile", "-", \
     "--access-logformat", "%(t)s %(m)s %(U)s %(s)s %(b)s %(L)s"]
