"""systemctl's stand-in, compared with what systemd documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.programs import need

if TYPE_CHECKING:
    from tests.rehearsal.standins.host import StandInHost

UNIT = "[Service]\n{service}\n[Install]\nWantedBy=multi-user.target\n"


def install(host: StandInHost, service: str, name: str = "thing") -> None:
    """Install a unit as an administrator does."""
    host.bash(f"systemctl stop {name} 2>/dev/null")
    done = host.run("tee", f"/etc/systemd/system/{name}.service", input=UNIT.format(service=service))
    assert done.returncode == 0
    host.says("systemctl", "daemon-reload")


def show(host: StandInHost, *properties: str, name: str = "thing") -> str:
    return host.says("systemctl", "show", name, "--value", "--property", ",".join(properties))


def test_a_simple_service_lives_until_it_is_stopped(host: StandInHost) -> None:
    install(host, "ExecStart=/bin/bash -c 'echo $A ${B}; exec sleep 1234'\nEnvironment=A=one \"B=two words\"")
    host.says("systemctl", "start", "thing")
    assert host.says("systemctl", "is-active", "thing") == "active"
    host.wait_for("pgrep -fx 'sleep 1234' >/dev/null")
    assert host.says("pgrep", "-fx", "sleep 1234") == show(host, "MainPID")
    host.wait_for("journalctl --unit thing --no-pager | grep -q 'bash\\[[0-9]*\\]: one two words'")
    status = host.says("systemctl", "status", "thing")
    assert "Active: active (running)" in status
    assert "one two words" in status
    host.says("systemctl", "stop", "thing")
    assert host.run("systemctl", "is-active", "thing").returncode == 3
    assert host.run("pgrep", "-fx", "sleep 1234").returncode == 1
    assert host.run("systemctl", "status", "thing").returncode == 3


def test_a_service_that_forks_is_stopped_with_all_it_started(host: StandInHost) -> None:
    script = "(setsid bash -c 'echo $$ >/run/thing.pid; sleep 2345 & wait') >/dev/null 2>&1 &"
    host.run("tee", "/opt/forks", input=f"#!/bin/bash\n{script}\n")
    host.says("chmod", "755", "/opt/forks")
    install(host, "Type=forking\nPIDFile=/run/thing.pid\nExecStart=/opt/forks")
    host.says("systemctl", "start", "thing")
    assert show(host, "MainPID") == host.says("cat", "/run/thing.pid")
    host.says("systemctl", "stop", "thing")
    assert host.run("pgrep", "-fx", "sleep 2345").returncode == 1


def test_a_command_before_that_fails_fails_the_start(host: StandInHost) -> None:
    install(host, "ExecStartPre=/bin/false\nExecStart=/bin/sleep 100")
    done = host.run("systemctl", "start", "thing")
    assert done.returncode == 1
    assert "Job for thing.service failed because the control process exited with error code." in done.stderr
    assert host.run("systemctl", "is-failed", "thing").returncode == 0
    install(host, "ExecStartPre=-/bin/false\nExecStart=/bin/sleep 100")
    host.says("systemctl", "start", "thing")


def test_commands_of_a_oneshot_run_in_order(host: StandInHost) -> None:
    install(host, "Type=oneshot\nRemainAfterExit=yes\nExecStart=/bin/echo one\nExecStart=/bin/echo two\n"
                  "ExecStop=/bin/echo gone")  # fmt: skip
    host.says("systemctl", "start", "thing")
    assert show(host, "ActiveState", "SubState").splitlines() == ["active", "exited"]
    host.says("systemctl", "stop", "thing")
    said = host.says("journalctl", "-u", "thing", "--output", "cat").splitlines()
    assert said[-3:] == ["one", "two", "gone"]


def test_a_service_that_notifies_is_started_when_it_says_so(host: StandInHost) -> None:
    notify = (
        "import os,socket,time;time.sleep(0.5);s=socket.socket(socket.AF_UNIX,socket.SOCK_DGRAM);"
        "s.connect(os.environ['NOTIFY_SOCKET']);open('/tmp/ready','w');s.send(b'READY=1');time.sleep(100)"
    )
    install(host, f'Type=notify\nExecStart=/usr/bin/python3 -c "{notify}"')
    host.says("systemctl", "start", "thing")
    host.says("ls", "/tmp/ready")
    install(host, "Type=notify\nTimeoutStartSec=300ms\nExecStart=/bin/sleep 100")
    assert "a timeout was exceeded" in host.run("systemctl", "start", "thing").stderr


def test_a_service_is_restarted_as_asked_until_the_limit(host: StandInHost) -> None:
    install(host, "ExecStart=/bin/bash -c 'exit 3'\nRestart=on-failure\nRestartSec=20ms")
    host.bash("systemctl start thing")
    host.wait_for("systemctl is-failed --quiet thing")
    assert show(host, "Result", "NRestarts").splitlines() == ["start-limit-hit", "5"]
    install(host, "ExecStart=/bin/bash -c 'exec sleep 0.1'\nRestart=on-failure")
    host.says("systemctl", "start", "thing")
    host.wait_for("[[ $(systemctl is-active thing) == inactive ]]")


def test_reload_runs_its_command_with_the_main_process(host: StandInHost) -> None:
    install(host, "ExecStart=/bin/bash -c \"trap 'echo again' HUP; while :; do sleep 0.05; done\"\n"
                  "ExecReload=/bin/kill -HUP $MAINPID")  # fmt: skip
    host.says("systemctl", "start", "thing")
    host.wait_for("systemctl reload thing && journalctl -u thing -o cat | grep -q again")
    before = show(host, "MainPID")
    host.says("systemctl", "reload-or-restart", "thing")
    assert show(host, "MainPID") == before
    host.says("systemctl", "restart", "thing")
    assert show(host, "MainPID") != before


def test_what_does_not_apply_is_refused(host: StandInHost) -> None:
    install(host, "ExecStart=/bin/sleep 100")
    inactive = host.run("systemctl", "reload", "thing")
    assert (inactive.returncode, "not applicable" in inactive.stderr) == (3, True)
    for command, code in (("start", 5), ("stop", 5), ("restart", 5), ("enable", 1), ("is-enabled", 1), ("status", 4)):
        assert host.run("systemctl", command, "nothing").returncode == code, command
    assert host.run("systemctl", "mask", "thing").returncode == 1


@pytest.mark.parametrize("line", ["ProtectSystem=strict", "Type=dbus", "ExecStart=/bin/echo %m", "Restarts=always"])
def test_a_directive_that_is_not_honoured_is_named(host: StandInHost, line: str) -> None:
    install(host, f"ExecStart=/bin/sleep 100\n{line}")
    done = host.run("systemctl", "start", "thing")
    assert done.returncode == 1
    assert (line if line.startswith("Type") else line.partition("=")[0] if "%" not in line else "%m") in done.stderr


def test_users_folders_files_and_limits(host: StandInHost) -> None:
    host.bash("printf 'C=three\\n# no\\n' >/etc/thing.env")
    install(host, "User=nobody\nUMask=0077\nWorkingDirectory=/tmp\nRuntimeDirectory=thing\nLimitNOFILE=123\n"
                  "EnvironmentFile=/etc/thing.env\nEnvironmentFile=-/etc/none\nType=oneshot\nStandardError=null\n"
                  "ExecStart=/bin/bash -c 'id -un; umask; pwd; ulimit -n; echo $C; ls -d /run/thing'")  # fmt: skip
    host.says("systemctl", "start", "thing")
    said = host.says("journalctl", "-u", "thing", "-o", "cat").splitlines()
    assert said[-6:] == ["nobody", "0077", "/tmp", "123", "three", "/run/thing"]


def test_what_is_enabled_comes_back_after_a_reboot(host: StandInHost) -> None:
    install(host, "ExecStart=/bin/sleep 3456")
    install(host, "ExecStart=/bin/sleep 4567", name="other")
    enabled = host.run("systemctl", "enable", "thing")
    assert "Created symlink /etc/systemd/system/multi-user.target.wants/thing.service" in enabled.stderr
    assert host.says("systemctl", "is-enabled", "thing") == "enabled"
    host.says("systemctl", "enable", "--now", "--quiet", "other")
    host.says("systemctl", "disable", "other")
    host.reboot()
    host.wait_for("pgrep -fx '/bin/sleep 3456' >/dev/null")
    assert host.run("pgrep", "-fx", "/bin/sleep 4567").returncode == 1
    host.says("systemctl", "disable", "--now", "thing")
    assert host.run("systemctl", "is-enabled", "thing").stdout == "disabled\n"


def test_docker_is_enabled_from_the_first_boot(host: StandInHost) -> None:
    assert host.says("systemctl", "is-enabled", "docker") == "enabled"
    assert host.says("systemctl", "is-active", "docker") == "active"


def test_nginx_runs_as_its_unit_says(host: StandInHost) -> None:
    need("nginx", "curl")
    conf = "pid /run/nginx.pid; error_log stderr; events {} http { server { listen 127.0.0.1:8099; return 204; } }"
    host.run("tee", "/etc/nginx/nginx.conf", input=conf)
    host.says("systemctl", "enable", "--quiet", "nginx")
    host.says("systemctl", "reload-or-restart", "nginx")
    ask = ("curl", "-s", "-o", "/dev/null", "-w", "%{http_code}", "http://127.0.0.1:8099/")
    assert host.says(*ask) == "204"
    main = show(host, "MainPID", name="nginx")
    host.bash("sed -i s/204/205/ /etc/nginx/nginx.conf")
    host.says("systemctl", "reload-or-restart", "nginx")
    host.wait_for(f"[[ $({' '.join(ask)}) == 205 ]]")
    assert show(host, "MainPID", name="nginx") == main
    host.bash("echo nonsense >/etc/nginx/nginx.conf")
    assert host.run("systemctl", "reload", "nginx").returncode == 1
    assert host.says(*ask) == "205"
    assert host.run("systemctl", "restart", "nginx").returncode == 1
