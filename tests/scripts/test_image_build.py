"""The image build against a hub on loopback; the real command's header, and small files."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import dataclass
from hashlib import sha256
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING

import pytest
from tests.own_project import ROOT
from tests.scripts.node_host import IMAGE_ID, MASTER_IP, RECORD, Host

if TYPE_CHECKING:
    from collections.abc import Callable

    Serve = Callable[[type[BaseHTTPRequestHandler], str], int]

FILES = {"config.json": b"{}", "sub dir/weights 1.bin": b"0123456789" * 50, "empty": b""}
COMMIT = "c0ffee" * 6 + "beef"
LIST = "/api/v1/models/a/b/repo/files?Revision={}&Recursive=true"
SIZES = {path: len(content) for path, content in FILES.items()}
ESP_TYPE = "C12A7328-F81F-11D2-BA4B-00C04FC93EC9"
DOCKER = """
case "$1 $2" in
  "image inspect") printf '[{"RepoDigests": ["%s@sha256:feed"], "Id": "%s"}]' "${3%:*}" "$(cat "$HOST/image_id")" ;;
  "build --quiet") cat >>"$HOST/dockerfiles" ;;
  "run --rm") echo noise; echo "${5##*:}" ;;
esac
"""


@dataclass
class Hub:
    host: Host
    port: int
    asked: list[tuple[str, str | None]]
    sums: dict[str, str]
    committer: dict[str, str]
    revision: str = "master"
    uefi_types: str = "ecs.metal"

    def build(self) -> subprocess.CompletedProcess[str]:
        header = f"""#!/usr/bin/env bash
