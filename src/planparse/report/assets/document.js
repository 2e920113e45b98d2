// A document: text and records side by side, and corrections.
const DATA = JSON.parse($("#data").textContent);
const text = $("#text");
const records = [];
const PANELS = { finding: "findings", loose: "unclaimed", section: "sections" };
// Cards are written beside the wording that they are of; here they go into their lists.
for (const card of $$("li.card", text)) {
  if (card.dataset.gold) {
    records[Number(card.dataset.n)] = { table: card.dataset.table, id: card.dataset.id, row: JSON.parse(card.dataset.gold) };
    card.removeAttribute("data-gold");
    card.append(make("button", { type: "button", className: "pencil", textContent: "✎", tabIndex: -1 }));
    $(".pencil", card).dataset.ta = "aria-label:words.correct title:words.correct";
  }
  $(`#panel-${PANELS[card.dataset.kind] || "records"} .cards`).append(card);
}
for (const list of $$(".side .cards")) {
  const first = $(".pick", list);
  if (first) first.tabIndex = 0;
  else list.append(make("li", { className: "faint" }, Object.assign(make("span"), { textContent: word("nothing_here") })));
}
speak($("#side"));
const narrow = matchMedia("(max-width: 60rem)");
const TABS = ["records", "sections", "tables", "findings", "unclaimed", "about_document"];
let chosen = null;

// ---- choosing -----------------------------------------------------------------------------------

function pieces(number) {
  return $$(`[data-i~="${number}"]`, text);
}

