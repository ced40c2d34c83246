"""Where a Chinese line may break: digits, numbers with their unit, common words and marks with theirs stay whole."""

import re

_ALNUM = "[A-Za-z0-9０-９Ａ-Ｚａ-ｚÀ-ÖØ-öø-ž]"
_UNIT = "(?:号楼|号院|号线|单元|[室号楼层栋座幢弄巷米组队街路村期区门屯户馆厅井排届年月日万元])?"
_COUNTED = "[条位个份封张天次页处组行件名项种台]"
# Longer words first: the pattern takes the first that matches.
COMMON_WORDS = (
    "有限责任公司|股份有限公司|有限公司|分公司|公司|集团|大厦|广场|中心|大楼|小区|大道|大街|市场|街道|交叉口|交汇处|"
    "科技园区|产业园区|工业园区|科技园|产业园|工业园|园区|校区|开发区|商务区|高新区|自治区|自治州|自治旗|自治县|"
    "经营部|事业部|办事处"
)
NEVER_FIRST = "）)》〉】」』”’，。、；：！？,.;:!?…%％]—"
"""Marks that belong to what stands before them."""
_TOKEN = re.compile(
    r"[（(《〈【「『“‘\[]*"
    rf"(?:{_ALNUM}+(?:[-–.·/#&'+@:_]+{_ALNUM}+)*(?: {_COUNTED}|{_UNIT})|{COMMON_WORDS}|.)"
    rf"[{re.escape(NEVER_FIRST)}]* *",
    re.DOTALL,
)


def tokens(text: str) -> list[str]:
    """The pieces of a line that stay whole; together they are the text."""
    return _TOKEN.findall(text)
