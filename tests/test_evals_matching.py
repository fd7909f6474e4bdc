"""The matching rule, held against a second reading of it, character by character, and against what it is for."""

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from evals.matching import forbidden, missing, normalise, occurs

# What the rule turns on, half- and full-width: runs of digits of every length that matters, and what stands between.
RUNS = st.sampled_from(["0", "15", "１", "123", "９８７", "1234", "56789"])
BETWEEN = st.sampled_from([",", "，", ".", "．", " ", " \u3000", "\n", "[1]", "[", "]", "万", "A", "①%", ""])
TEXTS = st.lists(st.tuples(RUNS | st.just(""), BETWEEN), max_size=8).map(
    lambda pairs: "".join(run + between for run, between in pairs)
)
MANY = settings(max_examples=1000)
NUMBERS = st.integers(min_value=0, max_value=10**12)
AROUND = st.sampled_from(["", "共", "约 ", "（", "第", "为：", "\n"])
AFTER = st.sampled_from(["", "家", "。", " 人", "，同比", "[1]。", "）", "\n"])


def reference(text: str) -> str:
    """The design's words in their order, one character at a time."""
    without_marks = drop_marks(text)
    whole = "".join(
        char for place, char in enumerate(without_marks) if not is_thousands_separator(without_marks, place)
    )
    folded = unicodedata.normalize("NFKC", whole).lower()
    return "".join(char for place, char in enumerate(folded) if not char.isspace() or between_digits(folded, place))


def drop_marks(text: str) -> str:
    kept, place = "", 0
    while place < len(text):
        close = text.find("]", place)
        if text[place] == "[" and close > place + 1 and text[place + 1 : close].isdecimal():
            place = close + 1
        else:
            kept += text[place]
            place += 1
    return kept


def is_thousands_separator(text: str, place: int) -> bool:
    """Whether a comma stands between one to three digits and exactly three."""
    return text[place] in ",，" and 1 <= digits(text[:place][::-1]) <= 3 and digits(text[place + 1 :]) == 3


def digits(text: str) -> int:
    """How many a text begins with."""
    return next((place for place, char in enumerate(text) if not char.isdecimal()), len(text))


def between_digits(text: str, place: int) -> bool:
    before, after = text[:place].rstrip(), text[place:].lstrip()
    return before[-1:].isdecimal() and after[:1].isdecimal()


def reference_occurs(variant: str, text: str) -> bool:
    """Every occurrence tried: no further digit, and no decimal point with a digit, at an end that is a digit."""
    for start in range(len(text)):
        end = start + len(variant)
        if text[start:end] != variant:
            continue
        before, after = text[:start], text[end:]
        touched_before = variant[0].isdecimal() and (
            before[-1:].isdecimal() or (before[-1:] == "." and before[-2:-1].isdecimal())
        )
        touched_after = variant[-1].isdecimal() and (
            after[:1].isdecimal() or (after[:1] == "." and after[1:2].isdecimal())
        )
        if not touched_before and not touched_after:
            return True
    return False


@MANY
@example("0.5，123家")
@example("1234,567,890")
@given(TEXTS)
def test_normalising_is_the_design_read_character_by_character(text: str) -> None:
    assert normalise(text) == reference(text)


@MANY
@given(TEXTS.filter(lambda text: bool(normalise(text))), TEXTS)
def test_occurring_is_the_design_read_place_by_place(variant: str, text: str) -> None:
    normalised = normalise(text)
    assert occurs(variant, normalised) == reference_occurs(normalise(variant), normalised)


@given(TEXTS, TEXTS, TEXTS)
def test_what_occurs_is_found_within_any_text(before: str, variant: str, after: str) -> None:
    """Where neither end of the variant is a digit, nothing around it can hide it."""
    text, wanted = f"{before}家{variant}家{after}", f"家{variant}家"
    assert occurs(wanted, normalise(text))


@given(NUMBERS, AROUND, AFTER)
def test_a_number_is_found_however_it_is_spelled(number: int, before: str, after: str) -> None:
    wide = str.maketrans("0123456789,", "０１２３４５６７８９，")
    for spelled in (f"{number}", f"{number:,}", f"{number:,}".translate(wide), f"{number}".translate(wide)):
        for variant in (f"{number}", f"{number:,}"):
            assert occurs(variant, normalise(before + spelled + after)), (variant, spelled)


@given(NUMBERS, st.integers(0, 9), AROUND, AFTER)
def test_a_number_is_not_found_within_a_longer_one(number: int, digit: int, before: str, after: str) -> None:
    for longer in (f"{number}{digit}", f"{digit}{number}", f"{number}.{digit}", f"{digit}.{number}"):
        assert not occurs(f"{number}", normalise(before + longer + after)), longer


@given(NUMBERS, st.integers(0, 999))
def test_decimals_are_found_whole_and_not_in_part(whole: int, fraction: int) -> None:
    text = normalise(f"为{whole:,}.{fraction:03}万")
    assert occurs(f"{whole}.{fraction:03}万", text)
    assert not occurs(f"{whole}", text)
    assert not occurs(f"{fraction:03}", text)


@given(st.lists(st.lists(st.sampled_from(["5", "5家", "12", "万"]), min_size=1, max_size=3), max_size=3), TEXTS)
def test_one_variant_of_each_group_has_to_occur_and_none_of_the_forbidden(must: list[list[str]], text: str) -> None:
    normalised = normalise(text)
    assert missing(must, text) == tuple(tuple(one) for one in must if not any(occurs(v, normalised) for v in one))
    for group in must:
        assert forbidden(group, text) == tuple(variant for variant in group if occurs(variant, normalised))


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("约 30.55 万人[1][12]。", "约30.55万人。"),
        ("３０．５５％", "30.55%"),
        ("73,615.16万元、1，234，567人", "73615.16万元、1234567人"),
        ("12,34 与 1,2345", "12,34与1,2345"),
        ("第 3 名 2022 2023", "第3名2022 2023"),
        ("A级 Abc", "a级abc"),
    ],
)
def test_text_is_normalised_as_the_design_says(text: str, normal: str) -> None:
    assert normalise(text) == normal


@pytest.mark.parametrize(
    ("variant", "text", "found"),
    [
        ("30.55万", "共 30.55 万人", True),
        ("30.55万", "130.55万人", False),
        ("0.55万", "30.55万人", False),
        ("55万", "30.55万人", False),
        ("30", "30.55万人", False),
        ("30", "共30。55人", True),
        ("1600", "共1,600家", True),
        ("600", "共1,600家", False),
        ("98%", "为98%以上", True),
        ("98%", "为98.4%", False),
        ("4家", "14家", False),
        ("第一", "全省排名第一", True),
        ("100%", "达100％", True),
        ("2022", "2022年", True),
        ("202", "2022年", False),
        ("8.7亿", "18.7亿元", False),
    ],
)
def test_a_digit_at_the_end_of_a_variant_touches_no_other_number(variant: str, text: str, found: bool) -> None:
    assert occurs(variant, normalise(text)) is found


def test_one_variant_of_each_group_has_to_occur() -> None:
    must = [["30.55万", "305500"], ["2022"]]
    assert missing(must, "2022年为305,500人") == ()
    assert missing(must, "30.55万人") == (("2022",),)
    assert forbidden(["未完成", "2993"], "共 2,993 场，已完成") == ("2993",)
