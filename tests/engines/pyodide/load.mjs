// Pyodide's Python with what Lite has, running a file in a folder: node load.mjs FOLDER FILE
// With --get instead, only gets Pyodide's own packages, into the folder of Pyodide, and says whether they are there.
import { loadPyodide } from "pyodide";

const PACKAGES = ["numpy", "pydantic", "orjson"];
const pyodide = await loadPyodide({ stdout: (line) => console.log(line), stderr: (line) => console.error(line) });

async function load() {
  await pyodide.loadPackage(PACKAGES, { messageCallback: () => {}, errorCallback: () => {} });
  return PACKAGES.every((name) => name in pyodide.loadedPackages);
}

if (process.argv[2] === "--get") {
  const isThere = await load();
  console.log(
    isThere
      ? `Lite is tested under Pyodide ${pyodide.version}.`
      : `NumPy for Pyodide cannot be had here: Lite is tested under CPython with the versions of Pyodide ${pyodide.version}.`,
  );
} else {
  const [folder, file] = process.argv.slice(2);
  pyodide.mountNodeFS("/here", folder);
  if (process.argv[4] === "--with-packages") await load();
  pyodide.runPython(`
import os, runpy, sys
os.chdir("/here")
sys.path.insert(0, "/here")
runpy.run_path("${file}", run_name="__main__")
`);
}
