"""The measure of metadata: counted by hand, and run over the labels that ship."""

from __future__ import annotations

import json

from eval import metadata
from eval.metadata import Score, score


def test_values_are_counted_one_by_one():
    pairs = [(["Ann", "Bob"], ["ann", "Cid"]), ("Buy", "Buy"), (None, "Hold"), ("Sell", None), (None, None)]
    found = score(pairs)
    assert found == Score(right=2, given=4, said=4)
    assert (found.precision, found.recall) == (0.5, 0.5)
    assert (Score(0, 0, 0).precision, Score(0, 0, 0).recall) == (None, None)


def test_a_wrong_label_is_told(tmp_path, capsys):
    labels = tmp_path / "labels.jsonl"
    front = {"text": "Pumps (NWP US): note\n\nWe keep our Buy rating.", "rating": "Sell", "language": "en"}
    labels.write_text(json.dumps(front) + "\n")
    assert metadata.main(["--labels", str(labels)]) == 0
    out = capsys.readouterr().out
    assert "rating is 'Sell', read as 'Buy'" in out and "1 reports" in out
    labels.write_text(json.dumps({"file": "absent.pdf"}) + "\n")
    assert metadata.main(["--labels", str(labels)]) == 1


def test_the_shipped_labels_are_read_nearly_all(capsys):
    assert metadata.main(["--json"]) == 0
    scores = json.loads(capsys.readouterr().out)
    assert set(scores) == set(metadata.FIELDS)
    for field, (right, given, said) in scores.items():
        assert said >= 7 and right >= 0.95 * said and right >= 0.95 * given, field
