"""The doctor: checks whether the add-in can work on this computer; each finding comes with its remedy."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PureWindowsPath
from typing import Any, Literal

from workbook.addin import places
from workbook.addin.install import not_here, windowless
from workbook.addin.machine import Machine
from workbook.addin.names import FILE
from workbook.addin.xlwings_addin import made_for

Verdict = Literal["good", "bad", "unknown"]

OFFICE = r"HKCU\Software\Microsoft\Office\16.0\Excel"
OFFICE_POLICY = r"HKCU\Software\Policies\Microsoft\office\16.0\excel"
COMMON_POLICY = r"HKCU\Software\Policies\Microsoft\office\16.0\common"
CLICK_TO_RUN = r"HKLM\SOFTWARE\Microsoft\Office\ClickToRun\Configuration"
OUTLOOK = r"HKLM\SOFTWARE\Microsoft\Office\16.0\Outlook"
SYSTEM_POLICY = r"HKCU\Software\Policies\Microsoft\Windows\System"
ATTACK_SURFACE = (
    r"HKLM\SOFTWARE\Policies\Microsoft\Windows Defender\Windows Defender Exploit Guard\ASR\Rules",
    r"HKLM\SOFTWARE\Microsoft\Windows Defender\Windows Defender Exploit Guard\ASR\Rules",
)
# Defender's rules that keep xlwings from working, and the value that enforces one.
DEFENDER_RULES = {
    "d4f940ab-401b-4efc-aadc-ad5f3c50688a": "Block all Office applications from creating child processes",
    "92e97fa1-2edf-4476-bdd6-9dd0b4dddc7b": "Block Win32 API calls from Office macros",
}
ENFORCED = "1"
BITS = {"x64": 64, "x86": 32, "x32": 32}
OLDEST_PYTHON = (3, 11)
INSTALL = "run: engagement addin install"
# Not by its name: no package index has it, and anybody could publish another package under it.
REINSTALL = 'install ".[addin]" in the folder of the calculator'
LOCAL = r"a folder such as %LOCALAPPDATA%\engagement"


@dataclass(frozen=True)
class Finding:
    """The result of one check. verdict: unknown if there is no way to tell; step: the remedy."""

    check: str
    verdict: Verdict
    found: str
    step: str = ""


def findings(machine: Machine) -> list[Finding]:
    """Run every check, in the order in which Excel would fail. On other systems the only finding is the system."""
    if machine.system != "win32":
        return [Finding("System", "bad", not_here(machine))]
    case = Case(machine)
    return [finding for check in CHECKS for finding in check(case)]


class Case:
    """The facts that the checks share: the installed add-in, its settings, and the answer of its Python."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self.path = places.addin_file(machine)
        self.content = machine.read(self.path)
        settings = machine.read(places.settings_file(machine))
        self.settings = None if settings is None else places.decoded(machine, settings)

    @property
    def interpreter(self) -> str:
        return (self.settings or {}).get(places.INTERPRETER, "")

    @property
    def module_path(self) -> str:
        return (self.settings or {}).get(places.MODULE_PATH, "")

    def python(self) -> dict[str, Any] | str:
        return self.machine.asked(self.interpreter, self.module_path)

    def xlwings_of_addin(self) -> str | None:
        """The version of xlwings whose VBA the add-in holds."""
        return made_for(self.content or b"")

    def excel_bits(self) -> int | None:
        """64 or 32, as Excel's installer recorded it; None if it recorded neither."""
        platform = self.machine.registry(CLICK_TO_RUN).get("platform") or self.machine.registry(OUTLOOK).get("bitness")
        return BITS.get(str(platform).lower())

    def number(self, key: str, name: str) -> int | None:
        value = self.machine.registry(key).get(name)
        return value if isinstance(value, int) else None


def _file(case: Case) -> Iterator[Finding]:
    if case.content is None:
        yield Finding("Add-in", "bad", f"{case.path} is missing", INSTALL)
    elif case.xlwings_of_addin() is None:
        yield Finding("Add-in", "bad", f"{case.path} is not the add-in, or is damaged", INSTALL)
    else:
        yield Finding("Add-in", "good", case.path)
    if case.path.startswith("\\\\"):
        step = "ask IT to allow trusted locations on the network, or to make XLSTART's network path one"
        yield Finding(
            "Add-in's folder",
            "bad",
            "XLSTART is on the network, where Excel does not trust it without further settings",
            step,
        )


