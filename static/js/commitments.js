// The matrix: choose rows, all rows of the page, and say how many are chosen.
(() => {
  "use strict";
  const boxes = () => [...document.querySelectorAll("[data-pick]")];

  function show() {
    const bar = document.querySelector("[data-bulk]");
    if (!bar) return;
    const chosen = boxes().filter((box) => box.checked);
    const all = document.querySelector("[data-pick-all]");
    bar.querySelector("[data-bulk-count]").textContent = chosen.length;
    bar.querySelector("[data-bulk-ask]").disabled = chosen.length === 0;
    all.checked = chosen.length > 0 && chosen.length === boxes().length;
    all.indeterminate = chosen.length > 0 && chosen.length < boxes().length;
    for (const box of boxes()) box.closest("tr").classList.toggle("is-selected", box.checked);
  }

  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-pick-all]")) {
      for (const box of boxes()) box.checked = event.target.checked;
    }
    if (event.target.matches("[data-pick], [data-pick-all]")) show();
  });
  document.addEventListener("htmx:afterSettle", show);
  document.addEventListener("DOMContentLoaded", show);
})();
