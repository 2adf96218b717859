from grants.core.session import Session, open_session  # noqa: F401
