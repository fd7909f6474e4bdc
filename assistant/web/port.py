"""Is the port free? `python -m assistant.web.port 8501` ends with 0, or with 2 and a Chinese sentence."""

import socket
import sys


class PortError(ValueError):
    """A port that cannot be used; the message is Chinese and says what to do."""


def require_free(text: str) -> None:
    """Raises PortError where `text` is no port number or another program listens there."""
    if not (text.isascii() and text.isdecimal() and 1 <= int(text) <= 65535):
        raise PortError(f"端口“{text}”不对：应是 1 到 65535 之间的整数。如：make chat PORT=8600")
    if _listened_to(int(text)):
        raise PortError(
            f"端口 {text} 已被占用，可能问答页面已经打开：http://localhost:{text}。换一个端口：make chat PORT=8600"
        )


def _listened_to(port: int) -> bool:
    for family, kind, protocol, _, address in socket.getaddrinfo("localhost", port, type=socket.SOCK_STREAM):
        with socket.socket(family, kind, protocol) as probe:
            probe.settimeout(1)
            if probe.connect_ex(address) == 0:
                return True
    return False


def main(arguments: list[str]) -> int:
    try:
        require_free(*arguments)
    except PortError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
