"""Work that takes longer than a request should: it is handed over, and asked about later."""

import uuid
from typing import Annotated

from fastapi import APIRouter, HTTPException, Response
from pydantic import BaseModel, ConfigDict, Field

from accounts_on_mysql.api import problems
from accounts_on_mysql.tasks.handover import (
    QueueError,
    State,
    get_state,
    hand_over_greeting,
)

router = APIRouter(prefix="/v1/deliveries", tags=["deliveries"])

NOT_BLANK = r"[^\s\x1c-\x1f\x85]"


class DeliveryInput(BaseModel):
    """Who is to be greeted."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(max_length=200, pattern=NOT_BLANK)]


class Delivery(BaseModel):
    """What became of it."""

    id: uuid.UUID
    state: State


@router.post("", status_code=202, responses=problems.documented(422, 503))
def create_delivery(delivery: DeliveryInput, response: Response) -> Delivery:
    """Hand a greeting over to a worker."""
    delivery_id = uuid.uuid4()
    try:
        hand_over_greeting(delivery.name, str(delivery_id))
    except QueueError as error:
        raise HTTPException(503, "Nothing can be handed over right now.") from error
    response.headers["Location"] = f"/v1/deliveries/{delivery_id}"
    return Delivery(id=delivery_id, state="waiting")


@router.get("/{delivery_id}", responses=problems.documented(422, 503))
def get_delivery(delivery_id: uuid.UUID) -> Delivery:
    """Tell how far a delivery is. One that nobody knows looks like one that waits."""
    try:
        state = get_state(str(delivery_id))
    except QueueError as error:
        raise HTTPException(503, "Nobody knows right now.") from error
    return Delivery(id=delivery_id, state=state)
