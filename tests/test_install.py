"""What is installed, and how: the lock files, the declared dependencies, and what `make` does with them."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from conftest import ROOT

LOCKS = ("requirements.lock", "requirements-dev.lock")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
MAKE = {"PIP_NO_INDEX": "1", **{name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}}


def locked(name: str) -> dict[str, str]:
    """Normalised package name -> version."""
    lines = (ROOT / name).read_text(encoding="utf-8").split()
    pairs = [line.split("==") for line in lines]
    return {re.sub(r"[-_.]+", "-", package).lower(): version for package, version in pairs}


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_names_and_versions_and_nothing_else(name: str) -> None:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    assert lines and all(re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][A-Za-z0-9.]*", line) for line in lines)


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_brings_no_torch_and_no_gpu_libraries(name: str) -> None:
    unwanted = re.compile(r"torch|nvidia|cuda|triton|tensorflow|transformers|sentence-transformers")
    assert not [package for package in locked(name) if unwanted.search(package)]


def test_the_two_locks_do_not_overlap() -> None:
    assert not locked(LOCKS[0]).keys() & locked(LOCKS[1]).keys()


@pytest.mark.parametrize(
    ("requirements", "locks"),
    [(PROJECT["dependencies"], LOCKS[:1]), (PROJECT["optional-dependencies"]["dev"], LOCKS)],
)
def test_every_declared_dependency_is_locked(requirements: list[str], locks: tuple[str, ...]) -> None:
    known = {package for name in locks for package in locked(name)}
    names = {re.sub(r"[-_.]+", "-", re.match(r"[A-Za-z0-9._-]+", line)[0]).lower() for line in requirements}  # type: ignore[index]
    assert names <= known


@pytest.mark.parametrize("folder", ["rag", "ui", "eval"])
def test_every_import_is_declared(folder: str) -> None:
    """Code must not live off what another library happens to install."""
    declared = {
        re.sub(r"[-_.]+", "-", re.match(r"[A-Za-z0-9._-]+", line)[0]).lower() for line in PROJECT["dependencies"]
    }  # type: ignore[index]
    homes = packages_distributions()
    for path in sorted((ROOT / folder).rglob("*.py")):
        for module in top_level_imports(path) - set(sys.stdlib_module_names) - {"rag", "ui", "eval"}:
            distributions = {re.sub(r"[-_.]+", "-", name).lower() for name in homes.get(module, ())}
            assert distributions & declared, f"{path} imports {module}, of {distributions or 'nothing installed'}"


def top_level_imports(path: Path) -> set[str]:
    """First parts of the modules that a file imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found


def test_ci_calls_make_test() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert script.read_text(encoding="utf-8").splitlines()[-1] == "make test"


