"""Reading .ods: content.xml, with its repeated rows and columns bounded."""

from __future__ import annotations

_OPEN_DOCUMENT = "urn:oasis:names:tc:opendocument:xmlns"
SPACES = {
    f"{_OPEN_DOCUMENT}:office:1.0": "office:",
    f"{_OPEN_DOCUMENT}:table:1.0": "table:",
    f"{_OPEN_DOCUMENT}:text:1.0": "text:",
    f"{_OPEN_DOCUMENT}:drawing:1.0": "draw:",
    f"{_OPEN_DOCUMENT}:script:1.0": "script:",
    f"{_OPEN_DOCUMENT}:style:1.0": "style:",
    f"{_OPEN_DOCUMENT}:datastyle:1.0": "number:",
    "http://www.w3.org/1999/xlink": "xlink:",
    "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0": "calcext:",
}
