// Small helps for pages that work without them.

// A choice in a filter form shows its rows at once.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-auto-submit]");
  if (form && event.target.matches("select, input[type=checkbox], input[type=radio]")) form.requestSubmit();
});

// An empty filter does not stand in the address.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "get") return;
  const blank = [...form.elements].filter((field) => field.name && !field.disabled && field.value === "");
  blank.forEach((field) => (field.disabled = true));
  setTimeout(() => blank.forEach((field) => (field.disabled = false)));
});

// A form that writes is sent once: the second click of a double click finds the door closed.
const sent = new Set();
const open = (form) => {
  sent.delete(form);
  delete form.dataset.sent;
  form.querySelectorAll("[data-closed]").forEach((button) => {
    button.disabled = false;
    delete button.dataset.closed;
  });
};
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (sent.has(form)) {
    event.preventDefault();
    return;
  }
  sent.add(form);
  form.dataset.sent = "";
  // Not before the browser has read which button was pressed.
  setTimeout(() => {
    for (const button of form.querySelectorAll("button:not([type=button]):not(:disabled)")) {
      button.disabled = true;
      button.dataset.closed = "";
    }
  });
  if ("download" in form.dataset) setTimeout(() => open(form), 3000); // the page stays when a file comes
});
addEventListener("pageshow", () => [...sent].forEach(open));

// Menus close on Escape, giving the focus back, and on a click elsewhere; one is open at a time.
const menus = () => document.querySelectorAll("details.menu[open]");
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    menus().forEach((menu) => {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  }
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    // A list's own search first; without one, what searches everything.
    const search = document.querySelector("main [data-search], main input[type=search]") ?? document.querySelector("[data-search]");
    if (!search?.checkVisibility()) return;
    const folded = search.closest("details:not([open])");
    if (folded) folded.open = true;
    search.focus();
    event.preventDefault();
  }
});
document.addEventListener("click", (event) => {
  menus().forEach((menu) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
});

// A matrix has one stop of the Tab key a row; arrows, Home and End go from cell to cell.
const stops = (row) => [...row.querySelectorAll("a[href]")];
const stopAt = (link) => {
  stops(link.closest("tr")).forEach((each) => (each.tabIndex = each === link ? 0 : -1));
  return link;
};
document.querySelectorAll("table[data-arrows] tr").forEach((row) => {
  if (stops(row).length) stopAt(stops(row)[0]);
});
document.addEventListener("keydown", (event) => {
  const link = event.target.closest?.("table[data-arrows] a[href]");
  if (!link || event.ctrlKey || event.metaKey || event.altKey) return;
  const forward = getComputedStyle(link).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
  const row = link.closest("tr");
  const rows = [...link.closest("table").rows].filter((each) => stops(each).length);
  const at = stops(row).indexOf(link);
  const column = link.closest("th, td").cellIndex;
  const across = { Home: 0, End: -1, ArrowLeft: at - 1, ArrowRight: at - 1, [forward]: at + 1 };
  const along = { ArrowUp: -1, ArrowDown: 1 };
  let next;
  if (event.key in across) next = across[event.key] < 0 && event.key !== "End" ? link : stops(row).at(across[event.key]);
  else if (event.key in along) {
    const other = rows[rows.indexOf(row) + along[event.key]];
    next = other && (other.cells[column]?.querySelector("a[href]") ?? stops(other)[0]);
  } else return;
  event.preventDefault();
  if (next) stopAt(next).focus();
});

// What must be corrected is read first.
document.querySelector("[data-focus]")?.focus();
