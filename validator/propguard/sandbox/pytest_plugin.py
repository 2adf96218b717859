"""The pytest fixture `helicone_sandbox`: a platform of its own for every test.

pytest imports this in every run of whoever has propguard installed, so it imports nothing that is not used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propguard.sandbox.process import Sandbox


@pytest.fixture(scope="session")
def helicone_sandbox_options() -> dict[str, Any]:
    """The arguments of `propguard.sandbox.Sandbox`; define a fixture of this name to give others, such as a schema."""
    return {}


@pytest.fixture(scope="session")
def _helicone_sandbox_process(helicone_sandbox_options: dict[str, Any]) -> Iterator[Sandbox]:
    from propguard.errors import UsageError
    from propguard.sandbox.process import Sandbox

    try:
        sandbox = Sandbox(**helicone_sandbox_options).start()
    except UsageError as error:
        pytest.fail(str(error), pytrace=False)
    yield sandbox
    sandbox.close()


@pytest.fixture
def helicone_sandbox(_helicone_sandbox_process: Sandbox) -> Sandbox:
    """A local Helicone, empty and without faults; the process behind it is started once for all tests of a worker."""
    _helicone_sandbox_process.reset()
    return _helicone_sandbox_process
