"""Which function is called by which name."""

from __future__ import annotations

from nestforge.evaluate.data import BOOLEAN, LIST, MAP, NUMBER, STRING
from nestforge.evaluate.function import Place, Plain, Special
from nestforge.evaluate.functions.add import add
from nestforge.evaluate.functions.and_ import and_
from nestforge.evaluate.functions.any_ import any_
from nestforge.evaluate.functions.avg import avg
from nestforge.evaluate.functions.base64 import base64
from nestforge.evaluate.functions.base64_decode import base64_decode
from nestforge.evaluate.functions.base64_encode import base64_encode
from nestforge.evaluate.functions.calculate import calculate
from nestforge.evaluate.functions.cidr import cidr
from nestforge.evaluate.functions.condition import condition
from nestforge.evaluate.functions.contains import contains
from nestforge.evaluate.functions.each_member_in import each_member_in
from nestforge.evaluate.functions.equals import equals
from nestforge.evaluate.functions.find_in_map import find_in_map
from nestforge.evaluate.functions.format_time import format_time
from nestforge.evaluate.functions.get_att import get_att
from nestforge.evaluate.functions.get_azs import get_azs
from nestforge.evaluate.functions.get_json_value import get_json_value
from nestforge.evaluate.functions.get_stack_output import get_stack_output
from nestforge.evaluate.functions.if_ import if_
from nestforge.evaluate.functions.indent import indent
from nestforge.evaluate.functions.index import index
from nestforge.evaluate.functions.join import join
from nestforge.evaluate.functions.jq import jq
from nestforge.evaluate.functions.length import length
from nestforge.evaluate.functions.list_merge import list_merge
from nestforge.evaluate.functions.marketplace_image import marketplace_image
from nestforge.evaluate.functions.match_pattern import match_pattern
from nestforge.evaluate.functions.max_ import max_
from nestforge.evaluate.functions.member_list_to_map import member_list_to_map
from nestforge.evaluate.functions.merge_map import merge_map
from nestforge.evaluate.functions.merge_map_to_list import merge_map_to_list
from nestforge.evaluate.functions.min_ import min_
from nestforge.evaluate.functions.not_ import not_
from nestforge.evaluate.functions.or_ import or_
from nestforge.evaluate.functions.ref import ref
from nestforge.evaluate.functions.replace import replace
from nestforge.evaluate.functions.resource_facade import resource_facade
from nestforge.evaluate.functions.select import select
from nestforge.evaluate.functions.select_map_list import select_map_list
from nestforge.evaluate.functions.split import split
from nestforge.evaluate.functions.str_ import str_
from nestforge.evaluate.functions.sub import sub
from nestforge.evaluate.functions.transform_namespace import transform_namespace

RESOURCES = (Place.RESOURCES, Place.LOCALS)
CONDITIONS = (Place.CONDITIONS, Place.RULES, Place.LOCALS)
# Published templates compare in locals of type Eval, to use the result in a condition.

FUNCTIONS: dict[str, Plain | Special] = {
    "Condition": Special(condition, CONDITIONS),
    "Fn::Add": Plain(add, exact=True),
    "Fn::And": Special(and_, CONDITIONS),
    "Fn::Any": Plain(any_, BOOLEAN, exact=True),
    "Fn::Avg": Plain(avg, NUMBER),
    "Fn::Base64": Plain(base64, STRING, exact=True, tracks_secrets=True, places=RESOURCES),
    "Fn::Base64Decode": Plain(base64_decode, STRING),
    "Fn::Base64Encode": Plain(base64_encode, STRING),
    "Fn::Calculate": Plain(calculate, NUMBER),
    "Fn::Cidr": Plain(cidr, LIST),
    "Fn::Contains": Plain(contains, BOOLEAN, exact=True),
    "Fn::EachMemberIn": Plain(each_member_in, BOOLEAN, exact=True),
    "Fn::Equals": Plain(equals, BOOLEAN, exact=True, places=CONDITIONS),
    "Fn::FindInMap": Special(find_in_map),
    "Fn::FormatTime": Plain(format_time, STRING),
    "Fn::GetAZs": Plain(get_azs, LIST),
    "Fn::GetAtt": Special(get_att, RESOURCES),
    "Fn::GetJsonValue": Plain(get_json_value, STRING),
    "Fn::GetStackOutput": Plain(get_stack_output, places=RESOURCES),
    "Fn::If": Special(if_),
    "Fn::Indent": Plain(indent, STRING),
    "Fn::Index": Plain(index, NUMBER, exact=True),
    "Fn::Join": Plain(join, STRING, exact=True, tracks_secrets=True),
    "Fn::Jq": Plain(jq),
    "Fn::Length": Plain(length, NUMBER, exact=True),
    "Fn::ListMerge": Plain(list_merge, LIST, exact=True, tracks_secrets=True),
    "Fn::MarketplaceImage": Plain(marketplace_image, STRING, places=RESOURCES),
    "Fn::MatchPattern": Plain(match_pattern, BOOLEAN),
    "Fn::Max": Plain(max_, NUMBER),
    "Fn::MemberListToMap": Plain(member_list_to_map, MAP),
    "Fn::MergeMap": Plain(merge_map, MAP, exact=True, tracks_secrets=True),
    "Fn::MergeMapToList": Plain(merge_map_to_list, LIST, exact=True, tracks_secrets=True),
    "Fn::Min": Plain(min_, NUMBER),
    "Fn::Not": Special(not_, CONDITIONS),
    "Fn::Or": Special(or_, CONDITIONS),
    "Fn::Replace": Plain(replace, STRING, exact=True, tracks_secrets=True),
    "Fn::ResourceFacade": Plain(resource_facade),
    "Fn::Select": Plain(select, exact=True, tracks_secrets=True),
    "Fn::SelectMapList": Plain(select_map_list, LIST, exact=True, tracks_secrets=True),
    "Fn::Split": Plain(split, LIST),
    "Fn::Str": Plain(str_, STRING),
    "Fn::Sub": Special(sub, RESOURCES),
    "Fn::TransformNamespace": Plain(transform_namespace, exact=True, tracks_secrets=True),
    "Ref": Special(ref),
}
