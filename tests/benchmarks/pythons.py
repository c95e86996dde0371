"""The suite on several Pythons: for each a fresh environment, ``.[test]``, pytest.

python tests/benchmarks/pythons.py python3.11 python3.12 python3.13 -- -q -x

What stands behind ``--`` goes to pytest. ``READALOUD_VENVS`` names a folder where the environments
are kept for the next time.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    at = sys.argv.index("--") if "--" in sys.argv else len(sys.argv)
    pythons, wanted = sys.argv[1:at], sys.argv[at + 1 :]
    if not pythons:
        sys.exit(f"Usage: {sys.argv[0]} PYTHON ... [-- PYTEST-ARGUMENT ...]")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(os.environ.get("READALOUD_VENVS", name))
        codes = {python: run(python, folder, wanted) for python in pythons}
    for python, code in codes.items():
        print(f"{python}: {'passed' if code == 0 else f'failed ({code})'}")
    return int(any(codes.values()))


def run(python: str, folder: Path, wanted: list[str]) -> int:
    """Exit code of pytest under one interpreter."""
    code = "import sys; print('%d.%d' % sys.version_info[:2])"
    asked = subprocess.run([python, "-c", code], check=True, capture_output=True, text=True)
    environment = folder / asked.stdout.strip()
    print(f"{python}: Python {asked.stdout.strip()}", flush=True)
    subprocess.run([python, "-m", "venv", environment], check=True)
    inside = str(environment / ("Scripts" if os.name == "nt" else "bin") / "python")
    install = [inside, "-m", "pip", "install", "--quiet", "--upgrade", f"{ROOT}[test]"]
    if subprocess.run(install, check=False).returncode:
        return 1
    # An installed package, not the folder's: what is missing in the wheel is missing here.
    cleared = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    tests = [inside, "-m", "pytest", *wanted]
    return subprocess.run(tests, check=False, cwd=ROOT, env=cleared).returncode


if __name__ == "__main__":
    sys.exit(main())
