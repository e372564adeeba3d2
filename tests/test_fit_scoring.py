"""The fitting of the weights of statements: on made-up rows with a known answer, and its command line."""

from __future__ import annotations

import numpy as np

from rag.answer.statement_model import FEATURES, WEIGHTS
from tools.fit_scoring import Question, fit, logistic, main


def test_the_weights_fit_the_features():
    assert len(WEIGHTS) == len(FEATURES) and FEATURES[-1] == "bias"


def test_a_feature_that_tells_right_from_wrong_gets_the_weight():
    chance = np.random.default_rng(3)
    rows = np.column_stack([chance.random(400), chance.random(400), np.ones(400)])
    labels = (rows[:, 0] > 0.5).astype(float)
    weights = logistic(rows, labels, np.ones(400))
    assert weights[0] > 5 and abs(weights[1]) < 1.5
    likely = 1 / (1 + np.exp(-rows @ weights))
    assert ((likely > 0.5) == (labels > 0.5)).mean() > 0.95


def test_the_fit_chooses_the_right_statement_of_each_question():
    chance = np.random.default_rng(4)
    questions = []
    for number in range(60):
        rows = chance.random((5, len(FEATURES)))
        rows[:, -1] = 1.0
        right = np.zeros(5, dtype=bool)
        if number % 3:
            right[2] = True
            rows[2, 0] += 1.5
        questions.append(Question(str(number), bool(number % 3), rows, right, right))
    weights = fit(questions)
    told = [question.features @ weights for question in questions if question.answerable]
    assert all(scores.argmax() == 2 for scores in told)
    assert max((q.features @ weights).max() for q in questions if not q.answerable) < min(s.max() for s in told)


def test_an_odd_number_of_arguments_is_explained(capsys):
    assert main(["eval/corpus"]) == 2
    assert "pairs" in capsys.readouterr().out
