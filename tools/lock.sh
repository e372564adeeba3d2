#!/bin/sh
# lock.sh: write requirements.lock and requirements-dev.lock from pyproject.toml, each from a clean environment.
# Wheels only. Run it with Python 3.11: newer ones may choose versions that 3.11 cannot install.
set -eu

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
PYTHON=${PYTHON:-python3.11} sh tools/venv.sh "$work/venv"
"$work/venv/bin/python" - "$work" <<'PY'
import sys, tomllib
from pathlib import Path

project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["project"]
work = Path(sys.argv[1])
work.joinpath("run.txt").write_text("\n".join(project["dependencies"]), encoding="utf-8")
work.joinpath("dev.txt").write_text("\n".join(project["optional-dependencies"]["dev"]), encoding="utf-8")
PY
pip="$work/venv/bin/python -m pip --disable-pip-version-check --no-input"
freeze() { $pip list --format=freeze --exclude pip; }

$pip uninstall -qq --yes setuptools
$pip install -qq --only-binary :all: -r "$work/run.txt"
freeze >"$work/run.lock"
$pip install -qq --only-binary :all: -r "$work/run.lock" -r "$work/dev.txt"
freeze | grep -vxFf "$work/run.lock" >"$work/dev.lock"
$pip check
cp "$work/run.lock" requirements.lock
cp "$work/dev.lock" requirements-dev.lock
wc -l requirements.lock requirements-dev.lock
