
"use strict";
// Tables can be sorted and filtered; without this text they are read as they stand, worst first.
for (const section of document.querySelectorAll("section[data-what]")) {
  const table = section.querySelector("table.wide");
  if (!table) continue;
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const headings = [...table.tHead.rows[0].cells];
  const status = section.querySelector(".status");
  const controls = section.querySelector(".controls");
  const filter = controls.querySelector("input");
  const toggles = [...controls.querySelectorAll("button")];
  const none = section.querySelector(".none");
  const words = new Map(rows.map((row) => [row, row.textContent.toLowerCase()]));
  let order = status.textContent.split(", ")[1];

  const say = () => {
    const shown = rows.filter((row) => !row.hidden).length;
    const count = shown === rows.length ? `${rows.length}` : `${shown} of ${rows.length}`;
    status.textContent = `${count} ${section.dataset.what}, ${order}`;
    none.hidden = shown > 0;
  };

  const select = () => {
    const wanted = filter.value.toLowerCase().split(/\s+/);
    const off = new Set(toggles.filter((one) => one.ariaPressed === "false").map((one) => one.dataset.tag));
    for (const row of rows) {
      row.hidden = off.has(row.dataset.tag) || !wanted.every((word) => words.get(row).includes(word));
    }
    say();
  };

  const valueOf = (row, place, isNumber) => {
    const cell = row.cells[place];
    return isNumber ? Number(cell.dataset.value) : cell.textContent.trim();
  };

  const sort = (heading, place) => {
    const isNumber = heading.dataset.sort === "number";
    const turn = heading.ariaSort === "ascending" ? -1 : 1;
    headings.forEach((one) => one.removeAttribute("aria-sort"));
    heading.setAttribute("aria-sort", turn === 1 ? "ascending" : "descending");
    const collator = new Intl.Collator("en", { numeric: true });
    rows.sort((one, other) => {
      const [a, b] = [valueOf(one, place, isNumber), valueOf(other, place, isNumber)];
      return turn * (isNumber ? a - b : collator.compare(a, b));
    });
    body.append(...rows);
    order = `by ${heading.textContent.trim()}, ${isNumber ? (turn === 1 ? "lowest" : "highest") : turn === 1 ? "a" : "z"} first`;
    say();
  };

  headings.forEach((heading, place) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => sort(heading, place));
  });
  filter.addEventListener("input", select);
  filter.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      filter.value = "";
      select();
    }
  });
  for (const toggle of toggles) {
    toggle.addEventListener("click", () => {
      toggle.setAttribute("aria-pressed", toggle.ariaPressed === "true" ? "false" : "true");
      select();
    });
  }
  none.querySelector("button").addEventListener("click", () => {
    filter.value = "";
    toggles.forEach((one) => one.setAttribute("aria-pressed", "true"));
    select();
    filter.focus();
  });
  controls.hidden = false;
}
