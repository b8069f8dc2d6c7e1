"""What is open, and what is known to more people than it should be (R902x, R903x).

The evaluation of a stack has the codes below these.
"""

from nestforge.lint.registry import Row

_INGRESS = ("SecurityGroup",)

ROWS = (
    Row("R9021", "template", "any-to-any-rule", when=_INGRESS),
    Row("R9022", "template", "exposed-service", when=_INGRESS),
    Row("R9023", "template", "exposed-login", when=_INGRESS),
    Row("R9024", "template", "default-password", when=("Passw", "PassWord", "AccessKeySecret", "PrivateKey")),
    Row("R9025", "template", "committed-credential", words=True),
    Row("R9026", "package", "credential-in-file"),
    Row("R9027", "template", "secret-in-output", when=("NoEcho", "AccessKeySecret")),
    Row("R9028", "template", "open-allow-list", when=("SecurityI", "hiteList", "hitelist")),
    Row("R9031", "template", "piped-download", when=("curl", "wget"), words=True),
    Row("R9032", "template", "piped-plain-download", when=("curl", "wget"), words=True),
    Row("R9033", "package", "piped-plain-download-in-file"),
    Row("R9034", "template", "privileged-container", when=("--privileged", "/docker.sock"), words=True),
)
