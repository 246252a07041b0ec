#!/bin/sh
# Elasticsearch itself for the tests, as a throw-away server of this folder.
#
#   sh scripts/elasticsearch.sh start PORT   fetches it once for this user, starts it on the loopback address
#   sh scripts/elasticsearch.sh stop
#
# Maven Central carries the bare distribution (no optional modules: built-in analysers only). It is kept
# in ~/.cache (root: /var/cache) for every checkout; it is under AGPL, SSPL or Elastic's licence, used by
# the tests alone and never shipped. It refuses to run as root: then its processes belong to `nobody`.
set -eu
cd "$(dirname "$0")/.."
version=8.19.21
var=$PWD/var/services
mkdir -p "$var"

as_nobody() {
    if [ "$(id -u)" = 0 ]; then
        setpriv --reuid=nobody --regid=nogroup --clear-groups env HOME=/tmp "$@"
    else
        "$@"
    fi
}

# A folder below root's home cannot be entered by `nobody`.
if [ "$(id -u)" = 0 ]; then
    cache=/var/cache/portal-elasticsearch
else
    cache=${XDG_CACHE_HOME:-$HOME/.cache}/portal-elasticsearch
fi
server=$cache/elasticsearch-$version

fetch() {
    [ -x "$server/bin/elasticsearch" ] && return
    echo "services: fetching Elasticsearch $version (107 MB, once)"
    mkdir -p "$cache"
    fresh=$(mktemp -d "$cache/fetch-XXXXXX")
    mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy \
        -Dartifact=org.elasticsearch.distribution.integ-test-zip:elasticsearch:$version:zip \
        -DoutputDirectory="$fresh" > "$var/maven.log" 2>&1 || { tail -20 "$var/maven.log" >&2; exit 1; }
    python3 -m zipfile -e "$fresh/elasticsearch-$version.zip" "$fresh"
    chmod -R go+rX "$cache" "$fresh"
    chmod a+x "$fresh/elasticsearch-$version/bin/"*
    # Two checkouts may fetch at once: the one that is second throws its own away.
    [ -d "$server" ] || mv "$fresh/elasticsearch-$version" "$server"
    rm -rf "$fresh"
}

folder() {
    [ -f "$var/elasticsearch.folder" ] && cat "$var/elasticsearch.folder"
}

# The Java that PATH leads to, wherever Debian has put it.
java_home() {
    dirname "$(dirname "$(readlink -f "$(command -v java)")")"
}

start() {
    fetch
    stop
    data=$(mktemp -d "${TMPDIR:-/tmp}/portal-elasticsearch-XXXXXX")
    echo "$data" > "$var/elasticsearch.folder"
    cp -R "$server/config" "$data/config"
    mkdir "$data/tmp"
    cat > "$data/config/elasticsearch.yml" <<END
discovery.type: single-node
network.host: 127.0.0.1
http.port: $1
transport.port: 0
path.data: $data/data
path.logs: $data/logs
xpack.security.enabled: false
cluster.routing.allocation.disk.threshold_enabled: false
END
    chmod -R go+rX "$data"
    [ "$(id -u)" != 0 ] || chown -R nobody:nogroup "$data"
    as_nobody env ES_JAVA_HOME="$(java_home)" ES_JAVA_OPTS='-Xms512m -Xmx512m' \
        ES_PATH_CONF="$data/config" ES_TMPDIR="$data/tmp" \
        "$server/bin/elasticsearch" -d -p "$data/pid" > "$var/elasticsearch.log" 2>&1 < /dev/null || {
        tail -20 "$var/elasticsearch.log" >&2
        exit 1
    }
}

stop() {
    data=$(folder) || return 0
    pid=$(cat "$data/pid" 2> /dev/null || echo none)
    if kill "$pid" 2> /dev/null; then
        while kill -0 "$pid" 2> /dev/null; do sleep 0.2; done
        echo 'services: Elasticsearch stopped'
    fi
    rm -rf "$data" "$var/elasticsearch.folder"
}

case ${1:-} in
    start) start "$2" ;;
    stop) stop ;;
    *) echo 'sh scripts/elasticsearch.sh start PORT | stop' >&2; exit 1 ;;
esac