set -euo pipefail
IMAGE_BUILD={"b" * 64}
MODEL=a/b
REVISION={self.revision}
MODEL_ROOT={self.host.root}/models
WEIGHTS_GIB=0
MINIMUM_DRIVER=550.54
FABRIC_DEVICE=erdma
CONTAINER_GIB=40
UEFI_TYPES={self.uefi_types}
ENGINES=(
  'vllm-1.2|1.2|vllm|registry/base:9|llm/vllm:1.2|vllm==1.2 ray[cgraph]==2.43.0'
  'sglang-3|3|sglang|registry/base:9|llm/sglang:3|sglang==3'
)
"""
        return subprocess.run(
            ["bash", "-s"], capture_output=True, text=True, check=False, timeout=60,
            input=header + (ROOT / "scripts/image/build.sh").read_text(encoding="utf-8"),
            env={**self.host.environment(), "MODEL_HUB": f"http://{MASTER_IP}:{self.port}",
                 "DOCKER_ROOT": str(self.host.root / "docker"), "ESP": str(self.host.root / "efi")},
        )  # fmt: skip

    def path(self, name: str) -> str:
        return str(self.host.root / "models/a/b" / name)


@pytest.fixture
def hub(host: Host, web: Serve) -> Hub:
    asked: list[tuple[str, str | None]] = []
    sums = {path: sha256(content).hexdigest() for path, content in FILES.items()}
    committer = {"Id": COMMIT}

    class Pages(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append((self.path, self.headers["Range"]))
            if self.path in [LIST.format(revision) for revision in ("master", COMMIT)]:
                files: list[dict[str, object]] = [{"Path": "sub dir", "Type": "tree", "Size": 0, "Sha256": ""}]
                files += [{"Path": path, "Type": "blob", "Size": SIZES[path], "Sha256": sums[path]} for path in FILES]
                content = json.dumps({"Data": {"Files": files, "LatestCommitter": committer}}).encode()
            else:
                name = self.path.removeprefix(f"/models/a/b/resolve/{COMMIT}/").replace("%20", " ")
                content = FILES[name]
            first = int((self.headers["Range"] or "bytes=0-")[6:-1])
            self.send_response(206 if first else 200)
            if first:
                self.send_header("Content-Range", f"bytes {first}-{len(content) - 1}/{len(content)}")
            self.send_header("Content-Length", str(len(content) - first))
            self.end_headers()
            self.wfile.write(content[first:])

        def log_message(self, format: str, *args: object) -> None:
            pass

    host.set("bin/docker", RECORD + DOCKER)
    host.set("cards", "550.90.07\n550.90.07\n")
    host.set("parttypes", "\n" + ESP_TYPE + "\n0fc63daf-8483-4772-8e79-3d69d8477de4\n")
    (host.root / "efi/EFI/alinux").mkdir(parents=True)
    host.set("efi/EFI/alinux/shimx64.efi", "")
    for name, body in (("modinfo", ""), ("nvidia-ctk", ""), ("dnf", ""), ("lsblk", 'cat "$HOST/parttypes"\n')):
        host.set(f"bin/{name}", RECORD + body)
        (host.root / "bin" / name).chmod(0o755)
    for name in ("image.json", "model.manifest"):
        (host.root / "etc" / name).unlink()
    return Hub(host, web(Pages, MASTER_IP), asked, sums, committer)


def test_a_build_leaves_the_files_the_manifest_and_the_record(hub: Hub) -> None:
    done = hub.build()
    assert done.returncode == 0, done.stdout + done.stderr
    for name, content in FILES.items():
        assert (hub.host.root / "models/a/b" / name).read_bytes() == content
    etc = hub.host.root / "etc"
    manifest = (etc / "model.manifest").read_text(encoding="utf-8")
    assert manifest.splitlines() == [f"{SIZES[name]} {hub.sums[name]} {name}" for name in sorted(FILES)]
    source = "registry/base@sha256:feed"
    assert json.loads((etc / "image.json").read_text(encoding="utf-8")) == {
        "image_build": "b" * 64,
        "model": "a/b",
        "revision": "master",
        "commit": COMMIT,
        "manifest_sha256": sha256(manifest.encode()).hexdigest(),
        "engines": {
            "vllm-1.2": {"version": "1.2", "image": "llm/vllm:1.2", "image_id": IMAGE_ID, "source": source},
            "sglang-3": {"version": "3", "image": "llm/sglang:3", "image_id": IMAGE_ID, "source": source},
        },
    }
    assert sorted(path.name for path in etc.iterdir()) == ["image.json", "model.manifest"]
    dockerfiles = (hub.host.root / "dockerfiles").read_text(encoding="utf-8")
    assert f"FROM {source}\n" in dockerfiles
    assert " vllm==1.2 ray[cgraph]==2.43.0\n" in dockerfiles
    assert hub.host.calls("dnf") == []


def test_a_second_build_fetches_no_file_again(hub: Hub) -> None:
    assert hub.build().returncode == 0
    hub.asked.clear()
    assert hub.build().returncode == 0
    assert [path for path, _ in hub.asked if "/resolve/" in path] == []


def test_a_file_that_the_branch_has_changed_since_is_fetched_anew(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    assert hub.build().returncode == 0
    changed = b"[]"
    assert len(changed) == SIZES["config.json"]
    monkeypatch.setitem(FILES, "config.json", changed)
    hub.sums["config.json"] = sha256(changed).hexdigest()
    hub.asked.clear()
    assert hub.build().returncode == 0
    assert [path for path, _ in hub.asked if "/resolve/" in path] == [f"/models/a/b/resolve/{COMMIT}/config.json"]
    assert (hub.host.root / "models/a/b/config.json").read_bytes() == changed


def test_a_file_goes_on_where_it_ended(hub: Hub) -> None:
    part = hub.host.root / "models/a/b/sub dir/weights 1.bin.part"
    part.parent.mkdir(parents=True)
    part.write_bytes(FILES["sub dir/weights 1.bin"][:100])
    assert hub.build().returncode == 0
    assert (f"/models/a/b/resolve/{COMMIT}/sub%20dir/weights%201.bin", "bytes=100-") in hub.asked
    assert not part.exists()


def test_a_file_with_another_checksum_is_refused(hub: Hub) -> None:
    hub.sums["config.json"] = "0" * 64
    done = hub.build()
    assert done.returncode == 1
    assert "config.json has another sha256" in done.stderr
    left = sorted(path.name for path in (hub.host.root / "models/a/b").glob("config*"))
    assert left == []
    assert not (hub.host.root / "etc/image.json").exists()


@pytest.mark.parametrize("path", ["../../etc/passwd", "/etc/passwd", "a/../../b"])
def test_a_path_outside_the_model_is_refused(hub: Hub, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    monkeypatch.setitem(FILES, path, b"")
    monkeypatch.setitem(SIZES, path, 0)
    hub.sums[path] = sha256(b"").hexdigest()
    done = hub.build()
    assert done.returncode == 1
    assert "a path inside the model" in done.stderr
    assert [asked for asked, _ in hub.asked if "/resolve/" in asked] == []


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        ("bin/modinfo", "exit 1\n", "the kernel has no module erdma"),
        ("bin/nvidia-smi", "exit 9\n", "no working NVIDIA driver"),
        ("cards", "535.1\n", "the driver is 535.1"),
        ("bin/df", "printf 'Avail\\n 70G\\n'\n", "70 GiB are free, "),
        ("parttypes", "0fc63daf-8483-4772-8e79-3d69d8477de4\n", "no disk has an EFI system partition, and ecs.metal"),
        ("bin/docker", RECORD + DOCKER.replace("${5##*:}", "9.9"), "has vllm 9.9, expected 1.2"),
        ("bin/docker", RECORD + DOCKER.replace("cat >>", "exit 1; cat >>"), "llm/vllm:1.2 cannot be built"),
    ],
)
def test_what_is_wrong_is_said(hub: Hub, file: str, text: str, message: str) -> None:
    hub.host.set(file, text)
    done = hub.build()
    assert done.returncode == 1
    assert message in done.stderr
    assert not (hub.host.root / "etc/image.json").exists()


def test_an_efi_partition_without_a_boot_loader_is_not_enough(hub: Hub) -> None:
    shutil.rmtree(hub.host.root / "efi")
    done = hub.build()
    assert done.returncode == 1
    assert "no boot loader is below" in done.stderr


def test_types_that_boot_either_way_need_no_efi_partition(hub: Hub) -> None:
    hub.uefi_types = ""
    hub.host.set("parttypes", "")
    done = hub.build()
    assert done.returncode == 0, done.stderr
    assert "boot mode" not in done.stdout


def test_a_type_that_boots_in_uefi_only_is_said_at_the_end(hub: Hub) -> None:
    assert "set its boot mode to UEFI-Preferred in every region: ecs.metal" in hub.build().stdout


def test_a_branch_is_listed_and_fetched_by_its_commit(hub: Hub) -> None:
    assert hub.build().returncode == 0
    lists = [path for path, _ in hub.asked if "/repo/files?" in path]
    assert lists == [LIST.format("master"), LIST.format(COMMIT)]


def test_a_commit_is_taken_as_it_is(hub: Hub) -> None:
    hub.revision = COMMIT
    assert hub.build().returncode == 0
    assert [path for path, _ in hub.asked if "/repo/files?" in path] == [LIST.format(COMMIT)]


def test_a_branch_without_a_commit_is_refused(hub: Hub) -> None:
    hub.committer["Id"] = ""
    done = hub.build()
    assert done.returncode == 1
    assert "the hub names no commit of master" in done.stderr


def test_a_commit_without_files_is_refused(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in list(FILES):
        monkeypatch.delitem(FILES, path)
    done = hub.build()
    assert done.returncode == 1
    assert f"the hub lists no file at {COMMIT}" in done.stderr


def test_what_a_build_before_has_left_counts_as_room(hub: Hub) -> None:
    hub.host.set("bin/df", "#!/usr/bin/env bash\nprintf 'Avail\\n 20G\\n'\n")
    hub.host.set("bin/du", "#!/usr/bin/env bash\nprintf '30G\\tmodel\\n30G\\tdocker\\n60G\\ttotal\\n'\n")
    (hub.host.root / "bin/du").chmod(0o755)
    done = hub.build()
    assert done.returncode == 0, done.stderr
