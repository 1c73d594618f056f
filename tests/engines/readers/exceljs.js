// What exceljs reads of a workbook, as JSON; and the workbook saved again, with some cells typed over, where that is asked for.
// node exceljs.js WORKBOOK [OUT '[["Sheet", "A1", value], ...]']
const ExcelJS = require("exceljs");

async function main([place, out, edits]) {
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(place);
  const values = [], formulas = [];
  for (const sheet of book.worksheets)
    sheet.eachRow((row) => row.eachCell((cell) => {
      const value = cell.formula ? cell.result : cell.value;
      values.push([sheet.name, cell.address, plain(value)]);
      if (cell.formula) formulas.push([sheet.name, cell.address, "=" + cell.formula]);
    }));
  if (out) {
    for (const [sheet, address, value] of JSON.parse(edits)) book.getWorksheet(sheet).getCell(address).value = value;
    await book.xlsx.writeFile(out);
  }
  process.stdout.write(JSON.stringify({ values, formulas }));
}

// A date as days since the end of 1899, as in a cell; a link as its text.
function plain(value) {
  if (value instanceof Date) return value.getTime() / 86400000 + 25569;
  return value?.hyperlink ? value.text : value ?? null;
}

main(process.argv.slice(2)).catch((error) => { console.error(error.stack); process.exitCode = 1; });