function show(element, block = "center") {
  if (!element) return;
  for (let fold = element.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  element.scrollIntoView({ block, behavior: "instant" });
}

function choose(number, { from } = {}) {
  for (const element of $$(".chosen")) element.classList.remove("chosen", "exact");
  chosen = number;
  $("#peek").hidden = true;
  if (number === null) return;
  const card = $(`#c${number}`);
  const marked = pieces(number);
  const exact = $$(`[data-x~="${number}"]`, text);
  for (const element of marked) element.classList.add("chosen");
  for (const element of exact) element.classList.add("exact");
  for (const row of $$(`tr[data-n="${number}"]`)) row.classList.add("chosen");
  if (card) {
    card.classList.add("chosen");
    if (from !== "table") openTab(card.closest("[role=tabpanel]").id.slice("panel-".length));
    if (card.hidden) { $("#find").value = ""; findCards(); }
    for (const other of $$(".pick[tabindex='0']", card.parentElement)) other.tabIndex = -1;
    $(".pick", card).tabIndex = 0;
  }
  if (narrow.matches) {
    if (from === "text") peek(number, card);
    else if (from !== "keys" || document.body.dataset.pane !== "side") openPane("text");
  }
  if (from !== "text") show(exact[0] || marked[0]);
  if (from !== "card") show(card, "nearest");
  if (from === "table") show($(`tr[data-n="${number}"]`), "nearest");
  showActions(card);
  history.replaceState(null, "", `#c${number}`);
}

function peek(number, card) {
  if (!card) return;
  const button = $("#peek");
  button.textContent = `${$(".badge", card) ? $(".badge", card).textContent + "　" : ""}${($(".name", card) || $(".context", card)).textContent} ›`;
  button.hidden = false;
  button.onclick = () => { openPane("side"); show(card); button.hidden = true; };
}

function showActions(card) {
  for (const old of $$(".card-actions")) old.remove();
  if (!card) return;
  const number = Number(card.dataset.n);
  const actions = make("div", { className: "card-actions" });
  const add = (key, act) => {
    const button = make("button", { type: "button", textContent: word(key) });
    button.dataset.t = "words." + key;
    button.addEventListener("click", act);
    actions.append(button);
  };
  if (number < records.length) {
    add("correct", () => editRecord(number));
    const gone = state.removed[records[number].id];
    add(gone ? "restore" : "remove", () => { gone ? delete state.removed[records[number].id] : state.removed[records[number].id] = true; changed(); showActions(card); });
  } else if (card.dataset.kind === "loose") {
    add("add_record", () => addRecord(around(card)));
  } else return;
  card.append(actions);
}

function around(card) {
  const context = $(".context", card);
  return { selected: context.textContent.trim(), quantity: $("b", context).textContent };
}

text.addEventListener("click", (event) => {
  const piece = event.target.closest("[data-i]");
  if (!piece || String(getSelection()).length) return;
  const shown = piece.dataset.i.split(" ").map(Number).filter((number) => { const card = $(`#c${number}`); return card && !text.classList.contains("off-" + card.dataset.kind); });
  if (!shown.length) return;
  const at = shown.indexOf(chosen);
  choose(shown[(at + 1) % shown.length], { from: "text" });
});
$("#side").addEventListener("click", (event) => {
  const link = event.target.closest("a[data-n]");
  const pick = event.target.closest(".pick");
  const row = event.target.closest("tr[data-n]");
  const pencil = event.target.closest(".pencil");
  if (pencil) { choose(Number(pencil.closest(".card").dataset.n), { from: "card" }); editRecord(chosen); }
  else if (link) { event.preventDefault(); choose(Number(link.dataset.n)); }
  else if (pick) choose(Number(pick.closest(".card").dataset.n), { from: "card" });
  else if (row) choose(Number(row.dataset.n), { from: "table" });
});
$("#outline").addEventListener("click", (event) => {
  const link = event.target.closest("a[data-n]");
  if (!link) return;
  event.preventDefault();
  choose(Number(link.dataset.n));
});

// ---- panels -------------------------------------------------------------------------------------

const scrolled = {};
function openTab(name) {
  const before = TABS.find((tab) => !$(`#panel-${tab}`).hidden);
  if (before === name) return;
  scrolled[before] = $("#side").scrollTop;
  for (const tab of TABS) {
    const open = tab === name;
    $(`#tab-${tab}`).setAttribute("aria-selected", String(open));
    $(`#tab-${tab}`).tabIndex = open ? 0 : -1;
    $(`#panel-${tab}`).hidden = !open;
  }
  document.body.dataset.tab = name;
  $("#side").scrollTop = scrolled[name] || 0;
}
for (const tab of TABS) $(`#tab-${tab}`).addEventListener("click", () => openTab(tab));
$(".tabs").addEventListener("keydown", (event) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const at = TABS.findIndex((tab) => $(`#tab-${tab}`).getAttribute("aria-selected") === "true");
  const next = TABS[(at + step + TABS.length) % TABS.length];
  openTab(next);
  $(`#tab-${next}`).focus();
});

function openPane(name) {
  document.body.dataset.pane = name;
  for (const button of $$(".bottom button")) button.toggleAttribute("aria-current", button.dataset.pane === name);
}
for (const button of $$(".bottom button")) button.addEventListener("click", () => { openPane(button.dataset.pane); if (chosen !== null) show(button.dataset.pane === "side" ? $(`#c${chosen}`) : pieces(chosen)[0]); });

for (const button of $$(".kinds .kind")) {
  button.addEventListener("click", () => {
    const on = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(on));
    text.classList.toggle("off-" + button.dataset.kind, !on);
    findCards();
  });
}

function findCards() {
  const terms = $("#find").value.normalize("NFKC").toLowerCase().split(/\s+/).filter(Boolean);
  const off = new Set($$(".kinds .kind[aria-pressed=false]").map((button) => button.dataset.kind));
  for (const card of $$("#cards .card")) {
    const words = terms.length ? card.textContent.normalize("NFKC").toLowerCase() : "";
    card.hidden = off.has(card.dataset.kind) || !terms.every((term) => words.includes(term));
  }
}
$("#find").addEventListener("input", findCards);

// ---- keyboard -----------------------------------------------------------------------------------

