# .\make.ps1 demo    builds the example workbooks into demo\ and prints what they recommend
# .\make.ps1 test    runs every test
#
# If scripts are disabled: powershell -ExecutionPolicy Bypass -File make.ps1 demo
param(
    [Parameter(Mandatory = $true)][ValidateSet("demo", "test")][string]$Target,
    [string]$Python = "python"
)
$ErrorActionPreference = "Stop"
Set-Location $PSScriptRoot

function Invoke-Checked([string]$Program) {
    & $Program @args
    if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
}

$ready = ".venv\ready"
$newest = (Get-Item requirements.lock, pyproject.toml | Measure-Object LastWriteTimeUtc -Maximum).Maximum
if (-not (Test-Path $ready) -or (Get-Item $ready).LastWriteTimeUtc -lt $newest) {
    # No double quotes inside: Windows PowerShell loses them on the way to a program.
    Invoke-Checked $Python -c "import sys; sys.exit(None if sys.version_info >= (3, 11) else 'Python 3.11 or newer is needed; name another: .\\make.ps1 demo -Python <path>')"
    Invoke-Checked $Python -m venv --clear .venv
    Invoke-Checked .venv\Scripts\python.exe -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
    Invoke-Checked .venv\Scripts\python.exe -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
    New-Item -ItemType File -Force $ready | Out-Null
}

switch ($Target) {
    "demo" {
        New-Item -ItemType Directory -Force demo | Out-Null
        foreach ($scenario in Get-ChildItem build\examples -Filter *.toml) {
            Invoke-Checked .venv\Scripts\engagement.exe calc $scenario.FullName
            Invoke-Checked .venv\Scripts\engagement.exe build $scenario.FullName -o "demo\$($scenario.BaseName).xlsx"
        }
    }
    "test" {
        Invoke-Checked .venv\Scripts\python.exe -m pytest -n 2
    }
}
