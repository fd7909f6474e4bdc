"""The one file that reads the environment: settings `JUSHI_*`, refused when unknown or out of range.

It stands in the lowest layer because every command line, from corpus up to the page, reads it.
"""

import os
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from corpus.errors import SettingsError
from corpus.formats.printed import Limits

PREFIX = "JUSHI_"
PROJECT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True)

    store: Path = Field(default=PROJECT / ".jushi", description="索引所在的文件夹")
    embedding_model: str = Field(default="", description="sentence-transformers 模型名；空为自带权重")
    reranker: str = Field(default="", description="重排用的 CrossEncoder 模型名或文件夹；空为不用")
    chroma_url: str = Field(default="", description="Chroma 服务器地址；空为内嵌")
    database_url: str = Field(default="", description="数据库地址；空为索引文件夹里的 SQLite")
    index_workers: int = Field(default=1, ge=0, le=256, description="建索引用几个进程；0 为处理器个数")
    dask_scheduler: str = Field(default="", description="建索引用的 Dask 调度器地址；空为只用本机")
    llm: str = Field(
        default="",
        pattern=r"^(?:(?:openai|ollama):\S+)?$",
        description="语言模型：openai:NAME 或 ollama:NAME；空为不用",
    )
    llm_base_url: str = Field(default="", description="语言模型服务地址")
    llm_api_key: SecretStr = Field(default=SecretStr(""), description="语言模型密钥")
    llm_timeout_seconds: float = Field(default=60, ge=1, le=600, description="一个问题等语言模型的最长秒数")
    llm_retries: int = Field(default=1, ge=0, le=5, description="语言模型出错后再试的次数")
    llm_max_tokens: int = Field(default=1_000, ge=16, le=32_000, description="语言模型一次回复的最长 token 数")
    llm_context_tokens: int = Field(default=8_000, ge=512, le=2_000_000, description="语言模型的上下文窗口，token 数")
    trace: Path | None = Field(default=None, description="记录语言模型调用的 JSONL 文件；不设为不记录")
    admin_password: SecretStr = Field(default=SecretStr(""), description="管理报告的密码")
    login: Literal["", "local", "oidc"] = Field(
        default="", description="登录方式：空为不登录；local 为本地账户；oidc 为统一身份认证"
    )
    session_hours: float = Field(default=12, ge=0.1, le=720, description="登录最长保持几小时")
    session_idle_minutes: float = Field(default=120, ge=1, le=43_200, description="多少分钟没有操作就退出登录")
    trusted_proxies: int = Field(default=0, ge=0, le=8, description="前面有几层反向代理；来访地址从它们写的头里取")
    questions_per_minute: int = Field(
        default=30, ge=0, le=10_000, description="登录后每个账户每分钟最多提几个问题；0 为不限"
    )
    audit_text: bool = Field(default=False, description="审计记录里是否存问题和回答的文字")
    keep_conversations_days: int = Field(default=0, ge=0, le=36_500, description="对话保留多少天；0 为一直保留")
    keep_audit_days: int = Field(default=0, ge=0, le=36_500, description="审计记录保留多少天；0 为一直保留")
    log_format: Literal["text", "json"] = Field(default="text", description="服务器日志的写法：text 或 json")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(default="INFO", description="服务器日志记到哪一级")
    log_questions: bool = Field(default=False, description="服务器日志里是否写问题原文")
    min_free_bytes: int = Field(default=500_000_000, ge=0, le=10**15, description="磁盘至少剩多少字节，服务器才启动")
    stop_seconds: float = Field(default=30, ge=0, le=600, description="服务器停止前等正在回答的问题多少秒")
    max_question_characters: int = Field(default=1000, ge=10, le=100_000, description="问题最长字数")
    max_report_bytes: int = Field(default=50_000_000, ge=1_000, le=1_000_000_000, description="报告文件最大字节数")
    max_line_characters: int = Field(default=1_000_000, ge=1_000, le=100_000_000, description="报告一行最长字数")
    max_unpacked_bytes: int = Field(
        default=200_000_000, ge=1_000_000, le=4_000_000_000, description="docx、xlsx 解开后的最大字节数"
    )
    max_pages: int = Field(default=2_000, ge=1, le=100_000, description="PDF 最多页数")
    max_table_columns: int = Field(default=200, ge=2, le=10_000, description="表格最多列数")
    max_scanned_pages: int = Field(default=500, ge=1, le=100_000, description="一份报告最多识别几页图片")
    max_image_pixels: int = Field(default=80_000_000, ge=10_000, le=170_000_000, description="图片最大像素数（宽×高）")
    ocr_confidence: float = Field(default=0.9, ge=0, le=1, description="识别把握低于它的数字标为待核对")

    def limits(self) -> Limits:
        """What a reader of files keeps to."""
        return Limits(
            report_bytes=self.max_report_bytes,
            unpacked_bytes=self.max_unpacked_bytes,
            line_characters=self.max_line_characters,
            pages=self.max_pages,
            table_columns=self.max_table_columns,
            scanned_pages=self.max_scanned_pages,
            image_pixels=self.max_image_pixels,
            recognition_confidence=self.ocr_confidence,
        )


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings in force.

    Raises:
        SettingsError: a `JUSHI_` variable is unknown or out of range.
    """
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    unknown = sorted(name for name in os.environ if name.upper().startswith(PREFIX) and name.upper() not in known)
    if unknown:
        raise SettingsError(f"不认识的设置：{'、'.join(unknown)}。可用的设置：{'、'.join(sorted(known))}。")
    try:
        return Settings()
    except ValidationError as error:
        faults = "；".join(
            f"{PREFIX}{str(fault['loc'][0]).upper()}={fault['input']!r}（{fault['msg']}）" for fault in error.errors()
        )
        raise SettingsError(f"设置超出范围：{faults}。请改正后再运行。") from error
