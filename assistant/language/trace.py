"""A local trace of what was sent to a language model and what came back: a JSON object a line, where a file is set.

A line has time, model, prompt version, the prompt's two parts, the reply, seconds and what became of it; no key.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from assistant.language.prompts import Prompt
from corpus.errors import SettingsError


@dataclass(frozen=True, kw_only=True, slots=True)
class Trace:
    file: Path | None
    model: str

    def write(self, version: str, prompt: Prompt, reply: str, *, seconds: float, outcome: str) -> None:
        """Appends one call.

        Raises:
            SettingsError: the file cannot be written.
        """
        if self.file is None:
            return
        line = json.dumps(
            {
                "time": datetime.now(UTC).isoformat(timespec="seconds"), "model": self.model, "prompt_version": version,
                "system": prompt.system, "user": prompt.user, "reply": reply, "seconds": round(seconds, 3),
                "outcome": outcome,
            },
            ensure_ascii=False,
        )  # fmt: skip
        try:
            with self.file.open("a", encoding="utf-8", errors="replace") as out:
                out.write(line + "\n")
        except OSError as error:
            raise SettingsError(f"写不了 JUSHI_TRACE 文件“{self.file}”：{error.strerror}。请换一个位置。") from error
