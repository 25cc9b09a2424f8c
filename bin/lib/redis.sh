# Redis privado: solo por zócalo. Guarda poco: el estado de los trabajos vive en PostgreSQL.
# shellcheck shell=bash

asegurar_redis() {
    preparar_zocalos
    REDIS_ZOCALO=$ZOCALOS/redis/redis.sock
    mkdir -p -m 700 "$VAR/redis" "$ZOCALOS/redis"
    _redis_responde || paso "Arranco Redis" "lea el final de $VAR/registro/redis.log y repita." _redis_arrancar
    anotar_proceso redis "$(_redis_pid)"
    export REDIS_URL="unix://$REDIS_ZOCALO?db=0"
}

_redis_responde() { [ "$(timeout 3 redis-cli -s "$REDIS_ZOCALO" ping 2>/dev/null)" = PONG ]; }

_redis_pid() { redis-cli -s "$REDIS_ZOCALO" info server | tr -d '\r' | sed -n 's/^process_id://p'; }

_redis_arrancar() {
    local intento
    girar_registro "$VAR/registro/redis.log"
    redis-server --port 0 --unixsocket "$REDIS_ZOCALO" --unixsocketperm 700 --dir "$VAR/redis" \
        --save 300 1 --stop-writes-on-bgsave-error no --daemonize yes --logfile "$VAR/registro/redis.log" \
        --maxmemory 256mb --maxmemory-policy volatile-lru 9>&- 8>&- 7>&-
    for intento in $(seq 50); do
        _redis_responde && return
        sleep 0.1
    done
    tail -n 5 "$VAR/registro/redis.log"
    return 1
}

parar_redis() { detener_proceso redis 10; }
