"use strict";
// Long tables are folded after some rows, sorted and filtered. Without it all their rows are there.
const FIRST = 15;
const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
const unfold = new Map(); // how each long table shows all of its rows

for (const figure of document.querySelectorAll("figure.long")) {
  const body = figure.querySelector("tbody");
  const total = body.querySelector("tr.total");
  const rows = [...body.rows].filter((row) => row !== total);
  const texts = new Map(rows.map((row) => [row, row.textContent.toLowerCase()]));
  const tools = document.getElementById("table-tools").content.cloneNode(true);
  const [input, status, more] = ["input", "[role=status]", "button"].map((part) => tools.querySelector(part));
  input.setAttribute("aria-describedby", figure.querySelector("figcaption").id);
  more.setAttribute("aria-describedby", figure.querySelector("figcaption").id);
  let open = false;

  const show = () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    const fits = [...body.rows].filter((row) => row !== total && words.every((word) => texts.get(row).includes(word)));
    const shown = new Set(open || words.length ? fits : fits.slice(0, FIRST));
    for (const row of rows) row.hidden = !shown.has(row);
    if (total) total.hidden = words.length > 0; // it is the sum of all rows
    status.textContent = words.length ? status.dataset[fits.length ? "some" : "none"].replace("{}", fits.length) : "";
    more.hidden = words.length > 0;
    more.textContent = open ? more.dataset.less.replace("{}", FIRST) : more.dataset.more.replace("{}", rows.length - FIRST);
  };

  const order = (column, ranks, turn) => {
    const place = (row) => rows.indexOf(row);
    const key = (row) => (ranks ? ranks[place(row)] : row.cells[column].textContent.trim());
    const none = (row) => ["-", "–", ""].includes(key(row));
    const compare = (one, other) => (ranks ? key(one) - key(other) : collator.compare(key(one), key(other)));
    // what has no figure stands last, either way
    const sorted = [...rows].sort((one, other) =>
      turn && (none(one) - none(other) || (none(one) ? 0 : turn * compare(one, other))) || place(one) - place(other));
    body.append(...sorted, ...(total ? [total] : []));
    show();
  };

  const headings = [...figure.querySelectorAll("thead th")];
  headings.forEach((heading, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    heading.append(button);
    heading.setAttribute("aria-sort", "none");
    button.addEventListener("click", () => {
      const turn = { none: 1, ascending: -1, descending: 0 }[heading.getAttribute("aria-sort")];
      for (const other of headings) other.setAttribute("aria-sort", "none");
      heading.setAttribute("aria-sort", { 1: "ascending", "-1": "descending", 0: "none" }[turn]);
      order(column, heading.dataset.ranks?.split(" "), turn);
    });
  });
  input.addEventListener("input", show);
  more.addEventListener("click", () => {
    open = !open;
    show();
    // on with the first row that was not there before
    const next = open ? body.rows[FIRST].cells[0] : null;
    next?.setAttribute("tabindex", "-1");
    next?.focus();
  });
  unfold.set(figure, () => {
    open = true;
    input.value = "";
    show();
  });
  figure.querySelector("figcaption").after(tools.querySelector(".sift"));
  figure.append(more);
  show();
}

// a link to what stands in a row that is not shown
const reveal = () => {
  const aim = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!aim?.closest("tr[hidden]")) return;
  unfold.get(aim.closest("figure.long"))();
  aim.scrollIntoView();
};
addEventListener("hashchange", reveal);
reveal();