function step(direction) {
  const panel = $("[role=tabpanel]:not([hidden])");
  const cards = $$(".card:not([hidden])", panel).filter((card) => !$(".pick", card).disabled);
  if (!cards.length) return;
  const at = cards.findIndex((card) => Number(card.dataset.n) === chosen);
  const next = cards[at < 0 ? (direction > 0 ? 0 : cards.length - 1) : Math.min(Math.max(at + direction, 0), cards.length - 1)];
  choose(Number(next.dataset.n), { from: "keys" });
  if (panel.contains(document.activeElement)) $(".pick", next).focus({ preventScroll: true });
}
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || $("dialog[open]")) return;
  if (/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName)) {
    if (event.key === "Escape") document.activeElement.blur();
    return;
  }
  const inCards = document.activeElement.classList.contains("pick");
  const acts = {
    j: () => step(1), k: () => step(-1),
    "/": () => { openTab("records"); if (narrow.matches) openPane("side"); $("#find").focus(); },
    e: () => { if (chosen !== null && chosen < records.length) editRecord(chosen); },
    Escape: () => choose(null),
    "?": () => $("#keys").showModal(),
  };
  if (inCards) Object.assign(acts, { ArrowDown: () => step(1), ArrowUp: () => step(-1) });
  if (/^[1-6]$/.test(event.key)) acts[event.key] = () => openTab(TABS[Number(event.key) - 1]);
  if (!Object.hasOwn(acts, event.key)) return;
  event.preventDefault();
  acts[event.key]();
});
$("#help").addEventListener("click", () => $("#keys").showModal());
for (const button of $$("[data-close]")) button.addEventListener("click", () => button.closest("dialog").close());

// ---- corrections --------------------------------------------------------------------------------

const PLACE = "corrections:" + DATA.id;
const NOTHING = '{"edits":{},"removed":{},"added":[],"document":{}}';
let state = JSON.parse(NOTHING);
try { state = Object.assign(state, JSON.parse(kept.get(PLACE) || NOTHING)); } catch { /* an old form of it */ }

function corrections() {
  return Object.keys(state.edits).length + Object.keys(state.removed).length + state.added.length + (Object.keys(state.document).length ? 1 : 0);
}

function changed() {
  const count = corrections();
  kept.set(PLACE, count ? JSON.stringify(state) : null);
  $("#export").hidden = $("#discard").hidden = !count;
  $("#export b").textContent = String(count);
  for (const old of $$(".state")) old.remove();
  for (const old of $$(".card.gone")) old.classList.remove("gone");
  records.forEach((record, number) => {
    const gone = state.removed[record.id];
    if (!gone && !state.edits[record.id]) return;
    const card = $(`#c${number}`);
    card.classList.toggle("gone", Boolean(gone));
    $(".pick", card).append(tag(gone ? "removed" : "corrected"));
  });
  for (const old of $$(".card.new")) old.remove();
  state.added.forEach((added, place) => {
    const name = added.row.title || added.row.name || added.row.subject || added.row.label || added.row.text_start;
    const pick = make("button", { type: "button", className: "pick", tabIndex: -1 }, make("bdi", { className: "name", textContent: name }), tag("added"));
    pick.addEventListener("click", (event) => { event.stopPropagation(); editAdded(place); });
    $("#cards").append(make("li", { className: "card new" }, pick));
  });
}

function tag(key) {
  const made = make("span", { className: "state", textContent: word(key) });
  made.dataset.t = "words." + key;
  return made;
}

