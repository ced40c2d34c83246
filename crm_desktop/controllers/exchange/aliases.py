"""The words offices write above their columns, for each field; the first word of a field is its own label."""

from crm_desktop.controllers.exchange.alias_table import Aliases, table, words
from crm_desktop.controllers.exchange.record_aliases import CUSTOMER, aliases_of
from crm_desktop.models import RECORDS

_PLACE = table("""
region: 区域 所属区域 地区 所在地区 所属地区 所在地 所在区域 省市区 省市县 省市 行政区划 行政区域 销售区域
    客户区域
region.province: 省 省份 所在省 所在省份 所属省份 省市自治区 省自治区直辖市 省直辖市 省级
region.city: 市 城市 所在市 所在城市 所属城市 地市 地级市 市州 市州盟 市级
region.county: 县 区 区县 县区 市县 县市区 区县市 所在区县 所在区 所在县 县级
country: 国家/地区 国家 国别 国家及地区 国家或地区 国籍 所在国
area_code: 区号 电话区号 长途区号 城市区号 地区区号
postcode: 邮编 邮政编码 邮政编号 邮码 邮政代码 邮递区号 zip zipcode
remark: 备注 备注信息 备注说明 说明 附注 其他说明 补充说明 客户备注 memo note notes
""")

_CUSTOMERS = _PLACE | table("""
code: 客户编号 客户编码 客户代码 编号 编码 客户号 代码 客户id 单位编号 单位编码 企业编号 公司编号
old_code: 原编号 旧编号 原客户编号 旧客户编号 原编码 旧编码 老编号 原系统编号
name: 客户名称 公司名称 单位名称 企业名称 客户全称 公司全称 单位全称 企业全称 公司名 客户名 名称 客户 公司
    单位 企业 厂名 厂家名称 厂商名称 店名 商户名称 往来单位 往来单位名称 购货单位 供应商名称 机构名称
    客户单位 客户单位名称 公司中文名 中文名称 company
short_name: 简称 客户简称 公司简称 单位简称 企业简称 名称简称 缩写
english_name: 英文名称 英文名 公司英文名 公司英文名称 客户英文名称 外文名称
english_address: 英文地址 公司英文地址 客户英文地址 外文地址
pinyin: 拼音码 拼音 拼音简码 拼音缩写 拼音首字母 助记码
category: 客户类型 客户类别 客户分类 类别 往来类型 合作类型 客户种类
country_code: 国际区号 国家代码 国家区号 国际代码
address: 详细地址 地址 通讯地址 通信地址 联系地址 公司地址 单位地址 企业地址 客户地址 邮寄地址 办公地址
    经营地址 营业地址 所在地址 收件地址 住址 街道地址 厂址 地点 注册地址
phone: 电话 联系电话 公司电话 单位电话 办公电话 固定电话 座机 电话号码 联系方式 固话 座机号 企业电话
    客户电话 总机 座机号码 联系方法 联络电话 电话手机 手机电话 tel telephone
mobile: 手机 手机号 手机号码 移动电话 联系手机 移动电话号码 cellphone
fax: 传真 传真号 传真号码 公司传真 单位传真 传真电话
email: 电子邮箱 邮箱 电子邮件 e-mail 邮件 邮箱地址 邮件地址 电邮 公司邮箱 电子信箱 电子邮箱地址 mail
is_unsubscribed: 不接收邮件 不收邮件 拒收邮件 退订 已退订 邮件退订
website: 主页 网址 网站 公司网址 公司网站 官网 公司主页 网站地址 企业网址 网页 web url
nature: 企业性质 单位性质 公司性质 所有制 所有制性质 经济性质 客户性质 性质
type: 企业类型 公司类型 单位类型 组织形式 企业法律形式 登记类型 公司种类
industry: 行业 所属行业 行业类别 行业分类 行业名称 所在行业 客户行业 行业类型
credit: 企业资信 信用等级 资信 资信等级 信用级别 客户资信 信誉等级 信用 信用评级
level: 客户级别 客户等级 级别 等级 重要程度 客户分级 重要性 客户重要程度 abc分类 vip等级
star: 星级 客户星级 星级评定
source: 客户来源 来源 信息来源 来源渠道 客户渠道 获客渠道 客户来源渠道
status: 客户状态 状态 合作状态 当前状态
legal_representative: 法定代表人 法人代表 法人 企业法人 法人姓名 法定代表 代表人
registered_capital: 注册资金 注册资本 注册资本金 注册资金额
annual_revenue: 年营业额 年收入 营业额 年销售额 年产值 年营业收入 销售额 年销售收入 产值
employee_count: 员工人数 员工数 职工人数 人数 员工数量 从业人数 职工数 企业人数
scale: 企业规模 规模 公司规模 单位规模 人员规模
business_mode: 经营模式 经营方式 经营类型 业务模式
main_business: 主营项目 主营业务 主营产品 经营范围 主要产品 主营 业务范围 经营项目 主要经营项目 主要业务
bank: 开户银行 开户行 开户行名称 银行 银行名称 开户银行名称
bank_account: 银行账号 银行帐号 账号 帐号 开户账号 开户帐号 银行账户 账户 银行卡号 银行户号
tax_number: 税号 统一社会信用代码 统一信用代码 社会信用代码 信用代码 纳税人识别号 税务登记号 纳税识别号
    营业执照号 纳税人税号 企业税号 营业执照注册号
owner: 业务员 销售员 客户经理 业务经理 销售人员 销售代表 业务人员 跟进人 跟单员 负责业务员 所属业务员
    销售经理 业务代表 经办人 归属人 客户负责人 我方负责人
""")

