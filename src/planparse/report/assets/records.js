// The records of all documents. Only the rows in sight are in the page; what is asked for stands in the address.
const TABLE = JSON.parse(unpacked);
unpacked = "";
const ROW_DOCUMENT = { title: 0, file: 1, region: 2, plan_kind: 3, period: 4, domain: 5, trust: 6 };
const TRUST = ["poor", "doubtful", "not_a_plan", "sound"];
const SHOWN_VALUES = 8; // of a facet, until more are asked for
const SPARE = 12; // rows drawn above and below those in sight
const count = TABLE.kind.length;
const list = $("#list"), pane = $("#rows"), search = $("#search"), order = $("#sort"), facets = $$(".facet");

const fold = (text) => text.normalize("NFKC").toLowerCase();
const words = Array.from({ length: count }, (_, at) => fold(`${TABLE.name[at]} ${TABLE.value[at]} ${TABLE.wording[at]}`));
const titles = TABLE.documents.map((document) => fold(document[0]));

// Of each facet: its values, and the place of every row's value among them.
const FACETS = Object.fromEntries(facets.map((element) => {
  const name = element.dataset.facet;
  const places = new Map(), own = new Uint16Array(count);
  const place = (value) => { if (!places.has(value)) places.set(value, places.size); return places.get(value); };
  if (name === "kind") {
    for (const kind of TABLE.kinds) place(kind);
    own.set(TABLE.kind);
  } else {
    const of = name === "year" ? null : TABLE.documents.map((document) => place(document[ROW_DOCUMENT[name]]));
    for (let at = 0; at < count; at += 1) own[at] = of ? of[TABLE.document[at]] : place(TABLE.year[at] === null ? "" : String(TABLE.year[at]));
  }
  return [name, { element, values: [...places.keys()], places, own, whole: false }];
}));
const NAMES = Object.keys(FACETS);

// ---- what is asked for, and the address -----------------------------------------------------------

let asked = { words: "", sort: "text", down: false, chosen: {} };
let shown = new Uint32Array(0);

function read() {
  const given = new URLSearchParams(location.hash.slice(1));
  asked = { words: given.get("q") || "", sort: given.get("sort") || "text", down: given.get("down") === "1", chosen: {} };
  if (![...order.options].some((option) => option.value === asked.sort)) asked.sort = "text";
  for (const name of NAMES) asked.chosen[name] = new Set(given.getAll(name).filter((value) => FACETS[name].places.has(value)));
}

function write(step) {
  const given = new URLSearchParams();
  if (asked.words) given.set("q", asked.words);
  for (const name of NAMES) for (const value of asked.chosen[name]) given.append(name, value);
  if (asked.sort !== "text") given.set("sort", asked.sort);
  if (asked.down) given.set("down", "1");
  const address = "#" + given;
  if (address === (location.hash || "#")) return;
  step ? history.pushState(null, "", address) : history.replaceState(history.state, "", address);
}

function ask(step = true) {
  write(step);
  update();
}

// ---- searching, filtering, sorting ----------------------------------------------------------------

function sorter() {
  if (asked.sort === "name") return TABLE.rank;
  if (asked.sort === "year") return TABLE.year;
  if (asked.sort === "value") return TABLE.amount;
  return asked.sort === "trust" ? TABLE.document.map((at) => TRUST.indexOf(TABLE.documents[at][ROW_DOCUMENT.trust])) : null;
}

function update(top = 0) {
  const terms = fold(asked.words).split(/\s+/).filter(Boolean);
  const inTitle = terms.map((term) => titles.map((title) => title.includes(term)));
  const wanted = NAMES.filter((name) => asked.chosen[name].size).map((name) => {
    const allowed = new Uint8Array(FACETS[name].values.length);
    for (const value of asked.chosen[name]) allowed[FACETS[name].places.get(value)] = 1;
    return { name, allowed, own: FACETS[name].own };
  });
  const counts = Object.fromEntries(NAMES.map((name) => [name, new Uint32Array(FACETS[name].values.length)]));
  const found = new Uint32Array(count);
  let fitting = 0;
  for (let at = 0; at < count; at += 1) {
    if (!terms.every((term, place) => words[at].includes(term) || inTitle[place][TABLE.document[at]])) continue;
    let misses = 0, missed = null;
    for (const one of wanted) if (!one.allowed[one.own[at]]) { misses += 1; missed = one.name; }
    // A facet counts what would be shown if nothing were chosen in it.
    if (misses === 0) { found[fitting] = at; fitting += 1; for (const name of NAMES) counts[name][FACETS[name].own[at]] += 1; }
    else if (misses === 1) counts[missed][FACETS[missed].own[at]] += 1;
  }
  shown = found.slice(0, fitting);
  const key = sorter(), way = asked.down ? -1 : 1;
  if (key) shown.sort((a, b) => (key[a] === null) - (key[b] === null) || way * (key[a] - key[b]) || a - b);
  else if (asked.down) shown.reverse();
  draw(counts, top);
}

// ---- drawing --------------------------------------------------------------------------------------

function draw(counts, top) {
  if (search.value !== asked.words) search.value = asked.words;
  order.value = asked.sort;
  $("#turn").textContent = asked.down ? "↓" : "↑";
  $("#shown").textContent = shown.length.toLocaleString("en");
  $("#all").textContent = count.toLocaleString("en");
  $("#empty").hidden = shown.length > 0;
  let most = 1; // one scale for all bars
  for (const name of NAMES) for (const one of counts[name]) most = Math.max(most, one);
  for (const name of NAMES) drawFacet(name, counts[name], most);
  list.style.height = `${shown.length * height()}px`;
  pane.scrollTop = top;
  drawRows(true);
}

