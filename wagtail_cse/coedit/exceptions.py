"""Why a frame is refused. Names are stable: they stand in close reasons, logs and tests."""


class Rejected(Exception):
    """The frame breaks a rule; nothing of it was applied. `str()` is the stable name of the rule."""


class Behind(Rejected):
    """The frame builds on something that is not here: refused, unless another process has just committed it."""