_CONTACTS = _PLACE | CUSTOMER | table("""
name: 姓名 联系人 联系人姓名 名字 联络人 人员姓名 客户联系人 中文名 名称
honorific: 称谓 称呼 尊称
gender: 性别
is_primary: 主联系人 是否主联系人 首要联系人 是否主要联系人 主要联系人 默认联系人
department: 部门 所在部门 所属部门 科室 部门名称
position: 职务 职位 岗位 职称 职务职称 头衔
office_phone: 办公电话 电话 联系电话 公司电话 单位电话 座机 固定电话 固话 电话号码 工作电话 办公室电话
    座机号 分机 联系方式 tel telephone
mobile: 手机 手机号 手机号码 移动电话 联系手机 个人手机 cellphone
home_phone: 家庭电话 住宅电话 宅电 家庭座机 家里电话
fax: 传真 传真号 传真号码
email: 电子邮箱 邮箱 电子邮件 e-mail 邮件 邮箱地址 电邮 邮件地址 电子信箱 mail
is_unsubscribed: 不接收邮件 不收邮件 拒收邮件 退订 已退订 邮件退订
wechat: 微信 微信号 微信账号 微信号码 微信id 微信qq qq微信
qq: qq qq号 qq号码 腾讯qq
english_name: 英文名 英文姓名 英文名称 外文名
pinyin: 拼音码 拼音 姓名拼音
birthday: 生日 出生日期 出生年月 出生年月日 公历生日 阳历生日
birthday_calendar: 生日历法 历法 生日类型
anniversary: 特别纪念日 纪念日 结婚纪念日 重要日期
hobby: 业余爱好 爱好 兴趣 兴趣爱好 个人爱好 特长
address: 详细地址 地址 通讯地址 通信地址 联系地址 邮寄地址 住址 家庭住址 家庭地址 收件地址 办公地址 住宅地址
""")

CONTACT_WORDS = ("联系人", "主联系人", "主要联系人", "首要联系人", "联络人", "客户联系人")
"""What stands before a contact's column in a customer's row, or above a group of them."""

_CONTACT_NAMES = words("""
    联系人 主联系人 主要联系人 首要联系人 联络人 客户联系人 联系人姓名 联系人名称 姓名 负责人 主要负责人
    业务联系人 采购联系人
""")

_OWN_CONTACT_FIELDS = words("""
    honorific gender position department home_phone wechat qq birthday birthday_calendar anniversary hobby
""")
"""Fields a customer does not have: they need no 联系人 before them."""

_NOT_BESIDE_A_CUSTOMER = frozenset({"name", "is_primary", "pinyin", "customer", "customer.code"})


def _contact_in_a_customers_row() -> Aliases:
    """contact.mobile: 联系人手机 …"""
    found: Aliases = {"contact.name": _CONTACT_NAMES}
    for field, known in _CONTACTS.items():
        if field not in _NOT_BESIDE_A_CUSTOMER and not field.startswith("region."):
            own = known if field in _OWN_CONTACT_FIELDS else ()
            found[f"contact.{field}"] = (*own, *(before + word for word in known for before in CONTACT_WORDS))
    return found


_OWN = {"customers": _CUSTOMERS | _contact_in_a_customers_row(), "contacts": _CONTACTS}

ALIASES: dict[str, Aliases] = {each.key: _OWN.get(each.key) or aliases_of(each) for each in RECORDS}
"""Every kind of record that can be imported: field path → words; the first word of a field is its label."""

SERIAL_WORDS = words("序号 序 行号 no num id 项次 次序 顺序 顺序号 排序")
"""Columns that only count the rows."""

NOTES = words("必填 选填 必输 可选 可空 必须 非必填 万元 元 人 文本 如 例 格式 单位 请 不超过 位 字 注 见")
"""Beginnings of what stands in brackets without changing what the column means."""

ENDINGS = frozenset(words("""
    电话 手机 传真 邮箱 邮编 区号 网址 网站 地址 备注 行业 税号 职务 职位 生日 性别 称谓 微信 简称 省份 城市
    主页 座机 固话 星级 邮件
"""))
"""Words of two characters that a longer heading may end with; longer words may all."""

QUALIFIERS = words("""
    产品 合同 订单 发票 开票 收货 送货 发货 物流 紧急 配偶 备用 第二 其他 上级 曾用 创建 修改 更新 最近 上次
    下次 是否 仓库 项目 快递 介绍人 担保 录入 竞争 次数 日期 时间 及 与
""")
"""Words that make another thing of a heading that merely ends with a known word."""

GROUP_WORDS = words("""
    信息 资料 情况 方式 联系人 联络人 地址 地区 区域 银行 开票 财务 工商 其他 基本 通讯 通信 概况
""")
"""Words in the headings of a group of columns."""

FOOTERS = words("合计 总计 小计 共计 累计 本页合计 本页小计 总合计")
"""What begins a row of totals."""
