"""Choosing a paper among those a CUPS printer names."""

import pytest

from crm_desktop.system.cups_media import media_name

A4_LASER = ["iso_a4_210x297mm", "custom_min_76.2x127mm", "custom_max_215.9x355.6mm"]
NO_CUSTOM = ["iso_a4_210x297mm", "iso_dl_110x220mm", "na_number-10_4.125x9.5in"]


@pytest.mark.parametrize(
    ("papers", "size", "name"),
    [
        (A4_LASER, (176, 125), "Custom.125x176mm"),
        (A4_LASER, (110, 220), "Custom.110x220mm"),
        (A4_LASER, (220, 110), "Custom.110x220mm"),
        (A4_LASER, (324, 229), None),
        (["custom_min_0.5x0.5in", "custom_max_431.8x594.08mm"], (230, 120), "Custom.230x120mm"),
        (NO_CUSTOM, (220, 110), "iso_dl_110x220mm"),
        (NO_CUSTOM, (241, 105), "na_number-10_4.125x9.5in"),
        (NO_CUSTOM, (230, 120), None),
        # The name promises an envelope of 230 mm; only the size in it counts.
        (["prc_6_120x320mm"], (230, 120), None),
        (["iso_a4_210x297mm", "auto"], (210, 297), "iso_a4_210x297mm"),
        (None, (229.5, 162), "Custom.229.5x162mm"),
    ],
)
def test_paper_is_chosen_by_size(papers, size, name):
    assert media_name(papers, *size) == name
