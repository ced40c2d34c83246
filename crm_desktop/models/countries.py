"""What countries are called on letters abroad, under which names they are typed, and where the post reads Chinese."""

import unicodedata

_NAMES = """
中国 P. R. CHINA
中国香港 HONG KONG, CHINA
中国澳门 MACAO, CHINA
中国台湾 TAIWAN, CHINA
日本 JAPAN
韩国 REPUBLIC OF KOREA
朝鲜 DPR KOREA
蒙古 MONGOLIA
俄罗斯 RUSSIAN FEDERATION
越南 VIET NAM
泰国 THAILAND
新加坡 SINGAPORE
马来西亚 MALAYSIA
印度尼西亚 INDONESIA
菲律宾 PHILIPPINES
印度 INDIA
巴基斯坦 PAKISTAN
哈萨克斯坦 KAZAKHSTAN
乌兹别克斯坦 UZBEKISTAN
阿联酋 UNITED ARAB EMIRATES
沙特阿拉伯 SAUDI ARABIA
土耳其 TÜRKIYE
以色列 ISRAEL
埃及 EGYPT
南非 SOUTH AFRICA
尼日利亚 NIGERIA
英国 UNITED KINGDOM
法国 FRANCE
德国 GERMANY
意大利 ITALY
西班牙 SPAIN
荷兰 NETHERLANDS
比利时 BELGIUM
瑞士 SWITZERLAND
瑞典 SWEDEN
波兰 POLAND
乌克兰 UKRAINE
美国 USA
加拿大 CANADA
墨西哥 MEXICO
巴西 BRAZIL
阿根廷 ARGENTINA
智利 CHILE
澳大利亚 AUSTRALIA
新西兰 NEW ZEALAND
"""
_FURTHER = """
老挝 LAOS
柬埔寨 CAMBODIA
缅甸 MYANMAR
孟加拉国 BANGLADESH
斯里兰卡 SRI LANKA
尼泊尔 NEPAL
吉尔吉斯斯坦 KYRGYZSTAN
伊朗 IRAN
伊拉克 IRAQ
科威特 KUWAIT
卡塔尔 QATAR
阿曼 OMAN
约旦 JORDAN
丹麦 DENMARK
挪威 NORWAY
芬兰 FINLAND
奥地利 AUSTRIA
葡萄牙 PORTUGAL
希腊 GREECE
爱尔兰 IRELAND
卢森堡 LUXEMBOURG
捷克 CZECHIA
斯洛伐克 SLOVAKIA
匈牙利 HUNGARY
罗马尼亚 ROMANIA
保加利亚 BULGARIA
塞尔维亚 SERBIA
白俄罗斯 BELARUS
秘鲁 PERU
哥伦比亚 COLOMBIA
肯尼亚 KENYA
埃塞俄比亚 ETHIOPIA
摩洛哥 MOROCCO
阿尔及利亚 ALGERIA
坦桑尼亚 TANZANIA
加纳 GHANA
安哥拉 ANGOLA
"""
_ALSO_TYPED = """
中国 China; PRC; PR of China; People's Republic of China; 中华人民共和国; 中国大陆
中国香港 Hong Kong; HK; HKSAR; Hong Kong SAR; 香港; 香港特别行政区; 中国香港特别行政区
中国澳门 Macao; Macau; Macau, China; Macao SAR; 澳门; 澳门特别行政区; 中国澳门特别行政区
中国台湾 Taiwan; 台湾; 台湾省; 台灣
日本 日本国
韩国 Korea; South Korea; ROK; Rep. of Korea; Korea, Republic of; 大韩民国; 南韩
朝鲜 North Korea; DPRK; 北朝鲜; 朝鲜民主主义人民共和国
蒙古 蒙古国
俄罗斯 Russia; 俄国; 俄罗斯联邦
越南 Vietnam
印度尼西亚 印尼
菲律宾 The Philippines
哈萨克斯坦 哈萨克
阿联酋 UAE; Emirates; 阿拉伯联合酋长国
沙特阿拉伯 KSA; Kingdom of Saudi Arabia; 沙特
土耳其 Turkey; Turkiye
英国 UK; Great Britain; Britain; GB; England; Scotland; Wales; Northern Ireland; 大不列颠; 英格兰
德国 Deutschland; Federal Republic of Germany
意大利 Italia
西班牙 España
荷兰 The Netherlands; Holland
瑞士 Schweiz
美国 US; United States; United States of America; America; 美利坚合众国
墨西哥 México
巴西 Brasil
捷克 Czech Republic; 捷克共和国
缅甸 Burma
老挝 Lao; Lao PDR
孟加拉国 孟加拉
"""
HOME = "中国"
ENGLISH: dict[str, str] = dict(line.split(" ", 1) for line in _NAMES.strip().splitlines())
"""The 国家/地区 an office starts with → the name for the last line of an address, in capitals (UPU S42: the country
stands last, in a language known internationally)."""
_ALL = ENGLISH | dict(line.split(" ", 1) for line in _FURTHER.strip().splitlines())
READ_CHINESE = frozenset({"中国香港", "中国澳门", "中国台湾", "日本", "韩国"})
"""GB/T 22657.2-2011: names and addresses there may be written in Chinese, the country's name besides."""


def known_country(typed: str) -> str:
    """The country meant by its Chinese or English name, in any case and width, short or long; "" for none we know."""
    return _MEANT.get(_key(typed), "")


def english_country(typed: str) -> str:
    """The country's line on an envelope; "" for one that is not known."""
    return _ALL.get(known_country(typed), "")


def _key(typed: str) -> str:
    """U.S.A. and usa are the same, as are ＵＫ and U. K."""
    return "".join(char for char in unicodedata.normalize("NFKC", typed).casefold() if char.isalnum())


def _also_typed() -> dict[str, str]:
    pairs = (line.split(" ", 1) for line in _ALSO_TYPED.strip().splitlines())
    return {name.strip(): country for country, names in pairs for name in names.split(";")}


_MEANT = {
    _key(name): country
    for names in ({each: each for each in _ALL}, {line: each for each, line in _ALL.items()}, _also_typed())
    for name, country in names.items()
}
