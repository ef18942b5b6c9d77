// Error pages: a way back for people who came from somewhere.
document.addEventListener("DOMContentLoaded", () => {
  "use strict";
  for (const button of document.querySelectorAll("[data-back]")) {
    if (history.length < 2) continue;
    button.removeAttribute("hidden");
    button.addEventListener("click", () => history.back());
  }
});
