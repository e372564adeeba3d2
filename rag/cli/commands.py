"""What each command does: call the library, then print the result as text or as one JSON document."""

from __future__ import annotations

import argparse
import json
import logging
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Literal, TextIO

from rag.cli import show, show_views
from rag.cli.parser import EDITABLE
from rag.cli.progress import bar
from rag.errors import InputError
from rag.library import Library
from rag.settings import Settings
from rag.types import AddResult, Answer, Progress, Report

DONE, FAILED = 0, 1
STATUSES: tuple[Literal["added", "replaced", "unchanged", "failed"], ...] = (
    "added", "replaced", "unchanged", "failed",
)  # fmt: skip


def run(args: argparse.Namespace) -> int:
    """Open the library that the settings name, do the command, return the exit code."""
    told = _Told()
    logging.getLogger("rag").addHandler(told)
    try:
        with Library.open(Settings.load()) as library:
            _print_lines((notice for notice in library.notices if notice not in told.said), sys.stderr)
            return _COMMANDS[args.command](library, args)
    finally:
        logging.getLogger("rag").removeHandler(told)


class _Told(logging.Handler):
    """Shows warnings on stderr as they come, each sentence once in a run: a full disk would repeat its own."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        line = record.getMessage()
        if line not in self.said:
            self.said.add(line)
            _print_lines([line], sys.stderr)


def _add(library: Library, args: argparse.Namespace) -> int:
    results: list[AddResult] = []
    named = {report.file_name.casefold(): report for report in library.reports()}
    try:
        with bar("Adding", shown=not args.json) as watch:

            def on_progress(now: Progress) -> None:
                if now.result is not None:
                    results.append(now.result)
                    _tell(now.result, args.json, named)
                if watch is not None:
                    watch(now)

            everything = library.add_many(args.paths, on_progress=on_progress)
        for result in everything[len(results) :]:  # files that vanished from a folder
            _tell(result, args.json, named)
    except KeyboardInterrupt as stop:
        counts = _counts(results)
        stop.args = (show.interrupted(str(stop), counts),)
        if args.json:
            _print_json(_outcome(results, interrupted=True))
            sys.stdout.flush()
        raise
    counts = _counts(everything)
    if args.json:
        _print_json(_outcome(everything, interrupted=False))
    else:
        _print_lines([show.summary(counts, len(library.reports()))])
    return FAILED if counts["failed"] else DONE


def _outcome(results: Sequence[AddResult], *, interrupted: bool) -> dict[str, Any]:
    """What ``add --json`` prints, also of what was done until Ctrl-C or SIGTERM."""
    return {
        **_counts(results),
        "interrupted": interrupted,
        "results": [result.to_dict() for result in results],
    }


def _tell(result: AddResult, quiet: bool, named: dict[str, Report]) -> None:
    """A file's outcome, as soon as it is known; ``named``: the reports so far by the name of their file."""
    earlier = None
    if result.report is not None:
        earlier = named.get(result.report.file_name.casefold()) if result.status == "added" else None
        named[result.report.file_name.casefold()] = result.report
    if not quiet:
        _print_lines(show.added(result, earlier), sys.stderr if result.status == "failed" else sys.stdout)
        sys.stdout.flush()


def _counts(results: Iterable[AddResult]) -> dict[str, int]:
    outcomes = [result.status for result in results]
    return {status: outcomes.count(status) for status in STATUSES}


def _list(library: Library, args: argparse.Namespace) -> int:
    reports = library.reports()
    if args.json:
        _print_json([report.to_dict() for report in reports])
    elif reports:
        _print_lines(show.table(reports))
    else:
        _print_lines([show.empty(library.home)])
    return DONE


def _show(library: Library, args: argparse.Namespace) -> int:
    report = library.report(args.id)
    passages = library.passages(report.id) if args.text else ()
    if args.json:
        more = {"text": library.text(report.id)} if args.text else {}
        _print_json(report.to_dict() | more)
    else:
        _print_lines(show.report(report))
        _print_lines(line for passage in passages for line in show.passage(passage))
    return DONE


