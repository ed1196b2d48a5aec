"""The packings that senders put around JSON: forms, base64, gzip, deflate, lz-string.

    errors      why a packing cannot be taken off
    inflating   gzip and deflate, in steps and bounded; more decompressors can be handed in
    lz64        lz-string's base64 form, which old versions of posthog-js send
    letters     base64, read leniently, and what is worth taking for it
    forms       fields of forms and of queries
    layers      all of them, one off after the other, whatever their order

It knows nothing of JSON beyond its first sign, nothing of events, and reads what the capture
service would refuse as well.
"""

from composer.core.unwrap.errors import DamagedError, HeavyError, TooLongError, UnwrapError
from composer.core.unwrap.inflating import DECOMPRESSORS, MOST_BYTES, Decompressor
from composer.core.unwrap.layers import MOST_LZ64, Unwrapped, unwrap

__all__ = [
    "DECOMPRESSORS",
    "MOST_BYTES",
    "MOST_LZ64",
    "DamagedError",
    "Decompressor",
    "HeavyError",
    "TooLongError",
    "UnwrapError",
    "Unwrapped",
    "unwrap",
]
