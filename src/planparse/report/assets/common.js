"use strict";
// Words, language and theme: the same on every page. Nothing here makes HTML of text; text is only ever set as text.
const DATA = JSON.parse(document.getElementById("data").textContent);
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
  const entry = DATA.words[group] && Object.hasOwn(DATA.words[group], name) ? DATA.words[group][name] : null;
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

const chosenLanguage = kept.get("language");
if (chosenLanguage !== null && Number(chosenLanguage) !== language) setLanguage(Number(chosenLanguage));
const chosenTheme = kept.get("theme");
if (chosenTheme) root.dataset.theme = chosenTheme;

$("#language").addEventListener("click", () => {
  setLanguage(1 - language);
  kept.set("language", String(language));
  document.dispatchEvent(new Event("spoken"));
});
$("#theme").addEventListener("click", () => {
  root.dataset.theme = dark() ? "light" : "dark";
  kept.set("theme", root.dataset.theme);
});
