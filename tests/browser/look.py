"""Pictures of a page or a chart to look at: look.py FILE FOLDER [WIDTH ...]. Each width is taken light and dark, in
pieces of at most 1,600 pixels."""

import base64
import pathlib
import sys

from chromium import Browser

PIECE = 1600


def main():
    file, folder = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])
    widths = [int(width) for width in sys.argv[3:]] or [375, 1280]
    folder.mkdir(parents=True, exist_ok=True)
    with Browser() as browser:
        for width in widths:
            for scheme in ["light", "dark"]:
                page = browser.page(file.as_uri(), width, scheme=scheme)
                height = page.run("Math.ceil(document.documentElement.getBoundingClientRect().height)") or 900
                for piece, top in enumerate(range(0, height, PIECE)):
                    clip = {"x": 0, "y": top, "width": width, "height": min(PIECE, height - top)}
                    picture = base64.b64decode(page.screenshot(clip))
                    (folder / f"{file.stem}-{width}-{scheme}-{piece:02}.png").write_bytes(picture)
                page.close()


main()
