"""What the sample office and its customers talk about: by telephone, on visits, by letter."""

from typing import NamedTuple

Topic = tuple[str, str]
SERVICE, SELLERS = "客服", "业务员"


class Kind(NamedTuple):
    """One way of being in touch: how often of all, who does it, and its topics (主题, 内容)."""

    method: str
    weight: int
    role: str
    topics: tuple[Topic, ...]
    places: tuple[str, ...] = ("",)
    direction: str = ""


ASKED: tuple[Topic, ...] = (
    ("询问{machine}报价", "已报价 {n} 台，含运费和安装，等对方回话。"),
    ("查问{part}到货时间", "告知已发出，预计后天到，单号已发微信。"),
    ("报修{machine}", "初步判断为电气故障，已派工程师明天上午到场。"),
    ("要求补寄发票", "财务今天重开，顺丰寄出。"),
    ("追加{part} {n} 件", "库存够，随下批货一起发。"),
    ("咨询{machine}保养", "说明每 500 小时换油、换滤芯，约了保养时间。"),
    ("对账", "核对上月货款，双方一致。"),
    ("询问液压站调压方法", "工程师电话指导，已调好。"),
    ("索要产品样本和资质", "营业执照、代理证、样本已发邮件。"),
)
CALLED: tuple[Topic, ...] = (
    ("通知{part}到货", "约明天上午送货，请准备叉车卸货。"),
    ("回访{machine}使用情况", "运行正常，提醒下月换油。"),
    ("催收货款", "对方说月底前付清。"),
    ("跟进{machine}报价", "领导在审，下周给答复。"),
    ("约定上门拜访时间", "定在后天下午两点。"),
    ("确认送货地址和联系人", "地址无变化，收货人不变。"),
    ("节前问候", "问候并通知假期值班电话。"),
    ("介绍{part}优惠活动", "有兴趣，要求发价目表。"),
)
MISSED: tuple[Topic, ...] = (
    ("未接来电，已回拨", "回拨后对方说已经解决。"),
    ("未接来电，回拨无人接听", "稍后再联系。"),
    ("午休时的未接来电", "下午回拨，询问{part}库存，已答复。"),
)
VISITED: tuple[Topic, ...] = (
    ("拜访{contact}，了解设备更新计划", "今年预算内拟更新{machine} {n} 台，关注价格和交期。"),
    ("送{machine}技术方案", "对方技术科认可，等采购比价。"),
    ("现场查看{tool}", "主轴间隙偏大，建议安排大修。"),
    ("签订{part}年度供货协议", "按月结算，账期 30 天。"),
    ("验收{tool}", "试切合格，双方签字。"),
    ("例行拜访", "设备运行正常，无新增需求。"),
    ("催收尾款", "{contact}答应本周安排付款。"),
)
KINDS = (
    Kind("电话", 15, SERVICE, ASKED, direction="来电"),
    Kind("电话", 6, SELLERS, ASKED, direction="来电"),
    Kind("电话", 4, SERVICE, CALLED, direction="去电"),
    Kind("电话", 6, SELLERS, CALLED, direction="去电"),
    Kind("电话", 2, SERVICE, MISSED, direction="未接"),
    Kind("上门拜访", 26, SELLERS, VISITED, ("客户办公室", "客户车间", "客户会议室")),
    Kind("来访接待", 6, SELLERS, (
        ("接待{contact}一行看样机", "看了{tool}，对加工精度满意。"),
        ("客户来库房自提{part}", "当面点清 {n} 件，签字。"),
    ), ("本公司展厅", "本公司会议室", "库房")),
    Kind("微信/QQ", 12, SELLERS, (
        ("发送{machine}图片和参数", "对方转给技术科。"), ("确认{part}型号", "核对铭牌照片，型号无误。"),
        ("发送对账单", "对方确认无误。"), ("沟通安装场地要求", "发去地基图和电源要求。"),
    )),
    Kind("邮件", 7, SELLERS, (
        ("发送{machine}报价单", "报价有效期 30 天。"), ("发送合同文本", "请对方法务审核。"),
        ("发送产品样本", "附件为最新样本。"),
    )),
    Kind("回访", 7, SERVICE, (
        ("售后回访", "{machine}运行正常，对服务表示满意。"), ("维修后回访", "故障排除，用户认可。"),
        ("季度回访", "暂无问题，提醒备足易损件。"),
    )),
    Kind("快递", 3, SERVICE, (("寄送发票", "顺丰寄出，已签收。"), ("寄送合同原件", "一式两份，请盖章寄回。"))),
    Kind("会议", 3, SELLERS, (
        ("{tool}技术交流会", "与对方设备科、工艺科交流，约定下次试件。"),
        ("供货协调会", "理顺分批交货计划。"),
    ), ("客户会议室", "本公司会议室")),
    Kind("传真", 1, SERVICE, (("传真订货合同", "已收回传。"),)),
    Kind("展会", 2, SELLERS, (("展会洽谈{machine}", "留下名片，约定会后拜访。"),), ("长春国际会展中心", "沈阳展览馆")),
)  # fmt: skip
RESULTS = {"已接通": 84, "无人接听": 8, "占线": 4, "约定再联系": 4}
"""Of calls that we make; who calls us is connected."""
UNANSWERED = ("无人接听", "占线")
TO_FOLLOW_UP = Kind("上门拜访", 0, SELLERS, (
    ("{machine}方案等对方答复", "对方说这几天开会定，到时再联系。"),
    ("约定测量安装场地", "下次带上激光测距仪和地基图。"),
    ("报价后跟进", "对方在和另一家比价，强调了我们的售后。"),
    ("催收尾款", "{contact}说资金到位就付。"),
    ("{part}年度协议续签", "老价格可以再谈一个点。"),
), ("客户办公室", "客户会议室"))  # fmt: skip
"""Visits that are not done with."""
