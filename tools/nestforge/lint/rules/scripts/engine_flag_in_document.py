"""R7053."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.engine_check import faults_among
from nestforge.lint.engine_starts import MENTIONS, starts_in
from nestforge.lint.markdown import shell_blocks
from nestforge.model.diagnostic import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.package import Package


@rule("R7053", severity="warning", unless="R7050")
def engine_flag_in_document(package: Package) -> Iterator[Finding]:
    """A command in a document gives vLLM, SGLang or Ray an argument that its version does not take.

    Readers copy these commands.

    Bad:  pip install vllm==0.8.2; vllm serve $MODEL --max-model-length 8192
    Good: pip install vllm==0.8.2; vllm serve $MODEL --max-model-len 8192
    """
    for path, text in package.documents.items():
        if not any(mention in text for mention in MENTIONS):
            continue
        for block in shell_blocks(text):
            for fault in faults_among(starts_in(block.text)):
                if fault.kind != "short":
                    yield Finding(Span(path, block.line + fault.word.line - 1), fault.message, fault.help)
