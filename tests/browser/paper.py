"""How many sheets of paper a page takes: paper.py SHEETS FILE [PDF] prints FILE to A4 and complains of more than SHEETS.

With PDF the sheets are kept there, to be looked at."""

import base64
import pathlib
import re
import sys

from chromium import Browser


def printed(browser, file):
    """The page as a PDF of the size that it asks for."""
    page = browser.page(file.as_uri(), 1280)
    pdf = base64.b64decode(page.call("Page.printToPDF", preferCSSPageSize=True, printBackground=False)["data"])
    page.close()
    return pdf


def sheets(pdf):
    """How many there are: a PDF names each."""
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


def main():
    most, file = int(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve()
    if not file.is_file():
        sys.exit(f"{file} is not there")
    with Browser() as browser:
        pdf = printed(browser, file)
    if len(sys.argv) > 3:
        pathlib.Path(sys.argv[3]).write_bytes(pdf)
    count = sheets(pdf)
    print(f"{file}: {count} sheets, of {most}")
    sys.exit(count > most)


if __name__ == "__main__":
    main()
