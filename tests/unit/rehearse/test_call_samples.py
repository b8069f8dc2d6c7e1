"""What a pasted sample printed, and whether the model answered."""

from __future__ import annotations

import pytest

from nestforge.rehearse.checks.call_samples import problem_of

TWO = "curl -sS 'http://10.0.0.1:8000/v1/chat/completions' -d '{}'\n\ncurl -sS -N 'http://10.0.0.1:8000/' -d '{}'\n"
WHOLE = '{"choices": [{"message": {"content": ""}}], "usage": {"completion_tokens": 12}}'
STREAM = 'data: {"choices": [{"delta": {"content": "a"}}]}\n\ndata: [DONE]\n\n'
REFUSED = '{"error": {"message": "Incorrect API key provided."}}'


@pytest.mark.parametrize(
    ("sample", "returncode", "printed", "problem"),
    [
        (TWO, 0, f"{WHOLE}\n{STREAM}", ""),
        (TWO, 0, WHOLE + STREAM, ""),  # curl ends the first answer without a new line
        (TWO, 0, f"{REFUSED}\n{STREAM}", "1 of 2 calls were answered"),
        (TWO, 0, WHOLE, "1 of 2 calls were answered"),
        (TWO, 0, REFUSED + REFUSED, "0 of 2 calls were answered"),
        (TWO, 0, WHOLE.replace("12", "0") + STREAM, "1 of 2 calls were answered"),
        (TWO, 0, f'{WHOLE}\ndata: {{"error": {{}}}}\n\ndata: [DONE]\n', "a stream ended without a chunk"),
        (TWO, 0, WHOLE + "data: [DONE]\n", "a stream ended without a chunk"),
        (TWO, 0, f"{WHOLE}\ndata: {{}}\n", "1 of 2 calls were answered"),  # cut off before its end
        (TWO, 0, "<html>502</html>", "0 of 2 calls were answered"),
        (TWO, 7, "", "ended with 7"),
        ("python3 - <<'EOF'\nEOF\n", 0, "\n", ""),
        ("python3 - <<'EOF'\nEOF\n", 0, "", "printed nothing"),
        ("python3 - <<'EOF'\nEOF\n", 1, "", "ended with 1"),
    ],
)
def test_an_answer_has_tokens_and_a_stream_its_end(sample: str, returncode: int, printed: str, problem: str) -> None:
    assert problem_of(sample, returncode, printed) == problem
