"""Every template is drawn by some test: a run of the whole suite names those that were not, and fails."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.template import Template
from django.test.signals import template_rendered

PACKAGE = Path(__file__).resolve().parent.parent / "baixing"
TESTS = Path(__file__).resolve().parent
DRAWN: set[str] = set()


def _note(template: Template, **_: object) -> None:
    if template.name:
        DRAWN.add(str(template.name))


template_rendered.connect(_note, dispatch_uid="tests.rendered")


def templates() -> set[str]:
    """Every template of the package, by the name it is asked for."""
    return {str(path.relative_to(folder)) for folder in PACKAGE.glob("*/templates") for path in folder.rglob("*.*")}


@pytest.hookimpl(tryfirst=True)  # before a worker sends what it has
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    config = session.config
    if hasattr(config, "workeroutput"):
        config.workeroutput["drawn"] = "\n".join(DRAWN)  # one plain string: a worker cannot send safe ones
    elif exitstatus == 0 and _is_whole(config) and (missing := sorted(templates() - DRAWN)):
        config.pluginmanager.getplugin("terminalreporter").write_line(f"No test draws {', '.join(missing)}", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: object, error: object) -> None:
    DRAWN.update(getattr(node, "workeroutput", {}).get("drawn", "").splitlines())


def _is_whole(config: pytest.Config) -> bool:
    """All the tests were asked for, not some of them."""
    chosen = config.option
    narrowed = chosen.keyword or chosen.markexpr or chosen.ignore or getattr(chosen, "lf", False)
    return not narrowed and all(Path(asked).resolve() == TESTS for asked in config.args)
