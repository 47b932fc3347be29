"""What every value of a YAML file is."""

from pydantic import BaseModel, ConfigDict


class Strict(BaseModel):
    """Frozen, strict, and without unknown fields."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid", allow_inf_nan=False)
