from __future__ import annotations

import json

from nestforge.web.inline import content_security_policy, json_for_script


def test_the_policy_lets_only_the_given_script_run() -> None:
    assert content_security_policy(["alert(1)"], []) == (
        "default-src 'none'; script-src 'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='; style-src 'none'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def test_json_ends_no_element() -> None:
    hostile = {"</script><script>alert(1)</script>": "<!--\u2028"}
    text = json_for_script(hostile)
    assert "<" not in text
    assert json.loads(text) == hostile
