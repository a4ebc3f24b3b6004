"""Makes ``.venv`` and fills it from requirements.txt. Run by make with the system's Python, before anything is installed.

Syntax and imports stay old on purpose: an old Python must get far enough to say that it is too old.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
STAMP = os.path.join(VENV, ".requirements")
REQUIREMENTS = os.path.join(ROOT, "requirements.txt")
OLDEST = (3, 11)


def give_up(what, remedy):
    sys.stdout.flush()
    sys.exit("%s %s" % (what, remedy))


def fingerprint():
    with open(REQUIREMENTS, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def works(code):
    """Whether the environment's Python runs this; a moved folder or a removed system Python breaks it."""
    try:
        return subprocess.call([PYTHON, "-c", code], stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def ready():
    """Whether the environment works and holds exactly what requirements.txt asks for."""
    try:
        with open(STAMP) as file:
            same = file.read() == fingerprint()
    except OSError:
        return False
    return same and works("")


def check_system():
    name = "python%d.%d" % sys.version_info[:2]
    if sys.version_info < OLDEST:
        give_up(
            "Python 3.11 以上が必要です(いまの %s は %d.%d)。" % (sys.executable, *sys.version_info[:2]),
            "python3.11 以上を入れるか、make PYTHON=python3.12 のように指定してください。",
        )
    try:
        import ensurepip  # noqa: F401  absent on Debian without the package named below
        import venv  # noqa: F401
    except ImportError:
        give_up(
            "%s-venv がありません。" % name,
            "`sudo apt install %s-venv` を実行してから、もう一度 make を実行してください。" % name,
        )


def run(text, command):
    """Run a step with a progress line; on failure show the end of its output."""
    print("・" + text + " … ", end="", flush=True)
    started = time.time()
    done = subprocess.run(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL
    )
    if done.returncode:
        print("できませんでした")
        print("\n".join(done.stdout.decode("utf-8", "replace").splitlines()[-8:]))
        give_up(
            "上の内容を確かめてください。",
            "ネットワークとディスクの空きが大丈夫なら、もう一度 make を実行すると続きから始まります。",
        )
    print("済み(%.0f秒)" % (time.time() - started), flush=True)


def main():
    os.makedirs(VENV, exist_ok=True)
    lock = os.open(VENV, os.O_RDONLY)
    fcntl.flock(lock, fcntl.LOCK_EX)  # two makes at once: the second waits and finds all done
    if ready():
        return
    check_system()
    if not works("import pip"):
        run("Python の環境(.venv)を作っています", [sys.executable, "-m", "venv", "--clear", VENV])
    install = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    run("必要な部品を入れています(初回は1〜2分)", install + ["--require-hashes", "-r", REQUIREMENTS])
    with open(STAMP, "w") as file:
        file.write(fingerprint())


if __name__ == "__main__":
    main()
