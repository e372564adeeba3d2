#!/bin/sh
# axe.sh: the accessibility rules that the tests of the page apply: axe-core, one file of JavaScript, from npm into .cache/.
set -eu

version="4.14.1"
sum="29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c"
file=".cache/axe-core-$version.min.js"

good() { [ -f "$file" ] && [ "$(sha256sum < "$file" | cut -d ' ' -f 1)" = "$sum" ]; }
good && exit 0

if ! command -v npm >/dev/null 2>&1; then
    echo "The tests of the page need npm for axe-core; installing it with apt-get ..."
    if ! command -v apt-get >/dev/null 2>&1; then
        echo "There is no apt-get here: put npm on PATH, then run make test again." >&2
        exit 1
    fi
    sudo=""
    [ "$(id -u)" -eq 0 ] || sudo="sudo"
    install() { $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends npm >/dev/null; }
    if ! install; then
        $sudo apt-get update -qq
        install
    fi
fi
mkdir -p .cache
folder=$(mktemp -d .cache/axe.XXXXXX)
trap 'rm -rf "$folder"' EXIT
(cd "$folder" && npm pack --silent "axe-core@$version" >/dev/null && tar -xzf "axe-core-$version.tgz")
mv "$folder/package/axe.min.js" "$file"
if ! good; then
    echo "axe-core $version from npm has not the expected content (sha256 $sum)." >&2
    rm -f "$file"
    exit 1
fi
