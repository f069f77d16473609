"""Which account belongs to somebody whom a provider knows."""

import secrets

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from full_example.auth import passwords
from full_example.auth.models import Identity, User
from full_example.auth.providers import Person


class NoEmailError(Exception):
    """The provider names no address of which it knows that it is theirs."""


class AccountExistsError(Exception):
    """There is an account with this address, which somebody else may have made."""


def find_or_add_user(session: Session, provider: str, person: Person) -> User:
    """Return the account of somebody whom a provider knows; make it the first time.

    An account that is there already is not taken over: whoever made it gave the address without
    a proof, so it may be a trap for the address's owner, or the owner's and not theirs who comes.
    """
    query = (
        select(User)
        .join(Identity, Identity.user_id == User.id)
        .where(Identity.provider == provider, Identity.subject == person.subject)
    )
    user = session.scalars(query).one_or_none()
    if user is not None:
        return user
    if person.email is None:
        raise NoEmailError
    email = person.email.lower()
    if session.scalars(select(User.id).where(User.email == email)).first() is not None:
        raise AccountExistsError
    # A password that nobody knows: this account is signed in to at the provider only.
    kept = passwords.hash_password(secrets.token_urlsafe(32))
    user = User(email=email, password_hash=kept, role="user", active=True)
    try:
        session.add(user)
        session.flush()
        session.add(Identity(provider=provider, subject=person.subject, user_id=user.id))
        session.flush()
    except IntegrityError as error:  # somebody was faster
        raise AccountExistsError from error
    return user
