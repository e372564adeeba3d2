#!/bin/sh
# postgres.sh: a PostgreSQL server for the tests of shared libraries, from Debian's packages where it is missing.
# The tests start one of their own in a temporary folder; nothing is started here.
set -eu

for folder in /usr/lib/postgresql/*/bin; do
    [ -x "$folder/initdb" ] && exit 0
done
command -v initdb >/dev/null 2>&1 && exit 0

echo "The tests of shared libraries need: postgresql; installing with apt-get ..."
if ! command -v apt-get >/dev/null 2>&1; then
    echo "There is no apt-get here: install PostgreSQL with 'initdb' on PATH, then run make test again." >&2
    exit 1
fi
sudo=""
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null 2>&1; then
        echo "Neither root nor sudo: ask for 'apt-get install postgresql', then run make test again." >&2
        exit 1
    fi
    sudo="sudo"
fi
# Without this Debian's package makes a database at once and starts a server for it.
$sudo mkdir -p /etc/postgresql-common
[ -e /etc/postgresql-common/createcluster.conf ] ||
    echo "create_main_cluster = false" | $sudo tee /etc/postgresql-common/createcluster.conf >/dev/null
install() {
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        -o Dpkg::Options::=--force-confold postgresql >/dev/null
}
if ! install; then
    $sudo apt-get update -qq
    install
fi
