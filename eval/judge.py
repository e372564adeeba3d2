"""A model as judge of a run's answers, by RAGAS' own metrics and prompts: ``python -m eval judge RUN.json``.

Faithfulness: share of an answer's statements that the cited passages support. Relevance (RAGAS' answer relevancy): how
close questions made from the answer are to the one asked. S. Es et al., EACL 2024 (https://arxiv.org/abs/2309.15217). Needs
``pip install ragas "langchain-community<0.4"`` (RAGAS 0.4.3 does not start with a newer one) and a key. It brings some
800 MB with it and holds ``openai`` back, so install it into an environment of its own and run this command from the
checkout with that one: the judge reads nothing but RUN.json.
"""

from __future__ import annotations

import argparse
import asyncio
import importlib.util
import json
import math
import os
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from eval.cases import UsageError
from eval.metrics import aggregate

Scorer = Callable[[str, str, list[str]], Awaitable[float]]  # question, answer, passages -> 0..1
_MODULES = ("openai", "ragas.llms", "ragas.embeddings", "ragas.metrics.collections")
_AT_ONCE = 4  # requests


def main(argv: Sequence[str] | None = None) -> int:
    """Judge the answers of a result file; an answer that could not be judged counts as 0 and is listed."""
    from eval.__main__ import read_json, write_text

    p = argparse.ArgumentParser(
        "python -m eval judge", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    p.add_argument("run", type=Path, help="a result file, from `python -m eval --json`")
    p.add_argument("--limit", type=int, metavar="N", help="only the first N answers (each costs some five requests)")
    p.add_argument("--model", default=os.environ.get("OPENAI_MODEL", "gpt-4.1-mini"), help="default %(default)s")
    p.add_argument("--json", type=Path, metavar="OUT", help="write the scores, case by case")
    args = p.parse_args(argv)
    cases = answered(read_json(args.run).get("cases", []))[: args.limit]
    if not cases:
        raise UsageError(f"{args.run} holds no answer to judge; write one with `python -m eval --json {args.run}`.")
    scores, errors = asyncio.run(judge(cases, scorers(args.model)))
    for name, s in aggregate(scores.values()).items():
        print(f"{name:<20} {s.value:.3f}  [{s.low:.3f}, {s.high:.3f}]  n={s.n}  (judged by {args.model})")
    print("".join(f"error: {line}\n" for line in errors), end="")
    if args.json:
        write_text(args.json, json.dumps({"model": args.model, "cases": scores, "errors": errors}, indent=1) + "\n")
    return 0


def answered(cases: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The cases that were answered with citations; refusals and claims have nothing to judge."""
    return [case for case in cases if case["given"] and not case["given"]["refused"] and case["given"]["citations"]]


def scorers(model: str) -> dict[str, Scorer]:
    """RAGAS' metrics over OpenAI's API or a server that speaks it. Raises UsageError where something is missing."""
    if importlib.util.find_spec("ragas") is None:
        raise UsageError(
            'The judge needs RAGAS: run `pip install ragas "langchain-community<0.4"` in an environment of its own, see --help.'
        )
    if not os.environ.get("OPENAI_API_KEY"):
        raise UsageError("The judge needs a model: set OPENAI_API_KEY (and OPENAI_BASE_URL for another server).")
    os.environ["RAGAS_DO_NOT_TRACK"] = "true"  # before its import: nothing is sent but what is judged
    try:
        openai, llms, embeddings, metrics = (importlib.import_module(name) for name in _MODULES)
    except ImportError as error:
        raise UsageError(f"RAGAS does not start here ({error}); see --help for what to install.") from None
    client = openai.AsyncOpenAI()
    llm = llms.llm_factory(model, client=client)
    embedding = os.environ.get("OPENAI_EMBEDDING_MODEL", "text-embedding-3-small")
    faithfulness = metrics.Faithfulness(llm=llm)
    relevancy = metrics.AnswerRelevancy(llm=llm, embeddings=embeddings.OpenAIEmbeddings(client=client, model=embedding))

    async def faithful(question: str, answer: str, passages: list[str]) -> float:
        found = await faithfulness.ascore(user_input=question, response=answer, retrieved_contexts=passages)
        return float(found.value)

    async def relevant(question: str, answer: str, passages: list[str]) -> float:
        return float((await relevancy.ascore(user_input=question, response=answer)).value)

    return {"faithfulness": faithful, "relevance": relevant}


async def judge(
    cases: Sequence[Mapping[str, Any]], by: Mapping[str, Scorer]
) -> tuple[dict[str, dict[str, float]], list[str]]:
    """Scores by case id, and one line per score that could not be had (NaN included), which counts as 0."""
    slots = asyncio.Semaphore(_AT_ONCE)

    async def one(case: Mapping[str, Any], score: Scorer) -> float:
        given = case["given"]
        passages = list(dict.fromkeys(cited["passage"] for cited in given["citations"]))
        async with slots:
            return await score(given.get("resolved") or case["question"], given["text"], passages)

    asked = [(case, name) for case in cases for name in by]
    values = await asyncio.gather(*(one(case, by[name]) for case, name in asked), return_exceptions=True)
    scores: dict[str, dict[str, float]] = {}
    errors = []
    for (case, name), value in zip(asked, values, strict=True):
        known = 0.0
        if isinstance(value, BaseException):
            errors.append(f"{case['id']}: {name}: {type(value).__name__}: {value}")
        elif math.isnan(value):
            errors.append(f"{case['id']}: {name}: no score")
        else:
            known = min(1.0, max(0.0, value))
        scores.setdefault(case["id"], {})[name] = known
    return scores, errors