def _mark_of_the_web(case: Case) -> Iterator[Finding]:
    mark = case.machine.read(f"{case.path}:Zone.Identifier") or b""
    zone = re.search(rb"ZoneId\s*=\s*(\d)", mark)
    if zone and int(zone[1]) >= 3:
        step = f"run in PowerShell: Unblock-File -LiteralPath '{case.path}'; or {INSTALL}, whose file has no mark"
        yield Finding(
            "Mark of the Web",
            "bad",
            "Windows remembers that the add-in came from the web, and Excel may block it",
            step,
        )
    elif case.content is not None:
        yield Finding("Mark of the Web", "good", "none")


def _settings(case: Case) -> Iterator[Finding]:
    file = places.settings_file(case.machine)
    if case.settings is None:
        yield Finding(
            "Settings", "bad", f"{file} is missing, so Excel would start whatever Python it finds first", INSTALL
        )
    elif not case.interpreter or not case.module_path:
        missing = places.MODULE_PATH if case.interpreter else places.INTERPRETER
        yield Finding("Settings", "bad", f"{file} has no {missing}", INSTALL)
    else:
        yield Finding("Settings", "good", file)


def _python(case: Case) -> Iterator[Finding]:
    if not case.interpreter:
        return
    if "\\windowsapps\\" in case.interpreter.lower():
        step = f"install Python from python.org, make an environment with it, and {REINSTALL} with its pip"
        yield Finding(
            "Python",
            "bad",
            f"{case.interpreter} is from the Microsoft Store, which keeps xlwings' DLL where Excel does not look",
            step,
        )
        return
    if not case.machine.exists(case.interpreter):
        step = f"choose a Python that stays in place, {REINSTALL} with its pip, and from it {INSTALL}"
        yield Finding("Python", "bad", f"{case.interpreter} does not exist", step)
        return
    answer = case.python()
    if isinstance(answer, str):
        step = "start it from a command prompt to see why; security software may have to allow it"
        yield Finding("Python", "bad", f"{case.interpreter} does not run ({answer})", step)
        return
    yield from _answers(case, answer)


def _two_pythons(case: Case) -> Iterator[Finding]:
    """Another Python than the one that Excel starts: what is installed into it changes nothing in Excel."""
    mine = windowless(case.machine)
    if case.interpreter and PureWindowsPath(case.interpreter) != PureWindowsPath(mine):
        says = f"Excel starts {case.interpreter}, but this command belongs to {mine}"
        yield Finding("Two Pythons", "unknown", says, f"to have Excel start this one, {INSTALL}")


def _processor(case: Case) -> Iterator[Finding]:
    """Windows on ARM, where it depends on Python's kind whether there is a DLL that Excel can load."""
    names = ("PROCESSOR_ARCHITECTURE", "PROCESSOR_ARCHITEW6432")
    if "ARM64" in (case.machine.environment.get(name, "").upper() for name in names):
        says = "Windows runs on ARM, where this add-in has not been tried"
        step = "use Python for x64 (its installer is named amd64), which Windows runs too; or xlwings Lite"
        yield Finding("Processor", "unknown", says, step)


def _answers(case: Case, answer: dict[str, Any]) -> Iterator[Finding]:
    version = ".".join(map(str, answer["version"]))
    if tuple(answer["version"][:2]) < OLDEST_PYTHON:
        yield Finding("Python", "bad", f"version {version}", f"use Python 3.11 or newer, and from it {INSTALL}")
    else:
        yield Finding("Python", "good", f"{case.interpreter}, version {version}, {answer['bits']} bits")
    if answer["faults"]:
        python = case.interpreter.replace("pythonw.exe", "python.exe")
        step = f'in the folder of the calculator, run: "{python}" -m pip install --force-reinstall ".[addin]"'
        yield Finding("Python's packages", "bad", "; ".join(answer["faults"]), step)
    else:
        yield Finding("Python's packages", "good", f"xlwings {answer['xlwings']}, pywin32 and the UDFs can be imported")
    wanted = case.xlwings_of_addin()
    if wanted and answer["xlwings"] and wanted != answer["xlwings"]:
        says = f"the add-in is for xlwings {wanted}, Python has {answer['xlwings']}"
        yield Finding("xlwings", "bad", says, f"{INSTALL}, after every change of xlwings")


