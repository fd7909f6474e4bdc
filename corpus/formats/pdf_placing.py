"""From a pdf's coordinates to places on the page as it is read: rotation, crop box and pages set sideways."""

import math
from dataclasses import dataclass

Box = tuple[float, float, float, float]
_STRAIGHT_DEGREES = 5


@dataclass(frozen=True, slots=True)
class Placing:
    """From pdf coordinates to points from the upper left corner of the page as it is shown."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def point(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def angle(self, radians: float) -> float:
        """Degrees clockwise that text has on the page which runs `radians` clockwise in the pdf's coordinates."""
        x, y = math.cos(radians), -math.sin(radians)
        return math.degrees(math.atan2(self.b * x + self.d * y, self.a * x + self.c * y)) % 360

    def then(self, quarter: int, width: float, height: float) -> "Placing":
        """Turned further so that text running down (1), upside down (2) or up (3) becomes upright."""
        a, b, c, d, e, f = self.a, self.b, self.c, self.d, self.e, self.f
        if quarter == 1:
            return Placing(b, -a, d, -c, f, width - e)
        if quarter == 2:
            return Placing(-a, -b, -c, -d, width - e, height - f)
        return Placing(-b, a, -d, c, height - f, e) if quarter == 3 else self


def quarter_of(degrees: float) -> int | None:
    """The quarter turns (0-3) of a direction along an edge of the page, None for one that is askew."""
    nearest = round(degrees / 90)
    return nearest % 4 if abs(degrees - nearest * 90) < _STRAIGHT_DEGREES else None
