// The month grid: arrows and Enter go from cell to cell; a block copied from a spreadsheet fills the cells from here on.

const grid = document.querySelector("[data-grid]");
const said = document.querySelector("[data-grid-said]");
const say = (words, count) => (said.textContent += ` ${words.replace("{n}", count)}`);

// Cells that are not shown (other measures) are not gone to.
const cells = (row) => [...row.querySelectorAll("td input")].filter((cell) => cell.offsetParent);
const placeOf = (cell) => {
  const row = cell.closest("tr");
  return [[...row.parentElement.rows].indexOf(row), cells(row).indexOf(cell)];
};
const at = (row, column) => grid.tBodies[0].rows[row] && cells(grid.tBodies[0].rows[row])[column];

grid?.addEventListener("keydown", (event) => {
  const cell = event.target;
  if (!cell.matches("td input") || event.altKey || event.ctrlKey || event.metaKey) return;
  const [row, column] = placeOf(cell);
  const forward = document.dir === "rtl" ? -1 : 1;
  const begins = cell.selectionStart === 0 && cell.selectionEnd === 0;
  const ends = cell.selectionStart === cell.value.length;
  const all = cell.selectionStart === 0 && ends;
  const next = {
    Enter: [row + (event.shiftKey ? -1 : 1), column],
    ArrowDown: [row + 1, column],
    ArrowUp: [row - 1, column],
    ArrowRight: (ends || all) && [row, column + forward],
    ArrowLeft: (begins || all) && [row, column - forward],
  }[event.key];
  if (!next) return;
  event.preventDefault();
  const target = at(...next);
  target?.focus();
  target?.select();
});

grid?.addEventListener("paste", (event) => {
  const text = event.clipboardData.getData("text/plain").replace(/\r?\n$/, "");
  if (!event.target.matches("td input") || !/[\t\n]/.test(text)) return;
  event.preventDefault();
  const [top, start] = placeOf(event.target);
  let filled = 0;
  let lost = 0;
  text.split(/\r?\n/).forEach((line, down) =>
    line.split("\t").forEach((value, across) => {
      const cell = at(top + down, start + across);
      if (cell) {
        cell.value = value.trim();
        filled += 1;
      } else if (value.trim()) {
        lost += 1;
      }
    }),
  );
  said.textContent = "";
  say(grid.dataset.filled, filled);
  if (lost) say(grid.dataset.overflow, lost);
});
