"""A headless Firefox spoken to through Marionette: the standard library and a browser, nothing else."""

import json
import os
import shutil
import socket
import subprocess
import tempfile
import time


class Firefox:
    """Starts a browser with an empty profile; ends it, and the profile, when left."""

    def __enter__(self):
        program = next(filter(None, map(shutil.which, ["firefox", "firefox-esr"])), None)
        if program is None:
            raise FileNotFoundError("no firefox was found: apt-get install firefox-esr")
        self.profile = tempfile.mkdtemp(prefix="backorder-firefox-")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        with open(os.path.join(self.profile, "user.js"), "w", encoding="utf-8") as settings:
            settings.write(f'user_pref("marionette.port", {port});\n')
        self.process = subprocess.Popen(
            [program, "--headless", "--marionette", "--no-remote", "--profile", self.profile],
            env={**os.environ, "HOME": self.profile, "MOZ_REMOTE_SETTINGS_DEVTOOLS": "1"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.socket = self._connect(port)
        self.buffer = b""
        self.number = 0
        self._receive()
        self.call("WebDriver:NewSession", strictFileInteractability=True)
        self.call("WebDriver:SetTimeouts", script=120_000, pageLoad=60_000)
        return self

    def __exit__(self, *_):
        try:
            self.call("Marionette:Quit")
            self.process.wait(timeout=20)
        except (OSError, EOFError, RuntimeError, subprocess.TimeoutExpired):
            self.process.kill()
            self.process.wait()
        self.socket.close()
        shutil.rmtree(self.profile, ignore_errors=True)

    @staticmethod
    def _connect(port):
        for _ in range(600):
            try:
                return socket.create_connection(("127.0.0.1", port))
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("firefox does not answer")

    def _receive(self):
        while b":" not in self.buffer:
            self.buffer += self._read()
        length, self.buffer = self.buffer.split(b":", 1)
        while len(self.buffer) < int(length):
            self.buffer += self._read()
        message, self.buffer = self.buffer[: int(length)], self.buffer[int(length) :]
        return json.loads(message)

    def _read(self):
        part = self.socket.recv(1 << 20)
        if not part:
            raise EOFError("the browser ended")
        return part

    def call(self, command, **parameters):
        self.number += 1
        message = json.dumps([0, self.number, command, parameters]).encode()
        self.socket.sendall(str(len(message)).encode() + b":" + message)
        _, _, error, result = self._receive()
        if error:
            raise RuntimeError(f"{command}: {error['error']}: {error['message']}")
        return result

    def open(self, url, width):
        self.call("WebDriver:SetWindowRect", width=width, height=900)
        self.call("WebDriver:Navigate", url=url)

    def run(self, script):
        """The value of an expression in the page, a promise's when it is kept."""
        body = "const done = arguments[arguments.length - 1];"
        body += "Promise.resolve(" + script + ").then(done, (error) => done('failed: ' + error));"
        return self.call("WebDriver:ExecuteAsyncScript", script=body, args=[], sandbox=None)["value"]

    def wait_for(self, condition):
        self.run(f"new Promise(done => {{ const look = () => {condition} ? done(true) : setTimeout(look, 20); look(); }})")

    def press(self, key):
        """Presses a key where the focus is."""
        actions = [{"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}]
        self.call("WebDriver:PerformActions", actions=[{"type": "key", "id": "keyboard", "actions": actions}])

    def screenshot(self):
        """A picture of the whole page as base64."""
        return self.call("WebDriver:TakeScreenshot", full=True, hash=False)["value"]
