// The index: filter, search, sort.
const body = $("#list tbody");
const COLUMNS = ["sections", "goals", "tasks", "projects", "indicators", "targets", "findings", "share", "trust"];
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
function sort(name, direction) {
  const button = $(`[data-sort=${name}]`);
  sorted = [name, direction];
  const column = COLUMNS.indexOf(name);
  const order = new Intl.Collator(root.lang);
  const compare = column < 0 ? (a, b) => order.compare(a[name], b[name]) : (a, b) => a.values[column] - b.values[column];
  const list = [...rows].sort((a, b) => direction * compare(a, b) || a.place - b.place);
  body.append(...list.map((row) => row.element));
  for (const head of $$("#list th")) head.removeAttribute("aria-sort");
  button.closest("th").setAttribute("aria-sort", direction > 0 ? "ascending" : "descending");
}

// What is asked for stands in the address, so that Back restores it.
function write(step) {
  const given = new URLSearchParams();
  if (search.value) given.set("q", search.value);
  for (const select of selects) if (select.value !== "*") given.set(select.dataset.facet, select.value.slice(1));
  if (sorted[0]) given.set("sort", (sorted[1] < 0 ? "-" : "") + sorted[0]);
  const address = "#" + given;
  if (address !== (location.hash || "#")) history[step ? "pushState" : "replaceState"](null, "", address);
}

function read() {
  const given = new URLSearchParams(location.hash.slice(1));
  search.value = given.get("q") || "";
  for (const select of selects) {
    const value = given.get(select.dataset.facet);
    select.value = value === null ? "*" : "=" + value;
    if (select.selectedIndex < 0) select.value = "*";
  }
  const [, turned, name] = (given.get("sort") || "").match(/^(-?)([a-z]+)$/) || [];
  if ($$("[data-sort]").some((button) => button.dataset.sort === name)) sort(name, turned ? -1 : 1);
  else if (sorted[0]) {
    body.append(...rows.map((row) => row.element));
    for (const head of $$("#list th")) head.removeAttribute("aria-sort");
    sorted = [null, 1];
  }
  filter();
}

function ask(step = true) {
  filter();
  write(step);
}

search.addEventListener("input", () => ask(false));
for (const select of selects) select.addEventListener("change", () => ask());
for (const bar of $$("button.bar")) {
  bar.addEventListener("click", () => {
    const select = selects.find((one) => one.dataset.facet === bar.dataset.facet);
    select.value = select.value === "=" + bar.dataset.value ? "*" : "=" + bar.dataset.value;
    ask();
  });
}
const RISING = ["title", "kind", "period", "share", "trust"]; // at first; counts fall
for (const button of $$("[data-sort]")) {
  button.addEventListener("click", () => {
    const name = button.dataset.sort;
    sort(name, sorted[0] === name ? -sorted[1] : RISING.includes(name) ? 1 : -1);
    write(true);
  });
}
$("#clear").addEventListener("click", () => {
  search.value = "";
  for (const select of selects) select.value = "*";
  ask();
});
addEventListener("popstate", read);
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName)) {
    event.preventDefault();
    search.focus();
  }
});
read();