function editor(title, fields, row, buttons) {
  const dialog = $("#editor");
  $("#editor-title").textContent = title;
  const inputs = new Map();
  $(".fields", dialog).replaceChildren(...fields.map((field) => {
    const value = row[field.name] ?? (field.type === "list" ? [] : "");
    const input = field.type === "choice"
      ? make("select", {}, ...(field.needed ? [] : [new Option("—", "")]), ...field.choices.map((choice) => new Option(word("values." + choice), choice)))
      : make(field.type === "long" ? "textarea" : "input", field.type === "number" ? { inputMode: "decimal" } : field.type === "date" ? { type: "date" } : {});
    input.name = field.name;
    input.value = field.type === "list" ? value.join("、") : String(value);
    inputs.set(field, input);
    return make("label", {}, make("span", { textContent: word("columns." + field.name) + (field.needed ? " *" : "") }), input, ...(field.type === "list" ? [make("small", { textContent: word("list_hint") })] : []));
  }));
  $(".problem", dialog).textContent = "";
  const save = () => {
    const made = {};
    for (const [field, input] of inputs) {
      const typed = input.value.trim();
      const wrong = field.needed && !typed ? "needed" : field.type === "number" && typed && !Number.isFinite(Number(typed.replaceAll(",", ""))) ? "not_a_number" : null;
      if (wrong) { $(".problem", dialog).textContent = `${word("columns." + field.name)}：${word(wrong)}`; input.focus(); return null; }
      made[field.name] = field.type === "list" ? typed.split(/[、，,；;]\s*/).filter(Boolean) : typed === "" ? null : field.type === "number" ? Number(typed.replaceAll(",", "")) : typed;
    }
    return made;
  };
  $(".actions", dialog).replaceChildren(...buttons.map(([key, act]) => {
    const button = make("button", { type: "button", textContent: word(key), className: key === "save" ? "" : "quiet" });
    button.addEventListener("click", () => { if (act(save) !== false) { dialog.close(); changed(); } });
    return button;
  }));
  dialog.onkeydown = (event) => { if (event.key === "Enter" && event.target.tagName === "INPUT") { event.preventDefault(); $(".actions button", dialog).click(); } };
  dialog.showModal();
}

function same(a, b) {
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null) || (Array.isArray(b) && !b.length && a === undefined);
}

function editRecord(number) {
  const { table, id, row } = records[number];
  editor(`${word("correct")}　${word(table)}`, FIELDS[table], { ...row, ...state.edits[id] }, [
    ["save", (save) => {
      const made = save();
      if (!made) return false;
      const differing = Object.fromEntries(Object.entries(made).filter(([name, value]) => !same(row[name], value)));
      if (Object.keys(differing).length) state.edits[id] = differing; else delete state.edits[id];
      delete state.removed[id];
      return true;
    }],
    ["remove", () => { state.removed[id] = true; }],
    ...(state.edits[id] ? [["restore", () => { delete state.edits[id]; }]] : []),
    ["cancel", () => {}],
  ]);
}

function editAdded(place) {
  const added = state.added[place];
  editor(`${word("added")}　${word(added.table)}`, FIELDS[added.table], added.row, [
    ["save", (save) => { const made = save(); if (!made) return false; added.row = made; return true; }],
    ["remove", () => { state.added.splice(place, 1); }],
    ["cancel", () => {}],
  ]);
}

function addRecord({ selected, quantity = "" }, table = "targets") {
  const number = quantity.match(/[\d.,]+/);
  const start = {
    targets: { anchor: selected.slice(0, 36), quantity_raw: quantity || selected.slice(0, 36), value: number ? number[0].replaceAll(",", "") : "", comparator: "eq" },
    goals: { text_start: selected.slice(0, 15), kind: "specific" },
    sections: { title: selected, level: 1, kind: "other" },
    tasks: { title: selected, level: "task", source: "prose" },
    projects: { name: selected, level: "project", source: "prose" },
    indicators: { name: selected },
  };
  editor(`${word("add_record")}`, FIELDS[table], start[table], [
    ["save", (save) => { const made = save(); if (!made) return false; state.added.push({ table, row: made }); return true; }],
    ["cancel", () => {}],
  ]);
  const select = make("select", { name: "table" }, ...Object.keys(start).map((name) => new Option(word(name), name, false, name === table)));
  select.addEventListener("change", () => { $("#editor").close(); addRecord({ selected, quantity }, select.value); });
  $("#editor .fields").prepend(make("label", {}, make("span", { textContent: word("kind_of_record") }), select));
}

