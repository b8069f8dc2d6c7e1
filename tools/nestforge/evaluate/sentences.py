"""What is said about a value in a form, in its languages."""

from __future__ import annotations

SENTENCES: dict[str, dict[str, str]] = {
    "en": {
        "is": "{parameter} is {value}: {sentence}",
        "has none": "{parameter}: {sentence}",
        "missing": "enter a value",
        "String": "expected a text",
        "Number": "expected a number",
        "Boolean": "expected true or false",
        "CommaDelimitedList": "expected a list, separated by commas",
        "Json": "expected valid JSON",
        "allowed": "expected one of {values}",
        "pattern": "expected what matches {pattern}",
        "too slow": "it takes too long to find out whether this matches {pattern}",
        "shorter": "expected a length of at least {bound}",
        "longer": "expected a length of at most {bound}",
        "less": "expected at least {bound}",
        "more": "expected at most {bound}",
        "rule": "the rule {rule} does not hold",
    },
    "zh-cn": {
        "is": "{parameter} 的值为 {value}：{sentence}",
        "has none": "{parameter}：{sentence}",
        "missing": "请填写此参数",
        "String": "应为文本",
        "Number": "应为数字",
        "Boolean": "应为 true 或 false",
        "CommaDelimitedList": "应为以逗号分隔的列表",
        "Json": "应为有效的 JSON",
        "allowed": "应为以下值之一：{values}",
        "pattern": "应匹配 {pattern}",
        "too slow": "判断是否匹配 {pattern} 耗时过长",
        "shorter": "长度至少为 {bound}",
        "longer": "长度最多为 {bound}",
        "less": "不得小于 {bound}",
        "more": "不得大于 {bound}",
        "rule": "不满足规则 {rule}",
    },
}

LOCALES = tuple(SENTENCES)


def sentence(key: str, locale: str, **facts: object) -> str:
    """Return a sentence in a language."""
    return SENTENCES[locale][key].format(**facts)
