"""`Fn::Cidr`: the first blocks of addresses of a larger one."""

from __future__ import annotations

from ipaddress import IPv4Network
from itertools import islice

from nestforge.evaluate.arguments import integer_of, items_of, text_of
from nestforge.evaluate.fault import Fault
from nestforge.evaluate.shown import quoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nestforge.evaluate.data import Data


def cidr(argument: Data) -> Data:
    """Cut `[block, count, bits]`: so many IPv4 blocks, each of 2 to the power of `bits` addresses."""
    block, count, bits = items_of(argument, 3, 3)
    text = text_of(block, "the block")
    wanted = integer_of(count, "the count", 1, 256)
    prefix = 32 - integer_of(bits, "the number of bits", 1, 32)
    try:
        network = IPv4Network(text, strict=False)
    except ValueError:
        raise Fault(f"{quoted(text)} is no block of IPv4 addresses") from None
    if prefix < network.prefixlen or 2 ** (prefix - network.prefixlen) < wanted:
        raise Fault(f"{quoted(text)} has no {wanted} blocks of {32 - prefix} bits")
    return [str(part) for part in islice(network.subnets(new_prefix=prefix), wanted)]
