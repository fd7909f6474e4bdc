"""`jushi X …` is `python -m X …` for the four commands of the project."""

import runpy
import sys

COMMANDS = ("assistant", "corpus", "index", "evals")


def main() -> None:
    """Run the command named first, with the arguments behind it."""
    if len(sys.argv) < 2 or sys.argv[1] not in COMMANDS:
        print(f"用法：jushi {'|'.join(COMMANDS)} …", file=sys.stderr)
        sys.exit(2)
    command = sys.argv.pop(1)
    runpy.run_module(command, run_name="__main__", alter_sys=True)
