"""客户: the organisations and persons the office deals with."""

from crm_desktop.models.entity import Entity
from crm_desktop.models.fields import (
    AreaCode, Choice, CustomerCode, Email, Half, Integer, Money, Note, Options, Phone, Postcode, Reference,
    Region, Text, Website,
)  # fmt: skip

BASIC, REACH, BUSINESS, OTHER = "基本", "联系方式", "工商与财务", "其他"
STARS = ("★", "★★", "★★★", "★★★★", "★★★★★")

CUSTOMERS = Entity(
    key="customers",
    label="客户",
    fields=(
        CustomerCode("code", "客户编号", required=True, is_made=True, is_fixed=True, group=BASIC, width=10),
        Text("name", "客户名称", required=True, length=100, group=BASIC, width=32),
        Text("short_name", "简称", length=30, group=BASIC, width=14),
        Half("pinyin", "拼音码", length=100, is_made=True, group=BASIC, width=10),
        Region("region", "区域", group=BASIC, width=16),
        AreaCode("area_code", "区号", group=BASIC, width=6),
        Phone("phone", "电话", group=BASIC, width=16),
        Phone("mobile", "手机", is_mobile=True, group=BASIC, width=13),
        Text("address", "详细地址", length=200, group=BASIC, width=36),
        Postcode("postcode", "邮编", group=BASIC, width=8),
        Choice("level", "客户级别", kind="level", group=BASIC, width=8),
        Choice("status", "客户状态", kind="status", group=BASIC, width=8),
        Choice("category", "客户类型", kind="category", group=BASIC, width=12),
        Reference("owner", "业务员", entity="operators", group=BASIC, width=10),
        Text("old_code", "原编号", length=30, group=OTHER, width=14),
        Choice("country", "国家/地区", kind="country", group=REACH, width=12),
        AreaCode("country_code", "国际区号", group=REACH, width=8),
        Phone("fax", "传真", group=REACH, width=16),
        Email("email", "电子邮箱", group=REACH, width=24),
        Website("website", "主页", group=REACH, width=24),
        Text("english_name", "英文名称", length=200, group=REACH, width=30),
        Text("english_address", "英文地址", length=300, group=REACH, width=36),
        Choice("nature", "企业性质", kind="nature", group=BUSINESS, width=14),
        Choice("type", "企业类型", kind="type", group=BUSINESS, width=16),
        Choice("industry", "行业", kind="industry", group=BUSINESS, width=16),
        Choice("credit", "企业资信", kind="credit", group=BUSINESS, width=8),
        Text("legal_representative", "法定代表人", length=40, group=BUSINESS, width=10),
        Money("registered_capital", "注册资金", in_wan=True, group=BUSINESS, width=12, note="万元"),
        Money("annual_revenue", "年营业额", in_wan=True, group=BUSINESS, width=12, note="万元"),
        Integer("employee_count", "员工人数", maximum=10**7, group=BUSINESS, width=8, note="人"),
        Choice("scale", "企业规模", kind="scale", group=BUSINESS, width=8),
        Choice("business_mode", "经营模式", kind="business_mode", group=BUSINESS, width=12),
        Text("main_business", "主营项目", length=200, group=BUSINESS, width=24),
        Text("bank", "开户银行", length=60, group=BUSINESS, width=20),
        Half("bank_account", "银行账号", length=40, group=BUSINESS, width=22),
        Half("tax_number", "税号", length=20, group=BUSINESS, width=20),
        Choice("source", "客户来源", kind="source", group=OTHER, width=12),
        Options("star", "星级", options=STARS, group=OTHER, width=8),
        Note("remark", "备注", group=OTHER, width=30),
    ),
    computed=(
        Text("primary_contact", "主联系人", width=12),
        Phone("primary_mobile", "联系人手机", width=13),
    ),
    list_columns=("code", "name", "level", "primary_contact", "phone", "mobile", "region", "owner", "status"),
    search_fields=("name", "short_name", "code", "old_code", "english_name", "pinyin"),
    scope_field="owner",
    unique=("code",),
)
