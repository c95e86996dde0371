"""What ``pip install .`` brings: a fresh environment, each distribution, its bytes.

python tests/benchmarks/install_size.py [--keep FOLDER] [--python PYTHON]

Bytes are those that the disk gives to the files of each distribution's RECORD, compiled modules
included.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BARE = {"pip", "setuptools"}
FAST = {"openvino", "openvino-telemetry"}
MOST, MOST_MB = 45, 520
_COUNT = """
import json
from importlib.metadata import distributions
found = {}
for each in distributions():
    paths = {path.locate() for path in each.files or ()}
    found[each.name.lower()] = sum(path.stat().st_blocks * 512 for path in paths if path.is_file())
print(json.dumps(found))
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--keep", type=Path, help="where the environment is made, and stays")
    parser.add_argument("--python", default=sys.executable, help="the interpreter to install for")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        found = install(options.python, options.keep or Path(name) / "venv")
    for distribution, size in sorted(found.items(), key=lambda item: -item[1]):
        print(f"{size / 1e6:8.1f} MB  {distribution}")
    show("all", found)
    count, megabytes = show("without OpenVINO", {k: v for k, v in found.items() if k not in FAST})
    return int(count > MOST or megabytes > MOST_MB)


def install(python: str, folder: Path) -> dict[str, int]:
    """Bytes by distribution of an environment made for it."""
    subprocess.run([python, "-m", "venv", folder], check=True)
    inside = next(folder.glob("[bS][ic][nr]*/python*"))
    subprocess.run([inside, "-m", "pip", "install", "--quiet", ROOT], check=True)
    counted = subprocess.run([inside, "-c", _COUNT], check=True, capture_output=True, text=True)
    found: dict[str, int] = json.loads(counted.stdout)
    return {name: size for name, size in found.items() if name not in BARE}


def show(label: str, found: dict[str, int]) -> tuple[int, float]:
    """Print and give the number of distributions and their megabytes."""
    size = sum(found.values()) / 1e6
    print(f"{label}: {len(found)} distributions, {size:.0f} MB")
    return len(found), size


if __name__ == "__main__":
    sys.exit(main())