def test_a_wheel_holds_the_code_and_all_its_data(tmp_path: Path) -> None:
    for folder in ("rag", "ui"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, tmp_path)
    wanted = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*/*") if path.is_file()}
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "-q",
        "--no-index",
        "--no-build-isolation",
        "--no-deps",
        "-w",
        "out",
        ".",
    ]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    (wheel,) = (tmp_path / "out").iterdir()
    with zipfile.ZipFile(wheel) as archive:
        assert wanted - set(archive.namelist()) == set()


def checkout(folder: Path, installs: str) -> Path:
    """A copy of what `make install` needs, with a Python that makes .venv but whose pip is the script given."""
    folder.mkdir()
    for name in ("Makefile", *LOCKS):
        (folder / name).write_bytes((ROOT / name).read_bytes())
    (folder / "tools").mkdir()
    for name in ("venv.sh", "link.py"):
        (folder / "tools" / name).write_bytes((ROOT / "tools" / name).read_bytes())
    fake = folder / "python-for-the-test"
    fake.write_text(
        f"""#!/bin/sh
if [ "$1 $2" = "-m venv" ]; then
    rm -rf "$4" && mkdir -p "$4/bin" && cp "$0" "$4/bin/python"
elif [ "$1 $2" = "-m pip" ]; then
    echo pip >> "{folder}/log"; {installs}
elif [ "$1" = "-c" ]; then
    exec "{sys.executable}" "$@"
fi
""",
        encoding="utf-8",
    )
    fake.chmod(0o755)
    return folder


def make(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    python = folder / "python-for-the-test"
    command = ["make", "--no-print-directory", f"PYTHON={python}", *args]
    return subprocess.run(command, cwd=folder, env=MAKE, capture_output=True, encoding="utf-8", timeout=60)


def installs(folder: Path) -> int:
    log = folder / "log"
    return len(log.read_text(encoding="utf-8").split()) if log.exists() else 0


def test_the_second_install_does_nothing(tmp_path: Path) -> None:
    folder = checkout(tmp_path / "a folder with spaces", "true")
    for _ in range(2):
        done = make(folder, "install")
        assert done.returncode == 0, done.stderr
        assert installs(folder) == 1
    (folder / "requirements.lock").touch()
    make(folder, "install")
    assert installs(folder) == 1, "the content counts, not the time"


def test_a_changed_lock_is_installed(tmp_path: Path) -> None:
    folder = checkout(tmp_path / "x", "true")
    make(folder, "install")
    with (folder / "requirements.lock").open("a", encoding="utf-8") as file:
        file.write("another==1.0\n")
    make(folder, "install")
    assert installs(folder) == 2


def test_an_interrupted_install_is_done_again(tmp_path: Path) -> None:
    folder = checkout(tmp_path / "x", "kill -9 $$")
    assert make(folder, "install").returncode != 0
    assert not list((folder / ".venv").glob(".run-*"))
    assert make(folder, "install").returncode != 0
    assert installs(folder) == 2


def test_an_environment_whose_python_is_gone_is_made_again(tmp_path: Path) -> None:
    folder = checkout(tmp_path / "x", "true")
    make(folder, "install")
    (folder / ".venv" / "bin" / "python").unlink()
    done = make(folder, "install")
    assert done.returncode == 0, done.stderr
    assert installs(folder) == 2


def test_without_a_usable_python_the_message_says_what_is_needed(tmp_path: Path) -> None:
    folder = checkout(tmp_path / "x", "true")
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in ("sh", "make", "cksum", "tr", "cat"):
        path = next(Path(part, name) for part in os.environ["PATH"].split(os.pathsep) if Path(part, name).exists())
        (tools / name).symlink_to(path)
    (tools / "python3").write_text(
        '#!/bin/sh\ncase "$2" in *sys.exit*) exit 1;; *) echo 3.9.2;; esac\n', encoding="utf-8"
    )
    (tools / "python3").chmod(0o755)
    done = subprocess.run(
        [tools / "make", "install"], cwd=folder, env={"PATH": str(tools)}, capture_output=True, encoding="utf-8"
    )
    assert done.returncode != 0
    assert "Python 3.11 or newer" in done.stderr and "python3 (3.9.2, too old)" in done.stderr


def system(folder: Path, **scripts: str) -> dict[str, str]:
    """An environment whose PATH has a few basic programs and these shell scripts, and nothing else."""
    tools = folder / "system"
    tools.mkdir()
    for name in ("sh", "env", "tr", "grep", "cat"):
        (tools / name).symlink_to(shutil.which(name) or name)
    for name, script in scripts.items():
        path = tools / name.replace("_", "-")
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(0o755)
    return {"PATH": str(tools), "LOG": str(folder / "log")}


def browser(env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    script = ROOT / "tools" / "browser.sh"
    return subprocess.run(["sh", script], env=env, capture_output=True, encoding="utf-8", timeout=60)


def test_a_missing_browser_and_font_are_installed_after_one_update(tmp_path: Path) -> None:
    apt = 'echo "$*" >> "$LOG"\n[ "$1" = update ] || { [ -e "$LOG.known" ] || { : > "$LOG.known"; exit 100; }; }'
    done = browser(system(tmp_path, id="echo 0", apt_get=apt))
    assert done.returncode == 0, done.stderr
    calls = (tmp_path / "log").read_text(encoding="utf-8").splitlines()
    assert [call.split()[0] for call in calls] == ["install", "update", "install"]
    assert calls[-1].endswith("chromium fontconfig fonts-wqy-zenhei")


def test_nothing_is_installed_where_browser_and_font_are_there(tmp_path: Path) -> None:
    env = system(tmp_path, id="echo 0", apt_get='echo "$*" >> "$LOG"', chromium="true", fc_list="echo 'A Font'")
    assert browser(env).returncode == 0
    assert not (tmp_path / "log").exists()


@pytest.mark.parametrize(
    ("scripts", "words"),
    [
        ({"id": "echo 1000", "apt_get": "true"}, "Neither root nor sudo"),
        ({"id": "echo 0"}, "no apt-get here"),
        ({"id": "echo 0", "apt_get": "echo 'no such package' >&2; exit 100"}, "no such package"),
    ],
)
def test_a_browser_that_cannot_be_installed_fails_with_the_reason(
    scripts: dict[str, str], words: str, tmp_path: Path
) -> None:
    done = browser(system(tmp_path, **scripts))
    assert done.returncode != 0
    assert words in done.stderr