def _dll(case: Case) -> Iterator[Finding]:
    """The DLL that connects Excel and Python: of Excel's bits, of the add-in's version, beside Python or one folder
    above.

    Excel loads it, and starts Python as a process of its own; Python may have other bits than Excel.
    """
    version, bits = case.xlwings_of_addin(), case.excel_bits()
    if bits is None:
        yield Finding(
            "Excel",
            "unknown",
            "the registry does not say whether it has 64 or 32 bits",
            "see File, Account, About Excel",
        )
    else:
        yield Finding("Excel", "good", f"{bits} bits")
    if not version or not case.interpreter:
        return
    folders = list(PureWindowsPath(case.interpreter).parents)[:2]
    for each in (bits,) if bits else (64, 32):
        name = f"xlwings{each}-{version}.dll"
        if any(case.machine.exists(str(folder / name)) for folder in folders):
            yield Finding("xlwings' DLL", "good", name)
        elif bits:
            says = f"{name}, the one for this Excel's {bits} bits, is neither in {folders[0]} nor in {folders[1]}"
            step = (
                f"install xlwings {version} again in an environment (not with --user), from a Windows wheel; "
                "if it disappears again, make security software allow it"
            )
            yield Finding("xlwings' DLL", "bad", says, step)


def _one_drive(case: Case) -> Iterator[Finding]:
    names = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
    roots = {case.machine.environment[name].lower() for name in names if case.machine.environment.get(name)}
    for what, path in (("Python", case.interpreter), ("The package", case.module_path), ("The add-in", case.path)):
        if any(path.lower().startswith(root + "\\") for root in roots):
            says = f"{what} is in OneDrive ({path}), which may remove files until someone opens them"
            yield Finding("OneDrive", "bad", says, f"move the environment to {LOCAL}, and from it {INSTALL}")


def _trust(case: Case) -> Iterator[Finding]:
    faults = list(_distrust(case))
    yield from faults or [
        Finding("Trust", "good", "Excel trusts its start folder, and no setting forbids macros there")
    ]


def _distrust(case: Case) -> Iterator[Finding]:
    """Settings of the user or of a policy that keep Excel from running the add-in's macros."""
    ask = "ask IT for"
    if case.number(COMMON_POLICY, "vbaoff") == 1:
        yield Finding("Trust", "bad", "a policy switches VBA off in Office", f"{ask} an exception, or use xlwings Lite")
    for root, who in ((OFFICE_POLICY, "a policy says"), (OFFICE, "Excel's Trust Center says")):
        security = rf"{root}\Security"
        if case.number(rf"{security}\Trusted Locations", "alllocationsdisabled") == 1:
            step = f"{ask} trusted locations, or have the add-in signed by a trusted publisher"
            yield Finding("Trust", "bad", f"{who} that no location is trusted", step)
        if case.number(security, "disablealladdins") == 1:
            step = "File, Options, Trust Center, Add-ins: untick 'Disable all Application Add-ins'"
            yield Finding("Trust", "bad", f"{who} that all add-ins are disabled", step)
        if case.number(security, "requireaddinsig") == 1:
            step = f"{ask} an exception, or have the add-in signed by a trusted publisher"
            yield Finding("Trust", "bad", f"{who} that add-ins must be signed; this one is not", step)


def _disabled(case: Case) -> Iterator[Finding]:
    items = case.machine.registry(rf"{OFFICE}\Resiliency\DisabledItems")
    name = FILE.encode("utf-16-le")
    if any(name in value.lower() for value in items.values() if isinstance(value, bytes)):
        step = "File, Options, Add-ins, Manage: Disabled Items, Go: choose it and press Enable"
        yield Finding("Disabled items", "bad", "Excel has disabled the add-in after a crash", step)


def _processes(case: Case) -> Iterator[Finding]:
    """xlwings starts Python through cmd.exe, which locked-down computers may forbid."""
    if case.number(SYSTEM_POLICY, "disablecmd"):
        says = "a policy forbids the command prompt, which xlwings needs to start Python"
        yield Finding("Starting Python", "bad", says, "ask IT for an exception, or use xlwings Lite")
    for rule, name in DEFENDER_RULES.items():
        if ENFORCED in (str(case.machine.registry(key).get(rule, "")) for key in ATTACK_SURFACE):
            step = "ask IT for an exclusion for this add-in, or use xlwings Lite"
            yield Finding("Starting Python", "bad", f"Defender enforces '{name}' ({rule})", step)


CHECKS: tuple[Callable[[Case], Iterator[Finding]], ...] = (
    _file,
    _mark_of_the_web,
    _disabled,
    _trust,
    _settings,
    _two_pythons,
    _python,
    _processor,
    _dll,
    _one_drive,
    _processes,
)
