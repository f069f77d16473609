"""What can be done with accounts. Nothing here knows of HTTP."""

import hashlib
import hmac
import secrets
import uuid
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import CursorResult, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from small_service.auth import passwords
from small_service.auth.identities import find_or_add_user
from small_service.auth.models import User, UserSession
from small_service.auth.providers import Person
from small_service.database.base import now
from small_service.settings import Settings


class AuthError(Exception):
    """Somebody is not who they say to be; why exactly is not told."""


class EmailTakenError(Exception):
    """There is an account with this address."""


class WeakPasswordError(Exception):
    """The password is not good enough; the text says why."""


@dataclass(frozen=True)
class SignedIn:
    """Who sends a request, in which session, and what proves that one of our pages sends it."""

    user: User
    session_id: uuid.UUID
    csrf_token: str


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

    def sign_in(self, email: str, password: str) -> tuple[str, str]:
        """Begin a session; return what its cookie holds, and its token against forged requests."""
        with self.sessions.begin() as session:
            user = session.scalars(select(User).where(User.email == email.lower())).one_or_none()
            kept = user.password_hash if user else None
            right, new_hash = passwords.check_password(password, kept)
            if not user or not right or not user.active:
                raise AuthError
            if new_hash:
                user.password_hash = new_hash
            return self._begin(session, user.id)

    def sign_in_at(self, provider: str, person: Person) -> tuple[str, str]:
        """Begin a session for somebody whom a provider knows."""
        with self.sessions.begin() as session:
            user = find_or_add_user(session, provider, person)
            if not user.active:
                raise AuthError
            return self._begin(session, user.id)

    def find(self, token: str) -> SignedIn | None:
        """Return whose session a cookie names, unless it has ended."""
        moment = now()
        idle = moment - timedelta(hours=self.settings.session_idle_hours)
        query = (
            select(UserSession, User)
            .join(User, User.id == UserSession.user_id)
            .where(
                UserSession.token_hash == _hash(token),
                UserSession.expires_at > moment,
                UserSession.used_at > idle,
                User.active,
            )
        )
        with self.sessions.begin() as session:
            found = session.execute(query).one_or_none()
            if found is None:
                return None
            row: UserSession = found[0]
            user: User = found[1]
            # Written seldom: each write costs, and a minute more or less does not matter.
            if row.used_at < moment - timedelta(minutes=1):
                row.used_at = moment
            return SignedIn(user, row.id, self.make_csrf_token(token))

    def make_csrf_token(self, token: str) -> str:
        """Return what a page must send along, so that no other page can send its requests."""
        key = self.settings.secret_key.get_secret_value().encode()
        return hmac.new(key, f"csrf:{token}".encode(), hashlib.sha256).hexdigest()

    def list_sessions(self, user_id: int) -> list[UserSession]:
        """Return where somebody is signed in."""
        query = select(UserSession).where(
            UserSession.user_id == user_id, UserSession.expires_at > now()
        )
        with self.sessions() as session:
            return list(session.scalars(query.order_by(UserSession.created_at, UserSession.id)))

    def end_session(self, user_id: int, session_id: uuid.UUID) -> bool:
        """End one of somebody's sessions; of nobody else's."""
        statement = delete(UserSession).where(
            UserSession.user_id == user_id, UserSession.id == session_id
        )
        with self.sessions.begin() as session:
            done = session.execute(statement)
        assert isinstance(done, CursorResult)
        return done.rowcount > 0

    def list_users(self, after: int, limit: int) -> list[User]:
        """Return accounts, in the order in which they were made."""
        query = select(User).where(User.id > after).order_by(User.id).limit(limit)
        with self.sessions() as session:
            return list(session.scalars(query))

    def _begin(self, session: Session, user_id: int) -> tuple[str, str]:
        # A new name each time: nobody can prepare a session for somebody else to sign in to.
        token = secrets.token_urlsafe(32)
        moment = now()
        session.add(
            UserSession(
                user_id=user_id,
                token_hash=_hash(token),
                expires_at=moment + timedelta(days=self.settings.session_days),
                used_at=moment,
            )
        )
        return token, self.make_csrf_token(token)


def _hash(token: str) -> str:
    # A token is random and long, so a fast hash is enough: there is nothing to guess.
    return hashlib.sha256(token.encode()).hexdigest()
