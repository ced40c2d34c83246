"""The words by which parts of a pasted address are known: labels, surnames, what companies and houses end with."""

import re

_LABELS = {
    "person": "收件人姓名 收货人姓名 收件人 收货人 收信人 寄件人 联系人姓名 联系人 姓名 名字 收件方",
    "company": "公司名称 单位名称 企业名称 客户名称 工作单位 公司 单位 客户 名称 company",
    "": "手机号码 手机号 手机 移动电话 联系电话 联系方式 办公电话 固定电话 电话号码 电话 固话 座机 tel mobile phone "
    "传真 fax 电子邮箱 电子邮件 邮箱 邮件 e-mail email mail 邮政编码 邮编 postcode 收 亲启",
    "address": "详细地址 收货地址 收件地址 通讯地址 通信地址 公司地址 单位地址 联系地址 办公地址 所在地区 所在地 地址 "
    "住址 地区 区域 address add",
}
LABEL_KINDS = {word: kind for kind, words in _LABELS.items() for word in words.split()}
"""Label → what stands behind it; "" where that is known by itself."""
_BY_LENGTH = "|".join(map(re.escape, sorted(LABEL_KINDS, key=len, reverse=True)))
_BY_LENGTH_WHOLE = "|".join(word for word in _BY_LENGTH.split("|") if len(word) > 1)
LABELS = re.compile(
    rf"(?:^|(?<=[\s,;|\0。、]))[\[【(]?(?P<word>{_BY_LENGTH})[\]】)]?(?:\.? *:|\.?(?=[\s\0\d]|$))"
    rf"|(?P<inner>{_BY_LENGTH_WHOLE}) *:", re.IGNORECASE
)
"""A label stands at a beginning, with a colon or alone, or anywhere with a colon."""
FOREIGN_TO_NUMBERS = re.compile(
    r"(?:QQ|微信|微信号|税号|信用代码|账号|帐号|卡号|单号|编号|身份证|身份证号|工号) ?:? ?$", re.IGNORECASE
)
"""Digits behind these are neither telephone number nor postcode."""

_ONE = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛"
    "叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段单解雷汤尹黎易常武乔贺赖"
    "龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐沿梅莫庄辛管祝左涂谷祁时舒耿牟"
    "卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄柏宁柯阮桂闵解强柴华车冉房边包闫肖覃仇"
)
_TWO = "欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 夏侯 司徒 长孙 宇文 端木 独孤 南宫 拓跋"
_TITLES = "先生|女士|小姐|太太|老师|师傅|医生|教授|经理|总经理|总|主任|处长|科长|厂长|局长|部长|主管|会计|工"
PERSON = re.compile(
    rf"(?!(.)\1$)(?:(?:{'|'.join(_TWO.split())}|[{_ONE}])(?:(?!收)[一-鿿]){{1,2}})"
    rf"(?P<title>先生|女士|小姐)?(?:{_TITLES})?(?P<end>\(?收\)?|\((?:亲启|启)\))?"
    rf"|[{_ONE}](?:{_TITLES})(?P<too>\(?收\)?|\((?:亲启|启)\))?"
)
"""A Chinese name by its surname, with what follows it on a letter."""

COMPANY = re.compile(
    r".{1,60}?(?:公司|集团|厂|厂区|商店|商行|商场|超市|药店|酒店|宾馆|饭店|大学|学院|中学|小学|学校|幼儿园|医院|银行|支行|分行|研究院|研究所|设计院"
    r"|事务所|律所|中心|委员会|协会|学会|商会|政府|合作社|工作室|经营部|门市部|营业部|服务部|办事处|出版社|报社|杂志社"
    r"|[^电].局|法院|检察院|公证处|基金会|联合会|车队|农场|林场|煤矿|油田|分公司|有限合伙\)?)(?:\(.{2,12}\))?"
    r"|[A-Za-z].*(?:Ltd|Inc|Corp|LLC|GmbH|Limited|Company)\.?",
    re.IGNORECASE,
)
"""What the name of an organisation ends with."""
_HOUSE = "号楼|号院|号|室|楼|层|栋|幢|座|单元|门|户|弄|组|#"
HOUSE_END = re.compile(rf" ?(?:{_HOUSE})")
WITHIN_A_HOUSE = re.compile(rf"(?<=[0-9A-Za-z]) +(?=(?:{_HOUSE})(?:[\s,;|\0\d(]|$))")
"""A space in 2699 号, A 座, 3 单元."""
NOT_A_POSTCODE = re.compile(rf" ?(?:{_HOUSE}|元|万|人|%)")
"""Behind digits these show that the digits are no number of that kind."""
COMPANY_BEFORE = re.compile(r"(.{2,40}?(?:公司|集团|厂|大学|医院|银行|中心))(.+)")
COMPANY_BEHIND = re.compile(rf"(.*[0-9A-Za-z一二三四五六七八九十](?:{_HOUSE}))([^0-9].+)")
ADDRESS_PART = re.compile(
    rf"[0-9A-Za-z一二三四五六七八九十甲乙丙丁] ?(?:{_HOUSE})"
    r"|(?:路|街|大街|大道|道|巷|胡同|弄|村|屯|镇|乡|街道|开发区|高新区|工业园|产业园|科技园"
    r"|园区|大厦|广场|小区|花园|公寓|家园|大楼|写字楼|新城|新村|嘉园|苑|里|省|市|县|区|旗|盟|州)$|(?:省|自治区).+(?:市|州|县)|(?:路|街|大道)\d"
)
DATE = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
