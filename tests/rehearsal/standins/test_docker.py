"""docker's stand-in, compared with what docker documents."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from tests.rehearsal.standins.host import IMAGE_ID

if TYPE_CHECKING:
    from tests.rehearsal.standins.host import StandInHost

    from nestforge.rehearse.host import Finished

IMAGE = "llm/engine:1.0"
RUN = ("docker", "run", "--network", "host")


def start(host: StandInHost, name: str, *arguments: str, command: tuple[str, ...] = ("patient",)) -> str:
    """Start a container in the background; return its id."""
    return host.says(*RUN, "--detach", "--name", name, *arguments, IMAGE, *command)


def inspected(host: StandInHost, name: str) -> dict[str, Any]:
    (found,) = json.loads(host.says("docker", "inspect", name))
    assert isinstance(found, dict)
    return found


def refused(done: Finished, code: int, *words: str) -> None:
    assert done.returncode == code, done.stdout + done.stderr
    for word in words:
        assert word in done.stderr


def test_a_command_in_the_foreground_gives_its_streams_and_its_exit_code(host: StandInHost) -> None:
    done = host.run(*RUN, "--rm", IMAGE, "complain", "7")
    assert (done.returncode, done.stdout, done.stderr) == (7, "out\n", "err\n")
    assert host.says("docker", "ps", "--all", "--quiet") == ""


def test_standard_input_reaches_the_command_with_interactive_only(host: StandInHost) -> None:
    assert host.run(*RUN, "--rm", "--interactive", IMAGE, "cat", input="given").stdout == "given"
    assert host.run(*RUN, "--rm", IMAGE, "cat", input="given").stdout == ""


def test_a_container_in_the_background_outlives_the_command_that_started_it(host: StandInHost) -> None:
    identifier = start(host, "engine")
    assert len(identifier) == 64
    state = inspected(host, identifier[:12])
    assert state["State"]["Status"] == "running"
    assert state["Name"] == "/engine"
    assert state["Image"] == IMAGE_ID
    assert host.says("docker", "ps", "--format", "{{.Names}} {{.Image}} {{.State}}") == f"engine {IMAGE} running"


@pytest.mark.parametrize(
    ("command", "code", "words"),
    [
        (("nothing",), 127, '"nothing": executable file not found in $PATH'),
        (("/nothing",), 127, "/nothing: no such file or directory"),
        (("/etc/passwd",), 126, "permission denied"),
        (("/etc",), 126, "is a directory"),
    ],
)
def test_a_command_that_cannot_start_has_dockers_codes(
    host: StandInHost, command: tuple[str, ...], code: int, words: str
) -> None:
    refused(host.run(*RUN, "--name", "broken", IMAGE, *command), code, "OCI runtime create failed", words)
    assert inspected(host, "broken")["State"]["Status"] == "created"


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--network", "host", "nothing:1"), 125, "Unable to find image 'nothing:1' locally"),
        (("--network", "host", "--nonsense", IMAGE), 125, "unknown flag: --nonsense"),
        (("--network", "host", "-Z", IMAGE), 125, "unknown shorthand flag: 'Z' in -Z"),
        (("--network", "host", "--env"), 125, "flag needs an argument: --env"),
        ((), 1, '"docker run" requires at least 1 argument'),
        (("--network", "host", IMAGE), 125, "no command specified"),
        (("--network", "host", "--restart", "sometimes", IMAGE, "true"), 125, "unknown policy 'sometimes'"),
        (("--network", "host", "--rm", "--restart", "always", IMAGE, "true"), 125, "both --restart and --rm"),
        (("--network", "host", "--device", "/dev/none", IMAGE, "true"), 127, "no such file or directory"),
        (("--network", "host", "--volume", "/a:b", IMAGE, "true"), 125, "mount path must be absolute"),
        (("--network", "host", "--ulimit", "heap=1", IMAGE, "true"), 125, "invalid ulimit type: heap"),
        (("--network", "host", "--gpus", "9", IMAGE, "true"), 125, "unknown device"),
        (("--network", "host", "--user", "nobodyknows", IMAGE, "true"), 125, "no matching entries in passwd"),
        (("--network", "bridge", IMAGE, "true"), 125, "does not honour --network bridge"),
        (("--network", "host", "--read-only", IMAGE, "true"), 125, "does not honour --read-only"),
        (("--network", "host", "-it", IMAGE, "true"), 1, "the input device is not a TTY"),
    ],
)
def test_what_docker_refuses_is_refused_with_its_code(
    host: StandInHost, arguments: tuple[str, ...], code: int, words: str
) -> None:
    refused(host.run("docker", "run", *arguments), code, words)


@pytest.mark.parametrize("command", ["pull", "login", "build", "commit", "save", "compose", "network"])
def test_what_the_stand_in_cannot_do_it_says(host: StandInHost, command: str) -> None:
    refused(host.run("docker", command, IMAGE), 1, f"does not honour `docker {command}`")


@pytest.mark.parametrize("command", ["inspect", "logs", "stop", "kill", "start", "restart", "wait", "top", "rm"])
def test_a_container_that_is_not_there_is_an_error(host: StandInHost, command: str) -> None:
    done = host.run("docker", command, "nobody")
    assert done.returncode == 1
    assert ("No such object: nobody" if command == "inspect" else "No such container: nobody") in done.stderr


def test_a_name_is_taken_once(host: StandInHost) -> None:
    first = start(host, "engine")
    refused(host.run(*RUN, "--detach", "--name", "engine", IMAGE, "patient"), 125, "is already in use by", first)
    host.says("docker", "rm", "--force", "engine")
    assert start(host, "engine") != first


def test_of_many_at_once_one_gets_the_name(host: StandInHost) -> None:
    done = host.at_once(*[[*RUN, "-d", "--name", "engine", IMAGE, "patient"]] * 6)
    assert sorted(one.returncode for one in done) == [0, 125, 125, 125, 125, 125]
    assert len(host.says("docker", "ps", "--quiet").splitlines()) == 1


def test_the_image_and_the_command_line_make_the_environment(host: StandInHost) -> None:
    host.bash("printf '# no\\nFROM_FILE=1\\nTAKEN\\n' >/tmp/variables")
    done = host.run(
        *RUN, "--rm", "--env", "A=b=c", "--env", "GIVEN", "--env", "ABSENT", "--env-file", "/tmp/variables",
        "--workdir", "/srv/here", IMAGE, "bash", "-c", "pwd; env",
        environment={"GIVEN": "yes", "TAKEN": "too", "SECRET": "no"},
    )  # fmt: skip
    folder, *lines = done.stdout.splitlines()
    assert folder == "/srv/here"
    assert {"A=b=c", "GIVEN=yes", "TAKEN=too", "FROM_FILE=1", "ENGINE=one", "HOME=/root"} <= set(lines)
    assert not [line for line in lines if line.startswith(("ABSENT", "SECRET"))]
    assert [line for line in lines if line.startswith("PATH=/engine/bin:/usr/local/sbin:")]


def test_a_container_sees_its_own_processes_files_and_memory_only(host: StandInHost) -> None:
    host.bash("echo secret >/etc/secret; echo x >/dev/shm/theirs; echo y >/tmp/theirs")
    looks = "ps -e -o pid= | wc -l; ls /etc/secret /dev/shm /tmp; df --output=size /dev/shm | tail -1"
    done = host.run(*RUN, "--rm", "--shm-size", "32m", IMAGE, "bash", "-c", looks)
    processes, *rest = done.stdout.splitlines()
    assert int(processes) <= 3
    assert "theirs" not in done.stdout
    assert "/etc/secret" in done.stderr
    assert rest[-1].strip() == str(32 << 10)
    assert "theirs" in host.says(*RUN, "--rm", "--ipc", "host", IMAGE, "ls", "/dev/shm")


def test_without_a_network_there_is_loopback_only(host: StandInHost) -> None:
    done = host.run("docker", "run", "--rm", "--network", "none", IMAGE, "ip", "-o", "-4", "address")
    assert [line.split()[1] for line in done.stdout.splitlines()] == ["lo"]
    assert "127.0.0.1" in done.stdout


def test_volumes_are_seen_as_asked(host: StandInHost) -> None:
    host.bash("mkdir -p /root/llm-model; echo weights >/root/llm-model/w; echo one >/tmp/one")
    command = "cat /root/llm-model/w /file; touch /root/llm-model/x; echo kept >/named/k; ls -d /fresh"
    done = host.run(
        *RUN, "--rm", "-v", "/root/llm-model:/root/llm-model:ro", "-v", "/tmp/one:/file", "-v", "things:/named",
        "-v", "/tmp/made:/fresh", IMAGE, "bash", "-c", command,
    )  # fmt: skip
    assert done.stdout == "weights\none\n/fresh\n"
    assert "Read-only file system" in done.stderr
    assert host.says(*RUN, "--rm", "--volume", "things:/named:ro", IMAGE, "cat", "/named/k") == "kept"
    assert host.bash("ls -d /tmp/made").returncode == 0


def test_what_a_container_writes_lasts_until_it_is_removed(host: StandInHost) -> None:
    start(host, "engine")
    host.says("docker", "exec", "engine", "bash", "-c", "echo kept >/root/file; echo over >/usr/share/own")
    host.says("docker", "restart", "--time", "5", "engine")
    assert host.says("docker", "exec", "engine", "cat", "/root/file") == "kept"
    assert host.bash("ls -d /root/file || ls -d /usr/share/own").returncode == 2


def test_limits_capabilities_and_users_are_as_asked(host: StandInHost) -> None:
    looks = "ulimit -Ss; ulimit -Hn; grep CapBnd /proc/self/status; id -u; id -G"
    arguments = ("--ulimit", "stack=4194304", "--ulimit", "nofile=512:1024", "--cap-add", "SYS_PTRACE")
    done = host.run(*RUN, "--rm", *arguments, "--user", "1:2", "--group-add", "3", IMAGE, "bash", "-c", looks)
    assert done.stdout.split() == ["4096", "1024", "CapBnd:", "00000000a80c25fb", "1", "2", "3"]
    dropped = host.says(*RUN, "--rm", "--cap-drop", "ALL", IMAGE, "grep", "CapBnd", "/proc/self/status")
    assert int(dropped.split()[1], 16) == 0


def test_a_limit_that_the_machine_cannot_give_is_said(host: StandInHost) -> None:
    done = host.run(*RUN, "--rm", "--ulimit", "nofile=1073741816", IMAGE, "bash", "-c", "ulimit -Hn")
    assert done.returncode == 0
    assert "WARNING: --ulimit nofile=1073741816:1073741816 became" in done.stderr


def test_devices_and_gpus_come_when_asked_for(host: StandInHost) -> None:
    device = ("--device", "/dev/infiniband")
    assert host.says(*RUN, "--rm", *device, IMAGE, "ls", "/dev/infiniband") == "rdma_cm\nuverbs0"
    assert host.run(*RUN, "--rm", IMAGE, "ls", "/dev/infiniband").returncode == 2
    count = ("nvidia-smi", "--query-gpu=index", "--format=csv,noheader")
    assert host.says(*RUN, "--rm", "--gpus", "all", IMAGE, *count).splitlines() == [str(index) for index in range(8)]
    assert host.says(*RUN, "--rm", "--gpus", '"device=2,5"', IMAGE, *count).splitlines() == ["2", "5"]
    refused(host.run(*RUN, IMAGE, "nvidia-smi"), 127, "executable file not found")


def test_the_hosts_own_stand_ins_are_not_in_a_container(host: StandInHost) -> None:
    for program in ("docker", "systemctl", "ibv_devinfo"):
        refused(host.run(*RUN, "--rm", "--gpus", "all", IMAGE, program), 127, "executable file not found")


def test_logs_keep_both_streams_apart(host: StandInHost) -> None:
    start(host, "engine", command=("bash", "-c", "for i in 1 2 3; do echo out$i; echo err$i >&2; done; printf end"))
    host.says("docker", "wait", "engine")
    done = host.run("docker", "logs", "engine")
    assert (done.stdout, done.stderr) == ("out1\nout2\nout3\nend", "err1\nerr2\nerr3\n")
    assert host.run("docker", "logs", "--tail", "1", "engine").stdout in ("end", "")
    stamped = host.run("docker", "logs", "--timestamps", "engine").stdout.splitlines()[0].split(" ")
    assert stamped[0].endswith("Z")
    assert stamped[1] == "out1"
    assert host.run("docker", "logs", "--since", "1h", "engine").stdout == done.stdout
    assert host.run("docker", "logs", "--until", "2020-01-01T00:00:00Z", "engine").stdout == ""


def test_logs_are_followed_to_the_end(host: StandInHost) -> None:
    start(host, "engine", command=("bash", "-c", "echo one; sleep 0.5; echo two"))
    done = host.run("docker", "logs", "--follow", "engine")
    assert done.stdout == "one\ntwo\n"


def test_a_log_is_turned_at_its_size(host: StandInHost) -> None:
    options = ("--log-opt", "max-size=10k", "--log-opt", "max-file=2")
    start(host, "engine", *options, command=("bash", "-c", "for i in {1..2000}; do echo line $i; done"))
    host.says("docker", "wait", "engine")
    lines = host.says("docker", "logs", "engine").splitlines()
    assert lines[-1] == "line 2000"
    assert 0 < len(lines) < 1000


def test_a_container_is_asked_to_stop_then_killed(host: StandInHost) -> None:
    start(host, "gentle")
    start(host, "stubborn", command=("stubborn",))
    host.wait_for("[[ $(docker logs gentle)$(docker logs stubborn) == upup ]]")
    host.says("docker", "stop", "gentle")
    assert inspected(host, "gentle")["State"]["ExitCode"] == 0
    assert "told" in host.says("docker", "logs", "gentle")
    host.says("docker", "stop", "--time", "0", "stubborn")
    assert inspected(host, "stubborn")["State"]["ExitCode"] == 137


def test_what_a_container_started_ends_with_it(host: StandInHost) -> None:
    start(host, "engine", command=("bash", "-c", "setsid sleep 4321 & setsid sleep 4321 & wait"))
    host.wait_for("[[ $(pgrep -fc '^sleep 4321') == 2 ]]")
    host.says("docker", "rm", "--force", "engine")
    assert host.run("pgrep", "-f", "sleep 4321").returncode == 1


def test_a_running_container_is_removed_by_force_only(host: StandInHost) -> None:
    start(host, "engine")
    refused(host.run("docker", "rm", "engine"), 1, "container is running: stop the container before removing")
    assert host.says("docker", "rm", "--force", "engine") == "engine"
    assert host.says("docker", "ps", "--all", "--quiet") == ""


def test_a_failed_command_is_started_again_as_often_as_asked(host: StandInHost) -> None:
    start(host, "engine", "--restart", "on-failure:2", command=("complain", "3"))
    assert host.says("docker", "wait", "engine") == "3"
    assert host.run("docker", "logs", "engine").stdout == "out\n" * 3
    facts = inspected(host, "engine")
    assert (facts["RestartCount"], facts["State"]["ExitCode"], facts["State"]["Status"]) == (2, 3, "exited")


def test_success_ends_a_container_that_restarts_on_failure(host: StandInHost) -> None:
    start(host, "engine", "--restart", "on-failure", command=("complain", "0"))
    host.says("docker", "wait", "engine")
    assert inspected(host, "engine")["RestartCount"] == 0


def test_a_stop_ends_the_restarts_and_their_delays_grow(host: StandInHost) -> None:
    start(host, "engine", "--restart", "unless-stopped", command=("complain", "1"))
    host.wait_for("(($(docker inspect --format '{{.RestartCount}}' engine) >= 4))")
    host.says("docker", "stop", "engine")
    assert inspected(host, "engine")["State"]["Status"] == "exited"
    stamps = [line.split()[0] for line in host.run("docker", "logs", "-t", "engine").stdout.splitlines()]
    seconds = [float(stamp[17:-1]) + 60 * int(stamp[14:16]) for stamp in stamps]
    gaps = [after - before for before, after in pairwise(seconds)]
    assert all(gap >= least for gap, least in zip(gaps, (0.1, 0.2, 0.4), strict=False))


def test_exec_runs_in_the_container(host: StandInHost) -> None:
    start(host, "engine", "--env", "A=1")
    done = host.run(
        "docker", "exec", "--env", "B=2", "--workdir", "/tmp", "engine", "bash", "-c", "echo $A$B $PWD; exit 5"
    )
    assert (done.returncode, done.stdout) == (5, "12 /tmp\n")
    assert host.run("docker", "exec", "--interactive", "engine", "cat", input="in").stdout == "in"
    assert "patient" in host.says("docker", "exec", "engine", "cat", "/proc/1/cmdline").replace("\0", " ")
    refused(host.run("docker", "exec", "engine", "nothing"), 127, "executable file not found")
    host.says("docker", "stop", "engine")
    refused(host.run("docker", "exec", "engine", "true"), 1, "is not running")


def test_the_host_sees_a_containers_processes(host: StandInHost) -> None:
    start(host, "engine")
    pid = inspected(host, "engine")["State"]["Pid"]
    assert "patient" in host.says("cat", f"/proc/{pid}/cmdline").replace("\0", " ")
    assert "patient" in host.says("docker", "top", "engine")
    head, row = host.says("docker", "stats", "--no-stream").splitlines()
    assert head.startswith("CONTAINER ID   NAME")
    assert "engine" in row
    assert "docker run" not in host.says("ps", "-eo", "args")


def test_inspect_shows_what_was_asked_for(host: StandInHost) -> None:
    arguments = ("--restart", "unless-stopped", "--ulimit", "stack=67108864", "--ipc", "host", "--label", "a=b")
    start(host, "engine", *arguments, "--gpus", "all", "-v", "/root/llm-model:/root/llm-model:ro")
    ask = ("docker", "container", "inspect", "engine", "--format")
    assert host.says(*ask, "{{.State.Status}} {{.RestartCount}}") == "running 0"
    assert host.says(*ask, "{{.HostConfig.RestartPolicy.Name}} {{.HostConfig.NetworkMode}}") == "unless-stopped host"
    assert host.says(*ask, "{{json .HostConfig.Ulimits}}") == '[{"Name":"stack","Hard":67108864,"Soft":67108864}]'
    assert host.says(*ask, "{{range .Mounts}}{{.Source}}={{.RW}}{{end}}") == "/root/llm-model=false"
    assert host.says(*ask, '{{index .Config.Labels "a"}}') == "b"
    refused(host.run(*ask, "{{.Nothing}}"), 1, 'map has no entry for key "Nothing"')
    assert host.says("docker", "image", "inspect", "--format", "{{.Id}}", IMAGE) == IMAGE_ID
    missing = host.run("docker", "container", "inspect", "nobody")
    assert (missing.returncode, missing.stdout) == (1, "[]\n")


def test_ps_filters_and_formats(host: StandInHost) -> None:
    start(host, "engine")
    start(host, "ended", command=("complain", "2"))
    host.says("docker", "wait", "ended")
    names = ("--format", "{{.Names}}")
    assert host.says("docker", "ps", *names) == "engine"
    assert host.says("docker", "ps", "--all", *names).splitlines() == ["ended", "engine"]
    assert host.says("docker", "ps", "--filter", "status=exited", *names) == "ended"
    assert host.says("docker", "ps", "--all", "--filter", "name=^eng", *names) == "engine"
    assert host.says("docker", "ps", "--all", "--format", "{{.Status}}", "-f", "name=ended").startswith("Exited (2) ")
    assert host.says("docker", "ps").splitlines()[0].split() == [
        "CONTAINER", "ID", "IMAGE", "COMMAND", "CREATED", "STATUS", "PORTS", "NAMES",
    ]  # fmt: skip
    assert host.says("docker", "ps", "--format", "table {{.Names}}\t{{.ID}}").splitlines()[0].split() == [
        "NAMES", "CONTAINER", "ID",
    ]  # fmt: skip


def test_names_and_policies_change(host: StandInHost) -> None:
    start(host, "engine")
    host.says("docker", "rename", "engine", "other")
    host.says("docker", "update", "--restart", "always", "other")
    assert inspected(host, "other")["HostConfig"]["RestartPolicy"]["Name"] == "always"


def test_a_restart_of_the_daemon_brings_back_what_lasts(host: StandInHost) -> None:
    start(host, "lasting", "--restart", "unless-stopped")
    start(host, "stopped", "--restart", "unless-stopped")
    start(host, "plain")
    host.says("docker", "stop", "stopped")
    host.says("systemctl", "stop", "docker")
    refused(host.run("docker", "ps"), 1, "Cannot connect to the Docker daemon")
    host.says("systemctl", "start", "docker")
    assert host.says("docker", "ps", "--format", "{{.Names}}") == "lasting"


def test_a_reboot_of_the_host_brings_back_what_lasts(host: StandInHost) -> None:
    start(host, "lasting", "--restart", "unless-stopped")
    start(host, "plain")
    host.reboot()
    assert host.says("docker", "ps", "--format", "{{.Names}}") == "lasting"
    state = inspected(host, "plain")["State"]
    assert (state["Status"], state["ExitCode"]) == ("exited", 255)
