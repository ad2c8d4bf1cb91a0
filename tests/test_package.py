"""The wheel is complete: it charts a product far from the checkout."""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CONTENT = ("ontology", "shapes", "data", "site")

pytestmark = pytest.mark.slow


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command, show its output if it fails, and return what it prints."""
    done = subprocess.run(list(map(str, command)), cwd=cwd, capture_output=True, text=True)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from the checkout, offline."""
    out = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, cwd=ROOT)
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel alone in a new environment and return its folder of programs."""
    home = tmp_path_factory.mktemp("installed")
    venv.create(home, with_pip=False)
    programs = home / ("Scripts" if sys.platform == "win32" else "bin")
    python = programs / "python"
    pip = (sys.executable, "-m", "pip", "--python", python, "--disable-pip-version-check")
    run(*pip, "install", "--quiet", "--no-deps", "--no-index", wheel, cwd=home)
    site = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=home).strip()
    # What readson depends on comes from here. A .pth file inside a folder added like this is not read,
    # so the checkout that is installed here in editable mode stays out of sight.
    (Path(site) / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    return programs


def version() -> str:
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"])


def test_wheel_holds_every_content_file(wheel: Path) -> None:
    listed = subprocess.run(["git", "ls-files", "-z", *CONTENT], cwd=ROOT, check=True, capture_output=True)
    wanted = {f"readson/_content/{name}" for name in listed.stdout.decode().split("\0") if name}
    held = set(zipfile.ZipFile(wheel).namelist())
    assert all(any(name.startswith(f"readson/_content/{folder}/") for name in held) for folder in CONTENT)
    assert not wanted - held
    assert "readson/py.typed" in held


def test_wheel_has_the_version_of_the_project(wheel: Path, installed: Path) -> None:
    code = "from importlib.metadata import version; print(version('readson'))"
    assert wheel.name.startswith(f"readson-{version()}-")
    assert run(installed / "python", "-I", "-c", code, cwd=installed).strip() == version()


def test_installed_readson_charts_a_product(installed: Path, tmp_path: Path) -> None:
    product = min((ROOT / "data" / "products").glob("*/product.yaml")).parent
    shutil.copytree(product, tmp_path / product.name)
    found = run(installed / "python", "-I", "-c", "import readson; print(readson.__file__)", cwd=tmp_path)
    assert Path(found.strip()).is_relative_to(installed.parent)
    run(installed / "readson", "check", product.name, "-o", "site", cwd=tmp_path)
    assert (tmp_path / "site" / "index.html").is_file()
