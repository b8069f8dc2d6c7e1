from __future__ import annotations

import pytest

from nestforge.lint.engine_starts import starts_in

BOTH = "docker run registry.example/egs/vllm:0.7.2-sglang0.4.3.post2-pytorch2.5 -c "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("vllm serve m --a", [("vllm", None, ["m", "--a"])]),
        ("pip install vllm==0.8.2\nexec /opt/bin/vllm serve m", [("vllm", "0.8.2", ["m"])]),
        ("pip install vllm==0.8.2 vllm==0.8.3\nvllm serve m", [("vllm", None, ["m"])]),
        ("IMAGE=x/vllm:0.8.5.post1\ndocker run $IMAGE vllm serve m", [("vllm", "0.8.5.post1", ["m"])]),
        ("docker run vllm/vllm-openai:v0.8.2 --model m", [("vllm", "0.8.2", ["--model", "m"])]),
        ("V=0.8.2; pip install vllm==$V\nvllm serve m", [("vllm", "0.8.2", ["m"])]),
        ('export V="0.8.5.post1"\npip install "vllm==${V}"\nvllm serve m', [("vllm", "0.8.5.post1", ["m"])]),
        ('TAG=v0.8.2\ndocker run vllm/vllm-openai:"$TAG" --model m', [("vllm", "0.8.2", ["--model", "m"])]),
        ("V=0.8.2\n[ -n $OLD ] && V=0.7.3\npip install vllm==$V\nvllm serve m", [("vllm", None, ["m"])]),
        ("V=0.8.2\nread V\npip install vllm==$V\nvllm serve m", [("vllm", None, ["m"])]),
        ("V=$(cat version)\npip install vllm==$V\nvllm serve m", [("vllm", None, ["m"])]),
        ("V=0.8.2\npip install vllm==$W\nvllm serve m", [("vllm", None, ["m"])]),
        ("docker run --entrypoint sh vllm/vllm-openai:v0.8.2 --model m", []),
        ("docker run vllm/vllm-openai:v0.8.2-rc1 --model m", [("vllm", "0.8.2", ["--model", "m"])]),
        ("python3 -m vllm.entrypoints.openai.api_server --model m", [("vllm", None, ["--model", "m"])]),
        (BOTH + "'vllm serve m'", [("vllm", "0.7.2", ["m"])]),
        (BOTH + "'python -m sglang.launch_server --tp-size 2'", [("sglang", "0.4.3.post2", ["--tp-size", "2"])]),
        (BOTH + "'pip install sglang==0.4.3 && sglang serve m'", [("sglang", "0.4.3", ["m"])]),
        ("bash -c \"bash -c 'ray start --head'\"", [("ray", None, ["--head"])]),
        ("echo 'how to: vllm serve'; pgrep -f 'vllm serve'; echo vllm serve --a", []),
        ("cat >unit <<END\nExecStart=/opt/bin/vllm serve m\nEND", [("vllm", None, ["m"])]),
        ("# vllm serve m", []),
    ],
)
def test_a_start_has_its_arguments_and_the_version_that_is_nearest(
    text: str, expected: list[tuple[str, str | None, list[str]]]
) -> None:
    found = [(start.engine, start.version, [word.text for word in start.arguments]) for start in starts_in(text)]
    assert found == expected
