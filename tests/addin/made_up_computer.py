"""A computer that exists only in a test: files, registry, and the answer of its Python."""

PYTHON = r"C:\Users\Ana\AppData\Local\engagement\Scripts\python.exe"
QUIET = PYTHON.replace("python.exe", "pythonw.exe")
DLL = r"C:\Users\Ana\AppData\Local\engagement\xlwings64-{version}.dll"


class MadeUp:
    """A computer with files, a registry and a Python that answers."""

    system, executable, home, ansi = (
        "win32",
        PYTHON,
        r"C:\Users\Ana\AppData\Local\engagement\Lib\site-packages",
        "cp1252",
    )

    def __init__(self, **changes):
        self.environment = {"APPDATA": r"C:\Users\Ana\AppData\Roaming", "USERPROFILE": r"C:\Users\Ana"}
        self.files = {PYTHON: b"", QUIET: b""}
        self.keys = {r"HKLM\SOFTWARE\Microsoft\Office\ClickToRun\Configuration": {"platform": "x64"}}
        self.answer = {"version": [3, 12, 4], "bits": 64, "prefix": "", "faults": [], "xlwings": ""}
        vars(self).update(changes)

    def exists(self, path):
        return path in self.files

    def read(self, path):
        return self.files.get(path)

    def write(self, path, content):
        self.files[path] = content

    def registry(self, key):
        return self.keys.get(key, {})

    def asked(self, python, path):
        assert python == QUIET
        return self.answer
