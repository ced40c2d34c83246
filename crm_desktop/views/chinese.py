"""The words that Tk and ttkbootstrap show on their own, in Chinese."""

from ttkbootstrap.localization import MessageCatalog

LOCALE = "zh_cn"

MONTHS = ("一月", "二月", "三月", "四月", "五月", "六月", "七月", "八月", "九月", "十月", "十一月", "十二月")
_ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_WEEKDAYS = {
    "Mo": "一", "Tu": "二", "We": "三", "Th": "四", "Fr": "五", "Sa": "六", "Su": "日",
    "Monday": "星期一", "Tuesday": "星期二", "Wednesday": "星期三", "Thursday": "星期四",
    "Friday": "星期五", "Saturday": "星期六", "Sunday": "星期日",
}  # fmt: skip
_WORDS = {
    "OK": "确定", "Ok": "确定", "&OK": "确定(&O)", "Submit": "确定", "Cancel": "取消", "&Cancel": "取消(&C)",
    "Yes": "是", "&Yes": "是(&Y)", "No": "否", "&No": "否(&N)", "Retry": "重试", "&Retry": "重试(&R)",
    "Open": "打开", "&Open": "打开(&O)", "Save": "保存", "&Save": "保存(&S)", "Save As": "另存为",
    "Save To Log": "保存到日志", "Close": "关闭", "Abort": "中止", "Ignore": "忽略", "Error": "错误",
    "Directory": "文件夹", "&Directory:": "文件夹(&D)：", "&Selection:": "选择(&S)：",
    "File &name:": "文件名(&N)：", "File &names:": "文件名(&N)：", "Files of &type:": "文件类型(&T)：",
    "Choose Directory": "选择文件夹", "All Files": "所有文件",
    "Show &Hidden Files and Directories": "显示隐藏的文件(&H)",
    "Show &Hidden Directories": "显示隐藏的文件夹(&H)", "Select new date": "选择日期",
    "Cut": "剪切", "Copy": "复制", "Paste": "粘贴", "Select All": "全选", "Undo": "撤销", "Redo": "重做",
}  # fmt: skip


def speak_chinese() -> None:
    """Switch the live root to Chinese; ttkbootstrap's own zh_cn catalogue lacks months, weekdays and more."""
    words = _WORDS | _WEEKDAYS | dict(zip(_ENGLISH_MONTHS, MONTHS, strict=True))
    MessageCatalog.set_many(LOCALE, *(word for pair in words.items() for word in pair))
    MessageCatalog.locale(LOCALE)
