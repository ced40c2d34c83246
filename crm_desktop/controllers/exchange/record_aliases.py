"""The words above the columns of 往来, 反馈, 投诉, 产品, 销售记录 and 备忘; a field's own label comes by itself."""

from crm_desktop.controllers.exchange.alias_table import Aliases, table
from crm_desktop.models import COMPLAINTS, FEEDBACK, INTERACTIONS, MEMOS, PRODUCTS, SALES, Entity

CUSTOMER = table("""
customer: 客户 客户名称 公司名称 单位名称 企业名称 公司 单位 所属客户 所属公司 工作单位 所在单位 所属单位
    公司全称 客户全称 单位全称 公司名 就职单位 客户单位 company
customer.code: 客户编号 客户编码 客户代码 单位编号 公司编号 单位编码
""")
"""The customer that a record belongs to."""

_OF_CUSTOMER = table("""
customer: 客户名称 公司名称 单位名称 企业名称 公司 单位 所属客户 客户全称 公司全称 单位全称 公司名 客户名
    往来单位 购货单位 购买单位 客户单位 company
customer.code: 客户编号 客户编码 客户代码 单位编号 公司编号 单位编码
contact: 联系人姓名 客户联系人 联络人 对方联系人 经手人
remark: 备注信息 备注说明 附注 其他说明 补充说明 memo note notes
""")
_NUMBER = "单据号 单据编号 编号 编码 流水号 登记号 登记编号 受理编号 受理单号"

_SERVICE = table(f"""
number: {_NUMBER}
date: 日期 受理时间 登记日期 登记时间 接收日期 接收时间 发生日期 来电日期 时间 date
channel: 受理渠道 渠道 方式 途径 受理途径 来源
status: 处理状态 办理状态 当前状态 处理进度 进度 办理情况
handler: 经办人 处理人 负责人 受理人员 处理人员 经办人员 登记人 记录人 接待人 跟进人
handled_at: 处理日期 处理完成时间 处理完成日期 完成时间 完成日期 办结时间 办结日期 解决时间 解决日期 结案日期 结案时间
result: 结果 处理情况 处理意见 解决方案 解决情况 处理说明 答复 答复内容 回复 回复内容
satisfaction: 满意度 客户满意度 客户满意程度 回访满意度 满意情况 评价 客户评价 回访结果
is_unreachable: 联系不上 是否未能联系 无法联系
visited_at: 回访日期
visited_by: 回访人员 回访员
visit_opinion: 客户意见 回访内容 回访记录 回访情况
""")

