/* Drafts: what was typed in a form with data-draft survives a lost connection, an expired sign-in
   and a closed window. Kept in this browser alone, by user, form and the form's own token; thrown
   away once the record is stored, or after three days. Nothing like a CPR number is ever kept. */
"use strict";

(() => {
  const PREFIX = "pejl-draft:";
  const KEPT_FOR = 3 * 24 * 60 * 60 * 1000;
  const NEVER = ["csrfmiddlewaretoken", "restore", "find", "state"];
  const CPR = /(^|[^0-9A-Za-z])[0-9]{6}[- ]?[0-9]{4}(?![0-9A-Za-z])/;

  const drafts = () => Object.keys(localStorage)
    .filter((key) => key.startsWith(PREFIX))
    .map((key) => {
      try { return { key, ...JSON.parse(localStorage.getItem(key)) }; } catch { return { key, at: 0 }; }
    });

  const tidy = () => drafts()
    .filter((draft) => !(Date.now() - draft.at < KEPT_FOR))
    .forEach((draft) => localStorage.removeItem(draft.key));

  const settle = () => document.querySelectorAll("[data-draft-done]").forEach((stored) => {
    const ends = stored.dataset.draftDone.split(" ").filter(Boolean).map((token) => `:${token}`);
    drafts().filter((draft) => ends.some((end) => draft.key.endsWith(end)))
      .forEach((draft) => localStorage.removeItem(draft.key));
  });

  const said = (form) => [...new FormData(form)].filter(([name, value]) =>
    !NEVER.includes(name) && typeof value === "string" && value !== "" && !CPR.test(value));

  function keep(form, key) {
    try {
      localStorage.setItem(key, JSON.stringify({ at: Date.now(), said: said(form) }));
    } catch { /* A full or forbidden storage must not keep anybody from working. */ }
  }

  /* The server draws the form from the draft, as it draws one that was sent back. */
  function restore(form, draft) {
    const sent = document.createElement("form");
    sent.method = "post";
    sent.action = form.getAttribute("action") || location.pathname;
    const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
    for (const [name, value] of [...draft.said, ["csrfmiddlewaretoken", token], ["restore", "1"]]) {
      const field = document.createElement("input");
      Object.assign(field, { type: "hidden", name, value });
      sent.append(field);
    }
    document.body.append(sent);
    sent.submit();
  }

  function offer(form, mine, key) {
    const place = document.querySelector("[data-draft-offer]");
    const found = drafts().filter((d) => d.key.startsWith(mine) && d.key !== key && d.said)
      .sort((a, b) => b.at - a.at)[0];
    if (!place || !found) return;
    const how = { dateStyle: "long", timeStyle: "short" };
    place.querySelector("[data-draft-when]").textContent =
      new Date(found.at).toLocaleString(document.documentElement.lang, how);
    place.querySelector("[data-draft-restore]").addEventListener("click", () => restore(form, found));
    place.querySelector("[data-draft-drop]").addEventListener("click", () => {
      localStorage.removeItem(found.key);
      place.hidden = true;
    });
    place.hidden = false;
  }

  function begin(form) {
    const mine = `${PREFIX}${form.dataset.draftUser}:${form.dataset.draft}:`;
    const key = mine + (form.dataset.draftToken || "0");
    offer(form, mine, key);
    for (const name of ["input", "change"]) form.addEventListener(name, () => keep(form, key));
    form.addEventListener("draft:changed", () => keep(form, key));
    form.addEventListener("submit", (event) => {
      keep(form, key);
      if (navigator.onLine) return;
      event.preventDefault();
      const warning = document.querySelector("[data-draft-offline]");
      if (warning) { warning.hidden = false; warning.focus(); }
    });
    window.addEventListener("online", () => {
      const warning = document.querySelector("[data-draft-offline]");
      if (warning) warning.hidden = true;
    });
  }

  document.addEventListener("DOMContentLoaded", () => {
    tidy();
    settle();
    document.querySelectorAll("form[data-draft]").forEach(begin);
  });
})();
