"""Every rule there is, by what it looks at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.lint.rules.artifacts.unknown_artifact import unknown_artifact
from nestforge.lint.rules.artifacts.unrelated_artifact import unrelated_artifact
from nestforge.lint.rules.artifacts.unused_relation import unused_relation
from nestforge.lint.rules.documents.missing_image import missing_image
from nestforge.lint.rules.documents.unclosed_fence import unclosed_fence
from nestforge.lint.rules.forms.ungrouped_parameter import ungrouped_parameter
from nestforge.lint.rules.forms.unknown_form_reference import unknown_form_reference
from nestforge.lint.rules.forms.unknown_group_member import unknown_group_member
from nestforge.lint.rules.references.undefined_attribute_target import undefined_attribute_target
from nestforge.lint.rules.references.undefined_condition import undefined_condition
from nestforge.lint.rules.references.undefined_dependency import undefined_dependency
from nestforge.lint.rules.references.undefined_mapping import undefined_mapping
from nestforge.lint.rules.references.undefined_reference import undefined_reference
from nestforge.lint.rules.references.undefined_sub_variable import undefined_sub_variable
from nestforge.lint.rules.scripts.missing_script import missing_script
from nestforge.lint.rules.scripts.oversized_command import oversized_command
from nestforge.lint.rules.scripts.shell_syntax import shell_syntax
from nestforge.lint.rules.scripts.stray_braces import stray_braces
from nestforge.lint.rules.scripts.unbounded_value import unbounded_value
from nestforge.lint.rules.texts.untranslated_text import untranslated_text
from nestforge.lint.rules.texts.unused_text import unused_text

if TYPE_CHECKING:
    from nestforge.lint.engine import Rule
    from nestforge.lint.package import Package
    from nestforge.lint.template import Template

TEMPLATE_RULES: tuple[Rule[Template], ...] = (
    undefined_reference,
    undefined_attribute_target,
    undefined_condition,
    undefined_dependency,
    undefined_mapping,
    undefined_sub_variable,
    ungrouped_parameter,
    unknown_group_member,
    unknown_form_reference,
    oversized_command,
    unbounded_value,
    stray_braces,
)

PACKAGE_RULES: tuple[Rule[Package], ...] = (
    untranslated_text,
    unused_text,
    unrelated_artifact,
    unused_relation,
    unknown_artifact,
    shell_syntax,
    missing_script,
    unclosed_fence,
    missing_image,
)
