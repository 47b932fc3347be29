"""What is said about roadmaps, in plain words."""

from typing import Any

from app.improvement.roadmap.rules import ActionState, Change, DropReason, Obstacle, OwnerTitle
from app.platform.i18n import lazy

STATES: dict[ActionState, tuple[Any, str]] = {
    ActionState.PLANNED: (lazy("Planned"), "plain"),
    ActionState.UNDER_WAY: (lazy("Under way"), "now"),
    ActionState.TRAINED: (lazy("Trained, to be closed"), "need"),
    ActionState.DONE: (lazy("Done"), "done"),
    ActionState.DROPPED: (lazy("Not gone on with"), "off"),
}
"""With the kind of badge."""
CHANGES: dict[Change, Any] = {
    Change.ADDED: lazy("Added"),
    Change.CHANGED: lazy("Planned anew"),
    Change.MOVED: lazy("Moved by itself"),
    Change.STEP_DONE: lazy("Step done"),
    Change.STEP_UNDONE: lazy("Step to be done again"),
    Change.CLOSED: lazy("Closed"),
    Change.DROPPED: lazy("Not gone on with"),
}
REASONS: dict[DropReason, Any] = {
    DropReason.ANOTHER_ACTION: lazy("Another action does it."),
    DropReason.FINDING_WITHDRAWN: lazy("The finding was taken back."),
    DropReason.LAW_CHANGED: lazy("The law has changed."),
    DropReason.MISTAKE: lazy("It was added by mistake."),
    DropReason.WORK_ENDED: lazy("The factory no longer does this work."),
}
OWNERS: dict[OwnerTitle, Any] = {
    OwnerTitle.GENERAL_MANAGER: lazy("General manager"),
    OwnerTitle.PRODUCTION_MANAGER: lazy("Production manager"),
    OwnerTitle.HR_MANAGER: lazy("Manager of human resources"),
    OwnerTitle.COMPLIANCE_OFFICER: lazy("Compliance officer"),
    OwnerTitle.SAFETY_OFFICER: lazy("Safety officer"),
    OwnerTitle.MAINTENANCE_HEAD: lazy("Head of maintenance"),
    OwnerTitle.TRAINING_OFFICER: lazy("Training officer"),
    OwnerTitle.COMMITTEE: lazy("Committee of management and workers"),
}
OBSTACLES: dict[Obstacle, Any] = {
    Obstacle.ENDED: lazy("This action is ended already."),
    Obstacle.TRAINING_MISSING: lazy("People are still to be trained. Close the action once they are."),
    Obstacle.STEP_MISSING: lazy("The step beside the training is still to be done. Mark it as done first."),
}
