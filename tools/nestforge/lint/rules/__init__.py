"""The rules, by what they look at: the build of a project, a package, one template."""

from __future__ import annotations

from nestforge.lint.rules.artifacts.relation_without_artifact import relation_without_artifact
from nestforge.lint.rules.artifacts.token_without_relation import token_without_relation
from nestforge.lint.rules.artifacts.unused_relation import unused_relation
from nestforge.lint.rules.documents.missing_image import missing_image
from nestforge.lint.rules.documents.unclosed_fence import unclosed_fence
from nestforge.lint.rules.forms.disallowed_preset_value import disallowed_preset_value
from nestforge.lint.rules.forms.parameter_in_two_groups import parameter_in_two_groups
from nestforge.lint.rules.forms.undefined_group_member import undefined_group_member
from nestforge.lint.rules.forms.undefined_name_in_condition import undefined_name_in_condition
from nestforge.lint.rules.forms.undefined_name_in_metadata import undefined_name_in_metadata
from nestforge.lint.rules.forms.undefined_preset_parameter import undefined_preset_parameter
from nestforge.lint.rules.forms.ungrouped_parameter import ungrouped_parameter
from nestforge.lint.rules.references.repeated_name import repeated_name
from nestforge.lint.rules.references.undefined_condition import undefined_condition
from nestforge.lint.rules.references.undefined_dependency import undefined_dependency
from nestforge.lint.rules.references.undefined_get_att_target import undefined_get_att_target
from nestforge.lint.rules.references.undefined_mapping import undefined_mapping
from nestforge.lint.rules.references.undefined_ref import undefined_ref
from nestforge.lint.rules.references.undefined_substitution import undefined_substitution
from nestforge.lint.rules.resources.disallowed_value import disallowed_value
from nestforge.lint.rules.resources.doubtful_property import doubtful_property
from nestforge.lint.rules.resources.missing_property import missing_property
from nestforge.lint.rules.resources.out_of_range import out_of_range
from nestforge.lint.rules.resources.pattern_mismatch import pattern_mismatch
from nestforge.lint.rules.resources.undocumented_property import undocumented_property
from nestforge.lint.rules.resources.unknown_attribute import unknown_attribute
from nestforge.lint.rules.resources.unknown_property import unknown_property
from nestforge.lint.rules.resources.unknown_resource_type import unknown_resource_type
from nestforge.lint.rules.resources.unlisted_attribute import unlisted_attribute
from nestforge.lint.rules.resources.wrong_kind import wrong_kind
from nestforge.lint.rules.resources.wrong_length import wrong_length
from nestforge.lint.rules.scripts.command_syntax import command_syntax
from nestforge.lint.rules.scripts.command_too_large import command_too_large
from nestforge.lint.rules.scripts.double_braces_in_command import double_braces_in_command
from nestforge.lint.rules.scripts.image_build_syntax import image_build_syntax
from nestforge.lint.rules.scripts.image_build_too_large import image_build_too_large
from nestforge.lint.rules.scripts.no_bash import no_bash
from nestforge.lint.rules.scripts.script_syntax import script_syntax
from nestforge.lint.rules.scripts.unbounded_value import unbounded_value
from nestforge.lint.rules.scripts.undefined_variable_in_catalog import undefined_variable_in_catalog
from nestforge.lint.rules.texts.untranslated_text import untranslated_text
from nestforge.lint.rules.texts.unused_text import unused_text

BUILD_RULES = (
    untranslated_text,
    unused_text,
    script_syntax,
    no_bash,
    undefined_variable_in_catalog,
)

PACKAGE_RULES = (
    undefined_preset_parameter,
    disallowed_preset_value,
    token_without_relation,
    unused_relation,
    relation_without_artifact,
    image_build_too_large,
    image_build_syntax,
    unclosed_fence,
    missing_image,
)

TEMPLATE_RULES = (
    undefined_ref,
    undefined_get_att_target,
    undefined_condition,
    undefined_dependency,
    undefined_mapping,
    undefined_substitution,
    repeated_name,
    unknown_resource_type,
    unknown_property,
    missing_property,
    wrong_kind,
    disallowed_value,
    out_of_range,
    wrong_length,
    pattern_mismatch,
    unknown_attribute,
    unlisted_attribute,
    undocumented_property,
    doubtful_property,
    ungrouped_parameter,
    undefined_group_member,
    parameter_in_two_groups,
    undefined_name_in_condition,
    undefined_name_in_metadata,
    command_too_large,
    unbounded_value,
    double_braces_in_command,
    command_syntax,
)
