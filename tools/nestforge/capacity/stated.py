"""The source document's requests per second, beside what the hardware allows."""

from __future__ import annotations

from nestforge.model.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read "10 kB per request": tokens of the prompt and of the answer."""

    name: str
    input: int
    output: int


READINGS = (
    Reading("10,000 tokens of prompt, no answer", 10_000, 0),
    Reading("10 kB of text, 4 bytes a token [assumed]: 2,500 tokens of prompt, no answer", 2_500, 0),
    Reading("an average request of ShareGPT, which the document's load test sends", 229, 196),
)
"""The first two are the readings that ask least: an answer costs more than a prompt of the same length.

ShareGPT: 229 tokens of prompt and 196 of answer, as vLLM's benchmark_serving draws them (quoted).
"""


@dataclass(frozen=True, slots=True)
class StatedRate:
    """Requests per second: what the hardware allows at best, and what the document states and offered in its test."""

    reading: Reading
    roofline: float
    stated: int
    offered: int

    @property
    def stated_share(self) -> float:
        """The stated rate as a multiple of the roofline: above 1 it cannot be sustained."""
        return self.stated / self.roofline

    @property
    def offered_share(self) -> float:
        """The offered rate of the load test as a multiple of the roofline."""
        return self.offered / self.roofline


def requests_per_second(reading: Reading, prefill: float, decode: float) -> float:
    """Return the requests per second that prompts at `prefill` and answers at `decode` tokens per second allow.

    The same GPUs do both, one after the other: the times of a request add up.
    """
    return 1 / (reading.input / prefill + reading.output / decode)
