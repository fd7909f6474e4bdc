"""The arrays in which vectors cross files."""

import numpy as np
import numpy.typing as npt

Vector = npt.NDArray[np.float32]
# one vector a row
Matrix = npt.NDArray[np.float32]
