#!/bin/sh
# venv.sh DIR: an empty virtual environment in DIR, made by $PYTHON, or else by the first Python >= 3.11 that is found.
set -eu

folder=$1
if [ -n "${PYTHON:-}" ]; then
    set -- "$PYTHON"
else
    set -- python3 python3.13 python3.12 python3.11 python
fi
seen=""
for candidate in "$@"; do
    version=$("$candidate" -c 'import sys; print("%d.%d.%d" % sys.version_info[:3])' 2>/dev/null) || continue
    seen="$seen $candidate ($version"
    if ! "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
        seen="$seen, too old);"
    elif ! "$candidate" -c 'import ensurepip, venv' 2>/dev/null; then
        seen="$seen, without the venv module);"
    else
        "$candidate" -m venv --clear "$folder"
        exit 0
    fi
done
echo "Python 3.11 or newer with its venv module is needed; found:${seen:- no Python at all}" >&2
echo "Install one (on Debian and Ubuntu: apt-get install python3 python3-venv), or name it: make PYTHON=/path/to/python" >&2
exit 1
