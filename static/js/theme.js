// Runs in the head, before the first paint, so that no page flashes in the wrong theme.
(() => {
  "use strict";
  const root = document.documentElement;
  const dark = window.matchMedia("(prefers-color-scheme: dark)");

  function chosen() {
    try {
      return localStorage.getItem("theme") || "auto";
    } catch {
      return "auto"; // storage is switched off
    }
  }

  function apply() {
    const theme = chosen();
    root.dataset.themeChoice = theme;
    root.dataset.bsTheme = theme === "auto" ? (dark.matches ? "dark" : "light") : theme;
  }

  function markSwitches() {
    for (const button of document.querySelectorAll("[data-theme-value]")) {
      button.setAttribute("aria-pressed", String(button.dataset.themeValue === chosen()));
    }
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-theme-value]");
    if (!button) return;
    try {
      localStorage.setItem("theme", button.dataset.themeValue);
    } catch {
      root.dataset.bsTheme = button.dataset.themeValue;
      return;
    }
    apply();
    markSwitches();
  });
  document.addEventListener("DOMContentLoaded", markSwitches);
  dark.addEventListener("change", apply);
  root.classList.add("js");
  apply();
})();
