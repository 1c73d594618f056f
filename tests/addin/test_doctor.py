"""The doctor on made-up computers, each with one thing wrong."""

import sys
from pathlib import Path

import pytest

from tests.addin.made_up_computer import QUIET
from workbook.addin import places
from workbook.addin.doctor import ATTACK_SURFACE, COMMON_POLICY, DEFENDER_RULES, OFFICE, OFFICE_POLICY, findings
from workbook.addin.machine import ThisMachine
from workbook.addin.names import FILE

ROOT = Path(__file__).parents[2]


def faults(machine):
    return {finding.check: finding for finding in findings(machine) if finding.verdict != "good"}


def test_the_doctor_finds_no_fault_on_a_computer_in_order(computer):
    assert faults(computer) == {}
    assert {finding.check for finding in findings(computer)} >= {
        "Add-in",
        "Mark of the Web",
        "Trust",
        "Settings",
        "Python",
        "xlwings' DLL",
    }


def test_every_fault_comes_with_a_remedy(computer):
    computer.files.clear()
    for finding in findings(computer):
        assert finding.verdict == "good" or finding.step


def addin_path(machine):
    return places.addin_file(machine)


def without(ending):
    return lambda m: [m.files.pop(name) for name in list(m.files) if name.endswith(ending)]


def settings_of(**values):
    return lambda m: m.files.update({places.settings_file(m): places.encoded(m, places.settings(m, QUIET) | values)})


def key(name, **values):
    return lambda m: m.keys.setdefault(name, {}).update(values)


def answer(**values):
    return lambda m: m.answer.update(values)


SICK = {
    "no add-in": (without(".xlam"), "Add-in", "is missing", "engagement addin install"),
    "damaged": (lambda m: m.files.update({addin_path(m): b"PK"}), "Add-in", "damaged", "engagement addin install"),
    "from the web": (
        lambda m: m.files.update({f"{addin_path(m)}:Zone.Identifier": b"[ZoneTransfer]\r\nZoneId=3\r\n"}),
        "Mark of the Web", "came from the web", "Unblock-File",
    ),
    "no settings": (without(".conf"), "Settings", "is missing", "engagement addin install"),
    "settings without a module path": (settings_of(PYTHONPATH=""), "Settings", "has no PYTHONPATH", "install"),
    "Python gone": (without("pythonw.exe"), "Python", "does not exist", "engagement addin install"),
    "Python from the Store": (
        settings_of(INTERPRETER_WIN=r"C:\Users\Ana\AppData\Local\Microsoft\WindowsApps\pythonw.exe"),
        "Python", "Microsoft Store", "python.org",
    ),
    "Python does not run": (lambda m: vars(m).update(answer="OSError: blocked"), "Python", "does not run", "security software"),
    "Python too old": (answer(version=[3, 10, 1]), "Python", "version 3.10.1", "3.11 or newer"),
    "no pywin32": (answer(faults=["win32com.client: ImportError: no"]), "Python's packages", "win32com", "pip install"),
    "another xlwings": (answer(xlwings="0.20.0"), "xlwings", "Python has 0.20.0", "engagement addin install"),
    "no DLL": (without(".dll"), "xlwings' DLL", "is neither in", "security software"),
    "32-bit Excel": (
        key(r"HKLM\SOFTWARE\Microsoft\Office\ClickToRun\Configuration", platform="x86"),
        "xlwings' DLL", "xlwings32-", "Windows wheel",
    ),
    "OneDrive": (
        lambda m: m.environment.update(OneDriveCommercial=r"C:\Users\Ana\AppData\Local"), "OneDrive", "remove files", "LOCALAPPDATA",
    ),
    "XLSTART on the network": (lambda m: m.environment.update(APPDATA=r"\\server\ana"), "Add-in's folder", "network", "ask IT"),
    "no trusted locations": (
        key(rf"{OFFICE_POLICY}\Security\Trusted Locations", alllocationsdisabled=1), "Trust", "no location is trusted", "ask IT",
    ),
    "add-ins disabled": (key(rf"{OFFICE}\Security", disablealladdins=1), "Trust", "all add-ins are disabled", "Trust Center"),
    "add-ins must be signed": (key(rf"{OFFICE_POLICY}\Security", requireaddinsig=1), "Trust", "must be signed", "ask IT"),
    "no VBA": (key(COMMON_POLICY, vbaoff=1), "Trust", "switches VBA off", "xlwings Lite"),
    "disabled after a crash": (
        key(rf"{OFFICE}\Resiliency\DisabledItems", item=FILE.encode("utf-16-le") + b"\0"), "Disabled items", "crash", "Enable",
    ),
    "no command prompt": (
        key(r"HKCU\Software\Policies\Microsoft\Windows\System", disablecmd=2), "Starting Python", "command prompt", "ask IT",
    ),
    "no child processes": (key(ATTACK_SURFACE[0], **{next(iter(DEFENDER_RULES)): "1"}), "Starting Python", "child processes", "ask IT"),
    "no calls of Windows": (key(ATTACK_SURFACE[1], **{list(DEFENDER_RULES)[1]: 1}), "Starting Python", "Win32 API", "ask IT"),
}  # fmt: skip


@pytest.mark.parametrize("case", SICK)
def test_the_doctor_names_each_fault_and_its_remedy(computer, case):
    change, check, found, step = SICK[case]
    change(computer)
    finding = faults(computer)[check]
    assert finding.verdict == "bad"
    assert found in finding.found
    assert step in finding.step


def test_the_doctor_does_not_guess_the_bits_of_an_unregistered_excel(computer):
    computer.keys.clear()
    assert faults(computer)["Excel"].verdict == "unknown"
    assert "xlwings' DLL" not in faults(computer)


def test_a_defender_rule_in_audit_mode_is_not_a_fault(computer):
    key(ATTACK_SURFACE[0], **{next(iter(DEFENDER_RULES)): "2"})(computer)
    assert faults(computer) == {}


def test_a_python_answers_the_doctors_questions(tmp_path):
    machine = ThisMachine()
    found = machine.asked(sys.executable, str(ROOT))
    assert found["version"] == list(sys.version_info[:3])
    assert found["xlwings"]
    assert not [fault for fault in found["faults"] if not fault.startswith("win32com")]
    assert "Error" in machine.asked(str(tmp_path / "none"), "")


def test_the_doctor_tells_two_pythons_apart(computer):
    assert not [one for one in findings(computer) if one.check == "Two Pythons"]
    excels = computer.executable
    computer.executable = r"C:\other\python.exe"
    [found] = [one for one in findings(computer) if one.check == "Two Pythons"]
    assert found.verdict == "unknown"
    assert computer.executable in found.found
    assert excels.rpartition("\\")[0] in found.found


def test_the_doctor_names_windows_on_arm(computer):
    assert not [one for one in findings(computer) if one.check == "Processor"]
    computer.environment = {**computer.environment, "PROCESSOR_ARCHITECTURE": "ARM64"}
    [found] = [one for one in findings(computer) if one.check == "Processor"]
    assert "x64" in found.step
