#!/usr/bin/env python3
"""The mobile facade from Python: a program enrols, claims offline, is killed, reopens, syncs and
reads its balance, through the facade alone; every golden vector of the rules goes through it, and a
camera's frame.

Needs `cargo build --workspace --bins` (the programs) and builds the facade and its bindings itself.
Run from the repository's root: python3 tests/bindings/run.py
"""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def cargo(*words):
    subprocess.run(["cargo", *words], cwd=ROOT, check=True)


def target() -> Path:
    told = subprocess.run(
        ["cargo", "metadata", "--no-deps", "--format-version", "1"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )
    return Path(json.loads(told.stdout)["target_directory"]) / "debug"


def bindings(debug: Path, out: Path) -> None:
    """Builds the library and generates its Python module, with the library beside it."""
    cargo("build", "--workspace", "--bins", "--lib", "--features", "carrot-mobile/bindgen")
    suffix = "dylib" if sys.platform == "darwin" else "so"
    library = debug / f"libcarrot_mobile.{suffix}"
    command = [debug / "uniffi-bindgen", "generate", "--library", library, "--language", "python"]
    subprocess.run([*command, "--no-format", "--out-dir", out], cwd=ROOT, check=True)
    (out / library.name).symlink_to(library)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def listening(log: Path) -> bool:
    return "listening on" in log.read_text()


class Server:
    """A server process; the test starts and stops it as a person would."""

    def __init__(self, carrot: Path, data: Path, listen: str, log: Path):
        with log.open("w") as out:
            words = [carrot, "serve", "--data", data, "--listen", listen]
            self.process = subprocess.Popen(
                words, stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True,
            )
        until = time.monotonic() + 30
        while not listening(log):
            if self.process.poll() is not None or time.monotonic() > until:
                raise SystemExit(f"the server did not start:\n{log.read_text()}")
            time.sleep(0.05)

    def stop(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def child(module: Path, part: str, *words: str) -> subprocess.CompletedProcess:
    """Runs one part in a process of its own, which holds the device's folder alone."""
    env = {**os.environ, "PYTHONPATH": str(module)}
    command = [sys.executable, __file__, part, *words]
    return subprocess.run(command, env=env, capture_output=True, text=True, timeout=120)


def answer(done: subprocess.CompletedProcess) -> dict:
    if done.returncode != 0:
        raise SystemExit(f"it failed with {done.returncode}:\n{done.stdout}{done.stderr}")
    return json.loads(done.stdout.strip().splitlines()[-1])


async def enrol(dir: str, code: str) -> None:
    import carrot_mobile as carrot

    device = await carrot.open_device(dir, True)
    try:
        await device.balance()
        raise SystemExit("a device that nobody enrolled has a balance")
    except carrot.CarrotError.Refused as refused:
        assert refused.code == "not_enrolled", refused.code
    status = await device.enrol(code, "python")
    balance = await device.balance()
    print(json.dumps({"role": status.role, "active": balance.active_points}))


async def claim_and_die(dir: str, text: str) -> None:
    import carrot_mobile as carrot

    class Listener(carrot.ChangeListener):
        def changed(self):
            print("changed", flush=True)

    device = await carrot.open_device(dir, True)
    device.listen(Listener())
    done = await device.claim(text, None)
    status = await device.status()
    told = {"points": done.activity.points, "confirmed": done.activity.confirmed, "waiting": status.waiting}
    print(json.dumps(told), flush=True)
    os.kill(os.getpid(), signal.SIGKILL)


async def reopen_and_sync(dir: str) -> None:
    import carrot_mobile as carrot

    device = await carrot.open_device(dir, True)
    before = await device.status()
    sync = await device.sync()
    again = await device.sync()
    balance = await device.balance()
    newest = (await device.activity(1))[0]
    print(json.dumps({
        "waited": before.waiting, "accepted": sync.accepted, "pushed_again": again.pushed,
        "active": balance.active_points, "confirmed": newest.confirmed, "state": newest.state,
    }))


def vectors() -> list:
    folder = ROOT / "tests/vectors"
    by_hand = [case for path in sorted((folder / "by_hand").glob("*.json")) for case in json.loads(path.read_text())]
    return by_hand + [json.loads(line) for line in (folder / "generated.jsonl").read_text().splitlines()]


def ean_13(text: str) -> str:
    """The modules of an EAN-13 code, a 1 for each dark one."""
    odd = ["0001101", "0011001", "0010011", "0111101", "0100011", "0110001", "0101111", "0111011", "0110111", "0001011"]
    right = ["".join("10"[int(bit)] for bit in digit) for digit in odd]
    even = [digit[::-1] for digit in right]
    first = ["000000", "001011", "001101", "001110", "010011", "011001", "011100", "010101", "010110", "011010"]
    sides = first[int(text[0])]
    left = "".join((even if side == "1" else odd)[int(digit)] for side, digit in zip(sides, text[1:7]))
    return "101" + left + "01010" + "".join(right[int(digit)] for digit in text[7:]) + "101"


async def camera() -> None:
    """Shows a drawn code to the reader of frames, by the address of a padded plane."""
    import ctypes

    import carrot_mobile as carrot

    modules = "0" * 12 + ean_13("4006381333931") + "0" * 12
    row = bytes(0 if module == "1" else 255 for module in modules for _ in range(4))
    blank, stride = bytes([255]) * len(row), len(row) + 37
    rows = [blank] * 40 + [row] * 120 + [blank] * 40
    # What lies in the padding is not part of the picture.
    frame = b"".join(line + bytes(37) for line in rows)
    buffer = ctypes.create_string_buffer(frame, len(frame))
    plane = carrot.LumaPlane(
        address=ctypes.addressof(buffer), length_bytes=len(frame), width=len(row), height=len(rows), stride_bytes=stride)
    reader = carrot.CameraReader()
    seen = [[(symbol.format, symbol.text) for symbol in reader.read(plane, None)] for _ in range(3)]
    try:
        refused = str(reader.read(plane, carrot.Viewfinder(left=1, top=0, width=len(row), height=10)))
    except carrot.CarrotError.Refused as error:
        refused = error.code
    print(json.dumps({"first": seen[0], "later": seen[1:], "refused": refused}))


async def dry_runs() -> None:
    """Asks the rules every golden vector; of an error only the code is compared."""
    import carrot_mobile as carrot

    cases, wrong = vectors(), []
    for case in cases:
        found = json.loads(carrot.rules_dry_run(json.dumps(case["input"])))
        for answer in (found, case["answer"]):
            answer.get("error", {}).pop("detail", None)
        if found != case["answer"]:
            wrong.append(case["name"])
    print(json.dumps({"vectors": len(cases), "wrong": len(wrong), "first": wrong[:5]}))


def check(name: str, found, wanted) -> None:
    if found != wanted:
        raise SystemExit(f"{name}: {found!r} instead of {wanted!r}")
    print(f"ok  {name}: {found!r}")


def main() -> None:
    debug = target()
    carrot = debug / "carrot"
    with tempfile.TemporaryDirectory(prefix="carrot-bindings-") as folder:
        here = Path(folder)
        module = here / "module"
        module.mkdir()
        bindings(debug, module)
        told = answer(child(module, "rules"))
        check("golden vectors that differ", (told["wrong"], told["first"]), (0, []))
        if told["vectors"] < 1_300:
            raise SystemExit(f"only {told['vectors']} golden vectors were asked")
        told = answer(child(module, "camera"))
        check("one frame of a bar code is not enough", told["first"], [])
        check("two are", told["later"], [[["ean_13", "4006381333931"]]] * 2)
        check("a viewfinder beyond the picture", told["refused"], "not_an_image")
        listen = f"127.0.0.1:{free_port()}"
        subprocess.run(
            [carrot, "demo", "--data", here / "demo", "--listen", listen],
            check=True, stdout=subprocess.DEVNULL,
        )
        data = here / "demo" / "server"
        scanned = subprocess.run(
            [carrot, "scan", "--json", here / "demo/sheets/warranty-codes.png"],
            check=True, capture_output=True, text=True,
        )
        text = json.loads(scanned.stdout)["symbols"][0]["text"]
        walk(carrot, module, here, data, listen, text)


def walk(carrot: Path, module: Path, here: Path, data: Path, listen: str, text: str) -> None:
    dir = str(here / "phone")
    made = subprocess.run(
        [carrot, "enrolment", "new", "--data", data, "--role", "phone", "--person", "mette",
         "--server", f"http://{listen}"],
        check=True, capture_output=True, text=True,
    )
    code = next(word for word in made.stdout.split() if word.startswith("CRE1."))
    server = Server(carrot, data, listen, here / "server.log")
    first = answer(child(module, "enrol", dir, code))
    check("enrolled as", first["role"], "phone")
    server.stop()

    died = child(module, "claim", dir, text)
    check("killed by", -died.returncode, int(signal.SIGKILL))
    lines = died.stdout.strip().splitlines()
    told = json.loads(next(line for line in lines if line.startswith("{")))
    check("the claim waits, said so", (told["confirmed"], told["waiting"]), (False, 1))
    if told["points"] <= 0:
        raise SystemExit(f"no points were shown offline: {told}")

    server = Server(carrot, data, listen, here / "server.log")
    last = answer(child(module, "sync", dir))
    server.stop()
    check("it still waited after the kill", last["waited"], 1)
    check("accepted once", (last["accepted"], last["pushed_again"]), (1, 0))
    check("confirmed", (last["confirmed"], last["state"]), (True, "active"))
    check("balance", last["active"], first["active"] + told["points"])


if __name__ == "__main__":
    PARTS = {"enrol": enrol, "claim": claim_and_die, "sync": reopen_and_sync, "rules": dry_runs, "camera": camera}
    if len(sys.argv) > 1:
        asyncio.run(PARTS[sys.argv[1]](*sys.argv[2:]))
    else:
        main()
