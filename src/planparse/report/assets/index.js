// The index: filter, search, sort.
const body = $("#list tbody");
const COLUMNS = ["sections", "goals", "tasks", "projects", "indicators", "targets", "findings", "share"];
const rows = $$("tr", body).map((element, place) => ({
  element, place,
  words: element.dataset.w,
  title: $("a", element).textContent,
  kind: element.dataset.plan_kind,
  period: element.dataset.period,
  values: element.dataset.v.trim().split(/\s+/).map(Number),
}));
const selects = $$("select[data-facet]");
const search = $("#search");

function fold(text) {
  return text.normalize("NFKC").toLowerCase().split(/\s+/).filter(Boolean);
}

function filter() {
  const terms = fold(search.value);
  const wanted = selects.filter((select) => select.value !== "*").map((select) => [select.dataset.facet, select.value.slice(1)]);
  let shown = 0;
  for (const row of rows) {
    const fits = terms.every((term) => row.words.includes(term)) && wanted.every(([facet, value]) => {
      const own = row.element.dataset[facet];
      return facet === "severity" && value ? own.includes(value) : own.trim() === value;
    });
    if (row.element.hidden === fits) row.element.hidden = !fits;
    shown += fits;
  }
  $("#shown").textContent = String(shown);
  $("#empty").hidden = shown > 0;
  for (const bar of $$("button.bar")) {
    const select = selects.find((one) => one.dataset.facet === bar.dataset.facet);
    bar.setAttribute("aria-pressed", String(select.value === "=" + bar.dataset.value));
  }
}

let sorted = [null, 1];
function sort(name, button) {
  const direction = sorted[0] === name ? -sorted[1] : (name === "title" || name === "kind" || name === "period" || name === "share" ? 1 : -1);
  sorted = [name, direction];
  const column = COLUMNS.indexOf(name);
  const order = new Intl.Collator(root.lang);
  const compare = column < 0 ? (a, b) => order.compare(a[name], b[name]) : (a, b) => a.values[column] - b.values[column];
  const list = [...rows].sort((a, b) => direction * compare(a, b) || a.place - b.place);
  body.append(...list.map((row) => row.element));
  for (const head of $$("#list th")) head.removeAttribute("aria-sort");
  button.closest("th").setAttribute("aria-sort", direction > 0 ? "ascending" : "descending");
}

search.addEventListener("input", filter);
for (const select of selects) select.addEventListener("change", filter);
for (const bar of $$("button.bar")) {
  bar.addEventListener("click", () => {
    const select = selects.find((one) => one.dataset.facet === bar.dataset.facet);
    select.value = select.value === "=" + bar.dataset.value ? "*" : "=" + bar.dataset.value;
    filter();
  });
}
for (const button of $$("[data-sort]")) button.addEventListener("click", () => sort(button.dataset.sort, button));
$("#clear").addEventListener("click", () => {
  search.value = "";
  for (const select of selects) select.value = "*";
  filter();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName)) {
    event.preventDefault();
    search.focus();
  }
});
filter();
