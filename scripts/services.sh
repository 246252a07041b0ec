#!/bin/sh
# Install and start what the tests can use besides Python, and write the addresses to .env.services.
#
# Installs from Debian's packages what is missing (as root, or through sudo). PostgreSQL, Redis,
# Elasticsearch, clamd and Dovecot are started as throw-away servers of this folder, in var/services, on free ports of the
# loopback address; a second run finds them running and changes nothing. `scripts/services.sh stop` ends
# them.
set -eu
cd "$(dirname "$0")/.."
var=$PWD/var/services
mkdir -p "$var"

say() { echo "services: $*"; }

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# PostgreSQL refuses to run as root: its folder and its processes then belong to its own user.
as_postgres() {
    if [ "$(id -u)" = 0 ]; then
        setpriv --reuid=postgres --regid=postgres --clear-groups env HOME=/tmp "$@"
    else
        "$@"
    fi
}

free_port() {
    python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

pg_bin() {
    for folder in /usr/lib/postgresql/*/bin; do
        [ -x "$folder/initdb" ] && found=$folder
    done
    echo "${found:-}"
}

# A folder of another user's home cannot be entered by PostgreSQL's user, so root's cluster lives
# beside the system's own; its place is remembered in var/services.
pg_data() {
    if [ "$(id -u)" != 0 ]; then echo "$var/postgresql"; return; fi
    if [ ! -f "$var/postgresql.folder" ]; then
        mktemp -d /var/lib/postgresql/portal-XXXXXX > "$var/postgresql.folder"
        chown postgres: "$(cat "$var/postgresql.folder")"
    fi
    cat "$var/postgresql.folder"
}

stop() {
    if [ -n "$(pg_bin)" ] && [ -f "$(pg_data)/postmaster.pid" ]; then
        as_postgres "$(pg_bin)/pg_ctl" -D "$(pg_data)" -m fast stop > /dev/null && say 'PostgreSQL stopped'
    fi
    if [ -f "$var/redis.port" ]; then
        redis-cli -p "$(cat "$var/redis.port")" shutdown nosave > /dev/null 2>&1 && say 'Redis stopped'
        rm -f "$var/redis.port"
    fi
    sh scripts/elasticsearch.sh stop
    sh scripts/clamd.sh stop
    sh scripts/dovecot.sh stop
    rm -f "$var/elasticsearch.port" .env.services
}

install() {
    missing=
    command -v chromium > /dev/null || missing="$missing chromium"
    command -v redis-server > /dev/null || missing="$missing redis-server"
    command -v msgfmt > /dev/null || missing="$missing gettext"
    command -v java > /dev/null || missing="$missing openjdk-17-jre-headless"
    command -v npm > /dev/null || missing="$missing npm"
    PATH=$PATH:/usr/sbin command -v clamd > /dev/null || missing="$missing clamav-daemon"
    PATH=$PATH:/usr/sbin command -v dovecot > /dev/null || missing="$missing dovecot-imapd"
    command -v mvn > /dev/null || missing="$missing maven"
    [ -n "$(pg_bin)" ] || missing="$missing postgresql"
    for package in libvoikko1 voikko-fi; do
        dpkg -s "$package" > /dev/null 2>&1 || missing="$missing $package"
    done
    if [ -z "$missing" ]; then
        say 'every package is installed'
        return
    fi
    say "installing$missing"
    as_root apt-get update -qq
    # shellcheck disable=SC2086
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing > "$var/apt.log" 2>&1 || {
        tail -20 "$var/apt.log" >&2
        exit 1
    }
}

# The Nu Html Checker, in a version and with a digest of ours.
fetch_checker() {
    jar=$var/nu/node_modules/vnu-jar/build/dist/vnu.jar
    if [ ! -f "$jar" ]; then
        # Node brings its own authorities; behind a proxy with one more, the system's are asked too.
        : "${NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt}"
        export NODE_EXTRA_CA_CERTS
        if ! npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$var/nu" \
            vnu-jar@26.9.27 > /dev/null; then
            say 'the Nu checker could not be fetched; its tests are left out'
            return
        fi
        say 'the Nu checker is fetched'
    fi
    echo "22f15dd39a33bed929d2a5c0cddf5946849a647eca9272bf4d5d00bc7e7a4d47  $jar" | sha256sum --check --quiet
}

# veraPDF, the judge of PDF/UA, with what it needs, by Maven as Elasticsearch is.
fetch_verapdf() {
    [ -f "$var/verapdf/fetched" ] && return
    if mvn -q -B -f scripts/verapdf.xml org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies \
        -DoutputDirectory="$var/verapdf" > "$var/verapdf.log" 2>&1; then
        : > "$var/verapdf/fetched"
        say 'veraPDF is fetched'
    else
        say 'veraPDF could not be fetched; its tests are left out'
    fi
}

start_postgresql() {
    data=$(pg_data)
    if [ ! -f "$data/PG_VERSION" ]; then
        as_postgres "$(pg_bin)/initdb" -D "$data" -U portal --auth=trust --encoding=UTF8 \
            --locale=C.UTF-8 --no-sync > /dev/null
        # Speed before safety: nothing in this cluster is worth keeping.
        printf '%s\n' "listen_addresses = '127.0.0.1'" "unix_socket_directories = ''" 'fsync = off' \
            'synchronous_commit = off' 'full_page_writes = off' 'max_connections = 60' \
            | as_postgres tee -a "$data/postgresql.conf" > /dev/null
    fi
    if as_postgres "$(pg_bin)/pg_ctl" -D "$data" status > /dev/null 2>&1; then
        pg_port=$(sed -n 4p "$data/postmaster.pid" | tr -d ' ')
        say "PostgreSQL runs already on port $pg_port"
        return
    fi
    pg_port=$(free_port)
    as_postgres "$(pg_bin)/pg_ctl" -D "$data" -l "$data/log" -o "-p $pg_port" -w start > /dev/null
    say "PostgreSQL started on port $pg_port"
}

start_redis() {
    if [ -f "$var/redis.port" ] && redis-cli -p "$(cat "$var/redis.port")" ping > /dev/null 2>&1; then
        redis_port=$(cat "$var/redis.port")
        say "Redis runs already on port $redis_port"
        return
    fi
    redis_port=$(free_port)
    redis-server --port "$redis_port" --bind 127.0.0.1 --save '' --appendonly no \
        --dir "$var" --daemonize yes --logfile "$var/redis.log" > /dev/null
    until redis-cli -p "$redis_port" ping > /dev/null 2>&1; do sleep 0.1; done
    echo "$redis_port" > "$var/redis.port"
    say "Redis started on port $redis_port"
}

start_elasticsearch() {
    if [ -f "$var/elasticsearch.port" ] && answers "$(cat "$var/elasticsearch.port")"; then
        elasticsearch_port=$(cat "$var/elasticsearch.port")
        say "Elasticsearch runs already on port $elasticsearch_port"
        return
    fi
    elasticsearch_port=$(free_port)
    sh scripts/elasticsearch.sh start "$elasticsearch_port"
    echo "$elasticsearch_port" > "$var/elasticsearch.port"
    say "Elasticsearch started on port $elasticsearch_port"
}

answers() {
    python3 -c 'import sys, urllib.request as u; u.urlopen(f"http://127.0.0.1:{sys.argv[1]}/_cat/health", timeout=5)' \
        "$1" 2> /dev/null
}

if [ "${1:-}" = stop ]; then
    stop
    exit 0
fi
if ! command -v apt-get > /dev/null; then
    say 'this needs Debian (or Ubuntu). Elsewhere, install PostgreSQL, Redis, Elasticsearch, Chromium and'
    say 'Voikko, and write TEST_POSTGRES_URL, TEST_REDIS_URL and TEST_ELASTICSEARCH_URL to .env.services.'
    exit 1
fi
install
fetch_checker
fetch_verapdf
start_postgresql
start_redis
start_elasticsearch
clamd_url=$(sh scripts/clamd.sh start)
say "clamd answers at $clamd_url"
inbox_url=$(sh scripts/dovecot.sh start)
say 'Dovecot answers on the loopback address'
cat > .env.services <<END
TEST_POSTGRES_URL=postgres://portal@127.0.0.1:$pg_port/postgres
TEST_REDIS_URL=redis://127.0.0.1:$redis_port/0
TEST_ELASTICSEARCH_URL=http://127.0.0.1:$elasticsearch_port
TEST_CLAMAV_URL=$clamd_url
TEST_INBOX_URL=$inbox_url
END
say 'addresses are in .env.services'