def _remove(library: Library, args: argparse.Namespace) -> int:
    removed = library.remove(*args.ids)
    if args.json:
        _print_json({"removed": [report.to_dict() for report in removed]})
    else:
        _print_lines(f"removed  {show.heading(report)}" for report in removed)
    return DONE


def _edit(library: Library, args: argparse.Namespace) -> int:
    given = {name: getattr(args, name) for name in EDITABLE if getattr(args, name) is not None}
    if not given:
        raise InputError("Nothing to change was given: name at least one field, such as --broker NAME.")
    report = library.edit(args.id, **given)
    if args.json:
        _print_json(report.to_dict())
    else:
        _print_lines(show.report(report))
    return DONE


def _ask(library: Library, args: argparse.Namespace) -> int:
    asked = {"history": tuple(args.history), **_filters(args)}
    if args.stream and not args.json:
        _print_growing(library.stream(args.question, **asked))
        _say_if_nothing_is_searched(library, args)
        return DONE
    answer = library.ask(args.question, **asked)
    if args.json:
        _print_json(answer.to_dict())
    else:
        _print_lines(show.answer(answer))
    _say_if_nothing_is_searched(library, args)
    return DONE


def _print_growing(grown: Iterable[Answer]) -> None:
    """The answer while it is written. What was printed cannot be taken back: a revised answer follows, and says so."""
    shown, answer = "", None
    for answer in grown:
        lines = show.said(answer) if answer.text else []
        text = "\n".join(map(show.harmless, lines))
        if not text.startswith(shown):
            print("\n[revised]")
            shown = ""
        print(text[len(shown) :], end="", flush=True)
        shown = text
    print()
    if answer is not None:
        _print_lines(show.beneath(answer))


def _search(library: Library, args: argparse.Namespace) -> int:
    found = library.retrieve(args.question, limit=args.limit, **_filters(args))
    if args.json:
        _print_json([evidence.to_dict() for evidence in found])
    else:
        _print_lines(show.evidence(found) or ["No passage in the library has to do with this question."])
    _say_if_nothing_is_searched(library, args)
    return DONE


def _views(library: Library, args: argparse.Namespace) -> int:
    if args.json and args.csv:
        raise InputError("--json and --csv were both given: expected one of them.")
    found = library.views(args.company)
    if args.json:
        _print_json(found.to_dict())
    elif args.csv:
        _print_lines(show_views.as_csv(found).splitlines())
    else:
        _print_lines(show_views.lines(found))
    if not library.reports():
        _print_lines([show.empty(library.home)], sys.stderr)
    elif not found.views and (args.json or args.csv):
        _print_lines([show_views.nothing(found)], sys.stderr)
    return DONE


def _reindex(library: Library, args: argparse.Namespace) -> int:
    with bar("Reindexing", shown=not args.json) as on_progress:
        passages = library.reindex(on_progress=on_progress)
    if args.json:
        _print_json({"passages": passages, "model": library.encoder.fingerprint})
    else:
        _print_lines([f"{passages:,} passages are indexed anew with {library.encoder.fingerprint}."])
    return DONE


def _filters(args: argparse.Namespace) -> dict[str, Any]:
    return {"reports": tuple(args.report), "broker": args.broker, "since": args.since, "until": args.until}


def _say_if_nothing_is_searched(library: Library, args: argparse.Namespace) -> None:
    reports = library.reports()
    if not reports:
        _print_lines([show.empty(library.home)], sys.stderr)
    elif library.scope(**_filters(args)) == frozenset():
        asked = {"report": " ".join(args.report), "broker": args.broker, "since": args.since, "until": args.until}
        _print_lines([show.nothing_passes(asked, reports)], sys.stderr)


def _print_lines(lines: Iterable[str], stream: TextIO | None = None) -> None:
    for line in lines:
        print(show.harmless(line), file=stream or sys.stdout)


def _print_json(value: Any) -> None:
    """One document, readable as it stands; escaped where the terminal could not show it."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        text = json.dumps(value, indent=2)
    print(text)


_COMMANDS: dict[str, Callable[[Library, argparse.Namespace], int]] = {
    "add": _add,
    "list": _list,
    "show": _show,
    "remove": _remove,
    "edit": _edit,
    "ask": _ask,
    "search": _search,
    "views": _views,
    "reindex": _reindex,
}
