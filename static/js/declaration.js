// The declaration page: keys for deciding smelters, and the download that starts when it is ready.
(() => {
  "use strict";
  const waiting = () => [...document.querySelectorAll("[data-decide='yes']")];
  const typing = (element) => /^(INPUT|SELECT|TEXTAREA)$/.test(element.tagName);

  function currentPlace() {
    return document.activeElement?.closest("tr, .finding");
  }

  function step(direction) {
    const buttons = waiting();
    if (!buttons.length) return;
    const here = document.activeElement;
    const later = buttons.filter((button) => {
      const order = here.compareDocumentPosition(button);
      return button !== here && order & (direction > 0
        ? Node.DOCUMENT_POSITION_FOLLOWING : Node.DOCUMENT_POSITION_PRECEDING);
    });
    const next = direction > 0 ? later[0] || buttons[0] : later.at(-1) || buttons.at(-1);
    next.focus();
    next.closest("tr, .finding")?.scrollIntoView({ block: "nearest" });
  }

  let decidedPlace = "";
  const lastDecided = () => document.getElementById(decidedPlace)?.querySelector("[data-undo]");
  const press = (selector) => currentPlace()?.querySelector(selector)?.click();

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    const actions = {
      j: () => step(1),
      k: () => step(-1),
      y: () => press("[data-decide='yes']"),
      n: () => press("[data-decide='no']"),
      u: () => (currentPlace()?.querySelector("[data-undo]") || lastDecided())?.click(),
    };
    actions[event.key]?.();
  });

  // The row just decided is replaced, and the focus with it: it goes on to the next to decide, and
  // where none is left to the Undo of this one. After an undo it returns to the question.
  let left = null;
  document.addEventListener("htmx:beforeRequest", (event) => {
    const form = event.detail.elt;
    if (!form.matches("form[method=post]")) return;
    const place = form.closest?.("tr[id]") || form.closest?.(".suggestions[id]");
    const undo = Boolean(form.querySelector?.("[data-undo]"));
    left = place && form.contains(document.activeElement) ? { id: place.id, undo } : null;
  });
  document.addEventListener("htmx:afterSettle", () => {
    if (!left) return;
    const place = document.getElementById(left.id);
    const undo = left.undo;
    left = null;
    decidedPlace = undo ? "" : place?.id || "";
    if (!place) return;
    const inside = place.querySelector("[data-decide='yes']");
    const next = waiting().find(
      (button) => place.compareDocumentPosition(button) & Node.DOCUMENT_POSITION_FOLLOWING,
    );
    const target = undo ? inside : inside || next || place.querySelector("[data-undo]");
    target?.focus({ preventScroll: false });
  });

  document.addEventListener("htmx:load", (event) => {
    const link = event.detail.elt.querySelector?.("[data-start-download]");
    if (link) window.location.assign(link.href);
  });
})();
