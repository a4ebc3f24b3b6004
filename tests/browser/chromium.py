"""Finds Chromium and a Japanese font for the browser tests; as root on Debian it installs what is missing.

Run by ``make test`` before pytest: exits 1 with one line that says what to install.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
PACKAGES = {"chromium": "chromium", "font": "fonts-noto-cjk"}


def executable() -> str | None:
    """Path of an installed Chromium or Chrome; the variable CHROMIUM names another."""
    candidates = [os.environ.get("CHROMIUM"), *map(shutil.which, NAMES), *MAC]
    return next((path for path in candidates if path and Path(path).exists()), None)


def has_japanese_font() -> bool:
    if sys.platform == "darwin":
        return True
    try:
        found = subprocess.run(["fc-list", ":lang=ja"], capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return False
    return bool(found.stdout.strip())


def missing() -> list[str]:
    """Debian's names of the packages that are not there yet."""
    present = {"chromium": executable() is not None, "font": has_japanese_font()}
    return [PACKAGES[part] for part, there in present.items() if not there]


def install(packages: list[str]) -> None:
    env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update", "-q"], ["install", "-q", "-y", "--no-install-recommends", *packages]):
        done = subprocess.run(["apt-get", *arguments], env=env, stdin=subprocess.DEVNULL, capture_output=True)
        if done.returncode:
            print(done.stderr.decode(errors="replace")[-600:], file=sys.stderr)
            return


def main() -> int:
    packages = missing()
    if packages and os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"・画面のテストに使う {' '.join(packages)} を入れています …", flush=True)
        install(packages)
        packages = missing()
    if packages:
        print(
            f"画面のテストに {' '.join(packages)} が要ります。"
            f"`sudo apt-get install {' '.join(packages)}` などで入れてから、もう一度実行してください。",
            file=sys.stderr,
        )
    return bool(packages)


if __name__ == "__main__":
    sys.exit(main())
