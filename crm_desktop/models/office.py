"""本单位信息, 操作员: the office itself and the people who use the program."""

from crm_desktop.models.entity import Entity
from crm_desktop.models.fields import (
    AreaCode,
    Choice,
    Date,
    Email,
    Flag,
    Half,
    Integer,
    Note,
    Options,
    Phone,
    Postcode,
    Reference,
    Region,
    Text,
    Timestamp,
    Website,
)  # fmt: skip

COMPANY = Entity(
    key="company",
    label="本单位",
    collection="本单位信息",
    fields=(
        Text("name", "单位名称", required=True, length=100),
        Text("short_name", "简称", length=30),
        Website("website", "主页"),
        Region("region", "区域"),
        AreaCode("area_code", "区号"),
        Text("address", "地址", length=200),
        Postcode("postcode", "邮编"),
        Phone("phone", "电话"),
        Phone("fax", "传真"),
        Email("email", "电子邮箱"),
        Text("english_name", "英文名称", length=200),
        Text("english_address", "英文地址", length=300),
        Text("bank", "开户银行", length=60),
        Half("bank_account", "银行账号", length=40),
        Half("tax_number", "税号", length=20),
        Note("remark", "备注"),
    ),
)

OPERATORS = Entity(
    key="operators",
    label="操作员",
    fields=(
        Text("full_name", "姓名", required=True, length=40, width=10),
        Half("name", "操作员", required=True, length=30, note="登录时输入"),
        Half("staff_number", "工号", length=20, width=8),
        Reference("role", "角色", entity="roles", required=True, width=10),
        Options("gender", "性别", options=("男", "女", "未知"), width=6),
        Choice("department", "部门", kind="department", width=13),
        Choice("position", "职务", kind="position", width=12),
        Phone("mobile", "手机", is_mobile=True),
        Email("email", "电子邮箱"),
        Date("birthday", "生日"),
        Date("hired_on", "入职日期"),
        Flag("is_active", "在用", default=1, width=6),
    ),
    computed=(Integer("customer_count", "客户数量", width=9), Timestamp("last_sign_in_at", "上次登录", width=16)),
    title="full_name",
    matched_by=("full_name", "name"),
    list_columns=(
        "name", "staff_number", "full_name", "role", "is_active", "department", "position", "mobile", "customer_count",
        "last_sign_in_at",
    ),
    order="name",
    unique=("name",),
)

ROLES = Entity(
    key="roles",
    label="角色",
    collection="权限",
    fields=(
        Text("name", "角色", required=True, length=30),
        Options("data_scope", "数据范围", options=("本人", "本部门", "全部"), default="全部"),
        Flag("is_system", "系统角色"),
    ),
    unique=("name",),
)