_WORDS: dict[str, Aliases] = {
    INTERACTIONS.key: table("""
subject: 标题 事由 事项 往来主题 题目 主题内容 subject
date: 往来日期 联系日期 拜访日期 跟进日期 登记日期 记录日期 发生日期 来电日期 通话日期 date
time: 往来时间 联系时间 来电时间 通话时间 时刻 time
method: 方式 联络方式 跟进方式 往来类型 联系类型 类型
handler: 业务员 负责人 跟进人 跟单员 经办人员 拜访人 记录人 接线人 我方人员
place: 地址 联系地点 拜访地点 会议地点
participants: 参加人员 参与人 参加人 与会人员 陪同人员
amount: 费用 发生金额 涉及金额 往来金额 金额元 费用金额
follow_up: 下次跟进 下次联系日期 下次联系时间 下次联系 下次跟进时间 下次回访日期 预约日期 提醒日期
is_followed_up: 是否跟进 是否已跟进 跟进状态
content: 往来内容 联系内容 跟进内容 内容摘要 沟通内容 洽谈内容 详细内容 详情 描述 情况 往来记录 跟进记录
direction: 方向 来去电 通话类型 呼叫类型 电话方向 来电去电
phone_number: 电话号码 电话 来电号码 对方号码 号码 主叫号码 联系电话 tel telephone
call_result: 通话结果 接听情况 接听结果
duration: 时长 通话时间长度 通话长度
"""),
    FEEDBACK.key: _SERVICE | table(f"""
number: 反馈单号 反馈编号 {_NUMBER}
date: 反馈日期 反馈时间 {" ".join(_SERVICE["date"])}
channel: 反馈方式 反馈渠道 {" ".join(_SERVICE["channel"])}
type: 类型 类别 反馈类别 分类 反馈分类 反馈性质
content: 内容 反馈问题 问题描述 反馈意见 客户反馈 意见建议 建议内容 反馈情况 详细内容 描述 问题
handler: {" ".join(_SERVICE["handler"])} 责任人
"""),
    COMPLAINTS.key: _SERVICE | table(f"""
number: 投诉单号 投诉编号 {_NUMBER}
date: 投诉日期 投诉时间 接诉日期 接诉时间 {" ".join(_SERVICE["date"])}
channel: 投诉方式 投诉渠道 {" ".join(_SERVICE["channel"])}
type: 类型 类别 投诉类别 分类 投诉分类 投诉性质 问题类型
complainant: 投诉者 投诉人姓名 投诉人员 来电人 反映人 客户投诉人
severity: 严重性 紧急程度 严重级别 投诉级别 投诉等级 级别 等级 程度 轻重
due_at: 期限 截止时间 截止日期 要求完成时间 要求完成日期 处理时限 限期 应完成日期 承诺时间
content: 内容 投诉问题 问题描述 投诉事项 投诉事由 事由 投诉情况 客户投诉 详细内容 描述 情况描述 问题 主要内容
department: 部门 责任单位 处理部门 归口部门
cause: 原因 原因分析 问题原因 产生原因 责任原因
measure: 措施 整改措施 解决措施 纠正措施 处理方法 处理办法
compensation: 赔偿金额 赔付 赔偿 赔款 补偿金额 赔付额 赔偿额 金额
"""),
    PRODUCTS.key: table("""
name: 名称 品名 商品名称 货品名称 货物名称 产品 品名规格 产品名 商品名 product
code: 编号 编码 产品编码 货号 商品编号 商品编码 货品编号 物料编码 物料编号 产品代码 产品货号 代码 料号 sku
category: 分类 类别 产品类别 产品类型 类型 品类 商品分类 系列
model: 规格型号 规格 产品型号 规格/型号 型号规格 产品规格
unit: 计量单位 单位名称 计价单位 产品单位
price: 价格 销售价 售价 产品单价 销售单价 标准价 标价 定价 目录价 含税单价 零售价 报价
is_on_sale: 是否在售 销售状态 状态 在售状态 是否销售 是否上架
remark: 备注信息 备注说明 附注 其他说明 补充说明 说明 memo note notes
"""),
    SALES.key: table(f"""
number: 销售编号 销货单号 出库单号 出货单号 {_NUMBER}
date: 日期 销货日期 出库日期 发货日期 开单日期 成交日期 购买日期 签订日期 业务日期 单据日期 销售时间 date
kind: 类型 业务类型 单据类型 类别
order_number: 合同号 订单号 合同编号 订单编号 合同订单号 采购单号 协议号
product: 产品名称 名称 品名 商品名称 货品名称 货物名称 商品 品名规格 产品名 product
product.code: 产品编号 产品编码 货号 商品编号 商品编码 货品编号 物料编码 产品代码 料号 sku
quantity: 销售数量 数目 件数 销量 购买数量 出库数量 qty
price: 价格 销售单价 售价 成交价 产品单价 含税单价 商品单价
discount: 折扣率 折率 折让 优惠折扣
amount: 销售金额 总金额 总价 合计金额 成交金额 金额元 销售额 金额合计 小计金额 价税合计 含税金额
salesperson: 销售员 销售人员 经办人 负责人 客户经理 业务人员 销售代表 跟单员 开单人 制单人
"""),
    MEMOS.key: table("""
subject: 标题 主题 事由 备忘事项 工作事项 任务 任务名称 待办事项 日程 subject title
date: 备忘日期 日程日期 任务日期 开始日期 计划日期 截止日期 到期日 提醒日期 date
time: 开始时间 备忘时间 提醒时间 时刻 time
owner: 执行人 责任人 经办人 业务员 参与人 owner
repeat: 重复方式 周期 重复周期 循环
repeat_until: 结束日期 重复截止日期 截止重复
reminder: 提醒方式 提前提醒
is_done: 完成 是否完成 完成状态 状态 已办
content: 备忘内容 工作内容 详细内容 详情 描述 说明 备注
"""),
}


def aliases_of(entity: Entity) -> Aliases:
    """Field path → words, for every declared field of a record, with its label first."""
    known = (_OF_CUSTOMER if entity.owner_reference else {}) | _WORDS[entity.key]
    found: Aliases = {}
    for field in entity.fields:
        found[field.name] = tuple(dict.fromkeys((field.label, *known.get(field.name, ()))))
        if f"{field.name}.code" in known:
            found[f"{field.name}.code"] = known[f"{field.name}.code"]
    return found