// A selection in the text offers to become a record.
const offer = make("button", { type: "button", className: "offer", hidden: true });
document.body.append(offer);
offer.addEventListener("pointerdown", (event) => event.preventDefault());
offer.addEventListener("click", () => {
  const selected = String(getSelection()).replace(/\s+/g, " ").trim();
  getSelection().removeAllRanges();
  const quantity = selected.match(/[\d.,]+\S{0,4}/);
  addRecord({ selected, quantity: quantity ? quantity[0] : "" });
});
document.addEventListener("selectionchange", () => {
  const selection = getSelection();
  const inside = selection.rangeCount && !selection.isCollapsed && text.contains(selection.anchorNode) && text.contains(selection.focusNode);
  offer.hidden = !inside;
  if (!inside) return;
  const box = selection.getRangeAt(0).getBoundingClientRect();
  offer.textContent = word("add_record");
  offer.style.left = `${Math.max(8, Math.min(box.left, innerWidth - 160))}px`;
  offer.style.top = `${Math.max(8, box.top - 40)}px`;
});
$("#correct-document").addEventListener("click", () => {
  editor(word("about_document"), FIELDS.document, { ...DATA.gold.document, ...state.document }, [
    ["save", (save) => {
      const made = save();
      if (!made) return false;
      state.document = Object.fromEntries(Object.entries(made).filter(([name, value]) => !same(DATA.gold.document[name], value)));
      return true;
    }],
    ["cancel", () => {}],
  ]);
});
$("#discard").addEventListener("click", () => {
  if (!confirm(word("discard_sure"))) return;
  state = JSON.parse(NOTHING);
  changed();
});

// ---- export -------------------------------------------------------------------------------------

const HEADING_DEPTH = 3; // gold gives headings down to this level
const WHERE_STATED = ["value_max", "start_year", "end_year", "investment_wan", "lead_units", "support_units"];

function lean(row) {
  const years = row.start_year != null || row.end_year != null;
  return Object.fromEntries(Object.entries(row).filter(([name, value]) =>
    !WHERE_STATED.includes(name) || !(value === null || (Array.isArray(value) && !value.length)) || (years && name.endsWith("_year"))));
}

function gold() {
  const tables = Object.fromEntries(["sections", "goals", "tasks", "projects", "indicators", "targets"].map((table) => [table, []]));
  for (const { table, id, row } of records) {
    if (!state.removed[id]) tables[table].push(lean({ ...row, ...state.edits[id] }));
  }
  for (const { table, row } of state.added) tables[table].push(lean(row));
  tables.sections = tables.sections.filter((row) => row.level <= HEADING_DEPTH);
  return { ...DATA.gold, document: { ...DATA.gold.document, ...state.document }, ...tables };
}

function goldText() {
  const parts = Object.entries(gold()).map(([key, value]) => {
    const rows = Array.isArray(value) ? (value.length ? `[\n${value.map((row) => " " + JSON.stringify(row)).join(",\n")}\n]` : "[]") : JSON.stringify(value);
    return `${JSON.stringify(key)}: ${rows}`;
  });
  return `{\n${parts.join(",\n")}\n}\n`;
}
$("#export").addEventListener("click", () => {
  const link = make("a", {
    href: URL.createObjectURL(new Blob([goldText()], { type: "application/json" })),
    download: DATA.gold.source_file.replace(/\.[^.]*$/, "") + ".json",
  });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
});

// ---- at first -----------------------------------------------------------------------------------

openPane("text");
document.addEventListener("spoken", () => { if (chosen !== null) showActions($(`#c${chosen}`)); });
if (corrections()) changed();
const asked = location.hash.match(/^#c(\d+)$/);
if (asked && $(`#c${asked[1]}`)) choose(Number(asked[1]));
