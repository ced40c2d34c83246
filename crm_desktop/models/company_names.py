"""Company names reduced to what tells them apart, so that two spellings of one company meet."""

import re

from crm_desktop.models.text import search_text

# Provinces and cities without their 省, 市, 自治州 …; a test compares them with the shipped regions.
_PLACE_LIST = """
北京 天津 河北 石家庄 唐山 秦皇岛 邯郸 邢台 保定 张家口 承德 沧州 廊坊 衡水 山西 太原 大同 阳泉 长治 晋城
朔州 晋中 运城 忻州 临汾 吕梁 内蒙古 呼和浩特 包头 乌海 赤峰 通辽 鄂尔多斯 呼伦贝尔 巴彦淖尔 乌兰察布 兴安
锡林郭勒 阿拉善 辽宁 沈阳 大连 鞍山 抚顺 本溪 丹东 锦州 营口 阜新 辽阳 盘锦 铁岭 朝阳 葫芦岛 吉林 长春 四平
辽源 通化 白山 松原 白城 延边 黑龙江 哈尔滨 齐齐哈尔 鸡西 鹤岗 双鸭山 大庆 伊春 佳木斯 七台河 牡丹江 黑河
绥化 大兴安岭 上海 江苏 南京 无锡 徐州 常州 苏州 南通 连云港 淮安 盐城 扬州 镇江 泰州 宿迁 浙江 杭州 宁波
温州 嘉兴 湖州 绍兴 金华 衢州 舟山 台州 丽水 安徽 合肥 芜湖 蚌埠 淮南 马鞍山 淮北 铜陵 安庆 黄山 滁州 阜阳
宿州 六安 亳州 池州 宣城 福建 福州 厦门 莆田 三明 泉州 漳州 南平 龙岩 宁德 江西 南昌 景德镇 萍乡 九江 新余
鹰潭 赣州 吉安 宜春 抚州 上饶 山东 济南 青岛 淄博 枣庄 东营 烟台 潍坊 济宁 泰安 威海 日照 临沂 德州 聊城
滨州 菏泽 河南 郑州 开封 洛阳 平顶山 安阳 鹤壁 新乡 焦作 濮阳 许昌 漯河 三门峡 南阳 商丘 信阳 周口 驻马店
湖北 武汉 黄石 十堰 宜昌 襄阳 鄂州 荆门 孝感 荆州 黄冈 咸宁 随州 恩施 湖南 长沙 株洲 湘潭 衡阳 邵阳 岳阳
常德 张家界 益阳 郴州 永州 怀化 娄底 湘西 广东 广州 韶关 深圳 珠海 汕头 佛山 江门 湛江 茂名 肇庆 惠州 梅州
汕尾 河源 阳江 清远 东莞 中山 潮州 揭阳 云浮 广西 南宁 柳州 桂林 梧州 北海 防城港 钦州 贵港 玉林 百色 贺州
河池 来宾 崇左 海南 海口 三亚 三沙 儋州 重庆 四川 成都 自贡 攀枝花 泸州 德阳 绵阳 广元 遂宁 内江 乐山 南充
眉山 宜宾 广安 达州 雅安 巴中 资阳 阿坝 甘孜 凉山 贵州 贵阳 六盘水 遵义 安顺 毕节 铜仁 黔西南 黔东南 黔南
云南 昆明 曲靖 玉溪 保山 昭通 丽江 普洱 临沧 楚雄 红河 文山 西双版纳 大理 德宏 怒江 迪庆 西藏 拉萨 日喀则
昌都 林芝 山南 那曲 阿里 陕西 西安 铜川 宝鸡 咸阳 渭南 延安 汉中 榆林 安康 商洛 甘肃 兰州 嘉峪关 金昌 白银
天水 武威 张掖 平凉 酒泉 庆阳 定西 陇南 临夏 甘南 青海 西宁 海东 海北 黄南 果洛 玉树 海西 宁夏 银川 石嘴山
吴忠 固原 中卫 新疆 乌鲁木齐 克拉玛依 吐鲁番 哈密 昌吉 博尔塔拉 巴音郭楞 阿克苏 克孜勒苏 喀什 和田 伊犁
塔城 阿勒泰 台湾 香港 澳门
"""
PLACES = frozenset(_PLACE_LIST.split())

_PLACES_FROM: dict[str, tuple[str, ...]] = {}
"""First two characters → the places that begin so, the longest first."""
for _place in sorted(PLACES, key=len, reverse=True):
    _PLACES_FROM[_place[:2]] = (*_PLACES_FROM.get(_place[:2], ()), _place)

_DISTINCT = 4  # shorter names (电力, 自来水) exist in every city

_BRACKETED = re.compile(r"[(\[【〔<《]([^)\]】〕>》]*)[)\]】〕>》]")
_MARK = re.compile(r"[\W_]+")
_FORM = re.compile(r"(?:股份)?有限(?:责任)?公司|股份公司|总公司|集团|(?<!分)(?<![^电]子)公司$|(?<=.)股份$")
# Every city has a first middle school and a people's hospital: these keep their place.
_INSTITUTIONS = (*"院局委所站队馆处厅", "大学", "中学", "小学", "学校", "中心", "政府", "协会", "银行")
_RANK = re.compile(r"特别行政区|[^自]{0,9}自治[区州]|地区|[省市州盟]")
_COUNTY = re.compile(r"[^县市区旗]{1,9}(?:县|(?<![超门都城夜])市|旗)")
_DISTRICT = re.compile(r"[^县市区旗]{1,8}(?<![小社园景校库厂])区")


def normalised_company_name(name: str) -> str:
    """Without legal form, brackets, marks, width and case, and without 行政区划 where enough is left.

    长春市宏达机械制造有限公司, 长春宏达机械制造 有限责任公司, 宏达机械制造（长春）有限公司: all 宏达机械制造.
    """
    return key_of(*name_parts(name))


def key_of(place: str, rest: str) -> str:
    """The normalised name of one in two parts."""
    needs_place = len(rest) < _DISTINCT or rest.endswith(_INSTITUTIONS)
    return place + rest if needs_place else rest


def name_parts(name: str) -> tuple[str, str]:
    """The places a name begins with, in their short forms, and what tells it apart within them; either may be empty."""
    text = search_text(name)
    words = text if text.isalnum() else _MARK.sub("", _with_place_first(text))
    return _split_place(_FORM.sub("", words) or words)


def _with_place_first(text: str) -> str:
    """宏达(长春)有限公司 → 长春宏达有限公司; other brackets stay."""
    bracket = _BRACKETED.search(text)
    if bracket is None:
        return text
    place, rest = _split_place(bracket[1])
    return place + text[:bracket.start()] + text[bracket.end():] if place and not rest else text


def _split_place(text: str) -> tuple[str, str]:
    """The places at the beginning, in their short forms, and what follows them."""
    names, start = [], 0
    while place := _place_at(text, start):
        if text[start + len(place):].startswith(("区", "县", "旗")):  # 朝阳 is a city, too
            break
        names.append(place)
        start += len(place)
        rank = _RANK.match(text, start)
        start = rank.end() if rank else start
    county = _COUNTY.match(text, start) or (_DISTRICT.match(text, start) if names else None)
    if county:
        names.append(county[0][:-1])
        start = county.end()
    return "".join(names), text[start:]


def _place_at(text: str, start: int) -> str:
    """The longest place that stands here, or nothing."""
    for place in _PLACES_FROM.get(text[start:start + 2], ()):
        if text.startswith(place, start):
            return place
    return ""
