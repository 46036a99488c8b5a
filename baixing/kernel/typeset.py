"""Typesetting a sheet of paper, in a process of its own: the web worker stays as small as it was.

`python -m baixing.kernel.typeset` reads what to set as JSON and writes the sheet.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

LONGEST = 30  # seconds
DOTS = 110  # an inch, of a picture
Form = Literal["pdf", "png"]


def typeset(source: Path, values: Mapping[str, str], fonts: Path, form: Form = "pdf") -> bytes:
    """The sheet that this source makes of these values: a PDF, or a PNG to look at."""
    asked = {"source": str(source), "values": dict(values), "fonts": str(fonts), "form": form}
    command = [sys.executable, "-m", "baixing.kernel.typeset"]
    done = subprocess.run(  # noqa: S603 - our own module, and nothing that somebody typed is in the command
        command, input=json.dumps(asked).encode(), capture_output=True, timeout=LONGEST, check=False
    )
    if done.returncode:
        raise RuntimeError(f"the sheet could not be set: {done.stderr.decode()[-2000:]}")
    return done.stdout


def main(source: str, values: dict[str, str], fonts: str, form: Form) -> bytes:
    import typst  # large: nobody else loads it

    return typst.compile(source, font_paths=[fonts], ignore_system_fonts=True, format=form, sys_inputs=values, ppi=DOTS)


if __name__ == "__main__":
    sys.stdout.buffer.write(main(**json.loads(sys.stdin.buffer.read())))
