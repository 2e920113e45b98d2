"use strict";
// Words, language and theme: the same on every page. Text is only ever set as text.
const root = document.documentElement;
const $ = (selector, within = document) => within.querySelector(selector);
const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];

// Storage may be closed to pages opened from a disk; the page then works, and forgets.
const kept = {
  get(key) { try { return localStorage.getItem("planparse:" + key); } catch { return null; } },
  set(key, value) { try { value === null ? localStorage.removeItem("planparse:" + key) : localStorage.setItem("planparse:" + key, value); } catch { /* forgets */ } },
};

let language = root.lang.startsWith("zh") ? 0 : 1;

function word(key) {
  const dot = key.indexOf(".");
  const [group, name] = dot < 0 ? ["words", key] : [key.slice(0, dot), key.slice(dot + 1)];
  const entry = WORDS[group] && Object.hasOwn(WORDS[group], name) ? WORDS[group][name] : null;
  return entry ? String(entry[language]) : name;
}

function speak(within = document) {
  for (const element of $$("[data-t]", within)) element.textContent = word(element.dataset.t);
  for (const element of $$("[data-ta]", within)) {
    for (const pair of element.dataset.ta.split(" ")) {
      const [attribute, key] = pair.split(":");
      element.setAttribute(attribute, word(key));
    }
  }
}

function setLanguage(number) {
  language = number;
  root.lang = number ? "en" : "zh-Hans";
  speak();
}

function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

function dark() {
  return root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

function inflate(packed) {
  const bytes = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).text();
}

// What the page was written with is opened, then its own script runs. A document's content was escaped when it was written.
let unpacked = "";
async function begin(then) {
  const packed = $("#packed");
  if (packed) {
    unpacked = await inflate(packed.textContent);
    packed.remove();
    if (document.body.classList.contains("document")) document.body.insertAdjacentHTML("afterbegin", unpacked);
  }
  const chosenLanguage = kept.get("language");
  if (chosenLanguage !== null && Number(chosenLanguage) !== language) setLanguage(Number(chosenLanguage));
  $("#language").addEventListener("click", () => {
    setLanguage(1 - language);
    kept.set("language", String(language));
    document.dispatchEvent(new Event("spoken"));
  });
  $("#theme").addEventListener("click", () => {
    root.dataset.theme = dark() ? "light" : "dark";
    kept.set("theme", root.dataset.theme);
  });
  $("#lone").remove();
  if (!then) { document.body.dataset.ready = ""; return; }
  const script = make("script", { src: then });
  script.addEventListener("load", () => { document.body.dataset.ready = ""; performance.mark("ready"); });
  document.body.append(script);
}

const chosenTheme = kept.get("theme");
if (chosenTheme) root.dataset.theme = chosenTheme;
const ownScript = document.currentScript.dataset.then;
begin(ownScript && new URL(ownScript, document.currentScript.src).href).catch((error) => {
  document.body.prepend(make("p", { textContent: word("needs_browser") }));
  throw error;
});
