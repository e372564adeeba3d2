"""What can be typed after ``python -m rag``."""

from __future__ import annotations

import argparse
from pathlib import Path

_DESCRIPTION = "Ask questions of research reports; every sentence of an answer carries a checked citation."
_EPILOG = """\
ID is a report's id, the beginning of it as `list` shows it, or its file's name without the extension.
The library is kept in the folder RAG_HOME (default ./.rag); settings are described in .env.example.
Exit codes: 0 done (a refused question included), 1 something failed, 2 wrong usage or input."""


def make_parser() -> argparse.ArgumentParser:
    """The whole command line; ``args.command`` names the command."""
    parser = argparse.ArgumentParser(
        "python -m rag",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--json", action="store_true", help="print one JSON document instead of text")

    def command(name: str, text: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=text, description=text, parents=[common], allow_abbrev=False)

    add = command("add", "Add or replace reports: files, and folders with all that is in them.")
    add.add_argument("paths", nargs="+", type=Path, metavar="PATH")

    command("list", "List the reports of the library.")

    show = command("show", "Show what is known of a report, and where it was read.")
    show.add_argument("id", metavar="ID")
    show.add_argument("--text", action="store_true", help="also print the report's passages, each with its place")

    remove = command("remove", "Remove reports from the library; the files they came from stay.")
    remove.add_argument("ids", nargs="+", metavar="ID")

    _edit(command("edit", "Correct what was read from a report; an empty value clears a field."))

    ask = command("ask", "Answer a question, with sources.")
    ask.add_argument("question", metavar="QUESTION")
    ask.add_argument("--history", nargs="+", action="extend", default=[], metavar="TURN", help="earlier questions")
    ask.add_argument("--stream", action="store_true", help="print the answer while it is written")
    _filters(ask)

    search = command("search", "Rank passages for a question, without an answer.")
    search.add_argument("question", metavar="QUESTION")
    search.add_argument("--limit", type=_positive, default=10, metavar="N", help="how many passages (default 10)")
    _filters(search)

    views = command("views", "The brokers' ratings and target prices, with where each was read, and how they moved.")
    views.add_argument("company", nargs="?", metavar="COMPANY", help="a name, alias or stock code, in either script")
    views.add_argument("--csv", action="store_true", help="print comma-separated values instead of text")

    command("reindex", "Embed and index everything again, after a change of embedding model.")
    return parser


def _filters(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--report", nargs="+", action="extend", default=[], metavar="ID", help="only these reports")
    parser.add_argument("--broker", metavar="NAME", help="only reports of brokers whose name contains NAME")
    parser.add_argument("--since", metavar="DATE", help="only reports of this day (YYYY-MM-DD) or later")
    parser.add_argument("--until", metavar="DATE", help="only reports of this day (YYYY-MM-DD) or earlier")


# Option -> what `edit` takes for it; lists are given with commas, or with semicolons where names hold commas.
EDITABLE = {
    "title": "TEXT",
    "broker": "NAME",
    "authors": "NAME,NAME",
    "date": "YYYY-MM-DD",
    "companies": "NAME,NAME",
    "tickers": "CODE,CODE",
    "rating": "TEXT",
    "previous_rating": "TEXT",
    "rating_of": "company|industry",
    "target_price": "NUMBER",
    "previous_target_price": "NUMBER",
    "currency": "CODE",
    "period": "TEXT",
    "language": "en|zh",
}


def _edit(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID")
    for name, value in EDITABLE.items():
        parser.add_argument(f"--{name.replace('_', '-')}", dest=name, metavar=value)


def _positive(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1 up")
    return number
