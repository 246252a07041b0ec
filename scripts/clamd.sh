#!/bin/sh
# ClamAV's clamd for the tests, as a throw-away server of this folder, with one signature of our own.
#
#   sh scripts/clamd.sh start   prints its address, unix:///…
#   sh scripts/clamd.sh stop
#
# The signature is the text of EICAR, which every scanner knows and which harms nothing: no download of
# ClamAV's own signatures (200 MB), and no privileges. A socket's path is short, so it lies in TMPDIR.
set -eu
cd "$(dirname "$0")/.."
var=$PWD/var/services
mkdir -p "$var"

runs() {
    [ -f "$var/clamd.folder" ] && kill -0 "$(cat "$(cat "$var/clamd.folder")/pid")" 2> /dev/null
}

start() {
    if runs; then
        echo "unix://$(cat "$var/clamd.folder")/socket"
        return
    fi
    stop
    folder=$(mktemp -d "${TMPDIR:-/tmp}/portal-clamd-XXXXXX")
    echo "$folder" > "$var/clamd.folder"
    mkdir "$folder/signatures"
    hex=$(printf '%s%s' 'X5O!P%@AP[4\PZX54(P^)7CC)7}$' 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*' | od -An -v -tx1 | tr -d ' \n')
    echo "Portal.Test.EICAR:0:*:$hex" > "$folder/signatures/portal.ndb"
    cat > "$folder/clamd.conf" <<END
LocalSocket $folder/socket
PidFile $folder/pid
DatabaseDirectory $folder/signatures
LogFile $folder/log
StreamMaxLength 30M
MaxThreads 2
END
    PATH=$PATH:/usr/sbin clamd --config-file="$folder/clamd.conf" > "$var/clamd.log" 2>&1 < /dev/null || {
        tail -20 "$var/clamd.log" >&2
        exit 1
    }
    for _ in $(seq 100); do
        [ -S "$folder/socket" ] && [ -f "$folder/pid" ] && break
        sleep 0.1
    done
    echo "unix://$folder/socket"
}

stop() {
    [ -f "$var/clamd.folder" ] || return 0
    folder=$(cat "$var/clamd.folder")
    if runs; then
        pid=$(cat "$folder/pid")
        kill "$pid"
        while kill -0 "$pid" 2> /dev/null; do sleep 0.1; done
        echo 'services: clamd stopped'
    fi
    rm -rf "$folder" "$var/clamd.folder"
}

case ${1:-} in
    start) start ;;
    stop) stop ;;
    *) echo 'sh scripts/clamd.sh start | stop' >&2; exit 1 ;;
esac
