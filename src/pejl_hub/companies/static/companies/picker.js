/* A combobox over companies:pick. <input data-picker="address" aria-controls="list"> offers clients
   while a name or number is typed; arrows and Enter choose, Escape closes. What is chosen is told by
   the event "client:picked" ({key, name, cvr}), which bubbles. Without scripts the input is plain. */
"use strict";

(() => {
  const WAIT = 150;
  let latest = 0;
  let timer = 0;

  const listOf = (input) => document.getElementById(input.getAttribute("aria-controls"));
  const options = (input) => [...listOf(input).querySelectorAll("[data-key]")];

  function close(input) {
    listOf(input).hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  async function look(input) {
    const asked = ++latest;
    const text = input.value.trim();
    if (text.length < 2) { close(input); return; }
    let answer;
    try {
      answer = await fetch(`${input.dataset.picker}?q=${encodeURIComponent(text)}`);
    } catch { close(input); return; }
    if (asked !== latest || !answer.ok || answer.redirected || !input.isConnected) return;
    listOf(input).innerHTML = await answer.text();
    listOf(input).hidden = false;
    input.setAttribute("aria-expanded", "true");
    input.removeAttribute("aria-activedescendant");
    if (options(input).length === 1) mark(input, options(input)[0]);
  }

  function mark(input, option) {
    for (const one of options(input)) one.setAttribute("aria-selected", String(one === option));
    input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  function step(input, by) {
    const all = options(input);
    if (!all.length) return;
    const now = all.findIndex((one) => one.getAttribute("aria-selected") === "true");
    mark(input, all[now < 0 ? (by > 0 ? 0 : all.length - 1) : (now + by + all.length) % all.length]);
  }

  function pick(input, option) {
    close(input);
    latest += 1;
    const detail = { key: option.dataset.key, name: option.dataset.name, cvr: option.dataset.cvr };
    input.dispatchEvent(new CustomEvent("client:picked", { bubbles: true, detail }));
  }

  document.addEventListener("input", (event) => {
    if (!event.target.matches?.("[data-picker]")) return;
    clearTimeout(timer);
    latest += 1;
    timer = setTimeout(look, WAIT, event.target);
  });

  // What was typed while the page was still loading is looked up as soon as it has.
  document.addEventListener("DOMContentLoaded", () => {
    const input = document.activeElement;
    if (input?.matches("[data-picker]") && input.value !== input.defaultValue) look(input);
  });

  document.addEventListener("keydown", (event) => {
    const input = event.target;
    if (!input.matches?.("[data-picker]") || event.isComposing) return;
    const open = !listOf(input).hidden;
    const marked = open && options(input).find((o) => o.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (open) step(input, event.key === "ArrowDown" ? 1 : -1); else look(input);
    } else if (event.key === "Enter" && marked) {
      event.preventDefault();
      pick(input, marked);
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      close(input);
    }
  });

  document.addEventListener("pointerdown", (event) => {
    const option = event.target.closest?.("[role=listbox] [data-key]");
    if (option) event.preventDefault(); // the input keeps the focus until the choice is made
  });

  document.addEventListener("click", (event) => {
    const option = event.target.closest?.("[role=listbox] [data-key]");
    const input = option && document.querySelector(`[data-picker][aria-controls="${option.parentElement.id}"]`);
    if (input) pick(input, option);
  });

  document.addEventListener("focusout", (event) => {
    if (event.target.matches?.("[data-picker]")) close(event.target);
  });
})();
