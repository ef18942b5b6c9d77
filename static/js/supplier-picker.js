// A long select becomes a field to type in; without this script the select itself stays.
(() => {
  "use strict";
  let count = 0;

  function listOf(select, options) {
    const list = document.createElement("datalist");
    list.id = `suppliers-${(count += 1)}`;
    list.append(...options.map((option) => new Option("", option.text)));
    select.after(list);
    return list;
  }

  function join(box) {
    const select = box.querySelector("select");
    if (!select) return;
    const options = [...select.options].filter((option) => option.value);
    const byText = new Map(options.map((option) => [option.text.trim().toLowerCase(), option.value]));
    const input = document.createElement("input");
    input.type = "search";
    input.className = "form-control";
    input.autocomplete = "off";
    input.placeholder = box.dataset.textPlaceholder;
    input.required = select.required;
    input.setAttribute("list", listOf(select, options).id);
    input.id = select.id;
    for (const name of ["aria-describedby", "aria-invalid"]) {
      if (select.hasAttribute(name)) input.setAttribute(name, select.getAttribute(name));
    }
    if (select.value) input.value = select.selectedOptions[0].text;
    select.removeAttribute("id");
    select.required = false;
    select.hidden = true;
    select.before(input);
    input.addEventListener("input", () => {
      const words = input.value.trim().toLowerCase();
      select.value = byText.get(words) || "";
      input.setCustomValidity(words && !select.value ? box.dataset.textUnknown : "");
    });
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-supplier-picker]").forEach(join);
  });
})();
