"""What a printer says of itself becomes one sentence that tells what to do."""

import pytest

from crm_desktop.system.print_states import SENTENCES, told


@pytest.mark.parametrize(
    ("reasons", "sentence"),
    [
        (["none"], ""), ([], ""), ([""], ""),
        (["media-empty-error"], "缺纸"), (["media-needed"], "手动进纸"), (["media-jam-warning", "media-empty"], "卡纸"),
        (["toner-low-report"], ""), (["toner-empty-report"], ""), (["marker-supply-empty-error"], "墨粉"),
        (["cups-insecure-filter-warning"], ""), (["com.hp.strange-error", "offline-report", "paused"], "已暂停"),
        (["connecting-to-device"], "正在连接"), ([" offline "], "脱机"),
    ],
)  # fmt: skip
def test_the_weightiest_reason_is_told(reasons, sentence):
    found = told(reasons)
    assert sentence in found and bool(found) == bool(sentence)


def test_every_sentence_says_what_to_do():
    assert all(sentence.count("，") >= 1 and sentence.endswith("。") for sentence in SENTENCES.values())
