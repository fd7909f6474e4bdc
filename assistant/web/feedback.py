"""有用 or 有误, with a reason: kept beside the answer, for the evaluation to learn from."""

import streamlit as st

from assistant.archive.exchange import Exchange
from assistant.web import keeping
from assistant.web.markup import plain

REASONS = ("数字不对", "单位、期间或口径不对", "出处不对", "答非所问", "报告里有，却没有查到", "其他")
_MOST_CHARACTERS = 500


def draw(number: int, exchange: Exchange) -> None:
    is_up, is_down = exchange.rating == "up", exchange.rating == "down"
    st.button(
        "已记为有用" if is_up else "有用",
        key=f"up-{number}",
        type="tertiary",
        icon=":material/thumb_up:",
        on_click=keeping.rate,
        args=(exchange.key, None if is_up else "up"),
    )
    label = "已记为有误" if is_down else "有误"
    with st.popover(
        label, key=f"down-{number}", type="tertiary", icon=":material/thumb_down:", on_change="rerun"
    ) as box:
        if box.open:
            _draw_reasons(number, exchange)


def _draw_reasons(number: int, exchange: Exchange) -> None:
    with st.form(key=f"reasons-{number}", border=False):
        chosen = st.radio("哪里不对？", REASONS, key=f"reason-{number}")
        words = st.text_input("补充说明（可不填）", key=f"words-{number}", max_chars=_MOST_CHARACTERS)
        if st.form_submit_button("提交"):
            reason = f"{chosen}：{words.strip()}" if words.strip() else chosen
            keeping.rate(exchange.key, "down", reason)
            st.rerun()
    if exchange.reason:
        st.caption(f"已记下：{plain(exchange.reason)}")
