"use strict";
// Search, filters and pages of many reports: their cards are packed, and those of one page are put into the document.
// Without it the document lists every report.
const SIZE = 60; // cards of a page

const unpacked = (packed) => {
  const bytes = Uint8Array.from(atob(packed.textContent), (letter) => letter.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).json();
};

const filled = (text, ...values) => values.reduce((before, value) => before.replace("{}", value), text);

const heading = (group, count) => {
  const made = document.createElement("h2");
  made.append(`${group} `, Object.assign(document.createElement("span"), { textContent: count }));
  return made;
};

const serve = (main, reports) => {
  const form = main.querySelector("form.find");
  const cards = main.querySelector(".cards");
  const status = form.querySelector("[role=status]");
  const total = form.querySelector("[data-pages]");
  const turns = [...main.querySelectorAll("[data-step]")];
  const ago = new Intl.RelativeTimeFormat(main.lang, { numeric: "auto" });
  const { text, page } = form.elements;

  const search = () => {
    const words = text.value.normalize("NFKC").toLowerCase().split(/\s+/).filter(Boolean);
    const asked = [...form.querySelectorAll("select")].filter((select) => select.value);
    return reports.filter(
      (report) =>
        words.every((word) => report.text.includes(word)) &&
        asked.every(({ name, value }) => report[name].includes(value)),
    );
  };

  // the cards of a page below headings of their groups, with how many were found of each
  const draw = (found, first) => {
    const counts = new Map();
    for (const { group } of found) counts.set(group, (counts.get(group) ?? 0) + 1);
    const sections = new Map();
    for (const { group, html } of found.slice(first, first + SIZE)) {
      if (!sections.has(group)) {
        const section = Object.assign(document.createElement("section"), { className: "domain" });
        section.append(heading(group, counts.get(group)));
        sections.set(group, section);
      }
      sections.get(group).insertAdjacentHTML("beforeend", `<article class="report">${html}</article>`);
    }
    cards.replaceChildren(...sections.values());
    for (const time of cards.querySelectorAll("time")) {
      const days = Math.floor(Date.now() / 86400000) - new Date(time.textContent) / 86400000;
      time.after(main.lang.startsWith("zh") ? `（${ago.format(-days, "day")}）` : ` (${ago.format(-days, "day")})`);
    }
  };

  const show = () => {
    const found = search();
    const pages = Math.max(1, Math.ceil(found.length / SIZE));
    const now = Math.min(Math.max(1, Math.floor(page.valueAsNumber) || 1), pages);
    const first = (now - 1) * SIZE;
    draw(found, first);
    const shown = filled(status.dataset.some, found.length, first + 1, Math.min(first + SIZE, found.length));
    status.textContent = found.length ? shown : status.dataset.none;
    total.textContent = filled(total.dataset.pages, pages);
    Object.assign(page, { value: now, max: pages });
    for (const button of turns) {
      const goal = now + Number(button.dataset.step);
      button.disabled = goal < 1 || goal > pages;
    }
  };

  form.addEventListener("input", ({ target }) => {
    if (target === page) return; // until the number is whole
    page.value = 1;
    show();
  });
  page.addEventListener("change", show);
  form.addEventListener("reset", () => setTimeout(show));
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const button of turns)
    button.addEventListener("click", () => {
      page.value = Number(page.value) + Number(button.dataset.step);
      show();
      if (!form.contains(button)) cards.focus(); // from below the cards to the first of them
    });
  for (const hidden of main.querySelectorAll("form.find, p.turn")) hidden.hidden = false;
  show();
};

for (const main of document.querySelectorAll("main.language"))
  unpacked(main.querySelector(".packed")).then((reports) => serve(main, reports));
