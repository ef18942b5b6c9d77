// The supplier list: selecting rows, the bar with what can be done with them, menus.
(() => {
  "use strict";
  const boxes = () => [...document.querySelectorAll("[data-select]")];
  const all = () => document.querySelector("[data-all-matching]");
  const bar = () => document.querySelector("[data-bulk-bar]");
  let last = null;

  function show() {
    if (!bar()) return;
    const rows = boxes();
    const chosen = rows.filter((box) => box.checked);
    const page = document.querySelector("[data-select-page]");
    const count = bar().querySelector("[data-selected-count]");
    const matching = bar().querySelector("[data-select-matching]");
    const whole = !all().disabled;
    for (const box of rows) box.closest("tr").classList.toggle("is-selected", box.checked);
    page.checked = rows.length > 0 && chosen.length === rows.length;
    page.indeterminate = chosen.length > 0 && !page.checked;
    count.textContent = Number(whole ? count.dataset.total : chosen.length).toLocaleString("en");
    bar().querySelector("[data-select-rest]").hidden = page.checked;
    if (matching) matching.hidden = whole || !page.checked;
    bar().hidden = chosen.length === 0;
  }

  function tick(rows, checked) {
    for (const box of rows) box.checked = checked;
    all().disabled = true;
    show();
  }

  document.addEventListener("click", (event) => {
    const box = event.target.closest("[data-select]");
    if (box) {
      const rows = boxes();
      const between = last && event.shiftKey && rows.includes(last)
        ? rows.slice(...[rows.indexOf(last), rows.indexOf(box)].sort((a, b) => a - b)) : [];
      last = box;
      tick(between, box.checked);
    } else if (event.target.closest("[data-select-page]")) {
      tick(boxes(), event.target.checked);
    } else if (event.target.closest("[data-select-rest]")) {
      tick(boxes(), true);
    } else if (event.target.closest("[data-select-matching]")) {
      all().disabled = false;
      show();
    } else if (event.target.closest("[data-select-none]")) {
      tick(boxes(), false);
      document.querySelector("[data-select-page]").focus();
    }
  });
  // All that fit are named by the filters: the keys of this page would only lengthen the address.
  document.addEventListener("submit", (event) => {
    if (event.target.id !== "bulk-form" || all().disabled) return;
    for (const box of boxes()) box.disabled = true;
    setTimeout(() => { for (const box of boxes()) box.disabled = false; });
  });

  // --- Menus close when the person goes elsewhere or presses Escape ----------------------------------
  const menus = () => document.querySelectorAll("details[data-menu][open]");
  document.addEventListener("click", (event) => {
    for (const menu of menus()) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of menus()) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });

  // --- The further filters stay open while one of them is changed ------------------------------------
  let open = false;
  document.addEventListener("htmx:beforeSwap", () => {
    open = document.querySelector("details.more-filters")?.open || false;
  });
  document.addEventListener("htmx:afterSwap", () => {
    const more = document.querySelector("details.more-filters");
    if (more && open) more.open = true;
    last = null;
  });
  document.addEventListener("DOMContentLoaded", show);
  window.addEventListener("pageshow", show);
})();
