"""What can be done with accounts. Nothing here knows of HTTP."""

import hashlib
import secrets
import uuid
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import CursorResult, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from full_example.auth import passwords
from full_example.auth.identities import find_or_add_user
from full_example.auth.jwt import make_access_token
from full_example.auth.models import RefreshToken, User
from full_example.auth.providers import Person
from full_example.database.base import now
from full_example.settings import Settings


class AuthError(Exception):
    """Somebody is not who they say to be; why exactly is not told."""


class EmailTakenError(Exception):
    """There is an account with this address."""


class WeakPasswordError(Exception):
    """The password is not good enough; the text says why."""


@dataclass(frozen=True)
class TokenPair:
    """What somebody gets who signed in."""

    access: str
    refresh: str


@dataclass(frozen=True)
class Accounts:
    """The accounts in a database."""

    sessions: sessionmaker[Session]
    settings: Settings

    def register(self, email: str, password: str, role: str = "user") -> User:
        """Make an account."""
        weakness = passwords.find_weakness(password, email)
        if weakness:
            raise WeakPasswordError(weakness)
        kept = passwords.hash_password(password)
        user = User(email=email.lower(), password_hash=kept, role=role)
        try:
            with self.sessions.begin() as session:
                session.add(user)
        except IntegrityError as error:
            raise EmailTakenError from error
        return user

    def sign_in(self, email: str, password: str) -> TokenPair:
        """Begin a family of tokens."""
        with self.sessions.begin() as session:
            user = session.scalars(select(User).where(User.email == email.lower())).one_or_none()
            right, new_hash = passwords.check_password(
                password, user.password_hash if user else None
            )
            if not user or not right or not user.active:
                raise AuthError
            if new_hash:
                user.password_hash = new_hash
            return self._issue(session, user.id, uuid.uuid4())

    def sign_in_at(self, provider: str, person: Person) -> TokenPair:
        """Begin a family of tokens for somebody whom a provider knows."""
        with self.sessions.begin() as session:
            user = find_or_add_user(session, provider, person)
            if not user.active:
                raise AuthError
            return self._issue(session, user.id, uuid.uuid4())

    def refresh(self, token: str) -> TokenPair | None:
        """Exchange a refresh token for a new pair; it is used up by that.

        A token that comes a second time was stolen, from its owner or by them: the whole family
        ends. That must be committed, so the answer is None and no exception.
        """
        with self.sessions.begin() as session:
            query = select(RefreshToken).where(RefreshToken.token_hash == _hash(token))
            row = session.scalars(query).one_or_none()
            if row is None or row.revoked_at or row.expires_at <= now():
                return None
            # Only one of two requests at the same moment gets it.
            claim = (
                update(RefreshToken)
                .where(RefreshToken.id == row.id, RefreshToken.used_at.is_(None))
                .values(used_at=now())
                .execution_options(synchronize_session=False)
            )
            claimed = session.execute(claim)
            assert isinstance(claimed, CursorResult)
            if claimed.rowcount != 1:
                self._revoke(session, row.user_id, row.family)
                return None
            user = session.get(User, row.user_id)
            if user is None or not user.active:
                return None
            return self._issue(session, user.id, row.family)

    def find_user(self, user_id: int, family: uuid.UUID) -> User | None:
        """Return who a token speaks for, unless the account or the family has ended."""
        living = (
            select(RefreshToken.id)
            .where(RefreshToken.family == family, RefreshToken.revoked_at.is_(None))
            .exists()
        )
        with self.sessions() as session:
            query = select(User).where(User.id == user_id, User.active, living)
            return session.scalars(query).one_or_none()

    def list_sessions(self, user_id: int) -> list[tuple[uuid.UUID, RefreshToken]]:
        """Return where somebody is signed in: each family with its newest token."""
        newest = (
            select(func.max(RefreshToken.id))
            .where(RefreshToken.user_id == user_id, RefreshToken.revoked_at.is_(None))
            .group_by(RefreshToken.family)
        )
        query = select(RefreshToken).where(
            RefreshToken.id.in_(newest), RefreshToken.expires_at > now()
        )
        with self.sessions() as session:
            return [(row.family, row) for row in session.scalars(query.order_by(RefreshToken.id))]

    def end_session(self, user_id: int, family: uuid.UUID) -> bool:
        """End a family of somebody's tokens; of nobody else's."""
        with self.sessions.begin() as session:
            return self._revoke(session, user_id, family) > 0

    def list_users(self, after: int, limit: int) -> list[User]:
        """Return accounts, in the order in which they were made."""
        query = select(User).where(User.id > after).order_by(User.id).limit(limit)
        with self.sessions() as session:
            return list(session.scalars(query))

    def _issue(self, session: Session, user_id: int, family: uuid.UUID) -> TokenPair:
        refresh = secrets.token_urlsafe(32)
        moment = now()
        session.add(
            RefreshToken(
                user_id=user_id,
                family=family,
                token_hash=_hash(refresh),
                expires_at=moment + timedelta(days=self.settings.refresh_token_days),
            )
        )
        return TokenPair(make_access_token(user_id, family, self.settings, moment), refresh)

    def _revoke(self, session: Session, user_id: int, family: uuid.UUID) -> int:
        done = session.execute(
            update(RefreshToken)
            .where(
                RefreshToken.user_id == user_id,
                RefreshToken.family == family,
                RefreshToken.revoked_at.is_(None),
            )
            .values(revoked_at=now())
            .execution_options(synchronize_session=False)
        )
        assert isinstance(done, CursorResult)
        return done.rowcount


def _hash(token: str) -> str:
    # A token is random and long, so a fast hash is enough: there is nothing to guess.
    return hashlib.sha256(token.encode()).hexdigest()
