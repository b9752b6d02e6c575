"""Files of records whose frames are damaged."""

import struct

import pytest

from geodl_plugin.datasets.record_files import count_records
from geodl_plugin.errors import InputError


def record(data):
    return struct.pack("<Q", len(data)) + bytes(4) + data + bytes(4)


@pytest.mark.parametrize("length", [200, 2**31, 2**62, 2**63 - 1, 2**63, 2**64 - 1])
def test_a_length_that_is_none_is_damage(tmp_path, length):
    file = tmp_path / "0.records"
    file.write_bytes(record(b"whole") + struct.pack("<Q", length) + bytes(20))
    with pytest.raises(
        InputError, match=r"is damaged\. Expected: complete records\. Received: 1 complete records and a part"
    ):
        count_records(file)
