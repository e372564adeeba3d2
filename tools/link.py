"""Let the interpreter that runs this import rag, ui and eval from this checkout, in any working folder.

A path file does what an editable install does, without a build and so without a build tool to download.
"""

import sysconfig
from pathlib import Path

site = Path(sysconfig.get_path("purelib"))
(site / "report_chat.pth").write_text(f"{Path(__file__).resolve().parent.parent}\n", encoding="utf-8")
