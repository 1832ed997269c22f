"""Which words of a table name a place."""

import re
from collections.abc import Iterable
from functools import cache

from plan_monitor.intake.take import labels
from plan_monitor.settle.divisions import today
from plan_monitor.settle.regions import PARTS, Regions

WHOLE = re.compile(r"全(省|市|州|县|区|旗|盟|自治区|自治州)")
TOTAL = re.compile(r"合计|总计|总数|小计|共计|Total", re.IGNORECASE)


class Places:
    """The names of regions, full, short or behind the regions they lie in."""

    def __init__(self, regions: Regions):
        self._regions = regions
        self.is_region = cache(self.is_region)

    def is_region(self, text: str) -> bool:
        """Whether a text names a region, or one of several."""
        plain = labels.plain(text)
        if len(plain) < 2 or plain.isdigit() or WHOLE.match(plain) or PARTS.fullmatch(plain):
            return False
        match = self._regions.find(plain)
        return match.id is not None or match.ambiguous

    def complete(self, region: str, listed: Iterable[str]) -> bool:
        """Whether the listed regions are all parts of a region.

        >>> places = Places(Regions([]))
        >>> places.complete("嘉峪关市", []), places.complete("三沙市", ["西沙区", "南沙区"])
        (False, True)
        """
        code = self._regions.find(region).id
        parts = {unit.code for unit in today().values() if unit.parent == code}
        return bool(parts) and parts <= {self._regions.find(self.within(name, region)).id for name in listed}

    def within(self, name: str, region: str) -> str:
        """The name of a row's region, behind that of the table's region where it alone is not enough.

        Empty where the name is no region's.

        >>> places = Places(Regions([]))
        >>> [places.within(name, "南京市") for name in ("镇江市", "鼓楼区", "市区")]
        ['镇江市', '南京市鼓楼区', '']
        """
        full_name = region + name
        if region and self._regions.find(name).id is None and self._regions.find(full_name).id is not None:
            return full_name
        return name if self.is_region(name) else ""
