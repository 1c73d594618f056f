// What SheetJS reads of a workbook, as JSON.
// node sheetjs.js WORKBOOK
const XLSX = require("xlsx");

const book = XLSX.readFile(process.argv[2], { cellFormula: true, cellHTML: false, cellText: false });
const values = [], formulas = [];
for (const name of book.SheetNames)
  for (const [address, cell] of Object.entries(book.Sheets[name])) {
    if (address.startsWith("!")) continue;
    values.push([name, address, cell.t === "e" ? { error: cell.w } : cell.v ?? null]);
    if (cell.f) formulas.push([name, address, "=" + cell.f]);
  }
process.stdout.write(JSON.stringify({ values, formulas }));
