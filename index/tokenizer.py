"""Writes a Unigram vocabulary as the `tokenizer.json` that the Hugging Face tokenizers library reads.

The packed file gives a map from character to replacement. It is Unicode NFKC apart from some fifty
characters (control characters dropped or made spaces, `～` kept), so those are written as replacements
around NFKC. The rest is XLM-RoBERTa's: `▁` for a space and before the text, `<s> text </s>`.
"""

import re
import unicodedata

from index.packed_weights import Vocabulary

SPECIAL = ("<s>", "<pad>", "</s>", "<unk>", "<mask>")
KEPT = "～"  # NFKC would make it "~"; a range in a report (5%～10%) is printed with it
SHIELD = "\ue000"  # private use: stands for KEPT while NFKC runs

Json = dict[str, object]


def tokenizer_json(words: Vocabulary) -> Json:
    begin, end = words.pieces[words.begin], words.pieces[words.end]
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [_added(words, piece) for piece in SPECIAL],
        "normalizer": {"type": "Sequence", "normalizers": _normalizers(words.character_map)},
        "pre_tokenizer": _metaspace(),
        "post_processor": _template(begin, words.begin, end, words.end),
        "decoder": _metaspace(),
        "model": {
            "type": "Unigram",
            "unk_id": words.unknown,
            "vocab": [list(pair) for pair in zip(words.pieces, words.log_probabilities, strict=True)],
            "byte_fallback": False,
        },
    }


def _added(words: Vocabulary, piece: str) -> Json:
    return {
        "id": words.pieces.index(piece),
        "content": piece,
        "single_word": False,
        "lstrip": piece == "<mask>",
        "rstrip": False,
        "normalized": False,
        "special": True,
    }


def _normalizers(character_map: dict[str, str]) -> list[Json]:
    departures = {old: new for old, new in character_map.items() if unicodedata.normalize("NFKC", old) != new}
    steps = [_replace(_one_of(departures, new), new) for new in sorted(set(departures.values()))]
    shield = KEPT not in character_map
    return [
        *steps,
        *([_replace(KEPT, SHIELD)] if shield else []),
        {"type": "NFKC"},
        *([_replace(SHIELD, KEPT)] if shield else []),
        _replace(" {2,}", " "),
    ]


def _one_of(departures: dict[str, str], new: str) -> str:
    return "[" + "".join(re.escape(old) for old in departures if departures[old] == new) + "]"


def _replace(pattern: str, content: str) -> Json:
    return {"type": "Replace", "pattern": {"Regex": pattern}, "content": content}


def _metaspace() -> Json:
    return {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": True}


def _template(begin: str, begin_id: int, end: str, end_id: int) -> Json:
    def special(piece: str) -> Json:
        return {"SpecialToken": {"id": piece, "type_id": 0}}

    def sequence(name: str) -> Json:
        return {"Sequence": {"id": name, "type_id": 0}}

    return {
        "type": "TemplateProcessing",
        "single": [special(begin), sequence("A"), special(end)],
        "pair": [special(begin), sequence("A"), special(end), special(end), sequence("B"), special(end)],
        "special_tokens": {
            begin: {"id": begin, "ids": [begin_id], "tokens": [begin]},
            end: {"id": end, "ids": [end_id], "tokens": [end]},
        },
    }
