"""Go's templates, by the examples of its manual and of docker's."""

from __future__ import annotations

import pytest

from nestforge.rehearse.standins.programs.docker.go_template import TemplateError, render

DATA = {
    "Name": "/engine", "Count": 2, "On": True, "Off": False, "Nothing": None, "Labels": {"b": "2", "a": "1"},
    "Mounts": [{"Source": "/x", "RW": False}, {"Source": "/y", "RW": True}], "Empty": [],
    "State": {"Status": "running", "Pid": 7},
}  # fmt: skip


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{{.Name}}", "/engine"),
        ("a{{.State.Status}}b{{ .Count }}", "arunningb2"),
        ("{{.On}} {{.Nothing}} {{.Empty}}", "true <nil> []"),
        ("{{json .State}}", '{"Status":"running","Pid":7}'),
        ("{{.State | json}}", '{"Status":"running","Pid":7}'),
        ("{{.Labels}}", "map[a:1 b:2]"),
        ('{{index .Labels "b"}}{{index .Labels "none"}}', "2"),
        ("{{(index .Mounts 1).Source}}", "/y"),
        ("{{range .Mounts}}{{.Source}}={{.RW}} {{end}}", "/x=false /y=true "),
        ("{{range $i, $m := .Mounts}}{{$i}}{{$m.Source}}{{$.Count}}{{end}}", "0/x21/y2"),
        ("{{range $k, $v := .Labels}}{{$k}}{{$v}}{{end}}", "a1b2"),
        ("{{range .Empty}}x{{else}}none{{end}}", "none"),
        ("{{if .On}}yes{{else}}no{{end}}{{if .Off}}yes{{else}}no{{end}}", "yesno"),
        ("{{if .Off}}a{{else if .On}}b{{else}}c{{end}}", "b"),
        ("{{if .Off}}a{{else if .Nothing}}b{{else}}c{{end}}", "c"),
        ("{{if .On}}{{if .Off}}a{{else}}b{{end}}{{else}}c{{end}}", "b"),
        ("{{if .State.Health}}healthy{{else}}unknown{{end}}", "unknown"),
        ("{{with .State}}{{.Pid}}{{end}}", "7"),
        ('{{if eq .State.Status "running"}}up{{end}}', "up"),
        ('{{if and .On (ne .Name "x") (not .Off)}}all{{end}}', "all"),
        ("{{len .Mounts}} {{gt .Count 1}}", "2 true"),
        ('{{printf "%-8s|%d|%v" .State.Status .Count .On}}', "running |2|true"),
        ('{{join (split "a,b" ",") "+"}} {{upper "x"}} {{slice .Name 1}}', "a+b X engine"),
        ("a {{- .Count -}} b", "a2b"),
        ("{{$x := .Count}}{{$x}}", "2"),
        ("{{/* nothing */}}x", "x"),
        ('{{println "a" 1}}', "a 1\n"),
    ],
)
def test_a_template_is_filled_in(template: str, expected: str) -> None:
    assert render(template, DATA) == expected


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("{{.Missing}}", 'map has no entry for key "Missing"'),
        ("{{.Nothing.More}}", "nil pointer"),
        ("{{.Name.More}}", "can't evaluate field More"),
        ("{{.Name", "unclosed action"),
        ("{{if .On}}x", "unexpected EOF"),
        ("x{{end}}", "unexpected"),
        ("{{unknown .Name}}", 'function "unknown" not defined'),
        ("{{$none}}", "undefined variable"),
        ("{{range .Name}}{{end}}", "can't iterate"),
        ('{{template "x"}}', "does not evaluate"),
        ("{{index .Mounts 9}}", "error calling"),
        ("{{}}", "missing value"),
        ("{{.Name .Count}}", "one value"),
        ("{{(.Name}}", "unclosed left paren"),
    ],
)
def test_what_cannot_be_filled_in_is_refused(template: str, words: str) -> None:
    with pytest.raises(TemplateError, match=words.replace("(", r"\(").replace(")", r"\)")):
        render(template, DATA)