function label(name, value) {
  if (value === "") return word("unknown");
  return name === "kind" ? word(value) : name === "trust" || name === "plan_kind" ? word("values." + value) : value;
}

function drawFacet(name, counts, most) {
  const facet = FACETS[name], chosen = asked.chosen[name];
  const ranked = facet.values.map((value, place) => ({ value, place, count: counts[place] })).filter((one) => one.count || chosen.has(one.value));
  if (name === "year") ranked.sort((a, b) => (a.value === "") - (b.value === "") || a.value - b.value);
  else if (name !== "kind") ranked.sort((a, b) => b.count - a.count || a.place - b.place);
  const visible = ranked.filter((one, at) => facet.whole || at < SHOWN_VALUES || chosen.has(one.value));
  const focused = document.activeElement.dataset.value;
  const held = facet.element.contains(document.activeElement);
  $("ul", facet.element).replaceChildren(...visible.map((one) => {
    const bar = make("span", { className: "bar-line" }, make("span"));
    bar.firstChild.style.width = `${(100 * one.count) / most}%`;
    const button = make("button", { type: "button", className: "bar" }, make("bdi", { className: "bar-name", textContent: label(name, one.value) }), bar, make("span", { className: "num", textContent: one.count.toLocaleString("en") }));
    button.dataset.value = one.value;
    button.setAttribute("aria-pressed", String(chosen.has(one.value)));
    return make("li", {}, button);
  }));
  if (held && focused !== undefined) $$("button.bar", facet.element).find((button) => button.dataset.value === focused)?.focus();
  const more = $(".more", facet.element);
  more.hidden = ranked.length <= SHOWN_VALUES;
  more.textContent = facet.whole ? word("fewer") : `${word("more")} ${ranked.length - visible.length}`;
  facet.element.hidden = !ranked.length;
}

let drawn = [-1, -1];
function height() {
  return parseFloat(getComputedStyle(list).getPropertyValue("--row")) * parseFloat(getComputedStyle(root).fontSize);
}

function drawRows(anew = false) {
  const each = height();
  const first = Math.max(0, Math.floor(pane.scrollTop / each) - SPARE);
  const last = Math.min(shown.length, Math.ceil((pane.scrollTop + pane.clientHeight) / each) + SPARE);
  if (!anew && first === drawn[0] && last === drawn[1]) return;
  drawn = [first, last];
  list.replaceChildren(...Array.from({ length: Math.max(0, last - first) }, (_, at) => drawRow(shown[first + at], first + at, each)));
}

function drawRow(at, place, each) {
  const document = TABLE.documents[TABLE.document[at]];
  const kind = TABLE.kinds[TABLE.kind[at]], trust = document[ROW_DOCUMENT.trust];
  const link = make("a", { className: "name", href: `${document[ROW_DOCUMENT.file]}#c${TABLE.number[at]}` }, make("bdi", { textContent: TABLE.name[at] }));
  const head = make("p", { className: "head" }, make("span", { className: "badge", textContent: word(kind) }), link, make("span", { className: "quantity", textContent: TABLE.value[at] }), make("span", { className: "num year", textContent: TABLE.year[at] ?? "" }));
  const wording = TABLE.wording[at] === TABLE.name[at] ? "" : TABLE.wording[at];
  const foot = make("p", { className: "foot" }, make("span", { className: `chip ${trust}` }, make("span", { className: "dot" }), word("values." + trust)), make("bdi", { className: "from", textContent: document[ROW_DOCUMENT.title] }), make("bdi", { className: "wording", textContent: wording }));
  const row = make("li", { className: `row k-${kind}` }, head, foot);
  row.style.top = `${place * each}px`;
  row.setAttribute("aria-setsize", String(shown.length));
  row.setAttribute("aria-posinset", String(place + 1));
  return row;
}

// ---- acting ---------------------------------------------------------------------------------------

search.addEventListener("input", () => { asked.words = search.value; ask(false); });
order.addEventListener("change", () => { asked.sort = order.value; asked.down = order.value === "value"; ask(); });
$("#turn").addEventListener("click", () => { asked.down = !asked.down; ask(); });
$("#clear").addEventListener("click", () => {
  asked = { words: "", sort: "text", down: false, chosen: Object.fromEntries(NAMES.map((name) => [name, new Set()])) };
  ask();
});
$("#facets").addEventListener("click", (event) => {
  const name = event.target.closest(".facet")?.dataset.facet;
  const bar = event.target.closest("button.bar");
  if (bar) {
    const chosen = asked.chosen[name];
    if (!chosen.delete(bar.dataset.value)) chosen.add(bar.dataset.value);
    ask();
  } else if (event.target.closest(".more")) {
    FACETS[name].whole = !FACETS[name].whole;
    update(pane.scrollTop);
  }
});
let pending = 0;
pane.addEventListener("scroll", () => {
  drawRows();
  clearTimeout(pending);
  pending = setTimeout(() => history.replaceState({ top: pane.scrollTop }, ""), 200);
}, { passive: true });
addEventListener("resize", () => { list.style.height = `${shown.length * height()}px`; drawRows(true); });
addEventListener("popstate", (event) => { read(); update(event.state ? event.state.top : 0); });
document.addEventListener("spoken", () => update(pane.scrollTop));
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName)) { event.preventDefault(); search.focus(); }
});
if (matchMedia("(max-width: 60rem)").matches) $("#facets").open = false;
read();
update(history.state ? history.state.top : 0);
