"""Shell scripts, embedded ones too (R7xxx)."""

from nestforge.lint.registry import Row

SCRIPTS = ("CommandContent", "UserData")
ENGINES = ("vllm", "sglang", "ray start")
LISTENING = ("docker run", "podman run", "nerdctl run", "services:", "--port", "vllm")

ROWS = (
    Row("R7001", "template", "command-too-large", keys=("CommandContent",), on_save=True),
    Row("R7002", "template", "unbounded-value", keys=("CommandContent",), on_save=True),
    Row("R7003", "package", "image-build-too-large"),
    Row("R7004", "template", "double-braces-in-command", ("{{",), ("CommandContent",), on_save=True),
    Row("R7005", "template", "carriage-return-in-script", ("\\r", "\r"), SCRIPTS, on_save=True),
    Row("R7006", "template", "broken-continuation", keys=SCRIPTS, on_save=True),
    Row("R7007", "template", "shebang-not-first", ("#!",), SCRIPTS, on_save=True),
    Row("R7008", "template", "swallowed-shell-variable", ("Sub",), SCRIPTS, on_save=True),
    Row("R7009", "template", "unquoted-secret", keys=("NoEcho",), on_save=True),
    Row("R7010", "build", "script-syntax"),
    Row("R7011", "template", "command-syntax", keys=SCRIPTS, on_save=True),
    Row("R7012", "package", "image-build-syntax"),
    Row("R7013", "build", "no-bash"),
    Row("R7014", "build", "broken-continuation-in-script"),
    Row("R7015", "template", "mismatched-content-encoding", keys=("CommandContent",), reads=("Resources",)),
    Row("R7016", "template", "growing-command", keys=("CommandContent",), on_save=True),
    Row("R7017", "package", "broken-continuation-in-package"),
    Row("R7018", "package", "script-syntax-in-package"),
    Row("R7019", "template", "user-data-too-large", keys=("UserData",), on_save=True),
    Row("R7020", "build", "undefined-variable-in-catalog"),
    Row("R7021", "template", "too-many-command-parameters", keys=("ALIYUN::ECS::RunCommand",), on_save=True),
    Row("R7030", "template", "unknown-engine-flag", ENGINES, SCRIPTS, on_save=True),
    Row("R7031", "template", "doubtful-engine-flag", ENGINES, SCRIPTS, on_save=True),
    Row("R7032", "template", "abbreviated-engine-flag", ENGINES, SCRIPTS, on_save=True),
    Row("R7033", "template", "missing-engine-value", ENGINES, SCRIPTS, on_save=True),
    Row("R7034", "template", "leftover-engine-argument", ENGINES, SCRIPTS, on_save=True),
    Row("R7035", "template", "disallowed-engine-value", ENGINES, SCRIPTS, on_save=True),
    Row("R7036", "template", "engine-value-of-wrong-type", ENGINES, SCRIPTS, on_save=True),
    Row("R7040", "template", "engine-flag-on-one-node", ("sglang", "ray start"), SCRIPTS, on_save=True),
    Row("R7041", "template", "ray-without-role", ("ray start",), SCRIPTS, on_save=True),
    Row("R7042", "template", "ray-on-another-interface", ("ray start",), SCRIPTS, on_save=True, words=True),
    Row("R7045", "template", "closed-port", LISTENING, SCRIPTS, on_save=True, words=True),
    Row("R7046", "template", "idle-port", LISTENING, SCRIPTS, on_save=True, words=True),
    Row("R7050", "build", "engine-flag-in-catalog"),
    Row("R7051", "build", "doubtful-engine-flag-in-catalog"),
    Row("R7052", "build", "release-without-flag-table"),
    Row("R7053", "package", "engine-flag-in-document"),
    Row("R7054", "build", "engine-flag-on-one-node-in-catalog"),
    Row("R7055", "package", "broken-continuation-in-document"),
    Row("R7056", "build", "library-call-in-document"),
    Row("R7057", "build", "mistyped-library-call"),
)
