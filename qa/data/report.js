// Filters of the report: a row is shown when every choice fits and every word stands in it.
"use strict";
{
  const rows = [...document.querySelectorAll(".row")];
  const fields = [...document.querySelectorAll("[data-filter]")];
  const count = document.querySelector("h2 .count");
  const show = () => {
    const words = [];
    const chosen = [];
    for (const field of fields) {
      if (field.dataset.filter === "text") words.push(...field.value.toLowerCase().split(/\s+/).filter(Boolean));
      else if (field.value !== "*") chosen.push([field.dataset.filter, field.value]);
    }
    let shown = 0;
    for (const row of rows) {
      const fits =
        chosen.every(([name, value]) => row.dataset[name] === value) &&
        (words.length === 0 || words.every((word) => row.textContent.toLowerCase().includes(word)));
      row.hidden = !fits;
      shown += fits;
    }
    if (count) count.textContent = shown === rows.length ? `共 ${shown} 题` : `${shown} / ${rows.length} 题`;
  };
  let waiting;
  for (const field of fields) {
    field.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(show, field.dataset.filter === "text" ? 150 : 0);
    });
  }
  const all = document.querySelector("[data-open]");
  all?.addEventListener("click", () => {
    const open = all.textContent === "全部展开";
    for (const row of rows) if (!row.hidden) row.open = open;
    all.textContent = open ? "全部收起" : "全部展开";
  });
  show();
}
