"""Merge fields, simple HTML, the letters of the program, and what a server may be."""

from datetime import date, timedelta

import pytest

from crm_desktop.errors import FieldError
from crm_desktop.models import mail_html, merge_fields
from crm_desktop.models.mail import PRESETS, SSL, STARTTLS, address_key, preset_for, preset_of, read_server
from crm_desktop.models.mail_templates import DAYS, TEMPLATES, next_day, title

VALUES = {"客户名称": "甲厂", "联系人": "李明"}


@pytest.mark.parametrize(("typed", "text", "missing"), [
    ("{客户名称}您好", "甲厂您好", ()),
    ("｛客户名称｝{ 联系人 }", "甲厂李明", ()),
    ("{称谓}，{部门}，{称谓}", "，，", ("称谓", "部门")),
    ("{称谓|先生}{部门|}{联系人｜您}", "先生李明", ()),
    ("{{客户名称}} {{{联系人}}}", "{客户名称} {李明}", ()),
])  # fmt: skip
def test_fields_are_filled_in(typed, text, missing):
    assert merge_fields.merge(typed, VALUES) == (text, missing)


def test_fields_are_named_in_a_list():
    assert merge_fields.named("{{好}} {简称|您}、{ 联系人 }新春快乐") == "{好} 〔简称〕、〔联系人〕新春快乐"


@pytest.mark.parametrize(("typed", "sentence"), [
    ("{客户}", "没有叫“客户”的合并项，是不是要写 {客户名称}？"), ("{联系入}", "是不是要写 {联系人}？"),
    ("{abc}", "可以用：客户名称、简称、"), ("{客户名称", "“{”没有另一半"), ("客户名称}", "“}”没有另一半"), ("{}", "没有叫“”的合并项"),
])  # fmt: skip
def test_a_field_that_cannot_be_is_named(typed, sentence):
    with pytest.raises(FieldError) as caught:
        merge_fields.check(typed)
    assert sentence in str(caught.value)


def test_a_value_is_no_field_and_no_tag():
    assert merge_fields.merge("{联系人}", {"联系人": "{客户名称}"}).text == "{客户名称}"
    assert merge_fields.merge("{联系人}", {"联系人": "<b>"}, lambda text: text.replace("<", "&lt;")).text == "&lt;b>"


def test_html_keeps_simple_tags_and_line_ends():
    made = mail_html.letter("您好<b>李明</b>：\n<ul>\n<li>一</li><li>二</li></ul>再见")
    assert "您好<b>李明</b>：<br>\n<ul><li>一</li><li>二</li></ul>再见" in made.html
    assert made.text == "您好李明：\n\n一\n二\n再见"
    assert made.dropped == ()


@pytest.mark.parametrize("source", [
    "<script>alert(1)</script>x", "<a href='javascript:alert(1)'>x</a>", "<a onclick='alert(1)'>x</a>",
    "<p style='x' onload='alert(1)'>x</p>", "<img src=x onerror='alert(1)'>x", "<style>alert(1)</style>x",
    "<a href='http://[alert(1)'>x</a>",
])  # fmt: skip
def test_nothing_in_a_letter_runs(source):
    made = mail_html.letter(source)
    assert "alert" not in made.html and "alert" not in made.text and made.text == "x"


def test_what_was_left_open_is_closed_and_a_link_is_told_in_plain_text():
    made = mail_html.letter("<p><b>好 <a href='https://example.com/?a=1&b=2'>看")
    assert made.html.endswith("看</a></b></p></body></html>")
    assert 'href="https://example.com/?a=1&amp;b=2"' in made.html
    assert mail_html.letter("<a href='https://example.com'>看</a>").text == "看（https://example.com）"


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda each: each.name)
def test_every_letter_of_the_program_can_be_filled_in(template):
    values = dict.fromkeys(merge_fields.FIELDS, "甲")
    for text in (template.subject, template.body):
        assert merge_fields.merge(text, values).missing == ()
        assert set(merge_fields.merge(text, {}).missing) <= {"本单位", "本单位简称", "我的姓名", "今天"}


def test_festivals_come_in_their_time():
    today = date(2026, 11, 26)
    assert {name: next_day(name, today) for name in DAYS} == {
        "元旦": date(2027, 1, 1), "国庆": date(2027, 10, 1), "春节": date(2027, 2, 6), "端午": date(2027, 6, 9),
        "中秋": date(2027, 9, 15),
    }  # fmt: skip
    assert next_day("生日", today) is None
    assert DAYS.keys() <= {each.name for each in TEMPLATES}


def test_a_festival_that_is_near_is_told_with_its_days():
    spring = date(2027, 2, 6)
    assert title("春节", spring - timedelta(days=31)) == "春节（2027-02-06）"
    assert title("春节", spring - timedelta(days=30)) == "春节（2027-02-06，还有 30 天）"
    assert title("春节", spring) == "春节（2027-02-06，就是今天）"
    assert title("春节", spring + timedelta(days=1)).startswith("春节（2028-01-26")
    assert title("回访", spring) == "回访"


def test_a_mailbox_is_known_by_its_host_and_its_address():
    assert preset_of("SMTP.QQ.com").name == "QQ 邮箱" and preset_of("mail.example.com").name == "其他"
    assert preset_for("a@foxmail.com") is PRESETS[0] and preset_for("a@example.com") is None
    assert {each.security for each in PRESETS} == {SSL} and {each.port for each in PRESETS} == {465}
    assert address_key(" Li@Example.COM ") == "li@example.com"


@pytest.mark.parametrize(("field", "value"), [
    ("host", ""), ("host", "http://smtp.qq.com"), ("host", "smtp.qq.com:465"), ("host", "smtp qq.com"),
    ("port", "0"), ("port", "65536"), ("port", "四"), ("port", "²"), ("security", "TLS"), ("sender_address", ""),
    ("sender_address", "a@"),
])  # fmt: skip
def test_what_is_no_server_is_told_at_its_field(field, value):
    good = {"host": "smtp.qq.com", "port": "587", "security": STARTTLS, "sender_address": "a@qq.com"}
    assert read_server(good)[1] == {}
    assert read_server({**good, field: value})[1].keys() == {field}
