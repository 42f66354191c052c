/* The form of a guidance: when somebody is picked, the part about the client is asked for anew,
   and the focus goes on to what is to be said next. */
"use strict";

document.addEventListener("client:picked", (event) => {
  const block = document.getElementById("whom");
  if (!block) return;
  const day = document.getElementById("id_held_on").value;
  const asked = new URLSearchParams({ client: event.detail.key, held_on: day });
  htmx.ajax("GET", `${block.dataset.block}?${asked}`, { target: "#whom", swap: "outerHTML" });
});

document.addEventListener("htmx:afterSettle", () => {
  const block = document.getElementById("whom");
  if (!block) return;
  block.closest("form")?.dispatchEvent(new Event("draft:changed"));
  if (document.activeElement && document.activeElement !== document.body) return;
  const next = block.querySelector("[data-picker], [name=person_name]");
  const judged = block.querySelector("[name=segment]:checked");
  const first = judged ? document.querySelector("[name=type]:checked") : block.querySelector("[name=segment]");
  (next || first)?.focus();
});
