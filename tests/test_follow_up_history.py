"""What a conversation is rebuilt from: its text alone, no farther back than needed, and no other conversation."""

import pytest
from talking import talk, turns

from assistant.assistant import Assistant
from assistant.conversations import mentions
from assistant.conversations.conversation import Turn

pytest_plugins = ["follow_up_fixtures"]


def test_digits_of_an_earlier_answer_are_never_evidence(foshan: Assistant):
    wrong = turns(["水库除险加固数量实际是多少？", "水库除险加固数量为99座。"])
    assert "99" not in foshan.answer("那目标呢", wrong).answer
    assert foshan.answer("你确定？", wrong).figures[0].base_value == "14"
    other = turns(["河道清淤长度实际是多少？", "河道清淤长度为14座。"])
    assert foshan.answer("目标呢", other).figures[0].base_value == "210"
    beside = turns(["水库加固补助下达了多少钱？", "水库加固补助下达1.86亿元。"])
    assert foshan.answer("惠及多少个乡镇", beside).figures[0].base_value == "18"


def test_conversations_asked_by_turns_do_not_leak(foshan: Assistant):
    one, other = ["水库除险加固数量实际是多少？"], ["水库加固补助下达了多少钱？"]
    follow_ups = (["那目标呢", "河道清淤的呢"], ["农村供水补助呢", "换算成万元"])
    apart = [[talk(foshan, [*first, *more[: n + 1]]).answer for n in range(2)]
             for first, more in zip((one, other), follow_ups, strict=True)]  # fmt: skip
    said: tuple[list[str], list[str]] = ([], [])
    together: tuple[list[str], list[str]] = ([], [])
    for step in range(3):
        for side, questions in enumerate(([*one, *follow_ups[0]], [*other, *follow_ups[1]])):
            answer = foshan.answer(questions[step], turns(said[side]))
            said[side].extend([questions[step], answer.answer])
            together[side].append(answer.answer)
    assert [side[1:] for side in together] == apart


def test_forty_turns_cost_as_many_lookups_as_two(foshan: Assistant, monkeypatch: pytest.MonkeyPatch):
    counted: list[str] = []
    look_up = mentions.look_up

    def counting(*given: object, **named: object) -> object:
        counted.append("look_up")
        return look_up(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(mentions, "look_up", counting)
    pair = ["水库除险加固数量实际是多少？", "水库除险加固数量为14座。"]
    elliptic = ["那目标呢", "目标值为12座。"]
    for history in (pair, pair * 20, pair + elliptic * 19):
        counted.clear()
        answer = foshan.answer("完成率呢", turns(history))
        assert answer.status == "answered"
        assert len(counted) <= 1


def test_a_conversation_of_follow_ups_alone_is_not_read_to_its_beginning(
    foshan: Assistant, monkeypatch: pytest.MonkeyPatch
):
    read: list[str] = []
    told_rows = mentions.told_rows

    def counting(exchange: mentions.Exchange, *rest: object) -> object:
        read.append(exchange.question)
        return told_rows(exchange, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(mentions, "told_rows", counting)
    foshan.answer("那目标呢", turns(["那这个呢", "没有查到。"] * 40))
    assert 0 < len(read) <= mentions.LOOK_BACK + 2


def test_an_empty_or_strange_history_harms_nothing(foshan: Assistant):
    plain = foshan.answer("河道巡查多少次？")
    for history in ((), turns(["", ""]), (Turn(role="assistant", content="您好"),), turns(["？？？", "12座"])):
        assert foshan.answer("河道巡查多少次？", history).answer == plain.answer
        foshan.answer("那目标呢", history)
