#!/bin/sh
# browser.sh: Chromium and a Chinese font for the tests of the page, from Debian's packages where they are missing.
set -eu

missing=""
command -v chromium >/dev/null 2>&1 || missing="chromium"
if ! fc-list :lang=zh 2>/dev/null | grep -q .; then
    missing="$missing fontconfig fonts-wqy-zenhei"
fi
[ -n "$missing" ] || exit 0

echo "The tests of the page need:$(echo " $missing" | tr -s ' '); installing with apt-get ..."
if ! command -v apt-get >/dev/null 2>&1; then
    echo "There is no apt-get here: install Chromium as 'chromium' on PATH and a Chinese font, then run make test again." >&2
    exit 1
fi
sudo=""
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null 2>&1; then
        echo "Neither root nor sudo: ask for 'apt-get install $missing', then run make test again." >&2
        exit 1
    fi
    sudo="sudo"
fi
# shellcheck disable=SC2086  # a list of words on purpose
install() { $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null; }
if ! install; then
    $sudo apt-get update -qq
    install
fi
