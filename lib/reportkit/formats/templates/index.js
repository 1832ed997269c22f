"use strict";
// Search, filters and ages. Without it the page lists every report and the day it was made.
for (const main of document.querySelectorAll("main.language")) {
  const form = main.querySelector("form.find");
  const reports = [...main.querySelectorAll("article.report")];
  const texts = new Map(reports.map((report) => [report, report.textContent.toLowerCase()]));

  const fits = (report, words, asked) =>
    words.every((word) => texts.get(report).includes(word)) &&
    asked.every(({ name, value }) => !value || report.dataset[name].split("\n").includes(value));

  const show = () => {
    const words = form.elements.text.value.toLowerCase().split(/\s+/).filter(Boolean);
    const asked = [...form.querySelectorAll("select")];
    for (const report of reports) report.hidden = !fits(report, words, asked);
    for (const section of main.querySelectorAll("section.domain"))
      section.hidden = !section.querySelector("article:not([hidden])");
    const count = reports.filter((report) => !report.hidden).length;
    const status = form.querySelector("[role=status]");
    status.textContent = status.dataset[count ? "some" : "none"].replace("{}", count);
  };

  form.addEventListener("input", show);
  form.addEventListener("reset", () => setTimeout(show));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  show();

  const ago = new Intl.RelativeTimeFormat(main.lang, { numeric: "auto" });
  for (const time of main.querySelectorAll("time")) {
    const days = Math.floor(Date.now() / 86400000) - new Date(time.textContent) / 86400000;
    time.after(main.lang.startsWith("zh") ? `（${ago.format(-days, "day")}）` : ` (${ago.format(-days, "day")})`);
  }
}
