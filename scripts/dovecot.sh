#!/bin/sh
# Dovecot for the tests, as a throw-away IMAP server of this folder on the loopback address.
#
#   sh scripts/dovecot.sh start   prints its address; any user, password `secret`
#   sh scripts/dovecot.sh stop
#
# It needs no privileges; started by root its processes belong to `nobody`.
set -eu
cd "$(dirname "$0")/.."
var=$PWD/var/services
mkdir -p "$var"

unprivileged() {
    if [ "$(id -u)" = 0 ]; then
        setpriv --reuid=nobody --regid=nogroup --clear-groups env HOME=/tmp "$@"
    else
        "$@"
    fi
}

runs() {
    [ -f "$var/dovecot.folder" ] && kill -0 "$(cat "$(cat "$var/dovecot.folder")/run/master.pid" 2> /dev/null)" 2> /dev/null
}

address() {
    echo "imap://reader:secret@127.0.0.1:$(cat "$(cat "$var/dovecot.folder")/port")/INBOX"
}

start() {
    if runs; then
        address
        return
    fi
    stop
    folder=$(mktemp -d "${TMPDIR:-/tmp}/portal-dovecot-XXXXXX")
    echo "$folder" > "$var/dovecot.folder"
    python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])' > "$folder/port"
    [ "$(id -u)" != 0 ] || chown nobody:nogroup "$folder"
    user=$(unprivileged id -un)
    group=$(unprivileged id -gn)
    cat > "$folder/dovecot.conf" <<END
base_dir = $folder/run
state_dir = $folder/run
log_path = $folder/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
default_internal_user = $user
default_internal_group = $group
default_login_user = $user
first_valid_uid = 1
mail_location = maildir:$folder/mail/%u
passdb {
  driver = static
  args = password=secret
}
userdb {
  driver = static
  args = uid=$user gid=$group home=$folder/mail/%u
}
service imap-login {
  chroot =
  inet_listener imap {
    port = $(cat "$folder/port")
  }
  inet_listener imaps {
    port = 0
  }
}
service anvil {
  chroot =
}
service stats {
  chroot =
}
END
    chmod a+r "$folder/dovecot.conf" "$folder/port"
    PATH=$PATH:/usr/sbin unprivileged dovecot -c "$folder/dovecot.conf" > "$var/dovecot.log" 2>&1 < /dev/null || {
        tail -20 "$var/dovecot.log" >&2
        exit 1
    }
    address
}

stop() {
    [ -f "$var/dovecot.folder" ] || return 0
    folder=$(cat "$var/dovecot.folder")
    if runs; then
        pid=$(cat "$folder/run/master.pid")
        kill "$pid"
        while kill -0 "$pid" 2> /dev/null; do sleep 0.1; done
        echo 'services: Dovecot stopped'
    fi
    rm -rf "$folder" "$var/dovecot.folder"
}

case ${1:-} in
    start) start ;;
    stop) stop ;;
    *) echo 'sh scripts/dovecot.sh start | stop' >&2; exit 1 ;;
esac
