"""What countries are called on letters abroad, and where the post reads Chinese."""

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
HOME = "中国"
ENGLISH: dict[str, str] = dict(line.split(" ", 1) for line in _NAMES.strip().splitlines())
"""The 国家/地区 an office starts with → the name for the last line of an address, in capitals (UPU S42: the country
stands last, in a language known internationally)."""
READ_CHINESE = frozenset({"中国香港", "中国澳门", "中国台湾", "日本", "韩国"})
"""GB/T 22657.2-2011: names and addresses there may be written in Chinese, the country's name besides."""


def english_country(name: str) -> str:
    """The country's line on an envelope; "" for one that is not known."""
    return ENGLISH.get(name, name.upper() if name.isascii() else "")
