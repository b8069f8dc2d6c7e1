"""`Fn::Jq`: the result of a jq program over JSON."""

from __future__ import annotations

from nestforge.evaluate.arguments import items_of, parse_json, text_of, wrong
from nestforge.evaluate.data import ANY, LIST, Unknown
from nestforge.evaluate.fault import Fault
from nestforge.evaluate.jq_path import follow
from nestforge.evaluate.shown import quoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nestforge.evaluate.data import Data


def jq(argument: Data) -> Data:
    """Run `["First" or "All", program, JSON]`: the first result, or all of them; null has none.

    Programs that are paths are followed (`.[0].VpcId`, `.[].Name`). What any other program finds is left
    to the creation.
    """
    wanted, program, given = items_of(argument, 3, 3)
    if wanted not in ("First", "All"):
        wrong("the first argument", "'First' or 'All'", wanted)
    script = text_of(program, "the program")
    if "$ENV" in script:
        raise Fault("the program reads the environment")
    if given is None or given == "":
        return None
    results = follow(script, parse_json(given) if isinstance(given, str) else given)
    if results is None:
        return Unknown(LIST if wanted == "All" else ANY, f"jq {quoted(script)}")
    if wanted == "All":
        return results
    return results[0] if results else None
