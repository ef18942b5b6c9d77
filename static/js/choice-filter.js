// A long list of boxes gets a field that narrows it; without this script the list just scrolls.
(() => {
  "use strict";
  const plain = (text) => text.trim().toLowerCase();

  function searchField(words, list) {
    const input = document.createElement("input");
    input.type = "search";
    input.className = "form-control choice-search";
    input.autocomplete = "off";
    input.placeholder = words;
    input.setAttribute("aria-label", `${words}: ${list.querySelector("legend").textContent.trim()}`);
    return input;
  }

  function join(box) {
    const list = box.querySelector("fieldset");
    const lines = [...list.querySelectorAll(".form-check")];
    const input = searchField(box.dataset.textSearch, list);
    const nothing = document.createElement("p");
    nothing.className = "secondary";
    nothing.setAttribute("role", "status");
    list.before(input);
    list.append(nothing);
    input.addEventListener("input", () => {
      const words = plain(input.value).split(/\s+/);
      for (const line of lines) {
        const text = plain(line.textContent);
        // What is ticked stays in sight: it is part of the answer.
        line.hidden = !line.querySelector("input").checked && !words.every((word) => text.includes(word));
      }
      nothing.textContent = lines.every((line) => line.hidden) ? box.dataset.textNone : "";
    });
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") event.preventDefault();
    });
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-filter-choices]").forEach(join);
  });
})();
