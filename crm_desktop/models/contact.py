"""联系人: the people at a customer; one of them is its 主联系人."""

from crm_desktop.models.entity import Entity
from crm_desktop.models.fields import (
    AreaCode,
    Birthday,
    Choice,
    Email,
    Flag,
    Half,
    Note,
    Options,
    Phone,
    Postcode,
    Reference,
    Region,
    Text,
)  # fmt: skip

BASIC, REACH, OTHER = "基本", "联系方式", "其他"
GENDERS = ("男", "女", "未知")
SOLAR, LUNAR = "公历", "农历"
CALENDARS = (SOLAR, LUNAR)

CONTACTS = Entity(
    key="contacts",
    label="联系人",
    collection="联系人信息",
    fields=(
        Text("name", "姓名", required=True, length=40, group=BASIC, width=12),
        Reference("customer", "客户", entity="customers", required=True, is_owner=True, group=BASIC, width=30),
        Flag("is_primary", "主联系人", group=BASIC, width=8),
        Options("gender", "性别", options=GENDERS, group=BASIC, width=6),
        Choice("honorific", "称谓", kind="honorific", group=BASIC, width=8),
        Choice("department", "部门", kind="department", group=BASIC, width=12),
        Choice("position", "职务", kind="position", group=BASIC, width=12),
        Phone("mobile", "手机", is_mobile=True, group=BASIC, width=13),
        Phone("office_phone", "办公电话", group=BASIC, width=16),
        Email("email", "电子邮箱", group=BASIC, width=24),
        Flag("is_unsubscribed", "不接收邮件", group=REACH, width=10),
        Phone("home_phone", "家庭电话", group=REACH, width=16),
        Phone("fax", "传真", group=REACH, width=16),
        Half("wechat", "微信", length=40, group=REACH, width=16),
        Half("qq", "QQ", length=20, group=REACH, width=12),
        Choice("country", "国家/地区", kind="country", group=REACH, width=12),
        Region("region", "区域", group=REACH, width=16, note="不填则用客户的"),
        AreaCode("area_code", "区号", group=REACH, width=6),
        Text("address", "详细地址", length=200, group=REACH, width=36, note="不填则用客户的"),
        Postcode("postcode", "邮编", group=REACH, width=8),
        Text("english_name", "英文名", length=60, group=OTHER, width=16),
        Birthday("birthday", "生日", group=OTHER, width=10, note="可不填年份：5-12"),
        Options("birthday_calendar", "生日历法", options=CALENDARS, default="公历", group=OTHER, width=8),
        Birthday("anniversary", "特别纪念日", group=OTHER, width=10),
        Text("hobby", "业余爱好", length=100, group=OTHER, width=20),
        Half("pinyin", "拼音码", length=60, is_made=True, group=OTHER, width=10),
        Note("remark", "备注", group=OTHER, width=30),
    ),
    computed=(
        Text("customer_code", "客户编号", width=10),
        Reference("customer_owner", "业务员", entity="operators", width=10),
    ),
    list_columns=("name", "customer", "is_primary", "department", "position", "mobile", "office_phone", "email"),
    search_fields=("name", "pinyin", "english_name", "wechat", "qq", "email"),
    scope_field="customer_owner",
    is_person=True,
    report="contact_list",
    report_columns=("name", "gender", "customer", "department", "position", "office_phone", "mobile", "email"),
)
